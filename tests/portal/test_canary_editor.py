"""The canary and the editors' admin: every page that an editor's links lead to, and those that no link does."""

import re
from collections import deque
from datetime import datetime
from html import unescape
from io import BytesIO
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision, WorkflowState
from wagtail.snippets.models import get_snippet_models

from accounts.models import Membership, User
from employers import actions as employers
from tests.factories.accounts import role_of
from tests.factories.matching import Pair
from tests.portal.canary import EVERYTHING, LAST, MAIL, NAME, NEED, NEED_LABEL, browser, hits

pytestmark = pytest.mark.django_db
FOLDED = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
NOBODYS_BUSINESS = {"wagtailusers_users:index", "wagtailadmin_reports:site_history", "wagtailadmin_reports:workflow_tasks"}
WORDS = (*EVERYTHING, NEED)


@pytest.fixture
def busy(canary: Pair, editor: Membership, now: datetime) -> Pair:
    """Somebody is introduced, a question is asked, the posting has a new version with the editor, and one that was returned before."""
    canary.introduce(now)
    employers.ask_about(canary.posting.pk, by=canary.advisor, at=now, code="arrange", need=NEED)
    for title in ("Ny rubrik", "Ännu en rubrik"):
        employers.save_step(canary.posting.pk, 3, {"title": title}, by=canary.member, at=now)
        employers.submit_posting(canary.posting.pk, by=canary.member, at=now)
        if title == "Ny rubrik":
            employers.send_back(canary.posting.pk, by=role_of(editor), at=now, comment="Skriv kortare.")
    return canary


NO_PAGE = re.compile(r"/cms/(?:bulk/|pages/999999/)")  # a POST with ids; an address in which a script puts the id of a page


def walked(client: Client, start: str) -> dict[str, tuple[str, bytes]]:
    """Every page of the admin that links lead to, one of each kind: its kind, its address and what it says. Some only take a POST."""
    seen: dict[str, tuple[str, bytes]] = {}
    queue = deque([start])
    while queue:
        path = queue.popleft()
        kind = FOLDED.sub("#", re.sub(r"=[^&]*", "", path))
        if kind in seen:
            continue
        answer = client.get(path, follow=True)
        assert answer.status_code < 400 or answer.status_code == 405, path
        assert hits(answer, path, WORDS) == []
        body = b"" if answer.streaming else answer.content
        seen[kind] = (path, body)
        links = re.findall(r'''(?:href|data-\S*url\S*)="([^"#]+)"|"url": ?"([^"#]+)"''', unescape(body.decode()))
        found = (urljoin(path, link or entry) for link, entry in links)  # of the page, of its menu
        queue.extend(link for link in found if link.startswith("/cms/") and not NO_PAGE.match(link))
    return seen


def test_case_12_the_editor_walks_the_whole_admin(busy: Pair, editor: Membership) -> None:
    seen = walked(browser(editor), "/cms/")
    posting = "/cms/snippets/employers/posting/"
    for kind in ("/cms/", posting, f"{posting}edit/#/", f"{posting}history/#/", "/cms/reports/workflow/", "/cms/reports/site-history/"):
        assert kind in seen, sorted(seen)
    assert "Ännu en rubrik".encode() in seen[f"{posting}edit/#/"][1], "the walk has seen the posting"


@pytest.mark.parametrize(
    "name", ["edit", "history", "usage", "delete", "copy", "unpublish", "workflow_history", "workflow_preview", "preview_on_edit"]
)
def test_case_12_pages_of_a_posting_that_no_link_leads_to(busy: Pair, editor: Membership, name: str) -> None:
    path = f"/cms/snippets/employers/posting/{name}/{busy.posting.pk}/"
    assert hits(browser(editor).get(path, follow=True), path, WORDS) == []


def test_case_12_versions_workflows_and_comments(busy: Pair, editor: Membership) -> None:
    client, pk = browser(editor), busy.posting.pk
    first, last = busy.posting.revisions.order_by("pk").first(), busy.posting.revisions.order_by("pk").last()
    workflow = WorkflowState.objects.order_by("pk").last()
    assert workflow is not None
    snippet = "wagtailsnippets_employers_posting"
    for path in (
        reverse(f"{snippet}:revisions_compare", args=[pk, first.pk, last.pk]),
        reverse(f"{snippet}:revisions_compare", args=[pk, "live", "latest"]),
        reverse(f"{snippet}:workflow_history_detail", args=[pk, workflow.pk]),
        reverse(f"{snippet}:revisions_revert", args=[pk, first.pk]),
    ):
        assert hits(client.get(path, follow=True), path, WORDS) == [], path


@pytest.mark.parametrize("name", sorted(NOBODYS_BUSINESS))
def test_case_12_reports_and_users(busy: Pair, editor: Membership, name: str) -> None:
    """Whether the editor may open them or not, nothing is there."""
    path = reverse(name)
    assert hits(browser(editor).get(path, follow=True), path, WORDS) == []


@pytest.mark.parametrize("word", [NAME, LAST, MAIL, NEED_LABEL])
def test_case_12_searching_for_the_person_finds_nothing(busy: Pair, editor: Membership, word: str) -> None:
    """The page repeats what was searched for, and says nothing else."""
    others = tuple(other for other in EVERYTHING if other != word)
    client = browser(editor)
    for path in (
        f"/cms/snippets/employers/posting/?q={word}",
        f"/cms/pages/search/?q={word}",
        f"/cms/images/?q={word}",
        f"/cms/documents/?q={word}",
        f"/cms/reports/site-history/?label={word}",
        f"/cms/users/?q={word}",
        f"/cms/api/main/pages/?search={word}",
    ):
        answer = client.get(path, follow=True)
        assert hits(answer, path, others) == [], path
        assert f"{busy.posting.title}<" not in answer.content.decode(), path


def test_case_12_no_person_is_in_any_index_of_the_admin(busy: Pair) -> None:
    """Snippets, the reference index, the log and the search of Wagtail know of no app that works with people."""
    people = {"jobseekers", "matching", "accounts", "audit", "outbox"}
    assert {model._meta.app_label for model in get_snippet_models()} & people == set()
    known = {
        app for kept in (ModelLogEntry, Revision, ReferenceIndex) for app in kept.objects.values_list("content_type__app_label", flat=True)
    }
    assert known & people == set()
    assert known, "there is something to look through"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_case_58_no_formula_leaves_with_a_report(canary: Pair, editor: Membership, now: datetime, sign: str) -> None:
    """A title that a spreadsheet would run is a title there as well. An editor's report is empty; one with every right has rows."""
    User.objects.filter(pk=editor.user_id).update(is_superuser=True)
    title = f"{sign}HYPERLINK(1)"
    employers.save_step(canary.posting.pk, 3, {"title": title}, by=canary.member, at=now)
    employers.submit_posting(canary.posting.pk, by=canary.member, at=now)
    answer = browser(editor).get("/cms/reports/workflow/?export=csv", follow=True)
    assert answer.redirect_chain == [("/cms/reports/workflow/?export=xlsx", 302)]
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if title in str(cell.value)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
