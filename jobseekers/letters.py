"""The letters about enrolment and a new advisor. None of them names anybody or says what it is about in its subject."""

from jobseekers.models import Profile
from outbox.letters import render
from outbox.models import Letter
from outbox.signals import Content, writes


@writes("enrolled")
def enrolled(letter: Letter) -> Content | None:
    return render("letters/enrolled", language=letter.reader.language)


@writes("enrolment_asked")
def enrolment_asked(letter: Letter) -> Content | None:
    """To an account that was there already. Nothing is sent to somebody who meanwhile has an advisor."""
    if Profile.objects.filter(user_id=letter.reader_id, left_at=None).exists():
        return None
    return render("letters/enrolment_asked", language=letter.reader.language)


@writes("new_advisor")
def new_advisor(letter: Letter) -> Content | None:
    return render("letters/something_new", language=letter.reader.language)
