"""Facts that the website hears of: a person is gone, and so is what they were writing as a jobseeker."""

from matching.signals import PERSON_ERASED
from outbox.signals import Effect, receives
from portal import actions

AS_A_JOBSEEKER = ("/me/", "/postings/")  # where drafts of a person's own pages are kept; an account may have other roles as well


@receives(PERSON_ERASED)
def person_erased(user_id: str) -> Effect | None:
    return lambda: actions.forget_pages(AS_A_JOBSEEKER, writer_id=int(user_id))
