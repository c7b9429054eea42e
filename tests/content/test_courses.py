"""Courses: one sign-up for several meetings, who was where, who has completed, and no number under ten of where people come from."""

import re
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.models import Membership
from content import actions, queries
from content.models import CoursePage, EventPage, Gathering, Meeting, SignUp
from outbox import actions as outbox
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory, browser
from tests.factories.content import write

pytestmark = pytest.mark.django_db
Clock = time_machine.Traveller
WEEKS = (1, 2, 4)


def course_of(now: datetime, *, slug: str = "handledare", **given: Any) -> CoursePage:
    """Three meetings, the second of them at another place."""
    days = [now + timedelta(weeks=weeks) for weeks in WEEKS]
    first = {"starts_at": days[0], "ends_at": days[0] + timedelta(hours=3), "place": "Sturegatan 22"}
    gathering = Gathering.objects.create(name="Att vara handledare", **first, **given)
    for day, place in zip(days[1:], ("Växthuset i Sjöbo", "Sturegatan 22"), strict=True):
        Meeting.objects.create(gathering=gathering, starts_at=day, ends_at=day + timedelta(hours=3), place=place)
    actions.tell_of_changes(gathering.pk, by=None, at=now)
    made: CoursePage = write(CoursePage, "Att vara handledare", slug=slug, gathering=gathering)
    return made


def join(course: CoursePage, name: str, now: datetime, **given: str) -> SignUp:
    assert course.gathering
    return actions.sign_up(course.gathering.pk, name=name, email=f"{name}@example.org", language="sv", **given, at=now)


def deliver(at: datetime) -> list[Any]:
    mail.outbox.clear()
    for letter in outbox.waiting(Letter, at=at):
        outbox.send(letter, at=at)
    return mail.outbox


@pytest.fixture
def editor() -> Membership:
    found: Membership = MembershipFactory(editor=True)
    found.user.groups.add(Group.objects.get(name="Editors"))
    return found


def test_one_sign_up_is_for_all_meetings_at_all_places(client: Client, frozen: Clock, now: datetime) -> None:
    course_of(now)
    page = client.get("/sv/courses/handledare/").content.decode()
    assert "Växthuset i Sjöbo" in page
    assert 'href="/sv/courses/handledare/sign-up/"' in page
    form = client.get("/sv/courses/handledare/sign-up/").content.decode().partition("<main")[2]
    assert set(re.findall(r'name="(\w+)"', form)) == {"name", "email", "comes_from"}
    client.post("/sv/courses/handledare/sign-up/", {"name": "Elin", "email": "Elin@example.org", "comes_from": "health"})
    assert SignUp.objects.get().comes_from == "health"
    (letter,) = deliver(now)
    assert "Du har en plats." in letter.body
    assert letter.body.count("Sturegatan 22") == 2
    assert "Växthuset i Sjöbo" in letter.body
    seat = re.findall(r"/sv/events/seats/\S+", letter.body)[0]
    assert "Att vara handledare" in client.get(seat).content.decode()


def test_where_somebody_comes_from_need_not_be_said(client: Client, frozen: Clock, now: datetime) -> None:
    course_of(now)
    assert client.post("/sv/courses/handledare/sign-up/", {"name": "Elin", "email": "e@example.org", "comes_from": ""}).status_code == 303
    assert client.post("/sv/courses/handledare/sign-up/", {"name": "Yusuf", "email": "y@example.org"}).status_code == 303
    assert client.post("/sv/courses/handledare/sign-up/", {"name": "M", "email": "m@example.org", "comes_from": "moon"}).status_code == 200
    assert SignUp.objects.count() == 2


def test_each_meeting_is_an_entry_of_its_own_in_the_calendar(client: Client, now: datetime) -> None:
    course = course_of(now)
    entries = Calendar.from_ical(client.get("/sv/courses/handledare/calendar/").content).walk("VEVENT")
    assert len({str(one["UID"]) for one in entries}) == len(WEEKS)
    assert f"{course.gathering and course.gathering.uid}@ingang" in {str(one["UID"]) for one in entries}
    assert [str(one["LOCATION"]) for one in entries] == ["Sturegatan 22", "Växthuset i Sjöbo", "Sturegatan 22"]


