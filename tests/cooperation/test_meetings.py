"""Nobody is invited to a meeting without the person's yes: the action refuses, so does the database, and so does the letter's writer."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from audit.models import Event
from cooperation import access, actions
from cooperation.models import Meeting, Party
from cooperation.signals import RULES
from cooperation.states import MEETING_FOLLOWS, MeetingState, meeting_may_follow
from jobseekers.states import NotThere, Refused
from matching import actions as matching
from outbox import actions as outbox
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.matching import make_pair
from tests.factories.meetings import Gathered, gather, terms
from tests.journeys.world import carry_facts

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
TOLD = {"channel": "phone", "why": "asked"}


@pytest.fixture
def whole(db: None, now: datetime) -> Gathered:
    return gather(now)


def write(sql: str, *values: Any) -> None:
    """SQL by hand, as somebody past every action would write it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def hexed(value: Any) -> Any:
    return value.hex if connection.vendor == "sqlite" else value


def waiting(kind: str) -> int:
    return Letter.objects.filter(kind=kind, done_at=None).count()


def deliver(at: datetime) -> int:
    """Send what waits and is due; returns how many letters left."""
    return sum(outbox.send(pk, at=at) for pk in outbox.waiting(Letter, at=at))


def test_states_follow_the_table() -> None:
    assert set(MEETING_FOLLOWS) == set(MeetingState)
    assert meeting_may_follow("planned", "invited")
    assert not meeting_may_follow("planned", "held")
    assert not any(meeting_may_follow(end, after) for end in ("held", "cancelled") for after in MeetingState)


def test_all_triggers_are_installed() -> None:
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'meeting_%%'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'meeting_%%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [])
        assert {row[0] for row in cursor.fetchall()} == {rule.name for rule in RULES}
    assert len(RULES) == 6


def test_from_a_plan_to_a_meeting_that_was_held(whole: Gathered, now: datetime, frozen: Any) -> None:
    assert waiting("meeting_invitation") == 0
    whole.invite(now)
    assert waiting("meeting_invitation") == 4
    assert Meeting.objects.get().state == MeetingState.INVITED
    with pytest.raises(Refused, match="early"):
        actions.hold_meeting(whole.meeting.pk, set(), by=whole.advisor, at=now)
    later = now + timedelta(days=9, hours=1)
    actions.hold_meeting(whole.meeting.pk, {whole.agency.pk}, by=whole.advisor, at=later)
    assert Meeting.objects.get().state == MeetingState.HELD
    assert list(Party.objects.filter(was_there=True)) == [whole.agency]
    moves = Event.objects.filter(what="meeting_moved", subject_id=str(whole.meeting.pk)).order_by("pk")
    assert [(one.before, one.after) for one in moves] == [("planned", "invited"), ("invited", "held")]


def test_case_24_no_invitation_leaves_before_the_person_has_said_yes(whole: Gathered, now: datetime) -> None:
    with pytest.raises(Refused, match="no_yes"):
        actions.invite(whole.meeting.pk, by=whole.advisor, at=now)
    actions.ask_person(whole.meeting.pk, by=whole.advisor, at=now)
    whole.say(whole.agency, now)
    with pytest.raises(Refused, match="no_yes"):
        actions.invite(whole.meeting.pk, by=whole.advisor, at=now)
    assert not Party.objects.invited().exists()
    assert waiting("meeting_invitation") == 0
    whole.say(whole.member, now, yes=False)
    actions.invite(whole.meeting.pk, by=whole.advisor, at=now)
    assert set(Party.objects.invited().values_list("kind", flat=True)) == {"person", "advisor", "agency"}


@pytest.mark.parametrize("said", ["", "no"])
def test_case_24_the_database_refuses_an_invitation_without_a_yes(whole: Gathered, now: datetime, said: str) -> None:
    for party in (whole.agency, whole.member):
        if said:
            actions.answer_party(party.pk, False, by=whole.advisor, at=now, **TOLD)
        with pytest.raises(IntegrityError):
            write("UPDATE cooperation_party SET invited_at = %s WHERE id = %s", now, hexed(party.pk))


def test_the_database_refuses_what_would_go_round_a_yes(whole: Gathered, now: datetime) -> None:
    """Who it is changes under a yes; a yes that was there from the start; a state without the person; a meeting that wakes up."""
    key, meeting = hexed(whole.agency.pk), hexed(whole.meeting.pk)
    refused = [
        ("UPDATE cooperation_party SET digest = 'another' WHERE id = %s", key),
        ("UPDATE cooperation_party SET kind = 'advisor' WHERE id = %s", key),
        ("UPDATE cooperation_party SET said = 'yes' WHERE id = %s", key),  # without its time
        ("UPDATE cooperation_meeting SET state = 'invited' WHERE id = %s", meeting),
        ("UPDATE cooperation_meeting SET state = 'held' WHERE id = %s", meeting),
        ("UPDATE cooperation_meeting SET sequence = sequence - 1 WHERE id = %s", meeting),
    ]
    actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=3)), by=whole.advisor, at=now)
    for sql, value in refused:
        with pytest.raises(IntegrityError):
            write(sql, value)
    actions.cancel_meeting(whole.meeting.pk, by=whole.advisor, at=now)
    with pytest.raises(IntegrityError):
        write("UPDATE cooperation_meeting SET state = 'planned' WHERE id = %s", meeting)
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.create(meeting=whole.meeting, kind="agency", sealed={}, said="yes", said_at=now, added_at=now)


def test_the_database_refuses_a_yes_taken_back_while_invited(whole: Gathered, now: datetime) -> None:
    whole.invite(now)
    with pytest.raises(IntegrityError):
        write("UPDATE cooperation_party SET said = 'no' WHERE id = %s", hexed(whole.agency.pk))
    write("UPDATE cooperation_party SET said = 'no', invited_at = NULL WHERE id = %s", hexed(whole.agency.pk))


