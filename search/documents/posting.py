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
    place: tuple[float, float] | None
    hours: tuple[int | None, int | None]
    times: tuple[str, ...]
    starts_on: date | None
    level: int  # index in LEVELS
    licence: int  # index in LICENCES
    for_anyone: bool  # also who has no advisor yet
    offers: dict[str, str]  # code of the need -> evidence; in place or can be arranged
    published_at: datetime
    words: tuple[str, ...]


class Names:
    """Every name of concepts, and the codes of the needs catalogue, each read from the database once."""

    def __init__(self) -> None:
        self.codes = frozenset(Need.objects.values_list("code", flat=True))  # a posting may name one that has left
        self._names: dict[str, str] = {}

    def of(self, keys: Iterable[str]) -> str:
        """In every language, in a row."""
        wanted = list(keys)
        if missing := [key for key in wanted if key not in self._names]:
            found = Concept.objects.with_labels().filter(pk__in=missing)
            self._names |= dict.fromkeys(missing, "") | {one.key: " ".join(label.text for label in one.labels.all()) for one in found}
        return " ".join(self._names[key] for key in wanted)


def document_of(posting: Posting, names: Names) -> Document:
    """Reads the posting's relations: ask for `whole()` with its occupation. Slow where it has none: its title is linked."""
    place = posting.workplace.place if posting.workplace else None
    occupation = posting.occupation or _meant(posting.title)
    return Document(
        posting_id=posting.pk,
        kind=posting.kind,
        field=occupation.isco[:2] if occupation else "",
        place=(place.latitude, place.longitude) if place else None,
        hours=(posting.hours_min, posting.hours_max),
        times=tuple(sorted(posting.times)),
        starts_on=posting.starts_on,
        level=LEVELS.index(posting.language_level) if posting.language_level in LEVELS else 0,
        licence=0 if not posting.licences else 1 if set(posting.licences) <= CAR else 2,
        for_anyone=posting.kind == Kind.ACTIVITY,
        offers=_offers(posting, names),
        published_at=posting.status.published_at or posting.created_at,
        words=tuple(_words(posting, occupation, names)),
    )


def _offers(posting: Posting, names: Names) -> dict[str, str]:
    offers = sorted(posting.offers.items())
    given = {code: one for code, one in offers if one.get("answer") in {Answer.YES, Answer.CAN} and code in names.codes}
    return {code: one["evidence"] if one.get("evidence") in EVIDENCE else EVIDENCE[0] for code, one in given.items()}


def _meant(title: str) -> Concept | None:
    """The occupation that a title names beyond doubt."""
    try:
        found = [one for one in link_text(title, kind="occupation", limit=3) if one.sure]
    except EncoderUnavailable:  # words alone will do
        return None
    return Concept.objects.filter(pk=found[0].concept).first() if found else None


def _words(posting: Posting, occupation: Concept | None, names: Names) -> dict[str, None]:
    place = posting.workplace.place if posting.workplace else None
    title = tokens(posting.title)
    named = title | tokens(names.of([occupation.key] if occupation else []))
    rest = [posting.tasks, posting.day, posting.employer.name, names.of(one["key"] for one in posting.skills)]
    rest += [place.name, place.municipality] if place else []
    found = zip(TIERS, (title, named, named | tokens(" ".join(rest))), strict=True)
    return {tier + token: None for tier, held in found for token in held}
