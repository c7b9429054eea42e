"""A posting in numbers: from what happened to postings, with nothing under ten."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.access import ActiveRole
from accounts.models import Membership
from audit.actions import record
from employers.models import Employer, Posting
from employers.queries.numbers import FEWEST, numbers_of, suppressed
from tests.factories.employers import PostingFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[Membership], Client]


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 40), min_size=2))
def test_nothing_under_ten_is_told_and_no_sum_tells_it(counts: dict[str, int]) -> None:
    told = suppressed(counts)
    assert all(n is None or n >= FEWEST for n in told.values())
    assert list(told.values()).count(None) != 1


def test_days_count_only_while_it_was_open(draft: Posting, by: ActiveRole, now: datetime) -> None:
    moves = [(0, "published"), (5, "published"), (10, "paused"), (20, "published"), (23, "filled")]
    for day, state in moves:
        record("posting_moved", "posting", draft.pk, by=by, at=now + timedelta(days=day), after=state)
    assert numbers_of(draft, at=now + timedelta(days=99)).days_open == 13


def test_others_are_told_when_there_are_ten(draft: Posting, employer: Employer, need: str, now: datetime) -> None:
    for _ in range(FEWEST - 1):
        PostingFactory(published=True, offers={need: {"answer": "yes"}})
    few = numbers_of(draft, at=now)
    assert (few.usual, {n for _, n in few.beside}) == (None, {None})
    PostingFactory(published=True)
    PostingFactory(published=True, workplace__employer=employer)
    many = numbers_of(draft, at=now)
    assert (many.usual, sorted(n for _, n in many.beside if n)) == (1, [FEWEST + 1])


def test_the_page_is_for_its_own_employer(published: Posting, member: Membership, stranger: Membership, signed_in: SignIn) -> None:
    address = f"/sv/employer/postings/{published.pk}/numbers/"
    body = signed_in(member).get(address).content.decode()
    assert "För få för att visas" in body
    assert signed_in(stranger).get(address).status_code == 404
