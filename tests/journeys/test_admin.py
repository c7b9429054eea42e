"""The editors' admin in the browser: its policy lets everything through that its own pages need, and its session warns too."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import Membership
from content.models import NewsPage
from employers import actions
from employers.models import Posting
from tests.factories.accounts import MembershipFactory, UserFactory, role_of
from tests.factories.content import write
from tests.factories.employers import EmployerFactory, PostingFactory, employer_member
from tests.journeys.world import Looking, Visitor, one_at_a_time, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("console")]


@pytest.fixture
def editor(transactional_db: None) -> Membership:
    found = MembershipFactory(editor=True)
    found.user.groups.add(Group.objects.get(name="Editors"))
    return found


@pytest.fixture
def sent(transactional_db: None, now: datetime) -> Posting:
    """With the editor for the second time, so that the admin has an earlier revision to compare with."""
    made: Posting = PostingFactory()
    by = role_of(employer_member(made.employer))
    actions.submit_posting(made.pk, by=by, at=now)
    actions.withdraw_submission(made.pk, by=by, at=now)
    actions.submit_posting(made.pk, by=by, at=now)
    return made


def test_no_page_of_the_admin_asks_for_what_the_policy_forbids(
    page: Page, live_server: LiveServer, editor: Membership, sent: Posting
) -> None:
    """The fixture `console` fails on every message of the policy."""
    sign_in(page, live_server.url, editor.user)
    one_at_a_time(page, editor.user)
    page.set_viewport_size({"width": 1400, "height": 900})
    for path in ("/cms/", reverse("wagtailsnippets_employers_posting:list"), "/cms/reports/workflow/"):
        page.goto(f"{live_server.url}{path}", wait_until="networkidle")
    page.goto(live_server.url + reverse("wagtailsnippets_employers_posting:edit", args=[sent.pk]), wait_until="networkidle")
    expect(page.locator("main")).to_contain_text(sent.tasks)
    panels = page.locator("[data-side-panel-toggle]")
    assert panels.count()
    for number in range(panels.count()):
        panels.nth(number).click()
    page.wait_for_load_state("networkidle")


def test_the_editor_of_pages_asks_for_nothing_the_policy_forbids(page: Page, live_server: LiveServer, editor: Membership) -> None:
    """Rich text, blocks, date choosers, the preview and the list of who comes."""
    sign_in(page, live_server.url, editor.user)
    one_at_a_time(page, editor.user)
    page.set_viewport_size({"width": 1400, "height": 900})
    written = write(NewsPage, "Växthuset öppnar", slug="vaxthuset")
    news = written.get_parent()
    for path in (
        reverse("wagtailadmin_explore", args=[news.pk]),
        reverse("wagtailadmin_pages:add", args=["content", "newspage", news.pk]),
        reverse("wagtailsnippets_content_gathering:add"),
        reverse("wagtailadmin_pages:edit", args=[written.pk]),
    ):
        page.goto(f"{live_server.url}{path}", wait_until="networkidle")
    expect(page.locator("[data-streamfield-child]").first).to_be_visible()
    page.locator("[data-side-panel-toggle=preview]").click()
    page.wait_for_load_state("networkidle")


def test_the_session_warns_an_editor_too(page: Page, live_server: LiveServer, editor: Membership, settings: Settings) -> None:
    settings.SESSION_SECONDS = {"shared": 20, "staff": 63, "others": 20}
    settings.SESSION_WARNING_SECONDS = 60
    sign_in(page, live_server.url, editor.user)
    one_at_a_time(page, editor.user)
    page.goto(f"{live_server.url}/cms/")
    bar = page.locator(".session-bar")
    expect(bar).to_contain_text("You will soon be signed out to be safe.", timeout=20_000)
    settings.SESSION_SECONDS = {"shared": 20, "staff": 3600, "others": 20}
    bar.get_by_role("button", name="Stay").click()
    expect(bar).to_have_text("You are still signed in.")
    expect(bar).to_have_count(0, timeout=20_000)


def test_an_editor_answers_for_an_imported_employer(
    page: Page, live_server: LiveServer, editor: Membership, now: datetime, axe: Looking
) -> None:
    place = EmployerFactory(source="jobtech", name="Fabriken i Viskadalen AB")
    actions.register(country=place.country, number=place.number, name="", city="", user=UserFactory(), at=now)
    visitor = Visitor(page, live_server.url, axe)
    visitor.sign_in(editor.user)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of the two literals
        visitor.go("editor/join-requests/")
    visitor.sees("Fabriken i Viskadalen AB", "Ring organisationens eget nummer")
    page.get_by_role("button", name="Ja, släpp in").click()
    visitor.look()
    visitor.sees("Inget att göra här just nu.")
    assert Membership.objects.get(employer_id=place.pk).manages
