"""Somebody saved first, in the browser: the page says so where the eye and the screen reader begin, and keeps what was typed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from employers import actions as of_employers
from employers.models import Posting
from jobseekers import actions as of_jobseekers
from jobseekers.models import NeedsRecord
from taxonomy.actions import load_needs
from tests.factories.accounts import role_of
from tests.factories.employers import PostingFactory, employer_member
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.journeys.world import look, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("console")]


def test_the_needs_of_a_person(page: Page, live_server: LiveServer, axe: Callable[[Page], None], now: datetime) -> None:
    load_needs(at=now)
    profile = ProfileFactory()
    by = role_of(jobseeker_role(profile))
    sign_in(page, live_server.url, profile.user)
    page.goto(f"{live_server.url}/sv/me/needs/phys/")
    page.locator("[id='phys.no_heavy_lifting-must']").check()
    page.locator("[id='phys.no_heavy_lifting:parameter']").fill("5")
    held = {"phys.no_heavy_lifting": ("helps", "10"), "phys.sit_stand": ("must", "")}
    of_jobseekers.save_needs(profile.pk, "phys", held, by=by, at=now)
    save = page.locator("form[method=post] .form-end button").first
    save.click()
    expect(page.locator(".ds-alert")).to_be_focused()
    look(page, axe)
    assert page.locator("[id='phys.no_heavy_lifting:parameter']").input_value() == "5"
    assert NeedsRecord.objects.get().needs["phys.no_heavy_lifting"]["parameter"] == "10"
    save.click()
    expect(page).to_have_url(f"{live_server.url}/sv/me/needs/acc/")
    assert NeedsRecord.objects.get().needs["phys.no_heavy_lifting"]["parameter"] == "5"


def test_a_step_of_a_posting(page: Page, live_server: LiveServer, axe: Callable[[Page], None], now: datetime) -> None:
    posting: Posting = PostingFactory()
    member = employer_member(posting.employer)
    sign_in(page, live_server.url, member.user)
    page.goto(f"{live_server.url}/sv/employer/postings/{posting.pk}/edit/4/")
    page.locator("#id_hours_max").fill("30")
    of_employers.save_step(posting.pk, 4, {"hours_max": 25, "last_day": now.date()}, by=role_of(member), at=now)
    page.locator("form[method=post] .form-end button").first.click()
    expect(page.locator(".ds-alert")).to_be_focused()
    look(page, axe)
    assert page.locator("#id_hours_max").input_value() == "30"
    page.get_by_role("link", name="Läs den nya versionen").click()
    assert page.locator("#id_hours_max").input_value() == "25"