def test_who_was_at_all_meetings_has_completed_and_hears_so_once(editor: Membership, frozen: Clock, now: datetime) -> None:
    course = course_of(now)
    everywhere, twice, marked = (join(course, name, now) for name in ("elin", "yusuf", "maria"))
    deliver(now)
    assert course.gathering
    where, numbers = f"/cms/events/{course.gathering.pk}/people/", [one.number for one in course.gathering.sittings]
    columns = {"came": [str(everywhere.pk), str(twice.pk)], f"came-{numbers[1]}": [str(everywhere.pk), str(twice.pk)]}
    browser(editor.user_id).post(f"{where}save/", {**columns, f"came-{numbers[2]}": [str(everywhere.pk)]})
    assert not SignUp.objects.exclude(completed_at=None).exists(), "the last meeting has not begun"
    frozen.move_to(now + timedelta(weeks=5))
    mail.outbox.clear()
    for _ in range(2):
        browser(editor.user_id).post(f"{where}save/", {**columns, f"came-{numbers[2]}": [str(everywhere.pk)], "done": [str(marked.pk)]})
    assert set(SignUp.objects.exclude(completed_at=None)) == {everywhere, marked}
    told = [letter for letter in deliver(now + timedelta(weeks=5)) if "gått klart" in letter.subject]
    assert sorted(letter.to[0] for letter in told) == ["elin@example.org", "maria@example.org"]
    assert all("har gått kursen Att vara handledare" in letter.body for letter in told)
    assert all("handledare" not in letter.subject for letter in told)
    assert set(SignUp.objects.get(pk=twice.pk).came_to.values_list("pk", flat=True)) == {numbers[1]}
    page = browser(editor.user_id).get(where).content.decode()
    assert page.count("checked") == 5
    assert page.count('name="done"') == 1


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_the_letter_of_completion_is_written_in_the_readers_language(
    editor: Membership, frozen: Clock, now: datetime, language: str
) -> None:
    course = course_of(now)
    assert course.gathering
    seat = actions.sign_up(course.gathering.pk, name="Elin Ek", email="elin@example.org", language=language, at=now)
    deliver(now)
    browser(editor.user_id).post(f"/cms/events/{course.gathering.pk}/people/save/", {"done": [str(seat.pk)]})
    (letter,) = deliver(now)
    assert f'<html lang="{language}">' in str(letter.alternatives[0].content)
    assert "Elin Ek" in letter.body
    assert "Elin" not in letter.subject


def test_an_event_is_not_completed(editor: Membership, frozen: Clock, now: datetime) -> None:
    gathering = Gathering.objects.create(name="Öppet hus", starts_at=now - timedelta(hours=1), ends_at=now, place="Torget")
    write(EventPage, "Öppet hus", slug="oppet", gathering=gathering)
    seat = SignUp.objects.create(gathering=gathering, name="Elin", email="e@example.org", language="sv", state="placed", at=now)
    browser(editor.user_id).post(f"/cms/events/{gathering.pk}/people/save/", {"came": [str(seat.pk)], "done": [str(seat.pk)]})
    seat.refresh_from_db()
    assert (seat.came, seat.completed_at) == (True, None)


def test_numbers_under_ten_are_not_shown_and_cannot_be_computed(editor: Membership, now: datetime) -> None:
    course = course_of(now)
    assert course.gathering
    for number in range(12):
        join(course, f"m{number}", now, comes_from="municipality")
    for number in range(11):
        join(course, f"h{number}", now, comes_from="health")
    assert queries.agencies_in(course.gathering) == [("En kommun", 12), ("Vården", 11)]
    for number in range(3):
        join(course, f"a{number}", now, comes_from="association")
    assert queries.agencies_in(course.gathering) == [("En kommun", 12)], "26 less 12 less 11 would tell the three"
    page = browser(editor.user_id).get(f"/cms/events/{course.gathering.pk}/people/").content.decode()
    assert "En kommun: 12" in page
    assert "Vården" not in page


