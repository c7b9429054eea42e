"""Lists ask the database as often for two hundred rows as for ten."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership
from employers.models import Employer, PostingQuestion
from tests.factories.employers import PostingFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db
PAGES = ("", "postings/", "workplaces/", "members/")


def more(employer: Employer, need: str, n: int, now: datetime) -> None:
    for _ in range(n):
        workplace = WorkplaceFactory(employer=employer)
        posting = PostingFactory(workplace=workplace, published=True)
        workplace.offers.create(need_id=need, answer="yes", at=now)
        PostingQuestion.objects.create(posting=posting, code="arrange", need_id=need, asked_at=now)


def test_counts_do_not_grow(
    employer: Employer, member: Membership, need: str, signed_in: Callable[[Membership], Client], now: datetime
) -> None:
    client = signed_in(member)
    counts: dict[str, list[int]] = {page: [] for page in PAGES}
    for n in (10, 190):
        more(employer, need, n, now)
        for page, asked_before in counts.items():
            client.get(f"/sv/employer/{page}")
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/sv/employer/{page}")
            asked_before.append(len(asked))
    assert {page: few for page, (few, _) in counts.items()} == {page: many for page, (_, many) in counts.items()}
