"""The letters of matching. Only that of an open introduction holds contact details, and only while it is open."""

from uuid import UUID

from django.utils import timezone

from accounts.access import has_accepted_terms
from accounts.models import Membership
from matching import access
from matching.models import Approval, Introduction
from matching.states import State
from outbox.letters import render
from outbox.models import Letter
from outbox.signals import Content, writes

NOTHING = UUID(int=0)


def _neutral(letter: Letter, template: str) -> Content:
    return render(template, language=letter.reader.language)


@writes("approvals_stopped", about="always")
@writes("something_new", about="news")
@writes("lapsed", about="news")
@writes("introduction_moved", about="always")
@writes("contact_ended", about="always")
def something_new(letter: Letter) -> Content | None:
    """There is something to read. Who has an open door hears of what happens there, whatever they have turned off."""
    return _neutral(letter, "letters/something_new")


@writes("reminder_half", about="reminders")
@writes("reminder_last", about="reminders")
def reminder(letter: Letter) -> Content | None:
    """To the jobseeker; nothing is sent when they have answered meanwhile."""
    waits = Approval.objects.filter(pk=letter.about or NOTHING, void_at=None, suggestion__state=State.APPROVED).exists()
    return _neutral(letter, "letters/reminder") if waits else None


@writes("card_waiting", about="always")
@writes("card_waiting_half", about="always")
@writes("card_waiting_last", about="always")
def card_waiting(letter: Letter) -> Content | None:
    """To a member of the employer; nothing is sent when the answer is there, the door has closed or the member has gone."""
    door = _unanswered(letter)
    here = door and letter.reader_id in access.readers_of_posting(door.posting.employer_id)
    return _neutral(letter, "letters/answer_waiting") if here else None


@writes("promise_broken", about="always")
def promise_broken(letter: Letter) -> Content | None:
    """To the person's advisor: the employer has not answered in the promised time."""
    door = _unanswered(letter)
    return _neutral(letter, "letters/something_new") if door and door.suggestion.profile.advisor_id == letter.reader_id else None


def _unanswered(letter: Letter) -> Introduction | None:
    doors = Introduction.objects.readable(timezone.now()).select_related("posting", "suggestion__profile")
    return doors.filter(pk=letter.about or NOTHING, answered_at=None).first()


@writes("introduction", about="always")
def introduction(letter: Letter) -> Content | None:
    """To the parties of an open door, checked at the moment of sending: a yes taken back while queued sends nothing.

    A member who has not promised confidentiality yet is only told that there is something to read.
    """
    door = (
        Introduction.objects.select_related(
            "consent", "approval__by", "posting__employer", "suggestion__profile__user", "suggestion__profile__advisor"
        )
        .filter(pk=letter.about or NOTHING)
        .first()
    )
    if door is None or not Introduction.objects.readable(timezone.now()).filter(pk=door.pk).exists():
        return None
    if letter.reader_id not in access.readers_of(door):
        return None
    is_employer = Membership.objects.filter(user_id=letter.reader_id, employer_id=door.posting.employer_id, until=None).exists()
    if is_employer and not has_accepted_terms(letter.reader_id):
        return _neutral(letter, "letters/something_new")  # the page asks for the promise first
    words = {"door": door, "card": access.card_of(door), "advisor": door.advisor, "for_employer": is_employer}
    return render("letters/introduction", language=letter.reader.language, **words)
