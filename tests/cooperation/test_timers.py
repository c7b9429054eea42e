"""The day before a meeting: one reminder, by the clock of the place, never a stale one. And what leaving brings to an end."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from cooperation import actions, exports, tasks
from cooperation.models import Meeting, MeetingTask, Note, Party
from jobseekers import actions as people
from matching import actions as matching
from outbox import actions as outbox
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory
from tests.factories.matching import Pair, make_pair
from tests.factories.meetings import Gathered, gather, plan, terms
from tests.journeys.world import carry_facts

pytestmark = pytest.mark.django_db
ZONES = {"SE": ZoneInfo("Europe/Stockholm"), "NO": ZoneInfo("Europe/Oslo")}
# The clock goes forward, the clock goes back, a leap day, the day after one, and a new year.
DAYS = (date(2027, 3, 28), date(2027, 3, 29), date(2027, 10, 31), date(2027, 11, 1), date(2028, 2, 29), date(2028, 3, 1), date(2028, 1, 1))


def invited(country: str, day: date, hour: int = 13) -> tuple[Meeting, datetime, Pair]:
    """A meeting on this day at this hour of the place, to which the person and the advisor were invited five days before."""
    starts = datetime.combine(day, time(hour), tzinfo=ZONES[country]).astimezone(UTC)
    at = starts - timedelta(days=5)
    pair = make_pair(country=country)
    meeting = plan(pair, at, starts=starts)
    actions.invite(meeting.pk, by=pair.advisor, at=at)
    Letter.objects.all().delete()
    return meeting, starts, pair


def sent(at: datetime) -> int:
    """What a worker sends at this time."""
    with time_machine.travel(at, tick=False):
        return sum(outbox.send(pk, at=at) for pk in outbox.waiting(Letter, at=at))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("country", ["SE", "NO"])
def test_case_51_the_day_before_is_a_day_of_the_place(country: str, day: date) -> None:
    """From 8 o'clock there, whatever the clock did that night, and once however often the beat rings."""
    invited(country, day)
    eight = datetime.combine(day - timedelta(days=1), time(8), tzinfo=ZONES[country]).astimezone(UTC)
    assert actions.remind(at=eight - timedelta(minutes=1)) == 0
    assert actions.remind(at=eight) == 2
    assert [actions.remind(at=eight + timedelta(minutes=15 * n)) for n in range(4)] == [0, 0, 0, 0]
    assert sent(eight) == 2


def test_case_51_after_an_outage_nothing_stale_is_sent() -> None:
    """Neither when the beat comes back on the day itself, nor when the mail server does."""
    _meeting, starts, _pair = invited("SE", date(2027, 3, 29))
    morning = starts - timedelta(hours=4)
    assert actions.remind(at=morning) == 0
    late, starts, _pair = invited("SE", date(2027, 4, 13), hour=0)
    assert actions.remind(at=starts - timedelta(hours=3)) == 2, "late, and still the day before"
    assert sent(starts + timedelta(minutes=10)) == 0
    assert late.parties.filter(reminded_at=None).count() == 0


def test_nobody_is_reminded_who_said_no_was_just_invited_or_of_what_is_called_off() -> None:
    meeting, starts, pair = invited("SE", date(2027, 3, 29))
    person = meeting.parties.get(kind="person")
    actions.answer_invitation(person.pk, False, by=pair.jobseeker, at=starts - timedelta(days=4))
    day_before = starts - timedelta(days=1)
    assert actions.remind(at=day_before) == 1
    with time_machine.travel(day_before, tick=False):
        actions.cancel_meeting(meeting.pk, by=pair.advisor, at=day_before)
    assert not Letter.objects.filter(kind="meeting_reminder", done_at=None).exists()
    other = make_pair()
    late = plan(other, day_before - timedelta(hours=1), starts=starts)
    actions.invite(late.pk, by=other.advisor, at=day_before)
    assert actions.remind(at=day_before + timedelta(hours=2)) == 0


