"""One open posting as the index keeps it: what filters ask for, and its words in three tiers."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from employers.models import Answer, Kind, Posting
from search.documents.words import tokens
from taxonomy.encoders import EncoderUnavailable
from taxonomy.linker import link_text
from taxonomy.models import Concept, Need

LEVELS = ("", "A1", "A2", "B1", "B2", "C1", "C2")
LICENCES = ("none", "B", "more")  # what a posting asks for at most: nothing, category B, anything else
CAR = {"B", "AM"}
EVIDENCE = ("declared", "visited", "shown")  # how sure an offer is, least first
# A letter before each token says where it stands: in the title, in title or occupation, anywhere. Whoever asks for a word anywhere asks
# for "w" and the token; the other two order what is found.
TIERS = ("t", "o", "w")


@dataclass(frozen=True)
class Document:
    """A posting as both indexes keep it. `words` are tokens with the letter of their tier, in no order that matters."""

    posting_id: uuid.UUID
    kind: str
    field: str  # ISCO-08, two digits; nothing where no occupation is known
    country: str
    place: tuple[float, float] | None
    hours: tuple[int | None, int | None]
    times: tuple[str, ...]
    starts_on: date | None
    language: str
    level: int  # index in LEVELS
    licence: int  # index in LICENCES
    for_anyone: bool  # also who has no advisor yet
    offers: dict[str, str]  # code of the need -> evidence; in place or can be arranged
    published_at: datetime
    words: tuple[str, ...]


def document_of(posting: Posting) -> Document:
    """Reads the posting's relations: ask for `whole()` with occupation and labels. Slow where it has no occupation: its title is linked."""
    place = posting.workplace.place if posting.workplace else None
    occupation = posting.occupation or _meant(posting.title)
    return Document(
        posting_id=posting.pk,
        kind=posting.kind,
        field=occupation.isco[:2] if occupation else "",
        country=posting.employer.country,
        place=(place.latitude, place.longitude) if place else None,
        hours=(posting.hours_min, posting.hours_max),
        times=tuple(sorted(posting.times)),
        starts_on=posting.starts_on,
        language=posting.language,
        level=LEVELS.index(posting.language_level) if posting.language_level in LEVELS else 0,
        licence=0 if not posting.licences else 1 if set(posting.licences) <= CAR else 2,
        for_anyone=posting.kind == Kind.ACTIVITY,
        offers=_offers(posting),
        published_at=posting.status.published_at or posting.created_at,
        words=tuple(_words(posting, occupation)),
    )


def _offers(posting: Posting) -> dict[str, str]:
    given = {code: one for code, one in posting.offers.items() if one.get("answer") in {Answer.YES, Answer.CAN}}
    known = Need.objects.filter(code__in=given).order_by("code").values_list("code", flat=True)  # a code may have left the catalogue
    return {code: given[code]["evidence"] if given[code].get("evidence") in EVIDENCE else EVIDENCE[0] for code in known}


def _meant(title: str) -> Concept | None:
    """The occupation that a title names beyond doubt."""
    try:
        found = [one for one in link_text(title, kind="occupation", limit=3) if one.sure]
    except EncoderUnavailable:  # words alone will do
        return None
    return Concept.objects.with_labels().filter(pk=found[0].concept).first() if found else None


def _words(posting: Posting, occupation: Concept | None) -> dict[str, None]:
    place = posting.workplace.place if posting.workplace else None
    title = tokens(posting.title)
    named = title | tokens(_labels([occupation] if occupation else []))
    skills = Concept.objects.with_labels().filter(pk__in=[one["key"] for one in posting.skills])
    rest = [posting.tasks, posting.day, posting.employer.name, _labels(skills)]
    rest += [place.name, place.municipality] if place else []
    found = zip(TIERS, (title, named, named | tokens(" ".join(rest))), strict=True)
    return {tier + token: None for tier, held in found for token in held}


def _labels(concepts: Iterable[Concept]) -> str:
    """Every name in every language."""
    return " ".join(label.text for concept in concepts for label in concept.labels.all())
