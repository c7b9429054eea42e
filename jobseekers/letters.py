"""Letters about enrolment, programmes, a new advisor, and answers given for a person.

None names anybody, or says in its subject what it is about.
"""

from uuid import UUID

from jobseekers.models import Profile, ProgrammeRequest
from outbox.letters import render
from outbox.models import Letter
from outbox.signals import Content, writes

NOTHING = UUID(int=0)


@writes("enrolled", about="always")
def enrolled(letter: Letter) -> Content | None:
    """To whom an account was made for. Nothing is sent once the profile has gone to another account: the address was written wrong."""
    if not Profile.objects.filter(user=letter.reader, left_at=None).exists():
        return None
    return render("letters/enrolled", language=letter.reader.language)


@writes("enrolment_asked", about="always")
def enrolment_asked(letter: Letter) -> Content | None:
    """To an account that was there already. Nothing is sent to somebody who has an advisor."""
    if Profile.objects.filter(user=letter.reader, left_at=None).exists():
        return None
    return render("letters/enrolment_asked", language=letter.reader.language)


@writes("programme_asked", about="news")
def programme_asked(letter: Letter) -> Content | None:
    """To a coordinator; nothing is sent about what was taken back, answered or deleted meanwhile."""
    waits = ProgrammeRequest.objects.open().filter(pk=letter.about or NOTHING).exists()
    return render("letters/something_new", language=letter.reader.language) if waits else None


@writes("programme_answered", about="always")
@writes("answered_for_you", about="always")
@writes("call_asked", about="news")
@writes("new_advisor", about="news")
def something_new(letter: Letter) -> Content | None:
    return render("letters/something_new", language=letter.reader.language)