def test_a_new_time_has_its_own_reminder() -> None:
    meeting, starts, pair = invited("SE", date(2027, 3, 29))
    assert actions.remind(at=starts - timedelta(days=1)) == 2
    actions.change_meeting(meeting.pk, terms(starts + timedelta(days=2)), by=pair.advisor, at=starts - timedelta(hours=20))
    assert actions.remind(at=starts + timedelta(days=1)) == 2


@pytest.mark.usefixtures("frozen")
def test_the_task_asks_the_clock(now: datetime) -> None:
    pair = make_pair()
    meeting = plan(pair, now, starts=now + timedelta(days=1, hours=2))
    actions.invite(meeting.pk, by=pair.advisor, at=now)
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        tasks.remind_of_meetings()
    assert not Letter.objects.filter(kind="meeting_reminder").exists()


@pytest.mark.usefixtures("frozen")
class TestLeaving:
    """A person deletes what is kept of them."""

    @pytest.fixture
    def whole(self, now: datetime) -> Gathered:
        whole = gather(now)
        whole.invite(now)
        actions.add_note(whole.meeting.pk, "note", "kanarieord", {whole.person.pk}, by=whole.advisor, at=now)
        actions.add_task(whole.meeting.pk, whole.person.pk, "kanariegöra", now.date(), by=whole.advisor, at=now)
        return whole

    def test_case_38_nothing_of_a_persons_meetings_is_left(self, whole: Gathered, now: datetime) -> None:
        sent(now)
        mail.outbox.clear()
        emails = whole.emails
        matching.erase(whole.profile.pk, by=whole.pair.jobseeker, at=now)
        carry_facts()
        assert not Note.objects.exists()
        assert not MeetingTask.objects.exists()
        assert Meeting.objects.get().place == ""
        assert sent(now) >= 3
        cancelled = {to for message in mail.outbox if message.attachments for to in message.to}
        assert cancelled == {emails["agency"], emails["employer"], emails["advisor"]}
        assert actions.forget_left(at=now) == 1
        assert not Meeting.objects.exists()
        assert not Party.objects.exists()
        assert not Letter.objects.filter(kind__startswith="meeting_").exists()

    def test_case_38_who_works_for_an_employer_as_well_has_no_letter_left_about_a_meeting(self, whole: Gathered, now: datetime) -> None:
        """Their account stays, and nothing in it says that they looked for work."""
        user_id = whole.pair.jobseeker.user_id
        MembershipFactory(user=whole.profile.user, kind="employer", employer_id=whole.pair.employer.pk)
        sent(now)
        assert Letter.objects.filter(reader_id=user_id, kind__startswith="meeting_").exists()
        matching.erase(whole.profile.pk, by=whole.pair.jobseeker, at=now)
        carry_facts()
        assert not Letter.objects.filter(reader_id=user_id, kind__startswith="meeting_").exists()
        assert not Party.objects.filter(user_id=user_id).exists()

    def test_who_pauses_keeps_their_meetings(self, whole: Gathered, now: datetime) -> None:
        people.pause(whole.profile.pk, by=whole.pair.jobseeker, at=now)
        carry_facts()
        assert Meeting.objects.get().state == "invited"
        assert Note.objects.exists()

    def test_case_41_the_copy_holds_the_meetings(self, whole: Gathered, now: datetime) -> None:
        actions.add_note(whole.meeting.pk, "note", "för andra", {whole.agency.pk}, by=whole.advisor, at=now)
        [meeting] = exports.whole(whole.profile, now)["meetings"]
        text = str(meeting)
        assert {word for word in ("kanarieord", "kanariegöra", "Petra Nyström", "Storgatan 4") if word not in text} == set()
        assert "för andra" not in text

    def test_another_advisor_takes_the_meeting_over(self, whole: Gathered, now: datetime) -> None:
        sent(now)
        new = MembershipFactory(advisor=True, team=whole.profile.team)
        whole.profile.advisor = new.user
        whole.profile.save()
        assert actions.follow_advisor(whole.profile.pk, at=timezone.now()) == 1
        assert set(Party.objects.invited().filter(kind="advisor").values_list("user_id", flat=True)) == {new.user_id}
        assert sent(now) == 2, "one out, one in"
        assert actions.follow_advisor(whole.profile.pk, at=timezone.now()) == 0
