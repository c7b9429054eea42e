"""What an ad is about, as concepts, conditions and a place of our own tables. Reads only; slow where words are linked, so never in a
transaction. And what the words of any posting say about needs: that is quick, and goes with every save.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from employers.documents import Ad, Language, hours, language_named, languages, licences, sentences
from employers.documents.ad import FULL_WEEK
from employers.models import Answer, Posting
from taxonomy import linker
from taxonomy.encoders import EncoderUnavailable
from taxonomy.linker import Link
from taxonomy.models import Concept, Kind, Place
from taxonomy.queries import folded

MOST_SKILLS = 12
# A name that is not sure by itself is taken within the group that the source gives, when it is this near (docs/decisions/linker.md).
WITHIN_UNIT, WITHIN_FIELD = 0.65, 0.75
UNIT, FIELD = 4, 2  # digits of ISCO-08
SPEAKING = {
    **{"sv": "speak-swedish", "nb": "speak-norwegian", "en": "speak-english", "ar": "speak-arabic", "uk": "speak-ukrainian"},
    **{"so": "speak-somali", "ti": "speak-tigrinya", "prs": "speak-dari", "fa": "speak-dari", "pl": "speak-polish", "fi": "speak-finnish"},
    **{"es": "speak-spanish", "de": "speak-german", "sgn": "sign-language"},
}
READ_FOR_HINTS = ("title", "tasks", "day")

Offers = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Linked:
    """Concepts, conditions and place of an ad; what was not found is a line in `problems`."""

    occupation: Concept | None
    skills: tuple[dict[str, str], ...]
    place: Place | None
    language_level: str = ""  # CEFR, of the ad's own language
    licences: tuple[str, ...] = ()
    hours: tuple[int | None, int | None] = (None, None)
    problems: tuple[str, ...] = field(default=())


def linked(ad: Ad, *, words: bool = True) -> Linked:
    """`words=False` leaves out what needs the encoder. Raises EncoderUnavailable when it is not there."""
    problems: list[str] = []
    place = _place(ad)
    if place is None:
        where = ", ".join(part for part in (ad.town, ad.municipality, ad.municipality_code) if part)
        problems.append(f"the place ({where}) is not in our table" if where else "the ad names no place")
    occupation = _occupation(ad, problems, words=words)
    spoken = _languages(ad)
    skills = _skills(ad, spoken, problems) if words else ()
    level = _level(ad, spoken, problems)
    wanted = tuple(sorted({*ad.licences, *licences(ad.text)}))
    return Linked(occupation, skills, place, level, wanted, _hours(ad), tuple(problems))


def linked_if_possible(ad: Ad) -> tuple[Linked, str]:
    """As `linked`; where there is no encoder without words, and with the reason."""
    try:
        return linked(ad), ""
    except EncoderUnavailable as reason:
        return linked(ad, words=False), str(reason)


def _level(ad: Ad, spoken: tuple[Language, ...], problems: list[str]) -> str:
    """Of the ad's own language. A level that was read from a word is a question to the employer."""
    own = next((one for one in spoken if one.code == ad.language and one.must), None)
    if own and own.word:
        problems.append(f'the text says "{own.word}" of its language, read as {own.level}: ask what the work needs')
    return own.level if own else ""


def _place(ad: Ad) -> Place | None:
    """The town in its municipality, else the only town of that name, else a town of the municipality."""
    there = Place.objects.filter(country=ad.country)
    names = [folded(name) for name in (ad.town, ad.municipality) if name]
    inside = list(there.filter(municipality_code=ad.municipality_code)) if ad.municipality_code else []
    for name in names:
        found = [place for place in inside if place.folded == name] or list(there.filter(folded=name)[:2])
        if len(found) == 1:
            return found[0]
    return next((place for place in inside if place.name == place.municipality), inside[0] if inside else None)


def _occupation(ad: Ad, problems: list[str], *, words: bool) -> Concept | None:
    """By its ESCO address, by its name when that is sure, by its name within the group that the source gives, else that group itself."""
    found = Concept.objects.occupations().filter(esco_uri=ad.esco_uri).first() if ad.esco_uri else None
    found = found or (_named(ad) if words else None)
    if found is not None or not (ad.occupation or ad.isco):
        return found
    group = _group(ad.isco)
    stands = f": its group ({group.label_in('en')}) stands for it" if group else ""
    problems.append(f"the occupation ({ad.occupation or ad.isco}) is not in the vocabulary{stands}")
    return group


