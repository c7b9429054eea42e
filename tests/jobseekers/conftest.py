"""An advisor with one person, a coordinator of the same team, and a client for each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.test import Client

from accounts.access import ActiveRole
from accounts.models import Membership
from jobseekers.models import Profile
from taxonomy.actions import load_needs
from taxonomy.models import Concept, Kind, Label
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.jobseekers import ProfileFactory, jobseeker_role

SignedIn = Callable[[Membership], Client]


@dataclass(frozen=True)
class People:
    """Who is who in these tests."""

    advising: Membership
    coordinating: Membership
    seeking: Membership
    profile: Profile

    @property
    def advisor(self) -> ActiveRole:
        return role_of(self.advising)

    @property
    def coordinator(self) -> ActiveRole:
        return role_of(self.coordinating)

    @property
    def person(self) -> ActiveRole:
        return role_of(self.seeking)


@pytest.fixture
def catalogue(now: datetime, db: None) -> None:
    load_needs(at=now)


@pytest.fixture
def words(db: None) -> None:
    """Two skills and an occupation."""
    for key, kind, text in (
        ("cook", Kind.SKILL, "Laga mat"),
        ("wash", Kind.SKILL, "Diska"),
        ("gardener", Kind.OCCUPATION, "Trädgårdsarbetare"),
    ):
        concept = Concept.objects.create(key=key, kind=kind)
        Label.objects.create(concept=concept, language="sv", text=text, preferred=True)


@pytest.fixture
def people(catalogue: None) -> People:
    advising = MembershipFactory(advisor=True)
    profile = ProfileFactory(
        advised_by=advising, needs={"phys.no_heavy_lifting": "must", "sens.quiet": "helps", "time.extra_breaks": "none"}
    )
    coordinating = MembershipFactory(kind="coordinator", team=advising.team)
    return People(advising, coordinating, jobseeker_role(profile), profile)


@pytest.fixture
def signed_in(db: None) -> SignedIn:
    """`signed_in(membership)` is a client of that member."""

    def client_of(membership: Membership) -> Client:
        client = Client()
        client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of
