"""Takes the region away: everything about persons, employers, postings and suggestions. The log of what happened stays."""

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex

from accounts.models import Agency, Membership, Team, Terms, User
from audit.actions import record
from content.models import Gathering, Mailing, Section, Subscriber
from employers.models import Employer, JoinRequest, Posting
from jobseekers.models import CapOverride, EnrolmentCode, Profile
from matching.models import Approval, Consent, Interest, Introduction, Message, Run, Suggestion
from outbox.models import Fact, Letter
from placements.models import Placement
from portal.demo.region import REGION, REMOVED
from search import index
from search.models import PostingEntry

# In this order: what points at a row goes before the row. The rest follows by cascade.
GONE: tuple[type[Model], ...] = (
    *(Placement, Message, Introduction, Consent, Approval, Suggestion, Run, Interest),
    *(Fact, Letter, Session),
    *(Gathering, Mailing, Subscriber, Posting, JoinRequest, Employer),
    *(EnrolmentCode, CapOverride, Profile),
    *(Terms, Membership, EmailAddress),
)


def remove() -> dict[str, int]:
    """Remove everything but the log, the vocabulary and the accounts of administrators; returns rows by model.

    The log may not be changed, and is not: it gets one row that says that the rest is gone. Sessions end with it.
    """
    gone: dict[str, int] = {}
    with transaction.atomic():
        for entry in PostingEntry.objects.values_list("posting_id", flat=True):
            index.drop(entry)
        for section in Section.objects.all():
            gone["pages"] = gone.get("pages", 0) + sum(bool(page.delete()) for page in section.get_children())
        for model in GONE:
            gone[model.__name__] = model._default_manager.all().delete()[0]
        postings = ContentType.objects.get_for_model(Posting)
        for kept_beside in (ModelLogEntry, ReferenceIndex):
            kept_beside.objects.filter(content_type=postings).delete()
        gone["User"] = User.objects.filter(is_superuser=False).delete()[0]
        for model in (Team, Agency):
            gone[model.__name__] = model._default_manager.all().delete()[0]
        record(REMOVED, "demo", REGION, by=None, at=timezone.now())
    return gone
