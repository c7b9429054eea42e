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


def more(employer: Employer, need: str, n: int, now: datetime) -> None:
    for _ in range(n):
        workplace = WorkplaceFactory(employer=employer)
        posting = PostingFactory(workplace=workplace, published=True)
        workplace.offers.create(need_id=need, answer="yes", at=now)
        PostingQuestion.objects.create(posting=posting, code="arrange", need_id=need, asked_at=now)


@pytest.mark.parametrize("page", ["", "postings/", "workplaces/", "members/"])
def test_counts_do_not_grow(
    page: str, employer: Employer, member: Membership, need: str, signed_in: Callable[[Membership], Client], now: datetime
) -> None:
    client = signed_in(member)
    counts = []
    for n in (10, 190):
        more(employer, need, n, now)
        client.get(f"/sv/employer/{page}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/sv/employer/{page}")
        counts.append(len(asked))
    assert counts[0] == counts[1]
