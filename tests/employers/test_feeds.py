"""Ads that a feed brings: followed, read by an editor first where they must be, cleaned, ended with their source."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Membership
from audit.models import Event
from employers import actions, documents, linker
from employers.models import Posting, PostingStatus
from outbox.models import Letter
from tests.factories.accounts import role_of
from tests.factories.employers import jobtech

pytestmark = pytest.mark.django_db


def taken_in(raw: Any, now: datetime) -> str:
    """As a feed brings it."""
    ad = documents.read(raw, "jobtech")
    return actions.take_in(ad, linker.linked(ad, words=False), by=None, at=now, publish=True)[0]


def test_what_a_feed_brings_is_followed_and_what_a_file_brings_is_not(run: Any, now: datetime) -> None:
    run([jobtech()], wanted="PUBLISHED")
    status = Posting.objects.get().status
    assert not status.followed
    later = now + timedelta(days=3650)
    assert actions.ask_if_valid(at=later) == 1
    taken_in(jobtech(), later)
    status.refresh_from_db()
    assert (status.followed, status.reminders, status.asked_at) == (True, 0, None)
    assert actions.ask_if_valid(at=later + timedelta(days=100)) == 0


GUILTY = "Plocka varor. Vi tar inte emot någon i rullstol. Visa upp din legitimation."


def test_a_sentence_that_shuts_people_out_is_read_by_an_editor_before_anyone_sees_it(run: Any, editor: Membership, now: datetime) -> None:
    ad = jobtech(description={"text": GUILTY})
    assert "an editor reads it first: ability" in run([ad], wanted="PUBLISHED")
    posting = Posting.objects.get()
    assert (posting.live, posting.status.state) == (False, "submitted")
    assert [(one["rule"], one["read"]) for one in posting.status.found.values() if one["rule"] == "ability"] == [("ability", False)]
    assert Event.objects.get(what="posting_held").why == "ability"
    assert not Letter.objects.exists(), "a feed may bring hundreds"
    actions.approve(posting.pk, by=role_of(editor), at=now)
    posting.refresh_from_db()
    assert (posting.live, posting.status.state) == (True, "published")


def test_what_an_editor_has_read_holds_up_no_later_version_and_a_new_sentence_does(run: Any, editor: Membership, now: datetime) -> None:
    run([jobtech(description={"text": GUILTY})], wanted="PUBLISHED")
    posting = Posting.objects.get()
    actions.approve(posting.pk, by=role_of(editor), at=now)
    assert taken_in(jobtech(description={"text": f"{GUILTY} Ta med matlåda."}), now) == "changed"
    posting.refresh_from_db()
    assert "matlåda" in posting.tasks
    assert taken_in(jobtech(description={"text": "Plocka varor. Du får inte vara gravid."}), now) == "changed"
    posting.refresh_from_db()
    assert posting.live
    assert ("matlåda" in posting.tasks, posting.status.reviewed_revision_id is None) == (True, False), (
        "the words that were read stay meanwhile"
    )
    assert taken_in(jobtech(description={"text": "Plocka bara varor."}), now) == "changed"
    posting.refresh_from_db()
    assert (posting.tasks, posting.status.reviewed_revision_id) == ("Plocka bara varor.", None)


def test_an_ad_that_its_source_takes_away_while_an_editor_reads_is_gone(run: Any, editor: Membership, now: datetime) -> None:
    run([jobtech(description={"text": GUILTY})], wanted="PUBLISHED")
    posting = Posting.objects.get()
    assert actions.take_away("jobtech", posting.source_id, by=None, at=now)
    assert not Posting.objects.exists()


@pytest.mark.parametrize("public", [False, True])
def test_what_an_editor_reads_or_has_returned_does_not_begin_again_when_it_comes_again(
    public: bool, run: Any, editor: Membership, now: datetime
) -> None:
    run([jobtech(**({} if public else {"description": {"text": GUILTY}}))], wanted="PUBLISHED")
    posting, changed = Posting.objects.get(), jobtech(description={"text": f"{GUILTY} Ta med matlåda."})
    assert taken_in(changed, now) == "changed"
    assert taken_in(changed, now) == "unchanged"
    actions.send_back(posting.pk, by=role_of(editor), at=now, comment="Nej")
    assert taken_in(changed, now) == "unchanged"
    assert PostingStatus.objects.get().reviewed_revision_id is None
    assert taken_in(jobtech(description={"text": "Plocka bara varor."}), now) == "changed"
    posting.refresh_from_db()
    assert (posting.live, posting.tasks, posting.status.state) == (True, "Plocka bara varor.", "published")


def test_ways_to_reach_somebody_are_taken_out_and_the_rest_stays(run: Any) -> None:
    text = "Plocka varor.\nAnsök via www.lagret.example/jobb.\nVi visar."
    said = run([jobtech(headline="Lagerarbetare, www.lagret.example", description={"text": text})])
    posting = Posting.objects.get()
    assert "left out" in said
    assert (posting.tasks, posting.title) == ("Plocka varor.\n\nVi visar.", "Lagerarbetare,")


@pytest.mark.parametrize("returned", [False, True])
def test_what_was_public_and_is_read_again_ends_when_its_source_takes_it_away(
    returned: bool, run: Any, editor: Membership, now: datetime
) -> None:
    run([jobtech(application_deadline="2026-12-01")], wanted="PUBLISHED")
    posting = Posting.objects.get()
    later = now + timedelta(days=30)
    actions.expire(at=later)
    taken_in(jobtech(description={"text": GUILTY}), later)
    posting.status.refresh_from_db()
    assert posting.status.state == "submitted"
    if returned:
        actions.send_back(posting.pk, by=role_of(editor), at=later, comment="Nej")
    assert actions.take_away("jobtech", posting.source_id, by=None, at=later)
    posting.status.refresh_from_db()
    assert (posting.status.state, posting.status.reviewed_revision_id) == ("expired", None)


def test_a_title_that_is_nothing_but_a_way_to_reach_somebody_is_read_first(run: Any) -> None:
    run([jobtech(headline="Ansök nu", description={"text": "Plocka varor."})], wanted="PUBLISHED")
    posting = Posting.objects.get()
    assert (posting.title, posting.live, posting.status.state) == ("Ansök nu", False, "submitted")
