"""Ads as Arbetsförmedlingen's own source delivered them until 2019, with Swedish names."""

from typing import Any

from employers.documents.ad import FULL_WEEK, MOST_PLACES, Ad, day, inside, language_of, number, plain_text, rows, title_of, words


def read(raw: dict[str, Any]) -> Ad:
    text, problems = plain_text(raw.get("annonstextFormaterad") or raw.get("annonstext"))
    address = raw.get("arbetsplatsadress")
    full_time = FULL_WEEK["SE"] if words(inside(raw, "arbetstidTyp", "namn")) == "Heltid" else None
    return Ad(
        source="af2019",
        source_id=words(raw.get("annonsId"), 80),
        country="SE",
        language=language_of(text, likely="sv"),
        title=title_of(raw.get("annonsrubrik")),
        text=text,
        employer=words(raw.get("arbetsgivareNamn")) or words(raw.get("arbetsplatsNamn")),
        number=words(raw.get("organisationsnummer")),
        employer_key=words(raw.get("arbetsgivareId")),
        workplace=words(raw.get("arbetsplatsNamn"), 120),
        street=words(inside(address, "gatuadress"), 120),
        postal_code=words(inside(address, "postnr"), 6),
        town=words(inside(address, "postort")).title(),
        municipality=words(inside(address, "kommun", "namn")),
        municipality_code=words(inside(address, "kommun", "varde"), 4),
        occupation=words(inside(raw, "yrkesroll", "namn")),
        skills=tuple((label, "must") for row in rows(raw, "kompetenser") if (label := words(row.get("namn")))),
        languages=tuple((label, "must") for row in rows(raw, "sprak") if (label := words(row.get("namn")))),
        hours_min=full_time,
        hours_max=full_time,
        places=number(raw.get("antalPlatser"), MOST_PLACES),
        last_day=day(raw.get("sistaAnsokningsdatum") or raw.get("sistaPubliceringsdatum")),
        licences=tuple(sorted({words(row.get("namn"))[:1].upper() for row in rows(raw, "korkort")} & {"B", "C"})),
        pay=words(raw.get("lonebeskrivning") or inside(raw, "lonTyp", "namn"), 120),
        taken_down=raw.get("avpublicerad") is True,
        problems=tuple(problems),
    )
