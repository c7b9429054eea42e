"""The letters to employers: neutral words and a way in. They name no posting and no person."""

from uuid import UUID

from django.utils import timezone

from accounts.models import Membership
from employers.models import Invitation, PostingStatus
from employers.queries.lasting import link_for
from outbox.letters import render
from outbox.models import Letter
from outbox.signals import Content, writes

NOTHING = UUID(int=0)


@writes("answer_waiting", about="news")
def answer_waiting(letter: Letter) -> Content | None:
    return render("letters/answer_waiting", language=letter.reader.language, reader=letter.reader)


@writes("still_valid", about="always")
def still_valid(letter: Letter) -> Content | None:
    """Whether a posting is still open: it ends without an answer. Not sent to who has left, nor when somebody has answered meanwhile."""
    asked = PostingStatus.objects.filter(pk=letter.about or NOTHING, reminders__gt=0).values_list("pk", "posting__employer_id").first()
    members = Membership.objects.valid(timezone.now()).filter(user=letter.reader, employer_id=asked[1] if asked else NOTHING)
    member = members.first()
    if asked is None or member is None:
        return None
    return render("letters/still_valid", language=letter.reader.language, link=link_for(asked[0], member.pk))


@writes("join_question", about="always")
def join_question(letter: Letter) -> Content | None:
    """Somebody asks to act for the employer: the managers find who under Members."""
    return render("letters/answer_waiting", language=letter.reader.language, reader=letter.reader)


@writes("invited", about="always")
def invited(letter: Letter) -> Content | None:
    """How to get in, and where the invitation lies. It says not who invites."""
    waits = Invitation.objects.waiting().filter(pk=letter.about or NOTHING).exists()
    return render("letters/invited", language=letter.reader.language) if waits else None
