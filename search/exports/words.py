"""What the exports of several postings share: the labels of their concepts in two queries, addresses, times."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import get_default_timezone

from employers.models import Posting
from search.exports.codes import FIELD, GROUP
from taxonomy.models import Concept, Kind

LANGUAGES = ("sv", "nb", "en")


@dataclass(frozen=True)
class Words:
    """Occupations and skills by key, ISCO groups by code, each with its labels."""

    concepts: dict[str, Concept]
    groups: dict[str, Concept]

    def occupation(self, posting: Posting) -> Concept | None:
        return self.concepts.get(posting.occupation_id or "")

    def group(self, posting: Posting, digits: int) -> Concept | None:
        occupation = self.occupation(posting)
        return self.groups.get(occupation.isco[:digits]) if occupation else None

    def skills(self, posting: Posting, importance: str) -> list[Concept]:
        wanted = [one["key"] for one in posting.skills if (one["importance"] == "must") == (importance == "must")]
        return [self.concepts[key] for key in wanted if key in self.concepts]


def words_for(postings: Sequence[Posting]) -> Words:
    keys = {one["key"] for posting in postings for one in posting.skills} | {posting.occupation_id for posting in postings}
    concepts = {one.key: one for one in Concept.objects.filter(key__in=keys - {None}).with_labels()}
    codes = {one.isco[:size] for one in concepts.values() for size in range(FIELD, GROUP + 1) if one.isco}
    groups = {one.isco: one for one in Concept.objects.filter(kind=Kind.GROUP, isco__in=codes).with_labels()}
    return Words(concepts, groups)


def labels(concept: Concept) -> dict[str, str]:
    return {language: concept.label_in(language) for language in LANGUAGES}


@cache
def list_in(language: str) -> str:
    """The address of the list; with an id behind it that of a posting, as search/urls.py has it. Building each anew takes seconds."""
    with translation.override(language if language in LANGUAGES else settings.LANGUAGE_CODE):
        return reverse("postings")


def public_url(posting_id: UUID, language: str) -> str:
    """The address of the public page, in the language of the posting."""
    return f"{settings.PUBLIC_URL}{list_in(language)}{posting_id}/"


def local(at: datetime | None) -> str | None:
    """A time as JobTech writes it: the clock of Stockholm and Oslo, no zone, whole seconds."""
    return at.astimezone(get_default_timezone()).replace(tzinfo=None, microsecond=0).isoformat() if at else None


def end_of(day: date | None) -> str | None:
    """The last second of a day, in the same way."""
    return f"{day.isoformat()}T23:59:59" if day else None


def paragraphs(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)
