"""The letters to employers: neutral words and a way in. They name no posting and no person."""

from uuid import UUID

from employers.models import Invitation
from outbox.letters import render
from outbox.models import Letter
from outbox.signals import Content, writes

NOTHING = UUID(int=0)


@writes("answer_waiting", about="news")
def answer_waiting(letter: Letter) -> Content | None:
    return render("letters/answer_waiting", language=letter.reader.language, reader=letter.reader)


@writes("join_question", about="always")
def join_question(letter: Letter) -> Content | None:
    """Somebody asks to act for the employer: the managers find who under Members."""
    return render("letters/answer_waiting", language=letter.reader.language, reader=letter.reader)


@writes("invited", about="always")
def invited(letter: Letter) -> Content | None:
    """How to get in, and where the invitation lies. It says not who invites."""
    waits = Invitation.objects.waiting().filter(pk=letter.about or NOTHING).exists()
    return render("letters/invited", language=letter.reader.language) if waits else None
