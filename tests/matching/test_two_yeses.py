"""Contact exists only with both yeses: the action refuses, and so does the database, whoever writes to it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Event
from matching import access, actions
from matching.models import Approval, Consent, Introduction, Suggestion
from matching.states import Closed, Door, NotThere, Refused, State
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.employers import EmployerFactory, employer_member, publish
from tests.factories.matching import Pair, make_pair

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

PHONED = actions.Behalf("phone", "asked")
TRIGGERS = {
    "approval_by_own_advisor",
    "approval_stands",
    "consent_to_a_live_approval",
    "consent_stands",
    "two_yeses",
    "door_needs_its_yes",
    "suggestion_starts_undecided",
    "suggestion_moves_with_its_yes",
    "withdrawal_closes",
}


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def state(pair: Pair) -> str:
    return Suggestion.objects.get(pk=pair.suggestion.pk).state


def write(sql: str, *values: Any) -> None:
    """SQL by hand, as somebody past every action would write it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def hexed(value: Any) -> Any:
    return value.hex if connection.vendor == "sqlite" else value


def test_all_triggers_are_installed() -> None:
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert {row[0] for row in cursor.fetchall()} >= TRIGGERS


def test_both_yeses_open_the_door_in_one_transaction(pair: Pair, now: datetime) -> None:
    pair.approve(now)
    assert access.cards_for(by=pair.member, at=now) == []
    door = pair.consent(now)
    assert state(pair) == State.INTRODUCED
    [card] = access.cards_for(by=pair.member, at=now)
    assert card.id == door.pk
    assert card.card.name == pair.profile.name
    assert Letter.objects.filter(kind="introduction", about=door.pk).count() == 3
    moves = Event.objects.filter(subject="suggestion", subject_id=str(pair.suggestion.pk), what="suggestion_moved").order_by("pk")
    assert [(one.before, one.after) for one in moves] == [("suggested", "approved"), ("approved", "consented"), ("consented", "introduced")]


def test_case_24_consent_without_approval_is_refused(pair: Pair, now: datetime) -> None:
    with pytest.raises(NotThere):
        actions.consent(pair.suggestion.pk, by=pair.jobseeker, at=now, seen="")


def test_case_24_the_database_refuses_an_introduction_without_the_yeses(pair: Pair, now: datetime) -> None:
    approval = pair.approve(now)
    other = make_pair()
    other.introduce(now)
    consent = Consent.objects.get(suggestion=other.suggestion)
    with pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.create(
            suggestion=pair.suggestion, approval=approval, consent=consent, posting=pair.posting, opened_at=now, answer_by=now.date()
        )
    assert not Introduction.objects.filter(suggestion=pair.suggestion).exists()


@pytest.mark.parametrize("to", ["approved", "consented", "introduced"])
def test_case_29_raw_sql_cannot_skip_a_step(pair: Pair, to: str) -> None:
    with pytest.raises(IntegrityError):
        write("UPDATE matching_suggestion SET state = %s WHERE id = %s", to, hexed(pair.suggestion.pk))
    assert state(pair) == State.SUGGESTED


def test_case_29_raw_sql_cannot_leave_a_final_state(pair: Pair, now: datetime) -> None:
    actions.dismiss(pair.suggestion.pk, by=pair.advisor, at=now, reason="not_now")
    with pytest.raises(IntegrityError):
        write("UPDATE matching_suggestion SET state = 'suggested', closed_as = '' WHERE id = %s", hexed(pair.suggestion.pk))


