"""Lists of people ask the database as often for two hundred rows as for ten."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership
from audit.actions import record_read
from jobseekers import actions
from jobseekers.models import Profile
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.jobseekers import ProfileFactory
from tests.jobseekers.conftest import People, SignedIn

pytestmark = pytest.mark.django_db
FEW, MANY = 10, 200
PER_PAGE = 100  # SQLite takes no more rows of the log of reads in one statement
Add = Callable[[People, int, datetime], None]


def more_people(people: People, n: int, now: datetime) -> None:
    """Of the advisor, and of others in the team."""
    ProfileFactory.create_batch(n, advised_by=people.advising, needs={"sens.quiet": "must"})
    ProfileFactory.create_batch(n // 40, advised_by__team=people.advising.team)


def more_who_wait(people: People, n: int, now: datetime) -> None:
    made = ProfileFactory.create_batch(n, advised_by=people.advising)
    Profile.objects.filter(pk__in=[one.pk for one in made]).update(advisor=None, waits_since=now)


def more_colleagues(people: People, n: int, now: datetime) -> None:
    MembershipFactory.create_batch(n, advisor=True, team=people.advising.team)


def more_exceptions(people: People, n: int, now: datetime) -> None:
    for _ in range(n):
        advisor = people.advising.user_id
        actions.grant_override(by=people.coordinator, at=now, advisor_id=advisor, extra=1, reason="Kollega sjuk", until=now.date())


def more_looks(people: People, n: int, now: datetime) -> None:
    reader = role_of(MembershipFactory(advisor=True))
    for page in ("person", "needs"):
        record_read([people.profile.pk] * (n // 2), page, by=reader, at=now)


PAGES: tuple[tuple[str, str, Add, str], ...] = (
    ("advising", "people", more_people, "Förnamn"),
    ("coordinating", "team_home", more_people, ""),  # numbers only
    ("coordinating", "caseload", more_people, ""),
    ("coordinating", "transfers", more_people, "Förnamn"),
    ("coordinating", "waiting_list", more_who_wait, "Förnamn"),
    ("coordinating", "team_members", more_colleagues, "Förnamn"),
    ("coordinating", "overrides", more_exceptions, "Kollega sjuk"),
    ("seeking", "who_has_seen", more_looks, ""),  # a day of one reader is one row
)


@pytest.fixture
def long_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("people", "team"):
        monkeypatch.setattr(f"jobseekers.views.{module}.PER_PAGE", PER_PAGE)


@pytest.mark.usefixtures("long_pages", "frozen")
@pytest.mark.parametrize(("who", "name", "add", "words"), PAGES, ids=[name for _, name, _, _ in PAGES])
def test_lists_of_people_do_not_grow(people: People, signed_in: SignedIn, now: datetime, who: str, name: str, add: Add, words: str) -> None:
    member: Membership = getattr(people, who)
    client, counts = signed_in(member), []
    for n in (FEW, MANY):
        add(people, n - (FEW if n == MANY else 0), now)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse(name)).content.decode()
        assert not words or page.count(words) >= min(n, PER_PAGE), "the rows are shown"
        counts.append(len(asked))
    assert counts[0] == counts[1]