def test_a_reminder_comes_the_day_before_each_meeting(frozen: Clock, now: datetime) -> None:
    course = course_of(now)
    join(course, "elin", now)
    deliver(now)
    days = []
    for day in range(30):
        at = now + timedelta(days=day)
        frozen.move_to(at)
        actions.remind_of_meetings(at=at)
        actions.remind_of_meetings(at=at)
        days += [(day, "Växthuset" in letter.body) for letter in deliver(at)]
    assert days == [(6, False), (13, True), (27, False)]


@pytest.mark.parametrize("hours", [4, 20])
def test_a_meeting_right_after_another_has_a_reminder_of_its_own(hours: int, frozen: Clock, now: datetime) -> None:
    course, first = course_of(now), now + timedelta(weeks=1)
    second = Meeting.objects.get(place__startswith="Växthuset")
    second.starts_at, second.ends_at = first + timedelta(hours=hours), first + timedelta(hours=hours + 1)
    second.save()
    join(course, "elin", now)
    deliver(now)
    told = []
    for hour in (0, hours):
        at = first - timedelta(days=1) + timedelta(hours=hour)
        frozen.move_to(at)
        actions.remind_of_meetings(at=at)
        told += [("Sturegatan" in letter.body, "Växthuset" in letter.body) for letter in deliver(at)]
    assert told == [(True, False), (hours == 4, True)], "each is told of the day before it, and not of another day"


def test_a_reminder_that_comes_too_late_is_not_sent(frozen: Clock, now: datetime) -> None:
    join(course_of(now), "elin", now)
    deliver(now)
    frozen.move_to(late := now + timedelta(weeks=1, hours=1))
    assert not deliver(late)


def test_names_stay_until_thirty_days_after_the_last_meeting(now: datetime) -> None:
    course = course_of(now)
    join(course, "elin", now)
    actions.forget_sign_ups(at=now + timedelta(weeks=WEEKS[-1], days=30))
    assert SignUp.objects.count() == 1
    actions.forget_sign_ups(at=now + timedelta(weeks=WEEKS[-1], days=31))
    assert SignUp.objects.count() == 0


def test_who_comes_hears_when_a_later_meeting_moves(frozen: Clock, now: datetime) -> None:
    course = course_of(now)
    assert course.gathering
    join(course, "elin", now)
    deliver(now)
    at = now + timedelta(weeks=1, days=1)
    Meeting.objects.filter(place__startswith="Växthuset").update(place="Torget 1")
    assert actions.tell_of_changes(course.gathering.pk, by=None, at=at)
    (letter,) = deliver(at)
    assert "Torget 1" in letter.body


def test_a_course_without_days_has_no_sign_up(client: Client) -> None:
    write(CoursePage, "Att läsa", slug="att-lasa")
    assert "Dagarna är inte bestämda än." in client.get("/sv/courses/att-lasa/").content.decode()
    assert client.get("/sv/courses/att-lasa/sign-up/").status_code == 404


@pytest.mark.parametrize("kind", ["events", "courses"])
def test_the_languages_lead_to_the_sign_up_of_the_translated_page(client: Client, frozen: Clock, now: datetime, kind: str) -> None:
    page: Any = course_of(now)
    if kind == "events":
        page = write(EventPage, "Öppet hus", slug="handledare", gathering=page.gathering)
    twin = actions.translate(page, "nb", values={"title": "Å være veileder", "slug": "veileder"})
    twin.publish(twin.save_revision())
    shown = client.get(f"/sv/{kind}/handledare/sign-up/").content.decode()
    assert f'href="/nb/{kind}/veileder/sign-up/"' in shown
    assert f'hreflang="nb" href="http://testserver/nb/{kind}/veileder/sign-up/"' in shown
    assert f"/nb/{kind}/handledare/" not in shown
    assert f'<a href="/en/{kind}/"' in shown, "where it is not, the section"
    for link in re.findall(rf'href="((?:http://testserver)?/\w\w/{kind}/[^"]*)"', shown):
        assert client.get(link).status_code == 200, link


