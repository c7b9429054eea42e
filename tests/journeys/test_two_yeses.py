"""Stories 5 to 7 in the browser, in three languages: the advisor approves, the jobseeker says yes, the door opens and closes."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Membership
from matching.models import Introduction, Suggestion
from outbox import actions as outbox
from outbox.models import Letter
from tests.factories.matching import Pair, make_pair
from tests.journeys.world import look, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("console")]

WORDS = {
    "sv": {
        "read": "Läs",
        "go": "Fortsätt",
        "yes": "Ja, visa kortet",
        "card": "Titta på kortet",
        "withdraw": "Ta tillbaka mitt ja",
        "promise": "Jag lovar",
        "talk": "Vi vill prata",
        "send": "Skicka",
    },
    "nb": {
        "read": "Les",
        "go": "Fortsett",
        "yes": "Ja, vis kortet",
        "card": "Se på kortet",
        "withdraw": "Trekk tilbake",
        "promise": "Jeg lover",
        "talk": "Vi vil snakke",
        "send": "Send",
    },
    "en": {
        "read": "Read",
        "go": "Continue",
        "yes": "Yes, show the card",
        "card": "Look at the card",
        "withdraw": "Take back my yes",
        "promise": "I promise",
        "talk": "We want to talk",
        "send": "Send",
    },
}


@pytest.fixture
def pair(transactional_db: None) -> Pair:
    pair = make_pair(needs={"sens.quiet": "must"}, words="Jag gör klart det jag börjar med.")
    pair.posting.contact_phone = "033-17 40 55"
    return pair


def deliver() -> None:
    for letter in Letter.objects.filter(done_at=None):
        outbox.send(str(letter.pk), at=letter.not_before)


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_from_the_queue_to_the_open_door_and_back(
    page: Page, live_server: LiveServer, axe: Callable[[Page], None], pair: Pair, language: str, now: datetime
) -> None:
    words, site = WORDS[language], f"{live_server.url}/{language}"
    name, advisor = pair.profile.user, pair.profile.advisor
    sign_in(page, live_server.url, advisor)
    page.goto(f"{site}/advisor/")
    look(page, axe)
    page.locator("table.queue button").first.click()
    look(page, axe)
    assert page.locator("input[name=decision]:checked").count() == 0
    page.locator("#ok").check()
    page.get_by_role("button", name=words["go"]).click()
    look(page, axe)
    page.locator("form.panel-act button[type=submit]").click()
    expect(page).to_have_url(f"{site}/advisor/")
    assert Introduction.objects.count() == 0

    sign_in(page, live_server.url, name)
    page.goto(f"{site}/me/")
    look(page, axe)
    page.locator(".panel-act a.ds-button").click()
    look(page, axe)
    page.get_by_role("link", name=words["card"]).click()
    look(page, axe)
    shown = page.locator(".card-rows").inner_text()
    assert name.phone in shown
    page.locator("button[name=remove][value=phone]").click()
    assert name.phone not in page.locator(".card-rows").inner_text()
    primary = page.locator("form.answers button:not([data-variant])")
    assert primary.count() == 0, "yes and no must look alike"
    page.get_by_role("button", name=words["yes"]).click()
    look(page, axe)
    door = Introduction.objects.get()

    employer = pair.employer
    member = Membership.objects.get(employer_id=employer.pk).user
    sign_in(page, live_server.url, member)
    page.goto(f"{site}/employer/introductions/{door.pk}/")
    page.get_by_role("button", name=words["promise"]).click()
    page.goto(f"{site}/employer/introductions/{door.pk}/")
    look(page, axe)
    body = page.content()
    assert name.get_full_name() in body
    assert name.phone not in body
    assert "sens.quiet" not in body
    page.locator("#talk").check()
    page.get_by_role("button", name=words["go"]).click()
    look(page, axe)
    page.get_by_role("button", name=words["send"], exact=True).click()
    door.refresh_from_db()
    assert door.answer == "talk"

    sign_in(page, live_server.url, name)
    page.goto(f"{site}/me/introductions/{door.pk}/")
    page.get_by_role("link", name=words["withdraw"]).click()
    look(page, axe)
    page.locator("main form button[type=submit]").click()
    assert Suggestion.objects.get().closed_as == "withdrawn"
    sign_in(page, live_server.url, member)
    assert page.goto(f"{site}/employer/introductions/{door.pk}/").status == 404  # type: ignore[union-attr]
    look(page, axe)
    deliver()
    assert all("sens.quiet" not in message.body for message in mail.outbox)


def test_story_5_dismiss_wait_and_ask(page: Page, live_server: LiveServer, axe: Callable[[Page], None], pair: Pair) -> None:
    sign_in(page, live_server.url, pair.profile.advisor)
    for decision in ("wait", "ask", "dismiss"):
        page.goto(f"{live_server.url}/sv/advisor/suggestions/{pair.suggestion.pk}/confirm/?decision={decision}")
        look(page, axe)
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".ds-error-summary")).to_be_focused()
    look(page, axe)
    page.locator("input[name=reason][value=not_now]").check()
    page.locator("main form button[type=submit]").click()
    assert Suggestion.objects.get().closed_as == "dismissed"


def test_story_6_a_no_needs_no_reason(page: Page, live_server: LiveServer, axe: Callable[[Page], None], pair: Pair, now: datetime) -> None:
    pair.approve(now)
    sign_in(page, live_server.url, pair.profile.user)
    page.goto(f"{live_server.url}/sv/me/suggestions/{pair.suggestion.pk}/consent/")
    page.get_by_role("button", name="Nej tack").click()
    look(page, axe)
    assert Suggestion.objects.get().closed_as == "declined"
    for path in (
        "me/suggestions/",
        "me/consents/",
        "me/interests/",
        "me/seen/",
        "me/profile/",
        "me/needs/",
        "me/needs/phys/",
        "me/skills/",
        "me/data/",
    ):
        page.goto(f"{live_server.url}/sv/{path}")
        look(page, axe)
