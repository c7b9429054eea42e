"""Whom an employer can call at ours."""

from datetime import datetime
from uuid import UUID

from accounts.models import Membership, RoleKind, User
from employers.models import Employer

OURS = (RoleKind.ADVISOR, RoleKind.COORDINATOR)


def contact_of(employer_id: UUID, *, at: datetime) -> User | None:
    """The employer's named contact; None when there is none, or they do not work here any more."""
    named = Employer.objects.filter(pk=employer_id).values("contact_id")
    here = Membership.objects.valid(at).filter(kind__in=OURS).values("user_id")
    return User.objects.filter(pk__in=named).filter(pk__in=here).first()
