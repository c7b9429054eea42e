"""Outside the list: any open posting beside one of an advisor's own people, and what stands between the two already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from employers.models import Posting
from jobseekers.models import Profile
from matching import engine
from matching.models import Stop, Suggestion
from taxonomy.encoders import EncoderUnavailable
from taxonomy.models import Concept, Need


@dataclass(frozen=True)
class PairRow:
    """One row: the two, and their newest suggestion if there ever was one."""

    posting: Posting
    profile: Profile
    suggestion: Suggestion | None


def beside_person(profile: Profile, postings: Sequence[Posting]) -> list[PairRow]:
    """The postings in the given order, in one query more."""
    newest = {one.posting_id: one for one in _newest(Suggestion.objects.filter(profile=profile, posting__in=[one.pk for one in postings]))}
    return [PairRow(one, profile, newest.get(one.pk)) for one in postings]


def beside_posting(posting: Posting, people: Sequence[Profile]) -> list[PairRow]:
    newest = {one.profile_id: one for one in _newest(Suggestion.objects.filter(posting=posting, profile__in=[one.pk for one in people]))}
    return [PairRow(posting, one, newest.get(one.pk)) for one in people]


def _newest(found: Iterable[Suggestion]) -> list[Suggestion]:
    """The newest last; one that is not closed is newer than all that are."""
    return sorted(found, key=lambda one: (one.state != "closed", one.created_at))


def look(posting_id: UUID, profile_id: UUID) -> engine.Found | None:
    """The pair as a run would score it, on the spot; None while the engine rests or cannot see, and for who has paused.

    The caller has asked whose person it is.
    """
    profile = engine.people().filter(pk=profile_id).first()
    posting = Posting.objects.open().whole().filter(pk=posting_id).first()
    if profile is None or posting is None or Stop.objects.now():
        return None
    try:
        return engine.one(posting, profile)
    except EncoderUnavailable:
        return None


@dataclass(frozen=True)
class Knows:
    """How much of the two sides the engine has read, and what it has not. `gaps` are codes of blocks that are empty."""

    skills: int
    wishes: int
    needs: int
    wanted: int
    answers: int
    asked: int
    gaps: tuple[str, ...]
    unread: tuple[str, ...]  # words that have left the vocabulary

    @property
    def unanswered(self) -> int:
        return self.asked - self.answers


def knows_of(profile: Profile, posting: Posting) -> Knows:
    person, asked = engine.person_of(profile), Need.objects.count()
    held = {*person.skills, *person.wishes, *(one["key"] for one in posting.skills)}
    retired = Concept.objects.filter(key__in=held, active=False).with_labels()
    gaps = {
        "skills": person.skills,
        "place": profile.place_id,
        "hours": person.hours_now or person.hours_goal,
        "languages": person.languages,
        "occupation": posting.occupation_id,
        "workplace": posting.workplace and posting.workplace.place_id,
    }
    return Knows(
        skills=len(person.skills),
        wishes=len(person.wishes),
        needs=len(person.needs),
        wanted=len(posting.skills),
        answers=sum(offer["answer"] != "unknown" for offer in posting.offers.values()),
        asked=asked,
        gaps=tuple(name for name, value in gaps.items() if not value),
        unread=tuple(concept.label_in() for concept in retired),
    )