def _named(ad: Ad) -> Concept | None:
    """An exact name of the same field first, then the nearest name of the same group, then an exact name of whatever field.

    A name alone misleads: the head of a nursery and the leader of its teaching share most of their words, and "barnehagelærer" is
    ESCO's name for one who minds children. What the source gives as a group tells them apart.
    """
    links = [(link, name) for name in _names(ad) for link in linker.link(name, kind="occupation", limit=linker.MOST)]
    isco = dict(Concept.objects.filter(key__in=[link.concept for link, _ in links]).values_list("key", "isco"))
    exact = [(link, name) for link, name in links if link.exact and link.sure]
    of_field = next((link for link, _ in exact if isco.get(link.concept, "").startswith(ad.isco[:FIELD])), None)
    agreeing = [link for link, _ in links if isco.get(link.concept, "").startswith(ad.isco)]
    sure = next((link for link in agreeing if link.sure), None)
    chosen = of_field or sure or _within(ad.isco, agreeing) or next((link for link, name in exact if name not in ad.related), None)
    return Concept.objects.get(key=chosen.concept) if chosen else None


def _within(isco: str, agreeing: list[Link]) -> Link | None:
    least = WITHIN_UNIT if len(isco) == UNIT else WITHIN_FIELD
    best = max(agreeing, key=lambda link: link.score, default=None)
    return best if isco and best and best.score >= least else None


def _group(isco: str) -> Concept | None:
    """The smallest group of our tables that holds the code."""
    codes = [isco[:size] for size in range(len(isco), FIELD - 1, -1)]
    held = {one.isco: one for one in Concept.objects.filter(kind=Kind.GROUP, isco__in=codes, active=True).with_labels()}
    return next((held[code] for code in codes if code in held), None)


def _names(ad: Ad) -> list[str]:
    """The whole name, then each of two names around a stroke, then without what stands in brackets; the title where there is no name."""
    name = ad.occupation or ad.title
    bare, _, bracketed = name.partition(" (")
    pieces = bare.split("/") if bracketed else name.split("/")
    return list(dict.fromkeys(one.strip() for one in (name, *pieces, bare, *ad.related) if one.strip()))


def _languages(ad: Ad) -> tuple[Language, ...]:
    """What the source lists, then what its text demands; the level comes from the text."""
    said = {one.code: one for one in languages(ad.text)}
    listed = {code: must for label, must in ad.languages if (code := language_named(label))}
    for code, importance in listed.items():
        held = said.get(code, Language(code, "", must=True))
        said[code] = replace(held, must=importance == "must")
    return tuple(said.values())


def _skills(ad: Ad, spoken: tuple[Language, ...], problems: list[str]) -> tuple[dict[str, str], ...]:
    """Skills that the source lists, languages, then skills that its text surely asks for."""
    chosen: dict[str, str] = {}
    for label, importance in ad.skills:
        links = linker.link(label, kind="skill", limit=1)
        if links and links[0].sure:
            chosen.setdefault(links[0].concept, importance)
        else:
            problems.append(f"the skill ({label}) is not in the vocabulary")
    wanted = {SPEAKING[one.code]: "must" if one.must else "good" for one in spoken if one.code in SPEAKING and one.code != ad.language}
    known = set(Concept.objects.skills().filter(key__in=wanted).values_list("key", flat=True))
    chosen |= {key: importance for key, importance in wanted.items() if key in known and key not in chosen}
    asked = "\n".join(one.text for one in sentences(ad.text) if one.role == "asks")
    for link in linker.link_text(asked, kind="skill", limit=5 * MOST_SKILLS):
        if link.sure and link.concept not in SPEAKING.values():
            chosen.setdefault(link.concept, "good")
    return tuple({"key": key, "importance": importance} for key, importance in list(chosen.items())[:MOST_SKILLS])


def _hours(ad: Ad) -> tuple[int | None, int | None]:
    """What the source's own fields say; its text where they leave the least open."""
    if ad.hours_min is not None:
        return ad.hours_min, ad.hours_max
    least, most = hours(ad.text, FULL_WEEK[ad.country])
    return (least, most) if most is not None else (ad.hours_min, ad.hours_max)


def hinted(posting: Posting) -> Offers:
    """The posting's offers with what its words say beside those that have no answer, and without hints from words that are gone.

    A hint is {"hint": words, "hint_in": field} beside the answer "unknown": evidence for a question, never an answer.
    """
    said = dict(_said(posting))
    offers = posting.offers_without_hints()
    for code, hint in said.items():
        if offers.get(code, {}).get("answer", Answer.UNKNOWN) == Answer.UNKNOWN:
            offers[code] = {"answer": Answer.UNKNOWN.value, "lead": "", "how": "", **offers.get(code, {}), **hint}
    return offers


def _said(posting: Posting) -> Iterator[tuple[str, dict[str, str]]]:
    """The first field that says something about a need comes last, and so it counts."""
    for name in reversed(READ_FOR_HINTS):
        for hint in linker.hints(getattr(posting, name)):
            yield hint.code, {"hint": hint.words, "hint_in": name}


__all__ = ["EncoderUnavailable", "Linked", "hinted", "linked", "linked_if_possible"]
