"""What tests of placements share: the kinds of placement that come with the product, and an editor."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import Membership
from placements.actions import load_measures, load_schemes
from taxonomy.actions import load_needs
from tests.factories.accounts import MembershipFactory

SignIn = Callable[[Membership], Client]


@pytest.fixture
def measures(db: None, now: datetime) -> None:
    load_measures(at=now)


@pytest.fixture
def schemes(db: None, now: datetime) -> None:
    load_needs(at=now)
    load_schemes(at=now)


@pytest.fixture
def editor(db: None) -> Membership:
    found = MembershipFactory(editor=True)
    found.user.groups.add(Group.objects.get(name="Editors"))
    return found


@pytest.fixture
def signed_in(client: Client) -> SignIn:
    def sign_in(membership: Membership) -> Client:
        client.force_login(membership.user)
        return client

    return sign_in
