"""The letters of matching. Only that of an open introduction holds contact details, and only while it is open."""

from uuid import UUID

from django.utils import timezone

from accounts.models import Membership
from matching import access
from matching.models import Approval, Introduction
from matching.states import State
from outbox.letters import render
from outbox.models import Letter
from outbox.signals import Content, writes

NOTHING = UUID(int=0)


def _neutral(letter: Letter, template: str) -> Content:
    return render(template, language=letter.reader.language, reader=letter.reader)


@writes("something_new")
def something_new(letter: Letter) -> Content | None:
    return _neutral(letter, "letters/something_new")


@writes("lapsed")
def lapsed(letter: Letter) -> Content | None:
    return _neutral(letter, "letters/something_new")


@writes("contact_ended")
def contact_ended(letter: Letter) -> Content | None:
    return _neutral(letter, "letters/something_new")


@writes("reminder")
def reminder(letter: Letter) -> Content | None:
    """Half the time has gone; nothing is sent when the person has answered meanwhile."""
    approval = Approval.objects.filter(pk=letter.about or NOTHING, void_at=None, suggestion__state=State.APPROVED).first()
    return _neutral(letter, "letters/reminder") if approval else None


@writes("introduction")
def introduction(letter: Letter) -> Content | None:
    """To the parties of an open door, checked at the moment of sending: a yes taken back while queued sends nothing."""
    door = (
        Introduction.objects.select_related("consent", "approval__by", "posting__employer", "suggestion__profile__user")
        .filter(pk=letter.about or NOTHING)
        .first()
    )
    if door is None or not Introduction.objects.readable(timezone.now()).filter(pk=door.pk).exists():
        return None
    if letter.reader_id not in access.readers_of(door):
        return None
    is_employer = Membership.objects.filter(user_id=letter.reader_id, employer_id=door.posting.employer_id, until=None).exists()
    card = access.Card(str(door.posting_id), tuple((name, words) for name, words in door.consent.sealed["card"]))
    words = {"door": door, "card": card, "advisor": door.approval.by, "for_employer": is_employer}
    return render("letters/introduction", language=letter.reader.language, **words)
