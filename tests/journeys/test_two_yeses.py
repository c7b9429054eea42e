"""Stories 5 to 7 in the browser, in three languages: the advisor approves, the jobseeker says yes, the door opens and closes."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Membership
from matching.models import Introduction, Suggestion
from tests.factories.matching import Pair, make_pair
from tests.journeys.world import deliver, look, sign_in

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
    pair.profile.user.phone = "070-174 06 77"  # unlike the advisor's, which the employer does see
    pair.profile.user.save()
    return pair


class Journey:
    """One pair, one language, one browser; each step is one person's visit."""

    def __init__(self, page: Page, url: str, axe: Callable[[Page], None], pair: Pair, language: str) -> None:
        self.page, self.url, self.site, self.axe, self.pair, self.words = page, url, f"{url}/{language}", axe, pair, WORDS[language]
        self.person = pair.profile.user
        self.member = Membership.objects.get(employer_id=pair.employer.pk).user

    def look(self) -> None:
        look(self.page, self.axe)

    def the_advisor_approves(self) -> None:
        page = self.page
        sign_in(page, self.url, self.pair.profile.advisor)
        page.goto(f"{self.site}/advisor/")
        self.look()
        page.locator("table.queue button").first.click()
        self.look()
        assert page.locator("input[name=decision]:checked").count() == 0, "nothing may be chosen beforehand"
        page.locator("#ok").check()
        page.get_by_role("button", name=self.words["go"]).click()
        self.look()
        page.locator("form.panel-act button[type=submit]").click()
        expect(page).to_have_url(f"{self.site}/advisor/")

    def the_jobseeker_says_yes(self) -> None:
        page = self.page
        sign_in(page, self.url, self.person)
        page.goto(f"{self.site}/me/")
        self.look()
        page.locator(".panel-act a.ds-button").click()
        self.look()
        page.get_by_role("link", name=self.words["card"]).click()
        self.look()
        assert self.person.phone in page.locator(".card-rows").inner_text()
        page.locator("button[name=remove][value=phone]").click()
        assert self.person.phone not in page.locator(".card-rows").inner_text()
        assert page.locator("form.answers button:not([data-variant])").count() == 0, "yes and no must look alike"
        page.get_by_role("button", name=self.words["yes"]).click()
        self.look()

    def the_employer_answers(self, door: Introduction) -> None:
        page, card = self.page, f"{self.site}/employer/introductions/{door.pk}/"
        sign_in(page, self.url, self.member)
        page.goto(card)
        page.get_by_role("button", name=self.words["promise"]).click()
        page.goto(card)
        self.look()
        body = page.content()
        assert self.person.get_full_name() in body
        assert self.person.phone not in body
        assert "sens.quiet" not in body
        page.locator("#talk").check()
        page.get_by_role("button", name=self.words["go"]).click()
        self.look()
        page.get_by_role("button", name=self.words["send"], exact=True).click()

    def the_jobseeker_takes_it_back(self, door: Introduction) -> None:
        page = self.page
        sign_in(page, self.url, self.person)
        page.goto(f"{self.site}/me/introductions/{door.pk}/")
        page.get_by_role("link", name=self.words["withdraw"]).click()
        self.look()
        page.locator("main form button[type=submit]").click()


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_stories_5_to_7(page: Page, live_server: LiveServer, axe: Callable[[Page], None], pair: Pair, language: str) -> None:
    journey = Journey(page, live_server.url, axe, pair, language)
    journey.the_advisor_approves()
    assert not Introduction.objects.exists()
    journey.the_jobseeker_says_yes()
    door = Introduction.objects.get()
    journey.the_employer_answers(door)
    door.refresh_from_db()
    assert door.answer == "talk"
    journey.the_jobseeker_takes_it_back(door)
    assert Suggestion.objects.get().closed_as == "withdrawn"
    sign_in(page, live_server.url, journey.member)
    closed = page.goto(f"{journey.site}/employer/introductions/{door.pk}/")
    assert closed is not None
    assert closed.status == 410
    assert journey.person.get_full_name() not in page.content()
    journey.look()
    deliver()
    assert mail.outbox
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
