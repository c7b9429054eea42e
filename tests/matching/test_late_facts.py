"""Facts that come late, twice or in another order, a run that was overtaken, and an engine that cannot score: nothing alive is closed,
nothing void stays."""

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.access import TERMS_VERSION
from accounts.models import Membership, Terms
from employers.models import PostingStatus
from jobseekers import actions as people
from jobseekers.models import Profile
from matching import access, actions, engine
from matching.models import Approval, Interest, Introduction, Run, Suggestion
from matching.scoring import WEIGHTS_VERSION
from matching.states import Closed, Door, Refused, State
from outbox.actions import carry, send
from outbox.models import Fact, Letter
from taxonomy.actions import load_needs, load_starter
from taxonomy.encoders import EncoderUnavailable
from tests.factories.accounts import MembershipFactory, UserFactory, browser, role_of
from tests.factories.employers import PostingFactory, employer_member, publish
from tests.factories.facts import bring
from tests.factories.jobseekers import ProfileFactory
from tests.factories.matching import Pair, another, make_pair, suggestion_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def state() -> tuple[str, str]:
    one = Suggestion.objects.get()
    return one.state, one.closed_as


def test_a_posting_that_is_open_again_loses_nothing_to_a_late_close(pair: Pair, now: datetime) -> None:
    pair.approve(now)
    assert actions.close_for_posting(pair.posting.pk, at=now) == 0
    PostingStatus.objects.update(state="paused")
    assert actions.close_for_posting(pair.posting.pk, at=now) == 1


def test_who_is_back_before_anybody_heard_keeps_only_what_has_begun_since(pair: Pair, now: datetime, frozen: Any) -> None:
    """The page of the pause says that contacts are closed: that is as true for a pause of a minute."""
    door, approved, waits = pair.introduce(now), another(pair), another(pair)
    later = now + timedelta(minutes=1)
    people.pause(pair.profile.pk, by=pair.jobseeker, at=later)
    people.resume(pair.profile.pk, by=pair.jobseeker, at=later)
    approved.approve(now + timedelta(minutes=2))
    frozen.shift(timedelta(minutes=3))
    bring("profile_left")
    door.refresh_from_db()
    assert door.state == Door.CLOSED
    states = dict(Suggestion.objects.values_list("pk", "state"))
    assert states[approved.suggestion.pk] == State.APPROVED
    assert states[waits.suggestion.pk] == State.SUGGESTED


def test_what_the_new_advisor_has_approved_stands_when_the_fact_comes_late(pair: Pair, now: datetime) -> None:
    new = MembershipFactory(advisor=True, team=pair.profile.team)
    Profile.objects.update(advisor=new.user)
    found = access.for_advisor(pair.suggestion.pk, by=role_of(new))
    assert found is not None
    actions.approve(found.pk, by=role_of(new), at=now, seen=access.version_of(found), words="")
    assert actions.new_advisor(pair.profile.pk, at=now) == 0
    assert state()[0] == State.APPROVED


def test_without_an_encoder_what_is_void_still_goes(pair: Pair, now: datetime) -> None:
    pair.approve(now)
    people.save_profile(pair.profile.pk, "kinds", {"kinds": ["job"]}, by=pair.jobseeker, at=now)
    people.save_profile(pair.profile.pk, "words", {"words": "Något annat."}, by=pair.jobseeker, at=now)
    with patch("matching.index.world.current", side_effect=EncoderUnavailable("gone")):
        for fact in Fact.objects.filter(done_at=None):
            if fact.receiver.endswith("card_changed"):
                assert carry(str(fact.pk), at=now)
            elif fact.receiver.endswith("profile_changed"):
                assert not carry(str(fact.pk), at=now)
                fact.refresh_from_db()
                assert fact.problem == "EncoderUnavailable"
    assert state() == (State.CLOSED, Closed.STALE)


