"""Half time and the last day for whoever has to answer, a broken promise for the advisor, and never a letter that has become needless."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils.timezone import localdate, localtime
from time_machine import Traveller

from audit.models import Event
from matching import access, actions, queries
from matching.models import Introduction
from matching.states import NotThere, Refused
from outbox.actions import send
from outbox.models import Letter
from tests.factories.matching import Pair, make_pair

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def _days(kind: str) -> list[date]:
    return [localdate(one) for one in Letter.objects.filter(kind=kind).order_by("not_before").values_list("not_before", flat=True)]


def _sent(kind: str, clock: Traveller) -> bool:
    """Whether the letter goes out when its time has come."""
    letter = Letter.objects.get(kind=kind)
    clock.move_to(letter.not_before)
    return send(str(letter.pk), at=letter.not_before)


def test_the_jobseeker_is_reminded_at_half_time_and_on_the_last_day(pair: Pair, now: datetime) -> None:
    approval = pair.approve(now)
    assert _days("reminder_half") == [localdate(now) + timedelta(days=3)]
    assert _days("reminder_last") == [approval.answer_by]
    assert {localtime(at).hour for at in Letter.objects.filter(kind__startswith="reminder").values_list("not_before", flat=True)} == {8}


def test_an_answer_for_tomorrow_is_one_reminder(pair: Pair, now: datetime) -> None:
    found = pair.suggestion
    whole = access.for_advisor(found.pk, by=pair.advisor)
    assert whole is not None
    tomorrow = localdate(now) + timedelta(days=1)
    actions.approve(found.pk, by=pair.advisor, at=now, seen=access.version_of(whole), words="", answer_by=tomorrow)
    assert _days("reminder_half") == []
    assert _days("reminder_last") == [tomorrow]


def test_who_has_answered_is_not_reminded(pair: Pair, now: datetime, frozen: Traveller) -> None:
    pair.introduce(now)
    mail.outbox.clear()
    assert not _sent("reminder_half", frozen)
    assert not _sent("reminder_last", frozen)
    assert mail.outbox == []


def test_the_employer_is_reminded_and_the_advisor_hears_of_a_broken_promise(pair: Pair, now: datetime, frozen: Traveller) -> None:
    door = pair.introduce(now)
    assert _days("card_waiting_last") == [door.answer_by]
    assert _days("promise_broken") == [door.answer_by + timedelta(days=1)]
    mail.outbox.clear()
    assert _sent("card_waiting_half", frozen)
    assert _sent("card_waiting_last", frozen)
    assert _sent("promise_broken", frozen)
    for message in mail.outbox:
        assert pair.profile.first_name not in message.subject + message.body
        assert pair.employer.name not in message.subject + message.body
    assert mail.outbox[-1].to == [pair.profile.advisor.email]


def test_case_53_an_answered_or_closed_card_reminds_nobody(pair: Pair, now: datetime, frozen: Traveller) -> None:
    door = pair.introduce(now)
    actions.answer(door.pk, by=pair.member, at=now, choice="talk")
    assert not _sent("card_waiting_last", frozen)
    assert not _sent("promise_broken", frozen)


def test_the_advisor_reminds_at_most_once_a_day(pair: Pair, now: datetime, frozen: Traveller) -> None:
    door = pair.introduce(now)
    actions.remind(door.pk, by=pair.advisor, at=now)
    with pytest.raises(Refused, match="reminded"):
        actions.remind(door.pk, by=pair.advisor, at=now + timedelta(hours=23))
    assert _sent("card_waiting", frozen)
    actions.remind(door.pk, by=pair.advisor, at=now + timedelta(hours=25))
    assert Event.objects.filter(what="employer_reminded").count() == 2


def test_nobody_else_reminds_and_nothing_closed_is_reminded_of(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    for other in (pair.member, pair.jobseeker, make_pair().advisor):
        with pytest.raises(NotThere):
            actions.remind(door.pk, by=other, at=now)
    actions.withdraw(door.consent_id, by=pair.jobseeker, at=now)
    with pytest.raises(Refused, match="closed"):
        actions.remind(door.pk, by=pair.advisor, at=now)


def test_what_is_due_today(pair: Pair, now: datetime) -> None:
    assert queries.due_today(by=pair.advisor, at=now) == []
    pair.approve(now)
    actions.talk_first(pair.suggestion.pk, by=pair.jobseeker, at=now)
    actions.talk_first(pair.suggestion.pk, by=pair.jobseeker, at=now + timedelta(hours=1))
    assert [due.kind for due in queries.due_today(by=pair.advisor, at=now)] == ["talk"]
    assert Event.objects.filter(what="talk_wanted").count() == 1
    door = pair.consent(now)
    assert queries.due_today(by=pair.advisor, at=now) == []
    late = now + timedelta(days=30)
    Introduction.objects.filter(pk=door.pk).update(answer_by=localdate(now) + timedelta(days=2))
    assert [(due.kind, due.employer) for due in queries.due_today(by=pair.advisor, at=late)] == [("late", pair.employer.name)]
    actions.answer(door.pk, by=pair.member, at=late, choice="meet", proposal="Tisdag 13")
    assert [due.kind for due in queries.due_today(by=pair.advisor, at=late + timedelta(days=1))] == ["proposes"]
    assert queries.due_today(by=pair.advisor, at=late + timedelta(days=5)) == []
