"""The employer is supported too: whom to call, what helps here, how many at once, thanks and what comes then."""

from datetime import datetime

import pytest

from tests.factories.placements import Case, make_case
from tests.placements.test_pages import address, as_

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def case(now: datetime) -> Case:
    return make_case(now)


def test_the_advisor_reads_that_the_workplace_is_full(case: Case, now: datetime) -> None:
    case.until_signed(now)
    advisor, pages = as_(case.advisor), [address(name, case.id) for name in ("placement", "approve_agreement")]
    assert not any('id="full"' in advisor.get(page).content.decode() for page in pages)
    workplace = case.placement.workplace
    assert workplace is not None
    workplace.most_at_once = 0
    workplace.save()
    assert all('id="full"' in advisor.get(page).content.decode() for page in pages)
    workplace.most_at_once = 1
    workplace.save()
    case.approve(now)
    assert 'id="full"' not in advisor.get(pages[0]).content.decode()  # one's own place counts for nobody else
