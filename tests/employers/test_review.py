"""Sending a posting, reading it, publishing exactly what was read."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from wagtail.signals import published as wagtail_published

from accounts.access import ActiveRole
from accounts.models import Membership
from audit.models import Event
from employers import actions
from employers.models import Posting, PostingStatus
from employers.queries import working_copy
from employers.signals import POSTING_CLOSED, POSTING_PUBLISHED, QUESTION_ANSWERED
from employers.states import NotThere, PostingState, Refused
from outbox.models import Fact, Letter
from tests.factories.accounts import MembershipFactory, role_of

pytestmark = pytest.mark.django_db


def state_of(posting: Posting) -> PostingStatus:
    return PostingStatus.objects.get(pk=posting.pk)


def test_an_editor_publishes_what_was_sent(draft: Posting, by: ActiveRole, editor: Membership, now: datetime) -> None:
    actions.submit_posting(draft.pk, by=by, at=now)
    sent = state_of(draft)
    assert sent.state == PostingState.SUBMITTED
    draft.refresh_from_db()
    assert sent.reviewed_revision_id == draft.latest_revision_id
    actions.approve(draft.pk, by=role_of(editor), at=now)
    draft.refresh_from_db()
    status = state_of(draft)
    assert status.state == PostingState.PUBLISHED
    assert draft.live
    assert draft.live_revision_id == sent.reviewed_revision_id
    assert status.published_hash == draft.content_hash()
    assert status.reviewed_revision_id is None
    assert Fact.objects.filter(name=POSTING_PUBLISHED, ids={"posting_id": str(draft.pk)}).exists()
    for reader_id in (editor.user_id, by.user_id):  # one who has something to read, one whose posting is public
        assert Letter.objects.filter(kind="something_new", reader_id=reader_id, about=draft.pk).exists()
    assert mail.outbox == [], "Wagtail writes no e-mails of its own"
    moved = Event.objects.filter(what="posting_moved", subject_id=str(draft.pk)).order_by("pk")
    assert [(event.before, event.after, event.role) for event in moved] == [
        ("draft", "submitted", "employer"),
        ("submitted", "published", "editor"),
    ]


def test_missing_answers_are_named(draft: Posting, by: ActiveRole, now: datetime) -> None:
    Posting.objects.filter(pk=draft.pk).update(tasks="", contact_name="")
    with pytest.raises(Refused) as refusal:
        actions.submit_posting(draft.pk, by=by, at=now)
    assert refusal.value.code == "missing"
    assert refusal.value.fields == ("tasks", "contact_name")
    assert state_of(draft).state == PostingState.DRAFT


def test_nothing_changes_under_the_editors_eyes(draft: Posting, by: ActiveRole, editor: Membership, now: datetime) -> None:
    actions.submit_posting(draft.pk, by=by, at=now)
    with pytest.raises(Refused, match="in_review"):
        actions.save_step(draft.pk, 3, {"title": "Något annat"}, by=by, at=now)
    with pytest.raises(Refused, match="in_review"):
        actions.submit_posting(draft.pk, by=by, at=now)


def test_a_newer_revision_is_never_published(draft: Posting, by: ActiveRole, editor: Membership, now: datetime) -> None:
    """Not by our action, and not by Wagtail's own, which asks nobody."""
    actions.submit_posting(draft.pk, by=by, at=now)
    smuggled = Posting.objects.get(pk=draft.pk).get_latest_revision_as_object()
    smuggled.title = "Ingen har läst det här"
    revision = smuggled.save_revision(clean=False)
    with pytest.raises(Refused, match="changed"):
        actions.approve(draft.pk, by=role_of(editor), at=now)
    with pytest.raises(Refused, match="not_reviewed"):
        revision.publish()


def test_only_the_group_of_editors_decides(draft: Posting, by: ActiveRole, now: datetime) -> None:
    actions.submit_posting(draft.pk, by=by, at=now)
    outside = role_of(MembershipFactory(editor=True))
    for who in (outside, by):
        with pytest.raises(Refused, match="not_reviewer"):
            actions.approve(draft.pk, by=who, at=now)
    assert state_of(draft).state == PostingState.SUBMITTED


def test_returned_with_a_comment_and_sent_again(draft: Posting, by: ActiveRole, editor: Membership, now: datetime) -> None:
    actions.submit_posting(draft.pk, by=by, at=now)
    actions.send_back(draft.pk, by=role_of(editor), at=now, comment="Skriv vad uppgiften kräver.")
    status = state_of(draft)
    assert (status.state, status.comment) == (PostingState.RETURNED, "Skriv vad uppgiften kräver.")
    assert Letter.objects.filter(kind="answer_waiting", reader_id=by.user_id, about=draft.pk).exists()
    actions.save_step(draft.pk, 3, {"tasks": "Lyfta säckar på upp till 15 kg."}, by=by, at=now)
    actions.submit_posting(draft.pk, by=by, at=now)
    actions.approve(draft.pk, by=role_of(editor), at=now)
    draft.refresh_from_db()
    assert draft.tasks == "Lyfta säckar på upp till 15 kg."
    assert state_of(draft).state == PostingState.PUBLISHED


def test_taken_back_before_the_answer(draft: Posting, by: ActiveRole, now: datetime) -> None:
    actions.submit_posting(draft.pk, by=by, at=now)
    actions.withdraw_submission(draft.pk, by=by, at=now)
    assert state_of(draft).state == PostingState.DRAFT
    actions.save_step(draft.pk, 3, {"title": "Nu blir det bra"}, by=by, at=now)
    actions.submit_posting(draft.pk, by=by, at=now)


