"""Accounts, agencies, teams and roles for tests."""

from datetime import UTC, datetime

import factory
from django.contrib.auth.hashers import make_password
from django.test import Client
from factory.django import DjangoModelFactory

from accounts.access import ActiveRole, as_role
from accounts.models import Agency, Membership, RoleKind, Team, User

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
PASSWORD = "a long enough password for tests"
_HASH = make_password(PASSWORD)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = factory.Sequence(lambda n: f"Förnamn{n}")
    last_name = "Efternamn"
    phone = "070-174 06 05"
    password = _HASH


class AgencyFactory(DjangoModelFactory[Agency]):
    class Meta:
        model = Agency

    name = factory.Sequence(lambda n: f"Kommun {n}")
    country = "SE"


class TeamFactory(DjangoModelFactory[Team]):
    class Meta:
        model = Team

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"Team {n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    class Params:
        advisor = factory.Trait(kind=RoleKind.ADVISOR, team=factory.SubFactory(TeamFactory))
        coordinator = factory.Trait(kind=RoleKind.COORDINATOR, team=factory.SubFactory(TeamFactory))
        editor = factory.Trait(kind=RoleKind.EDITOR)
        jobseeker = factory.Trait(kind=RoleKind.JOBSEEKER)

    user = factory.SubFactory(UserFactory)
    since = LONG_AGO


def role_of(membership: Membership) -> ActiveRole:
    """The role that a signed-in member acts in."""
    return as_role(membership)


def browser(user_id: int) -> Client:
    """A browser in which this account is signed in."""
    client = Client()
    client.force_login(User.objects.get(pk=user_id), backend="django.contrib.auth.backends.ModelBackend")
    return client