def test_an_interest_is_kept_without_an_encoder_and_suggested_after(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)
    pair = make_pair()
    Suggestion.objects.all().delete()
    client = browser(pair.jobseeker.user_id)
    with patch("matching.index.world.current", side_effect=EncoderUnavailable("gone")):
        assert client.post(reverse("interest", args=[pair.posting.pk]), {"words": "Gärna!"}).status_code == 302
    assert Interest.objects.get().sealed["words"] == "Gärna!"
    assert Letter.objects.filter(reader_id=pair.advisor.user_id).count() == 1
    bring("profile_changed")
    assert Suggestion.objects.get().interested


def test_a_wish_brings_back_what_was_put_aside_but_not_what_the_employer_refused(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)
    for closed_as, comes in ((Closed.DISMISSED, True), (Closed.DECLINED, True), (Closed.REFUSED, False)):
        pair = make_pair()
        Suggestion.objects.filter(pk=pair.suggestion.pk).update(state=State.CLOSED, closed_as=closed_as, moved_at=now - timedelta(days=1))
        actions.express_interest(pair.posting.pk, by=pair.jobseeker, at=now)
        bring("profile_changed")
        assert Suggestion.objects.live().filter(profile=pair.profile, interested=True).exists() == comes, closed_as


def test_case_26_words_that_changed_after_the_approval_are_never_shown(now: datetime) -> None:
    """The card that was approved holds the old words: a yes to it opens nothing, and the advisor gets the new one to read."""
    pair = make_pair(words="Jag odlar.")
    approval = pair.approve(now)
    people.save_profile(pair.profile.pk, "words", {"words": ""}, by=pair.jobseeker, at=now)
    with pytest.raises(Refused, match="changed"):
        actions.consent(pair.suggestion.pk, by=pair.jobseeker, at=now, seen=access.consented_card(approval).hash)
    assert not Introduction.objects.exists()
    assert state() == (State.CLOSED, Closed.STALE)
    assert Fact.objects.filter(name="profile_changed", done_at=None).exists()


@pytest.mark.parametrize("change", ["words", "phone"])
def test_a_changed_card_goes_back_to_the_advisor(pair: Pair, now: datetime, change: str) -> None:
    load_starter(at=now)
    load_needs(at=now)
    actions.express_interest(pair.posting.pk, by=pair.jobseeker, at=now - timedelta(hours=1))  # so that the pair is worth reading
    bring("profile_changed")
    Suggestion.objects.update(posting_hash=pair.posting.content_hash())
    found = access.for_advisor(pair.suggestion.pk, by=pair.advisor)
    assert found is not None
    actions.approve(found.pk, by=pair.advisor, at=now, seen=access.version_of(found), words="")
    if change == "words":
        people.save_profile(pair.profile.pk, "words", {"words": "Nytt om mig."}, by=pair.jobseeker, at=now)
    else:
        people.save_contact(by=pair.jobseeker, at=now, language="sv", phone="070-174 06 33")
    bring("card_changed", "profile_changed")
    assert sorted(Suggestion.objects.values_list("state", "closed_as")) == [("closed", "stale"), ("suggested", "")]
    assert Approval.objects.filter(void_at=None).count() == 0


def test_case_39_who_paused_while_the_run_computed_is_not_suggested(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)
    profile, posting = ProfileFactory(skills=["pick-orders"]), PostingFactory(skills=[{"key": "pick-orders", "importance": "must"}])
    publish(posting, posting.status)
    result = engine.for_posting(posting)
    assert [one.profile_id for one in result.found] == [profile.pk]
    Profile.objects.update(paused=True)
    assert actions.store(result, at=now, posting_id=posting.pk) == 0


