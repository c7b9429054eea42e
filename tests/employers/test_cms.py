"""The editor's own door: Wagtail's admin. It shows every answer, decides on the revision that was sent, and can do nothing else."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.access import ActiveRole
from accounts.models import Membership
from employers import actions
from employers.models import Posting, Workplace
from employers.states import PostingState
from tests.factories.accounts import MembershipFactory
from tests.factories.employers import PostingFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[Membership], Client]


@pytest.fixture
def sent(draft: Posting, by: ActiveRole, now: datetime) -> Posting:
    """With the editor for the second time, so that the admin has an earlier revision to compare with."""
    actions.submit_posting(draft.pk, by=by, at=now)
    actions.withdraw_submission(draft.pk, by=by, at=now)
    actions.submit_posting(draft.pk, by=by, at=now)
    draft.refresh_from_db()
    return draft


def page(posting: Posting) -> str:
    return reverse("wagtailsnippets_employers_posting:edit", args=[posting.pk])


def test_the_editor_finds_reads_and_approves(sent: Posting, editor: Membership, signed_in: SignIn) -> None:
    client = signed_in(editor)
    for begins in ("/cms/", reverse("wagtailsnippets_employers_posting:list")):
        assert f'href="{page(sent)}"' in client.get(begins).content.decode(), begins
    body = client.get(page(sent)).content.decode()
    assert sent.tasks in body
    assert 'name="title"' not in body
    client.post(page(sent), {"action-workflow-action": "true", "workflow-action-name": "approve"})
    read = sent.latest_revision_id
    sent.refresh_from_db()
    assert sent.status.state == PostingState.PUBLISHED
    assert sent.live_revision_id == read == sent.latest_revision_id


def test_a_posting_that_is_not_with_the_editor_leads_nowhere(draft: Posting, editor: Membership, signed_in: SignIn) -> None:
    listed = signed_in(editor).get(reverse("wagtailsnippets_employers_posting:list")).content.decode()
    assert draft.title in listed
    assert page(draft) not in listed


def test_pages_of_the_admin_may_stand_in_each_other_and_nowhere_else(editor: Membership, signed_in: SignIn) -> None:
    policy = signed_in(editor).get("/cms/").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self';" in f"{policy};"


def test_the_editor_returns_with_a_comment(sent: Posting, editor: Membership, signed_in: SignIn) -> None:
    comment = json.dumps({"comment": "Skriv kortare."})
    given = {"action-workflow-action": "true", "workflow-action-name": "reject", "workflow-action-extra-data": comment}
    signed_in(editor).post(page(sent), given)
    status = Posting.objects.get(pk=sent.pk).status
    assert (status.state, status.comment) == (PostingState.RETURNED, "Skriv kortare.")


@pytest.mark.parametrize("given", [{"action-publish": "true"}, {"action-submit": "true"}, {}])
def test_the_editor_cannot_rewrite_or_pass_by_the_review(
    given: dict[str, str], sent: Posting, editor: Membership, signed_in: SignIn
) -> None:
    before = sent.latest_revision_id
    signed_in(editor).post(page(sent), {**given, "title": "Mina egna ord"})
    sent.refresh_from_db()
    assert (sent.live, sent.latest_revision_id) == (False, before)
    assert sent.title != "Mina egna ord"


def test_an_editor_who_takes_a_posting_down_withdraws_it(published: Posting, editor: Membership, signed_in: SignIn) -> None:
    signed_in(editor).post(reverse("wagtailsnippets_employers_posting:unpublish", args=[published.pk]))
    published.refresh_from_db()
    assert (published.live, published.status.state) == (False, PostingState.WITHDRAWN)


def test_nobody_else_has_this_door(sent: Posting, member: Membership, signed_in: SignIn) -> None:
    for other in (member, MembershipFactory(advisor=True), MembershipFactory(editor=True)):
        answer = signed_in(other).get(page(sent))
        assert answer.status_code in {302, 403}, other.kind
        assert sent.title not in answer.content.decode()


def test_the_admin_leads_to_the_editors_own_sign_in(editor: Membership, signed_in: SignIn) -> None:
    client = signed_in(editor)
    assert reverse("choose_role") in client.get("/cms/").content.decode()
    assert reverse("mfa_index") in client.get(reverse("choose_role")).content.decode()


def test_who_has_waited_longest_for_the_editor_stands_on_top(
    workplace: Workplace, by: ActiveRole, editor: Membership, signed_in: SignIn, now: datetime
) -> None:
    newest, second, first = (PostingFactory(workplace=workplace) for _ in range(3))
    for days, posting in ((1, second), (0, first)):
        actions.submit_posting(posting.pk, by=by, at=now + timedelta(days=days))
    client = signed_in(editor)
    listed = client.get(reverse("wagtailsnippets_employers_posting:list")).content.decode()
    places = [listed.index(one.title) for one in (first, second, newest)]
    assert places == sorted(places)
    waiting = client.get("/cms/").content.decode()
    assert waiting.index(first.title) < waiting.index(second.title)
