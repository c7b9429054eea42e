"""Events: a place without an account, a waiting list that moves up by itself, letters, the calendar file, and an end to names."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.models import Membership
from content import actions
from content.letters import SEAT
from content.models import EventPage, Gathering, SignUp
from content.states import Refused, Seat
from outbox import actions as outbox
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory, browser, role_of
from tests.factories.content import write

pytestmark = pytest.mark.django_db
Clock = time_machine.Traveller
SOON = timedelta(days=5)


def event_of(now: datetime, *, slug: str = "oppet-hus", **given: Any) -> EventPage:
    values = {"name": "Öppet hus", "starts_at": now + SOON, "ends_at": now + SOON + timedelta(hours=2), "place": "Torget 1, Borås", **given}
    gathering = Gathering.objects.create(**values)
    actions.tell_of_changes(gathering.pk, by=None, at=now)
    made: EventPage = write(EventPage, "Öppet hus i växthuset", slug=slug, gathering=gathering)
    return made


def come(event: EventPage, name: str, now: datetime) -> SignUp:
    return actions.sign_up(event.gathering_id, name=name, email=f"{name}@example.org", language="sv", at=now)


def deliver(at: datetime) -> list[Any]:
    """Send what is due, and return it."""
    mail.outbox.clear()
    for letter in outbox.waiting(Letter, at=at):
        outbox.send(letter, at=at)
    return mail.outbox


@pytest.fixture
def editor() -> Membership:
    found: Membership = MembershipFactory(editor=True)
    found.user.groups.add(Group.objects.get(name="Editors"))
    return found


def test_the_list_shows_what_is_to_come_with_day_and_place(client: Client, frozen: Clock, now: datetime) -> None:
    assert "Inget inbokat just nu." in client.get("/sv/events/").content.decode()
    event_of(now, step_free=True)
    event_of(now, slug="forr", starts_at=now - timedelta(days=3), ends_at=now - timedelta(days=2))
    page = client.get("/sv/events/").content.decode()
    assert "29 november 2026" in page
    assert "Torget 1, Borås" in page
    assert "/sv/events/forr/" not in page
    assert "Trappfritt hela vägen" in client.get("/sv/events/oppet-hus/").content.decode()


def test_somebody_signs_up_with_a_name_and_an_address_and_gets_a_letter(
    client: Client, frozen: time_machine.Traveller, now: datetime
) -> None:
    event_of(now)
    page = client.get("/sv/events/oppet-hus/sign-up/")
    assert set(re.findall(r'name="(\w+)"', page.content.decode().partition("<main")[2])) == {"name", "email"}
    assert not page.cookies
    answer = client.post("/sv/events/oppet-hus/sign-up/", {"name": "Elin", "email": "Elin@Example.org"}, follow=True)
    assert "Ett brev är på väg till dig." in answer.content.decode()
    (letter,) = deliver(now)
    assert letter.to == ["elin@example.org"]
    assert letter.subject == "Möte"
    assert "Du har en plats." in letter.body
    token = re.findall(r"/sv/events/seats/(\S+)/", letter.body)[0]
    assert client.get(f"/sv/events/seats/{token}/").status_code == 200
    assert SignUp.objects.get().state == Seat.PLACED, "a GET changes nothing"
    client.post(f"/sv/events/seats/{token}/")
    assert SignUp.objects.get().state == Seat.LEFT
    assert client.get("/sv/events/seats/wrong/").status_code == 404


def test_a_second_sign_up_is_answered_alike_and_takes_no_second_place(
    client: Client, frozen: time_machine.Traveller, now: datetime
) -> None:
    event_of(now)
    bodies = [
        client.post("/sv/events/oppet-hus/sign-up/", {"name": "Elin", "email": "elin@example.org"}, follow=True).content for _ in range(2)
    ]
    assert bodies[0] == bodies[1]
    assert SignUp.objects.count() == 1


def test_who_comes_is_told_that_it_is_called_off_also_when_its_page_is_gone_already(now: datetime, editor: Membership) -> None:
    event = event_of(now)
    come(event, "elin", now)
    deliver(now)
    event.unpublish()
    actions.call_off_event(event.gathering_id, by=role_of(editor), at=now)
    (letter,) = deliver(now)
    assert "Öppet hus i växthuset" in letter.body
    assert "http://testserver/sv/events/\n" in letter.body, "where the page was there is nothing"


def test_errors_say_what_to_write(client: Client, frozen: Clock, now: datetime) -> None:
    event_of(now)
    page = client.post("/sv/events/oppet-hus/sign-up/", {"name": "", "email": "elin"}).content.decode()
    assert "Fel: " in page
    assert 'value="elin"' in page


def test_the_waiting_list_moves_up_by_itself(now: datetime) -> None:
    event = event_of(now, places=1)
    first, second, third = (come(event, name, now + timedelta(minutes=n)) for n, name in enumerate(("elin", "yusuf", "maria")))
    assert [one.state for one in (first, second, third)] == [Seat.PLACED, Seat.WAITING, Seat.WAITING]
    deliver(now + timedelta(hours=1))
    actions.give_back(first.pk, at=now + timedelta(hours=2))
    actions.give_back(first.pk, at=now + timedelta(hours=2))
    states = {one.name: one.state for one in SignUp.objects.all()}
    assert states == {"elin": Seat.LEFT, "yusuf": Seat.PLACED, "maria": Seat.WAITING}
    told = deliver(now + timedelta(hours=3))
    assert [(letter.to, "En plats har blivit ledig" in letter.body) for letter in told] == [(["yusuf@example.org"], True)]


def test_more_places_let_those_who_wait_in(now: datetime) -> None:
    event = event_of(now, places=1)
    come(event, "elin", now)
    waits = come(event, "yusuf", now)
    Gathering.objects.update(places=5)
    actions.tell_of_changes(event.gathering_id, by=None, at=now)
    assert SignUp.objects.get(pk=waits.pk).state == Seat.PLACED


def test_a_reminder_comes_the_day_before_and_only_to_those_who_still_come(now: datetime) -> None:
    event = event_of(now)
    come(event, "elin", now)
    leaves = come(event, "yusuf", now)
    deliver(now)
    actions.give_back(leaves.pk, at=now)
    assert deliver(now + timedelta(days=3)) == []
    (letter,) = deliver(now + timedelta(days=4))
    assert (letter.to, letter.subject) == (["elin@example.org"], "En påminnelse")


def test_everybody_hears_of_a_new_day_and_is_reminded_of_that_one(now: datetime) -> None:
    event = event_of(now)
    come(event, "elin", now)
    deliver(now)
    Gathering.objects.update(starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=9, hours=2))
    assert actions.tell_of_changes(event.gathering_id, by=None, at=now)
    assert not actions.tell_of_changes(event.gathering_id, by=None, at=now)
    (letter,) = deliver(now)
    assert "Dagen eller platsen har ändrats." in letter.body
    assert "3 december 2026" in letter.body
    assert deliver(now + timedelta(days=4)) == []
    assert len(deliver(now + timedelta(days=8))) == 1


def test_calling_off_tells_everybody_once_and_nobody_is_reminded(now: datetime, editor: Membership) -> None:
    event = event_of(now, places=1)
    come(event, "elin", now)
    come(event, "yusuf", now)
    assert actions.call_off_event(event.gathering_id, by=role_of(editor), at=now) == 2
    assert actions.call_off_event(event.gathering_id, by=role_of(editor), at=now) == 0
    told = deliver(now + timedelta(days=5))
    assert sorted(letter.to[0] for letter in told) == ["elin@example.org", "yusuf@example.org"]
    assert all("blir inte av" in letter.body for letter in told)
    with pytest.raises(Refused):
        come(event, "maria", now)


def test_nobody_signs_up_for_what_has_begun(now: datetime) -> None:
    event = event_of(now)
    with pytest.raises(Refused):
        come(event, "elin", now + SOON + timedelta(minutes=1))


def test_the_calendar_file_has_a_uid_that_stays_and_its_time_zone(client: Client, now: datetime) -> None:
    event = event_of(now)
    twin = actions.translate(event, "nb", values={"title": "Åpent hus"})
    twin.publish(twin.save_revision())
    found = []
    for language in ("sv", "nb"):
        answer = client.get(f"/{language}/events/oppet-hus/calendar/")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        found.append(Calendar.from_ical(answer.content))
    first, second = (calendar.walk("VEVENT")[0] for calendar in found)
    assert first["UID"] == second["UID"] == f"{event.gathering.uid}@ingang"
    assert first["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert [str(zone["TZID"]) for zone in found[0].walk("VTIMEZONE")] == ["Europe/Stockholm"]
    assert first["DTSTART"].dt == event.gathering.starts_at


def test_staff_note_who_came_and_call_off_in_the_admin(now: datetime, editor: Membership) -> None:
    event = event_of(now)
    seat, other = come(event, "elin", now), come(event, "yusuf", now)
    client, where = browser(editor.user_id), f"/cms/events/{event.gathering_id}/people/"
    assert "elin@example.org" in client.get(where).content.decode()
    client.post(f"{where}save/", {"came": [str(seat.pk), "nonsense"]})
    assert {one.pk: one.came for one in SignUp.objects.all()} == {seat.pk: True, other.pk: False}
    client.post(f"{where}save/", {"call_off": "1"})
    assert Gathering.objects.get().cancelled_at is not None


def test_nobody_but_an_editor_sees_who_comes(now: datetime) -> None:
    event = event_of(now)
    where = f"/cms/events/{event.gathering_id}/people/"
    assert Client().get(where).status_code == 302
    assert browser(MembershipFactory(advisor=True).user_id).get(where).status_code == 403


def test_names_are_gone_thirty_days_after(now: datetime) -> None:
    event = event_of(now)
    come(event, "elin", now)
    actions.forget_sign_ups(at=now + SOON + timedelta(days=30))
    assert SignUp.objects.count() == 1
    actions.forget_sign_ups(at=now + SOON + timedelta(days=31))
    assert SignUp.objects.count() == 0
    assert deliver(now + timedelta(days=40)) == [], "a letter whose reader is gone is dropped"


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
@pytest.mark.parametrize("kind", ["event_signed_up", "event_waiting", "event_reminder", "event_called_off"])
def test_a_letter_says_the_same_twice_and_asks_for_no_account(now: datetime, kind: str, language: str, editor: Membership) -> None:
    event = event_of(now, places=0 if kind == "event_waiting" else None)
    actions.sign_up(event.gathering_id, name="Elin", email="elin@example.org", language=language, at=now)
    if kind == "event_called_off":
        actions.call_off_event(event.gathering_id, by=role_of(editor), at=now)
    sent = deliver(now + (timedelta(days=4) if kind == "event_reminder" else timedelta()))
    letter = sent[-1]
    html = str(letter.alternatives[0].content)
    assert "/account/" not in letter.body + html
    links = re.findall(r"http://\S+", letter.body)
    assert set(links) == set(re.findall(r'href="([^"]+)"', html))
    assert f'<html lang="{language}">' in html
    assert SEAT.unsign(links[-1].rstrip("/").rpartition("/")[2]) if kind != "event_called_off" else len(links) == 1


def test_an_editor_ticks_a_box_before_an_event_is_called_off(now: datetime, editor: Membership) -> None:
    event = event_of(now)
    client = browser(editor.user_id)
    page = client.get(reverse("gathering_people", args=[event.gathering_id])).content.decode()
    assert 'name="call_off" value="1" id="off" required' in page
    client.post(reverse("gathering_save", args=[event.gathering_id]), {})
    assert Gathering.objects.get().cancelled_at is None
    client.post(reverse("gathering_save", args=[event.gathering_id]), {"call_off": "1"})
    assert Gathering.objects.get().cancelled_at
