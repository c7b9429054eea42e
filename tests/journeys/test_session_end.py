"""A session ends in the browser: with script a bar comes before, without script the words wait behind signing in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from jobseekers.models import Profile
from portal.models import Draft
from tests.factories.accounts import PASSWORD, MembershipFactory
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.journeys.world import look, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("console")]
WORDS = "Jag tycker om växter och lugn"
SOON, SAVED = "Du loggas snart ut för säkerhets skull.", "Det du har skrivit är sparat."
PATIENT = 20_000  # ms: the bar comes after three seconds, and the machine may be busy


@pytest.fixture
def profile(transactional_db: None) -> Profile:
    made = ProfileFactory()
    jobseeker_role(made)
    made.user.emailaddress_set.create(email=made.user.email, verified=True, primary=True)
    return made


@pytest.fixture
def short(settings: Settings) -> Callable[[int, int], None]:
    """`short(63, 60)`: a session of 63 seconds whose bar comes 60 seconds before its end."""

    def make(seconds: int, warning: int) -> None:
        settings.SESSION_SECONDS = dict.fromkeys(("shared", "staff", "others"), seconds)
        settings.SESSION_WARNING_SECONDS = warning

    return make


def bar(page: Page) -> Locator:
    return page.locator(".session-bar")


def come_back(page: Page, user: User) -> None:
    page.locator("#id_login").fill(user.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("form.panel button[type=submit]").click()


def covered(page: Page, field: Locator) -> bool:
    """Whether the bar lies over the field."""
    above, below = bar(page).bounding_box(), field.bounding_box()
    assert above is not None
    assert below is not None
    return above["y"] + above["height"] > below["y"] and below["y"] + below["height"] > above["y"]


def test_the_bar_comes_keeps_the_words_and_lets_stay(
    page: Page, live_server: LiveServer, axe: Callable[[Page], None], profile: Profile, short: Callable[[int, int], None]
) -> None:
    short(63, 60)
    sign_in(page, live_server.url, profile.user)
    page.set_viewport_size({"width": 375, "height": 500})
    page.goto(f"{live_server.url}/sv/me/profile/words/")
    expect(bar(page)).to_have_count(0)
    field = page.locator("#id_words")
    field.press_sequentially(WORDS)
    page.evaluate("window.scrollTo(0, document.querySelector('#id_words').getBoundingClientRect().top + scrollY - 90)")
    expect(bar(page)).to_contain_text(SOON, timeout=PATIENT)
    expect(bar(page)).to_contain_text(SAVED)
    expect(field).to_be_focused()
    assert not covered(page, field)
    assert Draft.objects.get().words == {"words": [WORDS]}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of the two literals
        look(page, axe)
        page.set_viewport_size({"width": 320, "height": 640})
        axe(page)
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        expect(bar(page).get_by_role("button")).to_be_in_viewport()
        expect(page.locator(".quick-exit")).to_be_in_viewport()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert not covered(page, field), "the field in focus scrolls clear of the bar"
    short(3600, 120)
    bar(page).get_by_role("button", name="Stanna kvar").click()
    expect(bar(page)).to_have_text("Du är fortfarande inloggad.")
    expect(bar(page)).to_be_focused()
    look(page, axe)
    expect(bar(page)).to_have_count(0, timeout=PATIENT)
    expect(field).to_have_value(WORDS)
    page.get_by_role("button", name="Spara och fortsätt", exact=True).click()
    profile.refresh_from_db()
    assert profile.words == WORDS
    assert not Draft.objects.exists()


def test_nothing_written_nothing_kept_and_at_the_end_a_way_back(
    page: Page, live_server: LiveServer, axe: Callable[[Page], None], profile: Profile, short: Callable[[int, int], None]
) -> None:
    short(11, 8)
    sign_in(page, live_server.url, profile.user)
    page.goto(f"{live_server.url}/sv/me/profile/words/")
    expect(bar(page)).to_have_text(f"{SOON}Stanna kvar", timeout=PATIENT)
    page.locator("#id_words").fill(WORDS)
    expect(bar(page)).to_contain_text("Du har loggats ut för säkerhets skull. Det du har skrivit är sparat.", timeout=PATIENT)
    short(3600, 120)
    look(page, axe)
    bar(page).get_by_role("link", name="Logga in igen").click()
    come_back(page, profile.user)
    expect(page.locator(".kept")).to_contain_text("Det du skrev här sist finns kvar.")
    look(page, axe)
    page.get_by_role("link", name="Lägg tillbaka det").click()
    expect(page.locator("#id_words")).to_have_value(WORDS)
    look(page, axe)


def test_staff_have_the_bar_without_the_quick_exit(
    page: Page, live_server: LiveServer, axe: Callable[[Page], None], short: Callable[[int, int], None]
) -> None:
    short(63, 60)
    sign_in(page, live_server.url, MembershipFactory(advisor=True).user)
    page.goto(f"{live_server.url}/nb/advisor/people/new/")
    expect(bar(page)).to_have_text("Du blir snart logget ut for sikkerhets skyld.Bli her", timeout=PATIENT)
    look(page, axe)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(bar(page).get_by_role("button")).to_be_in_viewport()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_script_the_words_wait_behind_signing_in(page: Page, live_server: LiveServer, profile: Profile) -> None:
    page.goto(f"{live_server.url}/sv/account/sign-in/?next=/sv/me/profile/words/")
    come_back(page, profile.user)
    page.locator("#id_words").fill(WORDS)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    page.get_by_role("button", name="Spara och fortsätt", exact=True).click()
    expect(page.locator("main")).to_contain_text("Det du har skrivit är sparat.")
    come_back(page, profile.user)
    expect(page.locator("#id_words")).to_have_value("")
    page.get_by_role("link", name="Lägg tillbaka det").click()
    expect(page.locator("#id_words")).to_have_value(WORDS)
    page.get_by_role("button", name="Spara och fortsätt", exact=True).click()
    profile.refresh_from_db()
    assert profile.words == WORDS
    page.goto(f"{live_server.url}/sv/me/profile/words/")
    expect(page.locator(".kept")).to_have_count(0)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_script_the_words_can_be_thrown_away(page: Page, live_server: LiveServer, profile: Profile) -> None:
    sign_in(page, live_server.url, profile.user)
    page.goto(f"{live_server.url}/sv/me/profile/words/")
    page.locator("#id_words").fill(WORDS)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    page.get_by_role("button", name="Spara och fortsätt", exact=True).click()
    come_back(page, profile.user)
    page.get_by_role("button", name="Kasta det").click()
    expect(page.locator("main")).to_contain_text("Det du skrev är borttaget.")
    assert not Draft.objects.exists()
