"""What tests of employers share: a manager, their workplace with one supervisor, a complete draft, an editor."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.access import ActiveRole
from accounts.models import Membership
from employers import actions
from employers.models import Employer, Posting, Workplace
from taxonomy.models import Need
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.employers import EmployerFactory, PlaceFactory, PostingFactory, WorkplaceFactory, employer_member


@pytest.fixture
def employer() -> Employer:
    return EmployerFactory(name="Trädgården AB")


@pytest.fixture
def member(employer: Employer) -> Membership:
    return employer_member(employer, manages=True)


@pytest.fixture
def by(member: Membership) -> ActiveRole:
    return role_of(member)


@pytest.fixture
def stranger() -> Membership:
    """A manager of another employer."""
    return employer_member(EmployerFactory(), manages=True)


@pytest.fixture
def editor() -> Membership:
    found = MembershipFactory(editor=True)
    found.user.groups.add(Group.objects.get(name="Editors"))
    return found


@pytest.fixture
def workplace(employer: Employer) -> Workplace:
    return WorkplaceFactory(employer=employer, name="Sjöbovägen 12", place=PlaceFactory())


@pytest.fixture
def draft(workplace: Workplace) -> Posting:
    return PostingFactory(workplace=workplace)


@pytest.fixture
def published(draft: Posting, by: ActiveRole, editor: Membership, now: datetime) -> Posting:
    """Public through the front door: sent, and approved by an editor."""
    actions.submit_posting(draft.pk, by=by, at=now)
    actions.approve(draft.pk, by=role_of(editor), at=now)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def signed_in(client: Client) -> Callable[[Membership], Client]:
    def sign_in(membership: Membership) -> Client:
        client.force_login(membership.user)
        return client

    return sign_in


@pytest.fixture
def need() -> str:
    """One code of the catalogue."""
    made = Need.objects.create(
        code="acc.step_free", group="acc", position=1, label_sv="Trappfri väg in", label_nb="Trinnfri adkomst", label_en="Step-free way in"
    )
    return made.code
