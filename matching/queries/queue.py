"""The advisor's day: the queue with reasons in a few words, what is due, and what a team is late with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from jobseekers.models import Profile
from jobseekers.queries import days_in_stage
from matching.models import Approval, Introduction, Suggestion
from matching.queries.words import labels_of, said
from matching.states import Door, State

READ_WITHIN = 7  # days from the day a suggestion came until it should have been read
NEWS_DAYS = 3  # an employer's answer stays among today's things this long
MOST_DUE = 5
TABS = ("mine", "team", "would_fit", "closed")


def tab(name: str, *, by: ActiveRole, at: datetime) -> QuerySet[Suggestion]:
    """The suggestions of one tab of the queue, in order; an unknown name is the first tab."""
    suggestions = Suggestion.objects
    if name == "team":
        return suggestions.undecided(at).of_colleagues(by.user_id, by.team_key).listed()
    if name == "would_fit":
        return suggestions.would_fit_for(by.user_id, by.team_key)
    if name == "closed":
        return suggestions.closed_for(by.user_id, by.team_key)
    return suggestions.waiting_for(by.user_id, by.team_key, at)


def tab_counts(*, by: ActiveRole, at: datetime) -> dict[str, int]:
    """How many suggestions wait in each tab; what is closed is not counted, for nobody has to do anything about it."""
    return {name: tab(name, by=by, at=at).order_by().count() for name in TABS if name != "closed"}


@dataclass(frozen=True)
class QueueRow:
    """One row of the queue: the suggestion, its reasons in a few words, how long it has waited, and who reads it now."""

    suggestion: Suggestion
    speaks_for: tuple[tuple[str, str], ...]  # the code of the reason, and its words
    asks: int
    would_fit_if: tuple[str, ...]
    days: int
    due: bool
    held_by: str
    stage_day: int


def queue_rows(suggestions: Iterable[Suggestion], *, by: ActiveRole, at: datetime) -> list[QueueRow]:
    """Rows with words; labels for all rows are read at once, so queries do not grow with rows."""
    found = list(suggestions)
    labels = labels_of([one.sealed for one in found])
    return [_row(one, labels, by, at) for one in found]


def _row(one: Suggestion, labels: dict[str, str], by: ActiveRole, at: datetime) -> QueueRow:
    for_it = ((reason["code"], said(reason, labels, audience="queue")) for reason in one.sealed["for"][:3])
    days = max(0, (localdate(at) - localdate(one.created_at)).days)
    held = one.held_by if one.held_by_id not in {None, by.user_id} and one.held_until and one.held_until > at else None
    return QueueRow(
        suggestion=one,
        speaks_for=tuple(pair for pair in for_it if pair[1]),
        asks=len(one.sealed["ask"]),
        would_fit_if=tuple(said(reason, labels, audience="advisor") for reason in one.sealed["if"][:2]),
        days=days,
        due=days >= READ_WITHIN - 1,
        held_by=held.first_name if held else "",
        stage_day=days_in_stage(one.profile, at),
    )


@dataclass(frozen=True)
class Due:
    """One thing to do today. `kind` names the sentence: talk, late, wants_talk, proposes."""

    kind: str
    pk: UUID
    name: str
    employer: str
    day: date
    profile_id: UUID


def due_today(*, by: ActiveRole, at: datetime) -> list[Due]:
    """What an advisor should not let wait: people who want to talk, promises that were not kept, answers that came. At most five."""
    talks = Approval.objects.filter(talk_at__isnull=False, void_at=None, suggestion__state=State.APPROVED)
    talks = talks.filter(suggestion__in=Suggestion.objects.of_advisor(by.user_id, by.team_key)).select_related(
        "suggestion__profile__user", "suggestion__posting__employer"
    )
    found = [
        Due("talk", one.suggestion_id, of.profile.short_name, of.posting.employer.name, _day(one.talk_at), of.profile_id)
        for one in talks.order_by("talk_at", "pk")[:MOST_DUE]
        for of in (one.suggestion,)
    ]
    doors = Introduction.objects.of_advisor(by.user_id, by.team_key)
    found += [_due("late", door, door.answer_by) for door in doors.late(localdate(at)).order_by("answer_by", "pk")[:MOST_DUE]]
    fresh = doors.readable(at).exclude(state=Door.AGREED).filter(answered_at__gt=at - timedelta(days=NEWS_DAYS))
    for door in fresh.order_by("answered_at", "pk")[:MOST_DUE]:
        found.append(_due("proposes" if door.answer == "meet" else "wants_talk", door, _day(door.answered_at)))
    return found[:MOST_DUE]


def _due(kind: str, door: Introduction, day: date) -> Due:
    profile = door.suggestion.profile
    return Due(kind, door.pk, profile.short_name, door.posting.employer.name, day, profile.pk)


def _day(at: datetime | None) -> date:
    return localdate(at)


@dataclass(frozen=True)
class Late:
    """What a team is late with: suggestions per advisor, by name, employers' answers, and the oldest promise of one."""

    suggestions: tuple[tuple[str, int], ...]
    answers: int
    since: date | None

    @property
    def count(self) -> int:
        return sum(n for _, n in self.suggestions) + self.answers


def late_in(team_id: UUID, at: datetime) -> Late:
    """Numbers only, in two queries: a coordinator sees that something waits, not what it says."""
    today = localdate(at)
    rows = _unread(team_id, at).order_by().values_list("profile__advisor__first_name", "profile__advisor__last_name", "profile__advisor_id")
    counted = rows.annotate(n=Count("pk")).order_by("-n", "profile__advisor_id")
    answers = list(_unanswered(team_id, today).values_list("answer_by", flat=True))
    named = tuple((f"{first or ''} {last or ''}".strip(), n) for first, last, _, n in counted)
    return Late(named, len(answers), answers[0] if answers else None)


@dataclass(frozen=True)
class Oldest:
    """Who has waited longest for the team, and since when."""

    profile_id: UUID
    day: date


def oldest_in(team_id: UUID, at: datetime) -> Oldest | None:
    """Of suggestions that nobody has read, promises that were not kept and people without an advisor the one from the first day."""
    unread = _unread(team_id, at).order_by("created_at", "pk").values_list("profile_id", "created_at").first()
    unanswered = _unanswered(team_id, localdate(at)).values_list("suggestion__profile_id", "answer_by").first()
    without = Profile.objects.of_team(team_id).waiting().first()
    found = [Oldest(unread[0], _day(unread[1]))] if unread else []
    found += [Oldest(*unanswered)] if unanswered else []
    found += [Oldest(without.pk, _day(without.waits_since or without.enrolled_at))] if without else []
    return min(found, key=lambda one: one.day, default=None)


def _unread(team_id: UUID, at: datetime) -> QuerySet[Suggestion]:
    old = Suggestion.objects.undecided(at).waiting_since(localdate(at) - timedelta(days=READ_WITHIN))
    return old.filter(profile__team_id=team_id)


def _unanswered(team_id: UUID, today: date) -> QuerySet[Introduction]:
    return Introduction.objects.late(today).filter(suggestion__profile__team_id=team_id).order_by("answer_by", "pk")
