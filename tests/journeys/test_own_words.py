"""Own words about needs in the browser: by keyboard alone, and gone when the page is left."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jobseekers.models import NeedsRecord
from tests.factories.accounts import MembershipFactory
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.journeys.world import look, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("console", "vocabulary")]
WORDS = "Jag kan inte gå i trappor. Mycket ljud stressar mig."


def test_own_words_by_keyboard(page: Page, live_server: LiveServer, axe: Callable[[Page], None]) -> None:
    profile = ProfileFactory()
    jobseeker_role(profile)
    sign_in(page, live_server.url, profile.user)
    page.goto(f"{live_server.url}/sv/me/needs/")
    look(page, axe)
    page.locator("#own_words").focus()
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Menade du …? Mina behov på jobbet – Ingång")
    assert "trappor" not in page.url
    look(page, axe)
    page.get_by_label("Trappfri väg in och trappfritt inomhus").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Spara: det måste fungera").press("Enter")
    expect(page.locator("section[aria-labelledby=a]")).to_contain_text("Trappfri väg in")
    assert set(NeedsRecord.objects.get().needs) == {"acc.step_free"}
    expect(page.locator("#own_words")).to_have_value("")
    look(page, axe)


def test_the_advisor_finds_needs_in_the_persons_words(page: Page, live_server: LiveServer, axe: Callable[[Page], None]) -> None:
    advising = MembershipFactory(advisor=True)
    profile = ProfileFactory(advised_by=advising)
    sign_in(page, live_server.url, advising.user)
    page.goto(f"{live_server.url}/sv/advisor/people/{profile.pk}/")
    page.get_by_role("link", name="Hitta det med personens egna ord").click()
    page.locator("#own_words").fill(WORDS)
    page.get_by_role("button", name="Se vad det kan vara").click()
    look(page, axe)
    page.get_by_label("Trappfri väg in och trappfritt inomhus").check()
    page.get_by_role("button", name="Spara: det hjälper").click()
    expect(page).to_have_title("Fel: Menade du …? Behov på jobbet – Ingång")
    look(page, axe)
    page.get_by_label("På ett möte").check()
    page.get_by_label("Bad om hjälp").check()
    page.get_by_role("button", name="Spara: det hjälper").click()
    expect(page.locator("section[aria-labelledby=a]")).to_contain_text("Trappfri väg in")
    assert NeedsRecord.objects.get().needs["acc.step_free"]["stated_by"] == "advisor"
