"""A person deletes what is kept of them: what cooperation keeps, it takes away itself (docs/decisions/contact-log.md)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from cooperation.models import Contact, ContactWith, Plan, PlanStep
from jobseekers.models import Profile
from jobseekers.states import NotThere

NO_WORDS = {"line": "", "agency": ""}


def erase(profile_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """Plan, steps and contacts go. Of a contact with an employer stays that there was one, with nobody in it: it is the employer's too.

    For the person alone, and before the account is parted from the profile. Whoever notes something in this second waits for the
    profile, and then finds nobody. Raises NotThere.
    """
    with transaction.atomic():
        held = Profile.objects.select_for_update(no_key=True).filter(pk=profile_id, user_id=by.user_id).first()
        if by.kind != RoleKind.JOBSEEKER or held is None:
            raise NotThere
        Plan.objects.filter(profile_id=profile_id).delete()
        PlanStep.objects.filter(profile_id=profile_id).delete()
        theirs = Contact.objects.filter(profile_id=profile_id)
        theirs.exclude(contact_with=ContactWith.EMPLOYER).delete()
        theirs.update(profile=None, sealed=NO_WORDS)
        record("plan_erased", "profile", profile_id, by=by, at=at)
