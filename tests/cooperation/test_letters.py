"""Letters and calendars of a meeting say when and where: no name, no purpose, no need, nothing that was written about anybody."""

from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage, Message
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from icalendar import Calendar

from accounts.models import User
from cooperation import access, actions
from cooperation.documents import calendar_of
from cooperation.models import Meeting
from jobseekers.models import PrivateNote
from outbox import actions as outbox
from outbox.models import Letter
from tests.factories.matching import make_pair
from tests.factories.meetings import CLINIC, PLACE, Gathered, gather, plan, terms
from tests.portal.canary import LAST, MAIL, NAME, NEED, NEED_LABEL, NOTE, PHONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SUBJECT = {"sv": "Möte", "nb": "Møte", "en": "Meeting"}


def sent(at: datetime) -> list[Any]:
    """The messages of what waits, as they left."""
    mail.outbox.clear()
    for letter in Letter.objects.due(at).filter(kind__startswith="meeting_"):
        outbox.send(str(letter.pk), at=at)
    return list(mail.outbox)


def entry_of(message: Any) -> str:
    return str(message.attachments[0].content)


def event_of(text: str) -> Any:
    return Calendar.from_ical(text).walk("VEVENT")[0]


def carries_calendar(message: EmailMessage | Message) -> list[str]:
    return [part["Content-Type"] for part in message.walk() if part.get_content_type() == "text/calendar"]


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_each_letter_in_each_language_names_nobody(now: datetime, language: str) -> None:
    """A person with unmistakable words, an employer, a clinic, a need, a note, a posting: none of it leaves, in any letter or entry."""
    pair = make_pair(needs={NEED: "must"}, words="kanariens egna ord")
    User.objects.update(language=language)
    PrivateNote.objects.create(profile=pair.profile, sealed={"words": NOTE}, changed_at=now)
    user = pair.profile.user
    user.first_name, user.last_name, user.phone, user.email = NAME, LAST, PHONE, MAIL
    user.save()
    pair.profile.refresh_from_db()
    whole = gather(now, pair=pair)
    whole.invite(now)
    actions.add_note(whole.meeting.pk, "note", "hemlig anteckning", {whole.agency.pk}, by=whole.advisor, at=now)
    letters = sent(now)
    actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=1)), by=whole.advisor, at=now)
    letters += sent(now)
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        actions.remind(at=now + timedelta(hours=1))
    actions.cancel_meeting(whole.meeting.pk, by=whole.advisor, at=now)
    letters += sent(now)
    about = [one for one in letters if one.attachments]
    assert len(about) == 3 * 4
    forbidden = [
        NAME,
        LAST,
        PHONE,
        NOTE,
        NEED,
        NEED_LABEL,
        pair.employer.name,
        pair.posting.title,
        "hemlig anteckning",
        "kanariens egna ord",
    ]
    forbidden += [CLINIC["name"], CLINIC["agency"], "flerparts", "SIP", "nästa steg", "Vem gör vad", pair.profile.advisor_name]
    for message in letters:
        said = [str(message.subject), str(message.body), str(message.alternatives[0].content)]
        said += [entry_of(message)] if message.attachments else []
        assert [word for word in forbidden if word in "\n".join(said).replace(MAIL, "")] == [], message.subject
    assert {one.subject for one in about} == {SUBJECT[language], SUBJECT["sv"]}, "the professional reads Swedish"