def test_raw_sql_cannot_reopen_a_door(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    actions.withdraw(door.consent_id, by=pair.jobseeker, at=now)
    with pytest.raises(IntegrityError):
        write("UPDATE matching_introduction SET state = 'open' WHERE id = %s", hexed(door.pk))


def test_raw_sql_withdrawal_closes_the_door(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    write("UPDATE matching_consent SET withdrawn_at = %s WHERE id = %s", now, hexed(door.consent_id))
    door.refresh_from_db()
    assert (door.state, door.closed_as) == (Door.CLOSED, "withdrawn")
    assert access.cards_for(by=pair.member, at=now) == []


def test_raw_sql_cannot_take_back_a_withdrawal_or_change_a_consent(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    actions.withdraw(door.consent_id, by=pair.jobseeker, at=now)
    for change in ("withdrawn_at = NULL", "card_hash = 'x'", "until = '2099-01-01'"):
        with pytest.raises(IntegrityError):
            write(f"UPDATE matching_consent SET {change} WHERE id = %s", hexed(door.consent_id))  # noqa: S608 (our own words)


def test_only_the_own_advisor_approves(pair: Pair, now: datetime) -> None:
    other = role_of(MembershipFactory(advisor=True))
    assert access.for_advisor(pair.suggestion.pk, by=other) is None
    with pytest.raises(NotThere):
        actions.approve(pair.suggestion.pk, by=other, at=now, seen=access.version_of(pair.suggestion), words="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(
            suggestion=pair.suggestion,
            by_id=other.user_id,
            at=now,
            answer_by=now.date(),
            posting_hash="x",
            card_hash="x",
            sealed={"card": [], "words": ""},
        )


def test_case_25_a_replayed_yes_changes_nothing(pair: Pair, now: datetime) -> None:
    pair.introduce(now)
    events = Event.objects.count()
    approval = Approval.objects.get(suggestion=pair.suggestion)
    with pytest.raises(Refused, match="decided"):
        actions.consent(pair.suggestion.pk, by=pair.jobseeker, at=now, seen=access.consented_card(approval).hash)
    with pytest.raises(Refused, match="decided"):
        actions.approve(pair.suggestion.pk, by=pair.advisor, at=now, seen=access.version_of(pair.suggestion), words="")
    assert Introduction.objects.count() == 1
    assert Event.objects.count() == events


def test_case_26_a_changed_posting_voids_the_approval(pair: Pair, now: datetime) -> None:
    approval = pair.approve(now)
    pair.posting.title = "Något helt annat"
    publish(pair.posting, pair.posting.status)
    with pytest.raises(Refused, match="changed"):
        actions.consent(pair.suggestion.pk, by=pair.jobseeker, at=now, seen=access.consented_card(approval).hash)
    assert actions.void(at=now, posting_id=pair.posting.pk) == 1
    assert Suggestion.objects.get(pk=pair.suggestion.pk).closed_as == Closed.STALE
    approval.refresh_from_db()
    assert approval.void_at == now


def test_case_26_approving_what_has_changed_is_refused(pair: Pair, now: datetime) -> None:
    seen = access.version_of(pair.suggestion)
    pair.profile.user.phone = "070-174 06 99"
    pair.profile.user.save()
    with pytest.raises(Refused, match="changed"):
        actions.approve(pair.suggestion.pk, by=pair.advisor, at=now, seen=seen, words="")


@pytest.mark.parametrize("posting_state", ["paused", "filled", "expired", "withdrawn"])
def test_case_26_a_closed_posting_opens_no_door(pair: Pair, now: datetime, posting_state: str) -> None:
    approval = pair.approve(now)
    pair.posting.status.state = posting_state
    pair.posting.status.save()
    with pytest.raises(Refused, match="changed"):
        actions.consent(pair.suggestion.pk, by=pair.jobseeker, at=now, seen=access.consented_card(approval).hash)


def test_case_35_withdrawal_closes_the_view_at_once_and_twice_is_once(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    actions.withdraw(door.consent_id, by=pair.jobseeker, at=now)
    events = Event.objects.count()
    actions.withdraw(door.consent_id, by=pair.jobseeker, at=now)
    assert Event.objects.count() == events
    assert access.card_open(door.pk, by=pair.member, at=now) is None
    with pytest.raises(NotThere):
        actions.answer(door.pk, by=pair.member, at=now, choice="talk")
    with pytest.raises(Refused, match="closed"):
        actions.say(door.pk, "hej", by=pair.member, at=now)
    assert {one.reader_id for one in Letter.objects.filter(kind="contact_ended")} == {pair.member.user_id, pair.advisor.user_id}
    assert Event.objects.filter(what="introduction_moved", after="closed").count() == 1


def test_case_36_a_yes_ends_at_midnight_where_the_people_live(pair: Pair, now: datetime) -> None:
    approval = pair.approve(now)
    today = now.date()
    card = access.consented_card(approval)
    door = actions.consent(pair.suggestion.pk, by=pair.jobseeker, at=now, seen=card.hash, until=today)
    before_midnight = now.replace(hour=22, minute=59)  # 23:59 in Stockholm
    after_midnight = now.replace(hour=23, minute=1)  # 00:01 the next day there, the same day in UTC
    assert access.card_open(door.pk, by=pair.member, at=before_midnight) is not None
    assert access.card_open(door.pk, by=pair.member, at=after_midnight) is None


def test_lapse_closes_what_ran_out(pair: Pair, now: datetime) -> None:
    pair.approve(now)
    assert actions.lapse(at=now) == {"lapsed": 0, "expired": 0}
    assert actions.lapse(at=now + timedelta(days=9)) == {"lapsed": 1, "expired": 0}
    assert Suggestion.objects.get(pk=pair.suggestion.pk).closed_as == Closed.LAPSED
    other = make_pair()
    door = other.introduce(now)
    assert actions.lapse(at=now + timedelta(weeks=9))["expired"] == 1
    door.refresh_from_db()
    assert door.state == Door.CLOSED


def test_the_person_takes_fields_off_and_only_those_are_shown(pair: Pair, now: datetime) -> None:
    approval = pair.approve(now)
    actions.leave_out(pair.suggestion.pk, "phone", by=pair.jobseeker, at=now)
    actions.leave_out(pair.suggestion.pk, "name", by=pair.jobseeker, at=now)
    with pytest.raises(Refused, match="changed"):
        actions.consent(pair.suggestion.pk, by=pair.jobseeker, at=now, seen=access.approved_card(approval).hash)
    door = pair.consent(now)
    card = access.card_open(door.pk, by=pair.member, at=now)
    assert card is not None
    assert "phone" not in dict(card.card.fields)
    assert "name" in dict(card.card.fields)


def test_another_employer_sees_nothing(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    stranger = role_of(employer_member(EmployerFactory()))
    assert access.card_open(door.pk, by=stranger, at=now) is None
    assert access.cards_for(by=stranger, at=now) == []
    with pytest.raises(NotThere):
        actions.answer(door.pk, by=stranger, at=now, choice="talk")


def test_what_an_employer_gets_is_byte_identical_with_and_without_needs(now: datetime) -> None:
    advised_by = MembershipFactory(advisor=True)
    with_needs = make_pair(advised_by=advised_by, needs={"sens.quiet": "must", "phys.no_heavy_lifting": "must"}, words="Jag odlar.")
    user = with_needs.profile.user
    told = access.card_for(with_needs.suggestion)
    with_needs.profile.needs_record.delete()
    untold = access.card_for(Suggestion.objects.get(pk=with_needs.suggestion.pk))
    assert told == untold
    assert told.hash == untold.hash
    assert user.get_full_name() in dict(told.fields).values()


@pytest.mark.parametrize(("choice", "door_state"), [("meet", Door.MEETING), ("talk", Door.ANSWERED), ("decline", Door.CLOSED)])
def test_the_employer_answers_once(pair: Pair, now: datetime, choice: str, door_state: str) -> None:
    door = pair.introduce(now)
    actions.answer(door.pk, by=pair.member, at=now, choice=choice, reason="hours" if choice == "decline" else "")
    door.refresh_from_db()
    assert door.state == door_state
    with pytest.raises((Refused, NotThere)):
        actions.answer(door.pk, by=pair.member, at=now, choice="talk")


def test_the_advisor_can_answer_on_behalf_and_it_is_recorded_as_such(pair: Pair, now: datetime) -> None:
    approval = pair.approve(now)
    door = actions.consent(pair.suggestion.pk, by=pair.advisor, at=now, seen=access.consented_card(approval).hash, behalf=PHONED)
    assert (door.consent.channel, door.consent.why) == ("phone", "asked")
    assert Event.objects.filter(what="consent_given", channel="phone", why="asked").count() == 1
    told = Event.objects.filter(what="said_yes", subject="profile", subject_id=str(pair.profile.pk), channel="phone")
    assert told.count() == 1
    assert Letter.objects.filter(kind="answered_for_you", reader=pair.profile.user).count() == 1


@pytest.mark.parametrize(
    "behalf", [actions.Behalf(), actions.Behalf("phone", ""), actions.Behalf("", "asked"), actions.Behalf("x", "asked")]
)
def test_case_30_an_answer_for_a_person_says_how_and_why(pair: Pair, now: datetime, behalf: actions.Behalf) -> None:
    approval = pair.approve(now)
    with pytest.raises(Refused, match="channel"):
        actions.consent(pair.suggestion.pk, by=pair.advisor, at=now, seen=access.consented_card(approval).hash, behalf=behalf)
    with pytest.raises(Refused, match="channel"):
        actions.decline(pair.suggestion.pk, by=pair.advisor, at=now, behalf=behalf)
    assert state(pair) == State.APPROVED


def test_an_employer_or_a_stranger_never_consents(pair: Pair, now: datetime) -> None:
    approval = pair.approve(now)
    seen = access.consented_card(approval).hash
    for stranger in (pair.member, role_of(MembershipFactory(advisor=True)), make_pair().jobseeker):
        with pytest.raises(NotThere):
            actions.consent(pair.suggestion.pk, by=stranger, at=now, seen=seen)
    assert not Consent.objects.exists()