def test_the_days_that_a_course_had_chosen_become_meetings_of_one_gathering(now: datetime) -> None:
    """What the migration does to the pages and drafts of before."""
    days = [
        Gathering.objects.create(name=name, starts_at=now + timedelta(days=n), ends_at=now + timedelta(days=n, hours=1), place=name)
        for n, name in enumerate(("Ett", "Två", "Tre"))
    ]
    page = write(CoursePage, "Att läsa", slug="att-lasa")
    page.meetings = days
    page.save()
    twin = actions.translate(page, "nb", values={"title": "Å lese"})
    import_module("content.migrations.0007_gather_meetings").gather(apps, None)
    for one in CoursePage.objects.filter(pk__in=[page.pk, twin.pk]):
        assert [sitting.place for sitting in one.gathering.sittings] == ["Ett", "Två", "Tre"]
        assert one.get_latest_revision_as_object().gathering == days[0]


def test_called_off_days_are_not_gathered_and_what_others_tell_of_stays_theirs(now: datetime) -> None:
    one, two, off, three = (
        Gathering.objects.create(name=name, starts_at=now + timedelta(days=n), ends_at=now + timedelta(days=n, hours=1), place=name)
        for n, name in enumerate(("Ett", "Två", "Inställt", "Tre"))
    )
    Gathering.objects.filter(pk=off.pk).update(cancelled_at=now)
    event = write(EventPage, "Öppet hus", slug="oppet-hus", gathering=one)
    for slug, days in (("att-lasa", [one, off, two]), ("att-skriva", [two, three]), ("att-rakna", [two])):
        page = write(CoursePage, slug, slug=slug)
        page.meetings = days
        page.save()
    import_module("content.migrations.0007_gather_meetings").gather(apps, None)
    told = {page.slug: [sitting.place for sitting in page.gathering.sittings] for page in CoursePage.objects.all()}
    assert told == {"att-lasa": ["Ett", "Två"], "att-skriva": ["Två", "Tre"], "att-rakna": ["Två"]}
    assert len(event.gathering.sittings) == 1
    assert len({page.gathering_id for page in CoursePage.objects.all()}) == len(told)
    for page in CoursePage.objects.all():
        assert not actions.tell_of_changes(page.gathering_id, by=None, at=now), "nothing has changed"


def test_an_editor_writes_all_meetings_in_one_form(editor: Membership, frozen: Clock, now: datetime) -> None:
    client, where = browser(editor.user_id), reverse("wagtailsnippets_content_gathering:add")
    assert 'name="more-TOTAL_FORMS"' in client.get(where).content.decode()
    count = {"more-TOTAL_FORMS": "2", "more-INITIAL_FORMS": "0", "more-MIN_NUM_FORMS": "0", "more-MAX_NUM_FORMS": "1000"}
    first = {
        "name": "Kurs",
        "starts_at": "2026-12-08 09:00",
        "ends_at": "2026-12-08 12:00",
        "place": "Torget 1",
        "places": "",
        "sign_up": "on",
    }
    second = {"more-0-starts_at": "2026-12-15 09:00", "more-0-ends_at": "2026-12-15 12:00", "more-0-place": "Sjöbo", "more-0-id": ""}
    wrong = {"more-1-starts_at": "2026-12-22 09:00", "more-1-ends_at": "2026-12-22 08:00", "more-1-place": "Sjöbo", "more-1-id": ""}
    assert client.post(where, {**count, **first, **second, **wrong}).status_code == 200
    assert client.post(where, {**count, **first, **second, **wrong, "more-1-DELETE": "1"}).status_code == 302
    made = Gathering.objects.get()
    assert [one.place for one in made.sittings] == ["Torget 1", "Sjöbo"]
    before = {**second, "more-0-starts_at": "2026-12-01 09:00", "more-0-ends_at": "2026-12-01 12:00"}
    refused = client.post(where, {**count, "more-TOTAL_FORMS": "1", **first, **before})
    assert refused.status_code == 200, "a day before the first one would have no reminder, and sign-up would not end"
    assert "Skriv träffen som kommer först här" in refused.content.decode()
    assert len(made.told["more"]) == 1, "who comes is told of changes from here"