def test_a_calendar_entry_stays_the_same_through_changes(now: datetime) -> None:
    whole = gather(now)
    whole.invite(now)
    first = sent(now)
    actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=3), place="Hamngatan 1"), by=whole.advisor, at=now)
    second = sent(now)
    actions.cancel_meeting(whole.meeting.pk, by=whole.advisor, at=now)
    third = sent(now)
    told = [[event_of(entry_of(one)) for one in letters if one.to == ["petra@example.com"]] for letters in (first, second, third)]
    [[asked], [moved], [gone]] = told
    assert asked["uid"] == moved["uid"] == gone["uid"] == f"{whole.meeting.pk}@ingang"
    assert [int(one["sequence"]) for one in (asked, moved, gone)] == [0, 1, 2]
    assert [str(one["status"]) for one in (asked, moved, gone)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert (str(asked["location"]), str(moved["location"]), gone.get("location")) == (PLACE, "Hamngatan 1", None)
    methods = [Calendar.from_ical(entry_of(one))["method"] for letters in (first, second, third) for one in letters if one.attachments]
    assert methods == ["REQUEST"] * 8 + ["CANCEL"] * 4
    assert str(asked["summary"]) == "Möte"


def test_an_entry_names_its_reader_alone_and_mail_programs_find_it(now: datetime) -> None:
    whole = gather(now)
    whole.invite(now)
    for message in sent(now):
        if not message.attachments:
            continue
        event = event_of(entry_of(message))
        assert str(event["attendee"]) == f"mailto:{message.to[0]}"
        assert NAME not in str(event["organizer"])
        [kind] = carries_calendar(message.message())
        assert 'method="REQUEST"' in kind
        assert ("url" in event) == (message.to != ["petra@example.com"]), "a signed link stays out of calendars"
        if "url" in event:
            assert str(event["url"]).endswith(f"/meetings/{whole.meeting.pk}/")


def test_a_professional_gets_time_place_a_number_and_the_own_link(now: datetime) -> None:
    whole = gather(now)
    whole.invite(now)
    [letter] = [one for one in sent(now) if one.to == ["petra@example.com"]]
    for words in (PLACE, "3 december 2026", "10:30–11:30", whole.profile.advisor.phone, access.link_of(whole.again(whole.agency))):
        assert words in letter.body
        assert words in letter.alternatives[0].content
    assert "account/" not in letter.body


@pytest.mark.parametrize(("country", "zone"), [("SE", "Europe/Stockholm"), ("NO", "Europe/Oslo")])
@pytest.mark.parametrize("day", [date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31), date(2028, 2, 29)])
def test_case_51_an_entry_has_the_hour_of_the_place_on_both_sides_of_a_change(country: str, zone: str, day: date) -> None:
    """By the rules of the zone that the file itself brings: 9 o'clock there, and the right moment of the world."""
    at = datetime(2027, 1, 10, 12, tzinfo=UTC) if day.year == 2027 else datetime(2028, 2, 1, 12, tzinfo=UTC)
    starts = datetime.combine(day, time(9), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    meeting = plan(make_pair(country=country), at, starts=starts)
    text = calendar_of(Meeting.objects.get(pk=meeting.pk), at=at)
    assert f"DTSTART;TZID={zone}:{day:%Y%m%d}T090000" in text
    assert f"TZID:{zone}" in text
    rules = Calendar.from_ical(text).walk("VTIMEZONE")[0].to_tz()
    assert datetime.combine(day, time(9)).replace(tzinfo=rules).astimezone(UTC) == starts


def test_an_entry_that_lasts_over_the_change_is_as_long_as_it_is() -> None:
    at = datetime(2027, 10, 1, tzinfo=UTC)
    starts = datetime(2027, 10, 30, 23, 30, tzinfo=UTC)  # 01:30 in summer time, and the hour from 2 to 3 comes twice
    pair = make_pair()
    meeting = actions.plan_meeting(pair.profile.pk, terms(starts, minutes=120), type="se_plan", purpose="meet", by=pair.advisor, at=at)
    event = event_of(calendar_of(meeting, at=at))
    assert (event.decoded("duration"), event.get("dtend")) == (timedelta(hours=2), None), "half past two would be the first one"


def test_a_letter_about_a_meeting_that_is_over_is_not_sent(now: datetime) -> None:
    whole: Gathered = gather(now)
    whole.invite(now)
    with time_machine.travel(whole.meeting.ends, tick=False):
        assert [one for one in sent(whole.meeting.ends) if one.attachments] == []
