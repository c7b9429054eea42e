"""Who may see and change a profile: the person, and their own advisor."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localtime

from accounts.access import ActiveRole
from accounts.models import User
from audit.models import Read
from jobseekers.models import Profile


def own(*, by: ActiveRole) -> Profile | None:
    """The profile of the person who acts."""
    if by.kind != "jobseeker":
        return None
    return _whole().filter(user_id=by.user_id, left_at=None).first()


def of_advisor(profile_id: UUID, *, by: ActiveRole) -> Profile | None:
    """A person this advisor helps now."""
    return _whole().filter(pk=profile_id, advisor_id=by.user_id, left_at=None).first() if by.kind == "advisor" else None


def may_change(profile: Profile, by: ActiveRole) -> bool:
    is_self = by.kind == "jobseeker" and profile.user_id == by.user_id
    return is_self or (by.kind == "advisor" and profile.advisor_id == by.user_id)


def _whole() -> QuerySet[Profile]:
    return Profile.objects.select_related("user", "advisor", "team__agency", "place")


@dataclass(frozen=True)
class Look:
    """Somebody looked: who, in which role and agency, at what, when."""

    name: str
    role: str
    agency: str
    page: str
    at: datetime


def who_has_seen(profile: Profile, most: int = 300) -> list[tuple[date, list[Look]]]:
    """Looks at one person's data by others, by day, newest first."""
    reads = list(Read.objects.about(profile.pk).exclude(reader_id=profile.user_id)[:most])
    names = {user.pk: user.get_full_name() for user in User.objects.filter(pk__in={read.reader_id for read in reads})}
    looks = [Look(names.get(read.reader_id, ""), read.role, read.agency, read.page, read.at) for read in reads]
    return [(day, list(some)) for day, some in groupby(looks, key=lambda look: localtime(look.at).date())]
