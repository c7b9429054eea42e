"""Whom an employer can call at ours."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from accounts.models import Membership, RoleKind, User
from employers.models import Employer

OURS = (RoleKind.ADVISOR, RoleKind.COORDINATOR)


def contact_of(employer_id: UUID, *, at: datetime) -> User | None:
    """The employer's named contact; None when there is none, or they do not work here any more."""
    return contacts_of([employer_id], at=at).get(employer_id)


def contacts_of(employer_ids: Collection[UUID], *, at: datetime) -> dict[UUID, User]:
    """The named contacts of several employers, in one query; an employer without one is not in it."""
    here = Membership.objects.valid(at).filter(kind__in=OURS).values("user_id")
    named = Employer.objects.filter(pk__in=employer_ids, contact_id__in=here).select_related("contact")
    return {one.pk: one.contact for one in named if one.contact}
