"""A person with an advisor, and everybody who has nothing to do with them."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from accounts.access import ActiveRole
from accounts.models import Membership
from jobseekers.models import Profile
from tests.factories.accounts import MembershipFactory, browser, role_of
from tests.factories.employers import EmployerFactory, employer_member
from tests.factories.jobseekers import ProfileFactory, jobseeker_role

SignedIn = Callable[[Membership], Client]


@dataclass(frozen=True)
class Around:
    """One person and who is around them; `strangers` may see nothing of it."""

    profile: Profile
    seeking: Membership
    advising: Membership
    strangers: dict[str, Membership]

    @property
    def person(self) -> ActiveRole:
        return role_of(self.seeking)

    @property
    def advisor(self) -> ActiveRole:
        return role_of(self.advising)

    def client(self, who: str) -> Client:
        members = {"person": self.seeking, "advisor": self.advising, **self.strangers}
        return browser(members[who].user_id)


@pytest.fixture
def around(db: None) -> Around:
    advising = MembershipFactory(advisor=True)
    profile = ProfileFactory(advised_by=advising)
    strangers = {
        "another advisor": MembershipFactory(advisor=True),
        "a colleague": MembershipFactory(advisor=True, team=advising.team),
        "another person": jobseeker_role(ProfileFactory()),
        "coordinator": MembershipFactory(kind="coordinator", team=advising.team),
        "employer": employer_member(EmployerFactory()),
    }
    return Around(profile, jobseeker_role(profile), advising, strangers)