def test_taken_back_what_was_over_is_over_again(published: Posting, by: ActiveRole, now: datetime) -> None:
    PostingStatus.objects.filter(pk=published.pk).update(state=PostingState.EXPIRED)
    actions.submit_posting(published.pk, by=by, at=now)
    actions.withdraw_submission(published.pk, by=by, at=now)
    assert (state_of(published).state, state_of(published).reviewed_revision_id) == (PostingState.EXPIRED, None)


def test_a_public_posting_keeps_its_words_until_the_new_ones_are_read(
    published: Posting, by: ActiveRole, editor: Membership, now: datetime
) -> None:
    before = state_of(published).published_hash
    actions.save_step(published.pk, 3, {"title": "Ny rubrik"}, by=by, at=now)
    published.refresh_from_db()
    assert published.title != "Ny rubrik"
    assert working_copy(published).title == "Ny rubrik"
    assert state_of(published).published_hash == before
    actions.submit_posting(published.pk, by=by, at=now)
    assert state_of(published).state == PostingState.PUBLISHED
    with pytest.raises(Refused, match="in_review"):
        actions.save_step(published.pk, 3, {"title": "Ännu en"}, by=by, at=now)
    actions.approve(published.pk, by=role_of(editor), at=now)
    published.refresh_from_db()
    assert published.title == "Ny rubrik"
    assert state_of(published).published_hash == published.content_hash() != before
    with pytest.raises(Refused, match="nothing_new"):
        actions.submit_posting(published.pk, by=by, at=now)


def test_new_words_do_not_open_a_paused_posting(published: Posting, by: ActiveRole, editor: Membership, now: datetime) -> None:
    actions.pause(published.pk, by=by, at=now)
    assert Fact.objects.filter(name=POSTING_CLOSED).exists()
    actions.save_step(published.pk, 3, {"title": "Ny rubrik"}, by=by, at=now)
    actions.submit_posting(published.pk, by=by, at=now)
    actions.approve(published.pk, by=role_of(editor), at=now)
    assert state_of(published).state == PostingState.PAUSED
    actions.resume(published.pk, by=by, at=now)
    assert state_of(published).state == PostingState.PUBLISHED


def test_the_last_day_ends_it(published: Posting, now: datetime) -> None:
    PostingStatus.objects.filter(pk=published.pk).update(expires_on=now.date())
    assert actions.expire(at=now) == 0
    assert actions.expire(at=now + timedelta(days=1)) == 1
    assert actions.expire(at=now + timedelta(days=1)) == 0
    assert state_of(published).state == PostingState.EXPIRED


def test_an_answer_reaches_workplace_posting_and_hash(published: Posting, by: ActiveRole, now: datetime, need: str) -> None:
    advisor = role_of(MembershipFactory(advisor=True))
    question = actions.ask_about(published.pk, by=advisor, at=now, code="arrange", need=need)
    assert actions.ask_about(published.pk, by=advisor, at=now, code="arrange", need=need) == question
    before = state_of(published).published_hash
    actions.answer_question(question.pk, by=by, at=now, answer="can", lead="month", words="Ramp till packrummet")
    published.refresh_from_db()
    assert published.workplace is not None
    assert published.offer(need) == "can"
    assert published.workplace.offers.get(need_id=need).answer == "can"
    assert published.latest_revision.content["offers"][need]["how"] == "Ramp till packrummet"
    assert state_of(published).published_hash == published.content_hash() != before
    assert Fact.objects.filter(name=QUESTION_ANSWERED, ids__question_id=str(question.pk)).exists()
    with pytest.raises(Refused, match="answered"):
        actions.answer_question(question.pk, by=by, at=now, answer="no")


def test_an_answer_does_not_disturb_a_review(published: Posting, by: ActiveRole, editor: Membership, now: datetime, need: str) -> None:
    actions.save_step(published.pk, 3, {"title": "Ny rubrik"}, by=by, at=now)
    actions.submit_posting(published.pk, by=by, at=now)
    question = actions.ask_about(published.pk, by=role_of(MembershipFactory(advisor=True)), at=now, code="arrange", need=need)
    actions.answer_question(question.pk, by=by, at=now, answer="yes")
    published.refresh_from_db()
    assert published.offer(need) == "yes"
    assert published.title != "Ny rubrik"
    assert state_of(published).published_hash == published.content_hash()
    actions.approve(published.pk, by=role_of(editor), at=now)
    published.refresh_from_db()
    assert (published.title, published.offer(need)) == ("Ny rubrik", "yes")


def test_only_our_receiver_hears_of_a_publication_and_only_when_live(draft: Posting) -> None:
    wagtail_published.send(sender=Posting, instance=draft, revision=None)
    assert state_of(draft).state == PostingState.DRAFT


def test_strangers_find_nothing(draft: Posting, stranger: Membership, now: datetime) -> None:
    other = role_of(stranger)
    for attempt in (
        lambda: actions.save_step(draft.pk, 3, {"title": "x"}, by=other, at=now),
        lambda: actions.submit_posting(draft.pk, by=other, at=now),
        lambda: actions.pause(draft.pk, by=other, at=now),
        lambda: actions.withdraw_posting(draft.pk, by=other, at=now),
        lambda: actions.save_offers(draft.workplace_id, {}, by=other, at=now),  # type: ignore[arg-type]
        lambda: actions.save_workplace(draft.workplace_id, {"name": "x"}, by=other, at=now),
    ):
        with pytest.raises(NotThere):
            attempt()
