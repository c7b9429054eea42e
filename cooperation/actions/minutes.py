"""What was said and decided at a meeting, for whom; and who does what after it."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from cooperation import access
from cooperation.actions.rows import A_PRESS, locked, of_advisor, party_of, tell_person
from cooperation.models import Meeting, MeetingTask, Note, Party, PartyKind
from cooperation.states import MeetingState
from jobseekers.states import NotThere, Refused


def add_note(meeting_id: UUID, kind: str, words: str, readers: Collection[UUID], *, by: ActiveRole, at: datetime) -> Note:
    """A note or a decision, and which parties may read it. The advisor reads all of them. Refused: "over" after a calling off.

    The same words for the same readers within a minute are the same press of a button.
    """
    with transaction.atomic():
        meeting = of_advisor(meeting_id, by=by)
        if meeting.state == MeetingState.CANCELLED:
            raise Refused("over")
        found = list(meeting.parties.filter(pk__in=readers))
        if again := _pressed_twice(meeting, kind, words, found, at):
            return again
        note = Note.objects.create(meeting=meeting, kind=kind, sealed={"words": words}, by_id=by.user_id, at=at)
        note.readers.set(found)
        record("meeting_note", "meeting", meeting.pk, by=by, at=at, after=kind)
        if any(party.kind == PartyKind.PERSON for party in found):
            tell_person(meeting, at=at)
    return note


def _pressed_twice(meeting: Meeting, kind: str, words: str, readers: list[Party], at: datetime) -> Note | None:
    lately = meeting.notes.filter(kind=kind, at__gt=at - A_PRESS, at__lte=at).prefetch_related("readers")
    return next((one for one in lately if one.sealed == {"words": words} and set(one.readers.all()) == set(readers)), None)


def remove_note(note_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    with transaction.atomic():
        meeting_id = Note.objects.filter(pk=note_id).values_list("meeting_id", flat=True).first()
        if meeting_id is None:
            raise NotThere
        meeting = of_advisor(meeting_id, by=by)
        Note.objects.filter(pk=note_id).delete()
        record("meeting_note_removed", "meeting", meeting.pk, by=by, at=at)


def add_task(meeting_id: UUID, owner_id: UUID, words: str, due: date, *, by: ActiveRole, at: datetime) -> MeetingTask:
    """Somebody of the meeting does something by a day. Refused("uninvited") for a party that does not come.

    The same once more, while it is not done, adds nothing.
    """
    with transaction.atomic():
        meeting = of_advisor(meeting_id, by=by)
        if meeting.state == MeetingState.CANCELLED:
            raise Refused("over")
        owner = party_of(meeting, owner_id)
        before = owner.kind == PartyKind.ADVISOR and owner.user_id != meeting.profile.advisor_id
        if before or (owner.needs_a_yes and owner.invited_at is None):
            raise Refused("uninvited")
        for one in owner.tasks.filter(due=due, done_at=None):
            if one.sealed == {"words": words}:
                return one
        task = MeetingTask.objects.create(meeting=meeting, owner=owner, sealed={"words": words}, due=due, at=at)
        record("meeting_task", "meeting", meeting.pk, by=by, at=at)
        if owner.kind == PartyKind.PERSON:
            tell_person(meeting, at=at)
    return task


def finish_task(task_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """By its owner, while they may look, or by the advisor for anybody. Twice changes nothing."""
    with transaction.atomic():
        found = _own_tasks(by).filter(pk=task_id).first()
        if found is None or not _may_look(found, by, at):
            raise NotThere
        locked(found.meeting_id)
        if MeetingTask.objects.filter(pk=task_id, done_at=None).update(done_at=at):
            record("meeting_task_done", "meeting", found.meeting_id, by=by, at=at)


def _own_tasks(by: ActiveRole) -> QuerySet[MeetingTask]:
    """Started from whoever asks, so that what is not theirs is looked for like what is not there."""
    tasks = MeetingTask.objects.filter(meeting__profile__left_at=None)
    if by.kind == RoleKind.ADVISOR:
        return tasks.filter(meeting__profile__advisor_id=by.user_id, meeting__profile__team_id=by.team_key)
    kinds = {RoleKind.EMPLOYER: PartyKind.EMPLOYER, RoleKind.JOBSEEKER: PartyKind.PERSON}
    return tasks.filter(owner__user_id=by.user_id, owner__kind=kinds.get(RoleKind(by.kind), ""))


def _may_look(task: MeetingTask, by: ActiveRole, at: datetime) -> bool:
    return by.kind != RoleKind.EMPLOYER or access.of_employer(task.meeting_id, by=by, at=at) is not None