def test_an_employer_comes_through_an_open_door_alone(whole: Gathered, now: datetime) -> None:
    """In the action, in the database, and in what the member may look at."""
    actions.ask_person(whole.meeting.pk, by=whole.advisor, at=now)
    whole.say(whole.member, now)
    whole.say(whole.agency, now)
    matching.withdraw(whole.door.consent_id, by=whole.pair.jobseeker, at=now)
    with pytest.raises(Refused, match="door"):
        actions.invite(whole.meeting.pk, by=whole.advisor, at=now)
    with pytest.raises(IntegrityError):
        write("UPDATE cooperation_party SET invited_at = %s WHERE id = %s", now, hexed(whole.member.pk))
    other = make_pair()
    with pytest.raises(Refused, match="door"):
        actions.add_employer(whole.meeting.pk, whole.door.pk, other.member.user_id, by=whole.advisor, at=now)


def test_case_35_a_yes_taken_back_while_the_invitation_is_queued_sends_nothing(whole: Gathered, now: datetime) -> None:
    whole.invite(now)
    queued = Letter.objects.get(kind="meeting_invitation", about=whole.agency.pk)
    whole.say(whole.agency, now, yes=False)
    assert Letter.objects.get(pk=queued.pk).outcome == "dropped"
    # Also where the letter is taken up by a worker in the same moment: its writer asks once more.
    Letter.objects.filter(pk=queued.pk).update(done_at=None, outcome="")
    deliver(now)
    assert "petra@example.com" not in {to for message in mail.outbox for to in message.to}
    assert Letter.objects.get(kind="meeting_cancelled", about=whole.agency.pk).outcome == "dropped", "of what they never heard"


def test_case_35_after_the_sending_a_no_closes_the_view_at_once_and_takes_it_from_the_calendar(whole: Gathered, now: datetime) -> None:
    whole.invite(now)
    deliver(now)
    token = access.link_of(whole.again(whole.agency))
    assert access.of_guest(token, at=now)
    before = Meeting.objects.get().sequence
    whole.say(whole.agency, now, yes=False)
    assert access.of_guest(token, at=now) is None
    mail.outbox.clear()
    deliver(now)
    [letter] = [message for message in mail.outbox if message.to == ["petra@example.com"]]
    entry = letter.attachments[0].content
    assert "METHOD:CANCEL" in entry
    assert f"SEQUENCE:{before + 1}" in entry
    whole.say(whole.agency, now)
    actions.invite(whole.meeting.pk, by=whole.advisor, at=now + timedelta(minutes=5))
    assert access.of_guest(token, at=now) is None, "another invitation has another link"


def test_case_35_an_introduction_that_ends_takes_its_members_out(whole: Gathered, now: datetime) -> None:
    whole.invite(now)
    deliver(now)
    assert access.of_employer(whole.meeting.pk, by=whole.pair.member, at=now)
    matching.withdraw(whole.door.consent_id, by=whole.pair.jobseeker, at=now)
    assert access.of_employer(whole.meeting.pk, by=whole.pair.member, at=now) is None, "in the same request"
    carry_facts()
    assert whole.again(whole.member).invited_at is None
    assert waiting("meeting_cancelled") == 1


def test_case_36_an_employer_reads_until_the_yes_ends_at_midnight_where_the_people_live(now: datetime) -> None:
    whole = gather(now, starts=now + timedelta(days=1))
    whole.invite(now)
    until = whole.door.consent.until
    last = datetime(until.year, until.month, until.day, 22, 59, tzinfo=now.tzinfo)
    assert access.of_employer(whole.meeting.pk, by=whole.pair.member, at=last)
    assert access.of_employer(whole.meeting.pk, by=whole.pair.member, at=last + timedelta(minutes=2)) is None


def test_case_30_an_answer_for_the_person_says_how_and_why_and_the_person_can_read_it(whole: Gathered, now: datetime) -> None:
    for bad in ({}, {"channel": "sms"}, {"channel": "phone", "why": "because"}):
        with pytest.raises(Refused, match="channel"):
            actions.answer_party(whole.agency.pk, True, by=whole.advisor, at=now, **bad)
    actions.answer_party(whole.agency.pk, True, by=whole.advisor, at=now, **TOLD)
    seen = access.own_meeting(whole.meeting.pk, by=whole.pair.jobseeker, at=now)
    assert seen is not None
    assert [one.told for one in seen.parties if one.pk == whole.agency.pk] == [("På telefon", "Bad om hjälp")]
    assert Event.objects.filter(what="meeting_yes", subject="profile", channel="phone", why="asked").count() == 1
    assert Letter.objects.filter(kind="answered_for_you", reader_id=whole.pair.jobseeker.user_id).exists()
    for stranger in (role_of(MembershipFactory(advisor=True)), whole.pair.member, make_pair().jobseeker):
        with pytest.raises(NotThere):
            actions.answer_party(whole.agency.pk, True, by=stranger, at=now, **TOLD)


def test_a_person_answers_only_what_was_asked_and_a_refusal_to_come_is_recorded(whole: Gathered, now: datetime) -> None:
    with pytest.raises(NotThere):
        whole.say(whole.agency, now)
    actions.answer_invitation(whole.person.pk, False, by=whole.advisor, at=now, **TOLD)
    for party in (whole.agency, whole.member):
        actions.answer_party(party.pk, True, by=whole.advisor, at=now, **TOLD)
    actions.invite(whole.meeting.pk, by=whole.advisor, at=now)
    assert whole.again(whole.person).invited_at is None
    assert Meeting.objects.get().state == MeetingState.INVITED
