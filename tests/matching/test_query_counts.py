"""Lists of matching ask the database as often for two hundred rows as for ten."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.access import TERMS_VERSION
from accounts.models import Membership, Terms
from matching import actions
from matching.models import Interest
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.employers import PostingFactory, WorkplaceFactory, employer_member
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.factories.matching import Pair, suggestion_of

pytestmark = pytest.mark.django_db
FEW, MANY = 10, 200
QUEUE, DOORS = "Att läsa", "Att träffas om"
# Who opens which list, and the beginning of what stands on each of its rows.
PAGES = (
    ("advisor", "advisor/", QUEUE),
    ("advisor", "advisor/?tab=team", QUEUE),
    ("advisor", "advisor/?tab=would_fit", QUEUE),
    ("advisor", "advisor/?tab=closed", QUEUE),
    ("advisor", "advisor/introductions/", DOORS),
    ("advisor", "advisor/people/{person}/suggestions/", DOORS),
    ("coordinator", "team/", ""),  # numbers only
    ("jobseeker", "me/", ""),  # three things at most
    ("jobseeker", "me/suggestions/", DOORS),
    ("jobseeker", "me/consents/", DOORS),
    ("jobseeker", "me/interests/", DOORS),
    ("employer", "employer/introductions/", DOORS),
    ("employer", "employer/", ""),
)


@dataclass
class World:
    """One advisor, the people they help, and one employer."""

    now: datetime

    def __post_init__(self) -> None:
        self.advisor = MembershipFactory(advisor=True)
        self.person, *self.others = ProfileFactory.create_batch(4, advised_by=self.advisor)
        self.team = self.advisor.team
        self.colleagues = ProfileFactory(advised_by=MembershipFactory(advisor=True, team=self.team))
        self.coordinator = MembershipFactory(coordinator=True, team=self.team)
        self.seeking = jobseeker_role(self.person)
        self.workplace = WorkplaceFactory()
        self.member = employer_member(self.workplace.employer)
        Terms.objects.create(user=self.member.user, version=TERMS_VERSION, at=self.now)

    def client(self, role: str) -> Client:
        members: dict[str, Membership] = {
            "advisor": self.advisor,
            "jobseeker": self.seeking,
            "employer": self.member,
            "coordinator": self.coordinator,
        }
        client = Client()
        client.force_login(members[role].user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def add(self, first: int, last: int) -> None:
        """On every list one row more for each number."""
        for n in range(first, last):
            read, met = (PostingFactory(workplace=self.workplace, title=f"{title} {n}", published=True) for title in (QUEUE, DOORS))
            waits, cannot, closed = self.others
            suggestion_of(read, waits)
            suggestion_of(read, self.colleagues)
            suggestion_of(read, cannot, eligible=False)
            actions.dismiss(suggestion_of(read, closed).pk, by=role_of(self.advisor), at=self.now, reason="not_now")
            Interest.objects.create(profile=self.person, posting=met, sealed={"words": ""}, at=self.now)
            pair = Pair(
                suggestion=suggestion_of(met, self.person),
                posting=met,
                profile=self.person,
                employer=self.workplace.employer,
                advisor=role_of(self.advisor),
                jobseeker=role_of(self.seeking),
                member=role_of(self.member),
            )
            pair.introduce(self.now + timedelta(minutes=n))


def counted(client: Client, path: str, rows: str, n: int) -> int:
    """Queries of the second visit: the first fills caches."""
    client.get(f"/sv/{path}")
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/sv/{path}").content.decode()
    assert not rows or len(set(re.findall(rf"{rows} \d+\b", page))) == n, f"{path} shows all rows"
    return len(asked)


@pytest.mark.slow
def test_lists_of_matching_do_not_grow(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("portal.views.homes", "matching.views.introductions"):
        monkeypatch.setattr(f"{module}.PER_PAGE", MANY)
    world = World(now)
    counts: dict[str, list[int]] = {path: [] for _, path, _ in PAGES}
    for first, last in ((0, FEW), (FEW, MANY)):
        world.add(first, last)
        for role, path, rows in PAGES:
            counts[path].append(counted(world.client(role), path.format(person=world.person.pk), rows, last))
    assert {path: few for path, (few, _) in counts.items()} == {path: many for path, (_, many) in counts.items()}
