"""Stories 2 and 3 in the browser: anyone browses; a jobseeker tells about skills and needs and says "I am interested"."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from employers.models import Posting
from jobseekers.models import NeedsRecord, Profile
from matching.models import Interest, Suggestion
from search import index
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.employers import PostingFactory, publish
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.journeys.world import carry_facts, look, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("console", "vocabulary")]


@pytest.fixture
def posting() -> Posting:
    """An open posting that offers quiet and asks for order picking."""
    made = PostingFactory(
        title="Plocka varor i lugnt lager",
        offers={"sens.quiet": {"answer": "yes", "lead": "", "how": "Få maskiner", "evidence": "visited", "at": "2026-10-01"}},
        skills=[{"key": "pick-orders", "importance": "must"}],
        published=True,
    )
    publish(made, made.status)
    index.put(made.pk)
    return made


def test_story_2_anyone_browses_without_an_account(
    page: Page, live_server: LiveServer, axe: Callable[[Page], None], posting: Posting
) -> None:
    page.goto(f"{live_server.url}/")
    expect(page).to_have_url(f"{live_server.url}/en/")
    page.goto(f"{live_server.url}/sv/")
    look(page, axe)
    page.locator("#q").fill("plocka varor")
    page.locator("#place").fill("boras")
    page.locator(".search-panel button").click()
    look(page, axe)
    expect(page.locator("h1")).to_contain_text("1")
    page.locator("#o-sens\\.quiet").check()
    page.locator(".filters button[type=submit]").click()
    look(page, axe)
    assert page.locator(".chips .ds-chip").count() == 3
    page.get_by_role("link", name=posting.title).click()
    look(page, axe)
    assert page.context.cookies() == [] or {one["name"] for one in page.context.cookies()} <= {"ingang_language"}
    page.goto(f"{live_server.url}/sv/postings/?q=ubatskapten")
    look(page, axe)
    for path in ("help/matching/", "help/privacy/", "help/easy/", "help/contact/", "account/sign-in/", "account/sign-up/", "finns-inte/"):
        page.goto(f"{live_server.url}/sv/{path}")
        look(page, axe)


def test_story_3_a_jobseeker_tells_and_says_i_am_interested(
    page: Page, live_server: LiveServer, axe: Callable[[Page], None], posting: Posting
) -> None:
    profile = ProfileFactory()
    jobseeker_role(profile)
    site = f"{live_server.url}/sv"
    page.goto(f"{site}/account/sign-in/")
    page.locator("#id_login").fill(profile.user.email)
    page.locator("#id_password").fill("not the right one at all")
    page.locator("form.panel button[type=submit]").click()
    expect(page.locator(".ds-error-summary")).to_be_visible()
    look(page, axe)
    sign_in(page, live_server.url, profile.user)
    page.goto(f"{site}/me/skills/")
    page.locator("#q").fill("order picking")
    page.locator(".search-panel button").click()
    look(page, axe)
    page.locator("button[name=add][value=pick-orders]").click()
    assert profile.skills.filter(concept_id="pick-orders").exists()
    page.goto(f"{site}/me/needs/phys/")
    page.locator("[id='phys.no_heavy_lifting-must']").check()
    page.locator("[id='phys.no_heavy_lifting:parameter']").fill("några få")
    page.locator("form[method=post] .form-end button").first.click()
    expect(page.locator(".ds-error-summary")).to_be_focused()
    look(page, axe)
    assert page.locator("[id='phys.no_heavy_lifting:parameter']").input_value() == "några få"
    assert not NeedsRecord.objects.exists()
    page.locator("[id='phys.no_heavy_lifting:parameter']").fill("5")
    page.locator("form[method=post] .form-end button").first.click()
    needs = NeedsRecord.objects.get().needs
    assert needs["phys.no_heavy_lifting"] == {"importance": "must", "parameter": "5", "stated_by": "self"}
    page.goto(f"{site}/postings/{posting.pk}/interest/")
    look(page, axe)
    page.locator("main form button[type=submit]").click()
    look(page, axe)
    assert Interest.objects.get().posting_id == posting.pk
    carry_facts()
    assert Suggestion.objects.get().interested


def test_story_3_a_code_from_the_office_makes_a_profile(page: Page, live_server: LiveServer, axe: Callable[[Page], None]) -> None:
    advisor = MembershipFactory(advisor=True)
    sign_in(page, live_server.url, advisor.user)
    page.goto(f"{live_server.url}/sv/advisor/people/")
    look(page, axe)
    page.locator("main form button[type=submit]").first.click()
    look(page, axe)
    code = page.locator("main .panel strong").inner_text()
    newcomer = UserFactory()
    sign_in(page, live_server.url, newcomer)
    page.goto(f"{live_server.url}/sv/me/join/")
    page.locator("#id_code").fill(f" {code.lower()} ")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(f"{live_server.url}/sv/me/")
    look(page, axe)
    assert Profile.objects.get(user=newcomer).advisor_id == advisor.user_id
