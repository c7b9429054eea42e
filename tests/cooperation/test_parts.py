"""What each party of a meeting reads, what a change brings them, and who may plan one at all."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from cooperation import access, actions
from cooperation.models import Party
from jobseekers.states import NotThere, Refused
from outbox import actions as outbox
from outbox.models import Letter
from tests.factories.matching import make_pair
from tests.factories.meetings import CLINIC, Gathered, gather, plan, terms

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def whole(db: None, now: datetime) -> Gathered:
    return gather(now)


def deliver(at: datetime) -> int:
    """Send what waits and is due; returns how many letters left."""
    return sum(outbox.send(pk, at=at) for pk in outbox.waiting(Letter, at=at))


def test_a_change_and_a_calling_off_reach_those_who_are_invited(whole: Gathered, now: datetime) -> None:
    whole.invite(now)
    deliver(now)
    actions.answer_invitation(whole.agency.pk, True, by=None, at=now)
    actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=4)), by=whole.advisor, at=now)
    assert whole.again(whole.agency).comes == ""
    assert deliver(now) == 4
    assert actions.cancel_meeting(whole.meeting.pk, by=whole.advisor, at=now) == 4
    assert actions.cancel_meeting(whole.meeting.pk, by=whole.advisor, at=now) == 0
    assert deliver(now) == 4
    assert access.of_guest(access.link_of(whole.again(whole.agency)), at=now) is None
    seen = access.of_employer(whole.meeting.pk, by=whole.pair.member, at=now)
    assert seen is not None
    assert (seen.state, seen.place, seen.agenda) == ("cancelled", "", "")
    for step in (actions.invite, actions.ask_person):
        with pytest.raises(Refused, match="over"):
            step(whole.meeting.pk, by=whole.advisor, at=now)


def test_each_party_reads_its_own_notes_and_tasks(whole: Gathered, now: datetime) -> None:
    whole.invite(now)
    pk, role = whole.meeting.pk, whole.advisor
    actions.add_note(pk, "note", "för vården", {whole.agency.pk}, by=role, at=now)
    actions.add_note(pk, "decision", "för alla", {whole.agency.pk, whole.member.pk, whole.person.pk}, by=role, at=now)
    actions.add_note(pk, "note", "för mig", set(), by=role, at=now)
    task = actions.add_task(pk, whole.member.pk, "Visa runt", now.date(), by=role, at=now)
    guest = access.of_guest(access.link_of(whole.again(whole.agency)), at=now)
    employer = access.of_employer(pk, by=whole.pair.member, at=now)
    own = access.own_meeting(pk, by=whole.pair.jobseeker, at=now)
    assert guest
    assert employer
    assert own
    assert {one.words for one in guest.notes} == {"för vården", "för alla"}
    assert [one.words for one in employer.notes] == [one.words for one in own.notes] == ["för alla"]
    assert ([one.words for one in employer.tasks], guest.tasks) == (["Visa runt"], ())
    assert (guest.person, guest.agenda, employer.agenda) == ("", "", "Vem gör vad")
    with pytest.raises(NotThere):
        actions.finish_task(task.pk, by=whole.pair.jobseeker, at=now)
    actions.finish_task(task.pk, by=whole.pair.member, at=now)
    assert access.of_employer(pk, by=whole.pair.member, at=now).tasks[0].done_at == now  # type: ignore[union-attr]


def test_a_link_works_until_thirty_days_after_the_meeting(whole: Gathered, now: datetime) -> None:
    whole.invite(now)
    token = access.link_of(whole.again(whole.agency))
    ends = whole.meeting.ends
    assert access.of_guest(token, at=ends + timedelta(days=30, seconds=-1))
    assert access.of_guest(token, at=ends + timedelta(days=30)) is None
    assert access.of_guest(f"{token}x", at=now) is None
    assert access.of_guest("", at=now) is None


def test_who_a_party_is_does_not_change_under_a_yes(whole: Gathered, now: datetime) -> None:
    """Past the action and past the trigger: what is sealed is not who the person was asked about."""
    whole.invite(now)
    Party.objects.filter(pk=whole.agency.pk).update(sealed={**CLINIC, "email": "other@example.com"})
    deliver(now)
    assert {"other@example.com"}.isdisjoint({to for message in mail.outbox for to in message.to})


@pytest.mark.parametrize("place", ["Hos {first} på Storgatan", "{last}s kök", "Mötesrummet, {employer}"])
def test_no_name_stands_in_the_place(now: datetime, place: str) -> None:
    whole = gather(now, pair=None)
    user = whole.profile.user
    typed = place.format(first=user.first_name, last=user.last_name, employer=whole.pair.employer.name).replace("s kök", " kök")
    with pytest.raises(Refused, match="names"):
        actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=2), place=typed), by=whole.advisor, at=now)


def test_only_the_own_advisor_plans_and_types_belong_to_a_country(now: datetime) -> None:
    pair = make_pair()
    given = {"type": "no_dialogue_1", "purpose": "meet"}
    with pytest.raises(Refused, match="type"):
        actions.plan_meeting(pair.profile.pk, terms(now + timedelta(days=1)), **given, by=pair.advisor, at=now)
    given["type"] = "se_plan"
    with pytest.raises(Refused, match="past"):
        actions.plan_meeting(pair.profile.pk, terms(now), **given, by=pair.advisor, at=now)
    with pytest.raises(NotThere):
        actions.plan_meeting(pair.profile.pk, terms(now + timedelta(days=1)), **given, by=make_pair().advisor, at=now)
    with pytest.raises(NotThere):
        actions.cancel_meeting(plan(pair, now).pk, by=make_pair().advisor, at=now)
