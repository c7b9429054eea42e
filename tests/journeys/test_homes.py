"""The home pages with everything that can wait on them, on a small phone and at a desk: whole, nothing sideways, and axe finds nothing."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import Page

from accounts.models import User
from cooperation import actions as cooperation
from placements.models import CheckIn, Task
from placements.states import Party
from tests.browser import axe_complaints
from tests.factories.accounts import MembershipFactory
from tests.factories.matching import another
from tests.factories.meetings import plan
from tests.factories.placements import Case, make_case, running_case
from tests.journeys.world import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("console")]
PICTURES = os.environ.get("INGANG_PICTURES", "")
NARROW, PHONE, DESK = 320, 375, 1280


@pytest.fixture
def case(transactional_db: None) -> Case:
    """Under way, and everything waits for everybody."""
    now = timezone.now()
    case = running_case(now)
    for party in (Party.JOBSEEKER, Party.SUPERVISOR):
        row = CheckIn.objects.filter(placement=case.placement, party=party).order_by("due")[0]
        CheckIn.objects.filter(pk=row.pk).update(state="sent", sent_at=now, closes=localdate(now) + timedelta(days=3))
    cooperation.add_step(case.pair.profile.pk, words="Ringa bussbolaget", side="person", who="", by=case.jobseeker, at=now)
    another(case.pair, "En plats till").approve(now)
    plan(case.pair, now, starts=now + timedelta(days=2))
    Task.objects.create(placement=case.placement, kind="incident", due=localdate(now) - timedelta(days=2), made_at=now)
    return case


def _looks_whole(page: Page, name: str) -> None:
    for width in (NARROW, PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} goes sideways at {width}"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of the two literals
            assert axe_complaints(page) == []
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)


def test_everybodys_home_is_whole(visitor: Visitor, page: Page, case: Case, now: datetime) -> None:
    coordinator = MembershipFactory(coordinator=True, team=case.pair.profile.team)
    homes = {
        "me/": case.jobseeker.user_id,
        "employer/": case.member.user_id,
        "advisor/": case.advisor.user_id,
        "team/": coordinator.user_id,
    }
    for path, user_id in homes.items():
        visitor.sign_in(User.objects.get(pk=user_id))
        visitor.go(path)
        _looks_whole(page, path.strip("/"))


def test_what_goes_and_what_stays_is_whole(visitor: Visitor, page: Page, case: Case) -> None:
    visitor.sign_in(User.objects.get(pk=case.jobseeker.user_id))
    visitor.go("me/data/delete/")
    visitor.sees("Din praktik", case.pair.employer.name)
    _looks_whole(page, "delete")


def test_signing_is_the_one_thing(visitor: Visitor, page: Page, transactional_db: None) -> None:
    case = make_case(timezone.now()).until_sent(timezone.now())
    visitor.sign_in(User.objects.get(pk=case.jobseeker.user_id))
    visitor.go("me/")
    visitor.press("Läs avtalet")
    visitor.sees("Avtal")
    case.sign(Party.JOBSEEKER, timezone.now())
    visitor.sign_in(User.objects.get(pk=case.member.user_id))
    visitor.go("employer/")
    visitor.sees("Läs och skriv under ett avtal")
    _looks_whole(page, "employer-sign")
