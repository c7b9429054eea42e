"""A jobseeker's own wish."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from employers.models import Posting
from jobseekers.models import Profile
from jobseekers.signals import PROFILE_CHANGED
from matching.models import Interest, Suggestion
from matching.states import NotThere
from outbox.actions import announce, post


def express_interest(posting_id: UUID, *, by: ActiveRole, at: datetime, words: str = "") -> Interest:
    """A jobseeker says "I am interested": it goes to the own advisor, and the pair stands in the queue whatever its score.

    The wish is kept and told in any case; the run that follows makes the suggestion, when the encoder can. Raises NotThere.
    """
    posting = Posting.objects.open().filter(pk=posting_id).first()
    with transaction.atomic():
        profile = Profile.objects.select_for_update(no_key=True).filter(user_id=by.user_id, left_at=None).first()
        if profile is None or posting is None:
            raise NotThere
        interest, created = Interest.objects.get_or_create(
            profile=profile, posting=posting, defaults={"sealed": {"words": words}, "at": at}
        )
        if not created:
            return interest
        if not Suggestion.objects.live().filter(profile=profile, posting=posting).update(interested=True):
            announce(PROFILE_CHANGED, at=at, profile_id=str(profile.pk))
        record("interest_said", "interest", interest.pk, by=by, at=at)
        if profile.advisor_id:
            post("something_new", reader_id=profile.advisor_id, at=at, about=interest.pk)
    return interest