def test_an_unrelated_run_leaves_alone_what_has_not_changed(now: datetime) -> None:
    """The person's run keeps the best for the person; the posting's run had kept this pair among the best for the posting."""
    load_starter(at=now)
    load_needs(at=now)
    profile = ProfileFactory(skills=["pick-orders"])
    postings = [PostingFactory(skills=[{"key": "pick-orders", "importance": "must"}], published=True) for _ in range(2)]
    for posting in postings:
        actions.store(engine.for_posting(posting), at=now, posting_id=posting.pk)
    Suggestion.objects.update(wait_until=now.date() + timedelta(days=9))
    with patch("matching.engine.MOST_SUGGESTED", 1):
        actions.store(engine.for_profile(profile), at=now, profile_id=profile.pk)
    assert [(one.state, one.wait_until is None) for one in Suggestion.objects.all()] == [("suggested", False)] * 2
    people.save_profile(
        profile.pk, "kinds", {"kinds": ["job"]}, by=role_of(Membership.objects.get(user=profile.advisor)), at=now, channel="phone"
    )
    with patch("matching.engine.MOST_SUGGESTED", 0):
        actions.store(engine.for_profile(Profile.objects.get()), at=now, profile_id=profile.pk)
    assert {one.state for one in Suggestion.objects.all()} == {"closed"}


def test_case_39_a_person_who_pauses_is_not_asked_and_not_introduced(pair: Pair, now: datetime) -> None:
    approval = pair.approve(now)
    other = suggestion_of(PostingFactory(published=True), pair.profile)
    Profile.objects.update(paused=True)
    with pytest.raises(Refused, match="closed"):
        actions.consent(
            pair.suggestion.pk,
            by=pair.advisor,
            at=now,
            seen=access.consented_card(approval).hash,
            behalf=actions.Behalf("phone", "asked"),
        )
    found = access.for_advisor(other.pk, by=pair.advisor)
    assert found is not None
    with pytest.raises(Refused, match="paused"):
        actions.approve(other.pk, by=pair.advisor, at=now, seen=access.version_of(found), words="")
    assert not Introduction.objects.exists()


def test_a_wish_marks_what_another_run_has_suggested_meanwhile(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)
    pair = make_pair()
    Interest.objects.create(profile=pair.profile, posting=pair.posting, sealed={"words": ""}, at=now)
    actions.store(engine.for_profile(pair.profile), at=now, profile_id=pair.profile.pk)
    assert Suggestion.objects.get(state=State.SUGGESTED).interested


def test_a_run_asks_as_often_for_many_that_it_does_not_find_as_for_few(pair: Pair, now: datetime) -> None:
    nothing = engine.Result("test", "1", "1", "0" * 64, 0, 0, 0, b"", (), "")
    asked = []
    for _ in range(2):
        for _ in range(4):
            another(pair)
        Run.objects.update(weights=WEIGHTS_VERSION)
        with CaptureQueriesContext(connection) as queries:
            actions.store(nothing, at=now, profile_id=pair.profile.pk)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_reminders_go_only_to_those_who_are_still_there(pair: Pair, now: datetime) -> None:
    pair.introduce(now)
    gone = employer_member(pair.employer, user=UserFactory(email="gone@example.org"))
    Letter.objects.create(kind="card_waiting", reader=gone.user, about=Introduction.objects.get().pk, created_at=now, not_before=now)
    Membership.objects.filter(pk=gone.pk).update(until=now)
    Letter.objects.create(
        kind="card_waiting", reader_id=pair.member.user_id, about=Introduction.objects.get().pk, created_at=now, not_before=now
    )
    for letter in Letter.objects.filter(kind="card_waiting"):
        send(str(letter.pk), at=now)
    assert [letter.to for letter in mail.outbox] == [[Membership.objects.get(user_id=pair.member.user_id).user.email]]


@pytest.mark.parametrize("promised", [True, False])
def test_case_16_a_letter_with_a_card_goes_only_to_who_has_promised(pair: Pair, now: datetime, promised: bool) -> None:
    if promised:
        Terms.objects.create(user_id=pair.member.user_id, version=TERMS_VERSION, at=now)
    pair.introduce(now)
    letter = Letter.objects.get(kind="introduction", reader_id=pair.member.user_id)
    send(str(letter.pk), at=now)
    assert len(mail.outbox) == 1
    body = str(mail.outbox[0].body) + str(mail.outbox[0].alternatives)  # type: ignore[attr-defined]
    assert (pair.profile.user.get_full_name() in body) is promised
    assert (pair.profile.user.first_name in body) is promised
