"""Somebody saved first: the page comes back with 409, keeps what was typed, says what it says now, and a second send is meant."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Read
from jobseekers import actions
from jobseekers.models import NeedsRecord, PrivateNote, Profile
from tests.factories.pages import told, version_on
from tests.jobseekers.conftest import People, SignedIn

BY_PHONE = {"channel": "phone", "why": "asked"}


@pytest.fixture
def person(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.seeking)


def _save(people: People, now: datetime, block: str, **values: Any) -> None:
    actions.save_profile(people.profile.pk, block, values, by=people.advisor, at=now, channel="phone")


def _needs(people: People, now: datetime, answers: dict[str, tuple[str, str]]) -> None:
    actions.save_needs(people.profile.pk, "phys", answers, by=people.advisor, at=now, channel="phone")


def test_a_block_that_somebody_changed_meanwhile(people: People, person: Client, now: datetime) -> None:
    path = "/sv/me/profile/words/"
    read = version_on(person.get(path))
    _save(people, now, "words", words="Rådgivaren skrev <så>.")
    answer = person.post(path, {"words": "Jag gillar djur.", "version": read})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Någon har ändrat det här" in page
    assert "<title>Ändrat: " in page
    assert told(answer) == {"Berätta med egna ord vad du tycker om och kan": "Rådgivaren skrev <så>."}
    assert "Jag gillar djur.</textarea>" in page
    assert Profile.objects.get().words == "Rådgivaren skrev <så>."
    again = person.post(path, {"words": "Jag gillar djur.", "version": version_on(answer)})
    assert again.status_code == 303
    assert Profile.objects.get().words == "Jag gillar djur."


def test_numbers_days_and_choices_are_told_in_words(people: People, person: Client, now: datetime) -> None:
    hours, times = person.get("/sv/me/profile/hours/"), person.get("/sv/me/profile/times/")
    _save(people, now, "hours", hours_now=15, hours_goal=None, available_from=now.date())
    _save(people, now, "times", times=["day", "weekend"])
    sent = {"hours_now": "15", "hours_goal": "30", "available_from": "", "version": version_on(hours)}
    answer = person.post("/sv/me/profile/hours/", sent)
    assert list(told(answer).values()) == ["Inte besvarat", "24 november 2026"]
    answer = person.post("/sv/me/profile/times/", {"times": ["night"], "version": version_on(times)})
    assert list(told(answer).values()) == ["Dag, Helg"]


def test_the_place_and_the_languages_are_told_in_words(people: People, person: Client, now: datetime) -> None:
    place, languages = person.get("/sv/me/profile/place/"), person.get("/sv/me/profile/languages/")
    _save(people, now, "place", place=people.profile.place, travel_km=80)
    _save(people, now, "languages", languages=[{"code": "so", "level": "C2"}, {"code": "sv", "level": "A2"}])
    answer = person.post("/sv/me/profile/place/", {"place": "boras", "travel_km": "5", "version": version_on(place)})
    assert list(told(answer).values()) == ["80"]
    answer = person.post("/sv/me/profile/languages/", {"code_0": "en", "level_0": "B1", "version": version_on(languages)})
    assert list(told(answer).values()) == ["Somaliska C2, Svenska A2"]


def test_rows_of_languages_that_were_typed_stay_when_there_are_fewer_now(people: People, person: Client, now: datetime) -> None:
    spoken = [{"code": code, "level": ""} for code in ("so", "sv", "en", "ar")]
    _save(people, now, "languages", languages=spoken)
    read = version_on(person.get("/sv/me/profile/languages/"))
    _save(people, now, "languages", languages=[])
    sent = {f"code_{i}": code for i, code in enumerate(("so", "sv", "en", "ar", "ti", "fi"))}
    answer = person.post("/sv/me/profile/languages/", {**sent, "version": read})
    assert answer.status_code == 409
    assert person.post("/sv/me/profile/languages/", {**sent, "version": version_on(answer)}).status_code == 303
    assert [one["code"] for one in Profile.objects.get().languages] == list(sent.values())


def test_a_group_of_needs_that_somebody_changed_meanwhile(people: People, person: Client, now: datetime) -> None:
    path = "/sv/me/needs/phys/"
    read = version_on(person.get(path))
    _needs(people, now, {"phys.no_heavy_lifting": ("must", "10"), "phys.sit_stand": ("helps", "")})
    sent = {"phys.no_heavy_lifting": "must", "phys.no_heavy_lifting:parameter": "5", "version": read}
    answer = person.post(path, sent)
    assert answer.status_code == 409
    assert told(answer) == {"Inga tunga lyft": "Måste fungera (10 kg)", "Växla mellan att sitta och stå": "Hjälper mig"}
    page = answer.content.decode()
    assert 'value="5"' in page
    assert 'href="#phys.sit_stand"' in page
    assert NeedsRecord.objects.get().needs["phys.no_heavy_lifting"]["parameter"] == "10"
    assert person.post(path, {**sent, "version": version_on(answer)}).status_code == 303
    assert NeedsRecord.objects.get().needs["phys.no_heavy_lifting"]["parameter"] == "5"
    assert "phys.sit_stand" not in NeedsRecord.objects.get().needs


def test_the_day_to_look_again_is_part_of_a_group(people: People, person: Client, now: datetime) -> None:
    read = version_on(person.get("/sv/me/needs/phys/"))
    held = {"phys.no_heavy_lifting": ("must", "")}
    actions.save_needs(people.profile.pk, "phys", held, review_on=now.date(), by=people.person, at=now)
    sent = {"phys.no_heavy_lifting": "must", "again": "no", "version": read}
    assert list(told(person.post("/sv/me/needs/phys/", sent)).values()) == ["24 november 2026"]


def test_other_groups_and_other_blocks_are_in_nobodys_way(people: People, person: Client, now: datetime) -> None:
    group, block = version_on(person.get("/sv/me/needs/sens/")), version_on(person.get("/sv/me/profile/times/"))
    _needs(people, now, {"phys.sit_stand": ("must", "")})
    _save(people, now, "words", words="Nytt")
    assert person.post("/sv/me/needs/sens/", {"sens.quiet": "must", "version": group}).status_code == 303
    assert person.post("/sv/me/profile/times/", {"times": ["day"], "version": block}).status_code == 303


def test_on_behalf_the_advisor_is_told_and_the_look_is_logged(people: People, signed_in: SignedIn, now: datetime) -> None:
    client = signed_in(people.advising)
    for name, told_page, change, sent in (
        ("person_block", "profile", lambda: _own(people, now), {"words": "Från samtalet"}),
        ("person_need_group", "needs", lambda: _own_needs(people, now), {"phys.sit_stand": "helps"}),
    ):
        path = reverse(name, args=[people.profile.pk, "words" if name == "person_block" else "phys"])
        read = version_on(client.get(path))
        change()
        looks = Read.objects.filter(page=told_page).count()
        answer = client.post(path, {**sent, **BY_PHONE, "version": read})
        assert answer.status_code == 409
        assert told(answer)
        assert Read.objects.filter(page=told_page).count() == looks + 1
        assert 'value="phone"' in answer.content.decode()
        assert client.post(path, {**sent, **BY_PHONE, "version": version_on(answer)}).status_code == 303
    assert Profile.objects.get().words == "Från samtalet"
    assert NeedsRecord.objects.get().needs["phys.sit_stand"]["importance"] == "helps"


def _own(people: People, now: datetime) -> None:
    actions.save_profile(people.profile.pk, "words", {"words": "Egna ord"}, by=people.person, at=now)


def _own_needs(people: People, now: datetime) -> None:
    actions.save_needs(people.profile.pk, "phys", {"phys.sit_stand": ("must", "")}, by=people.person, at=now)


def test_a_note_written_in_another_window(people: People, signed_in: SignedIn, now: datetime) -> None:
    client, path = signed_in(people.advising), reverse("person", args=[people.profile.pk])
    read = version_on(client.get(path))
    actions.save_note(people.profile.pk, "Ring på måndag.", by=people.advisor, at=now)
    answer = client.post(path, {"words": "Ring på tisdag.", "version": read})
    assert answer.status_code == 409
    assert list(told(answer).values()) == ["Ring på måndag."]
    assert client.post(path, {"words": "Ring på tisdag.", "version": version_on(answer)}).status_code == 303
    assert PrivateNote.objects.get().sealed["words"] == "Ring på tisdag."


def test_settings_changed_in_another_window(people: People, person: Client, now: datetime) -> None:
    read = version_on(person.get("/sv/me/settings/"))
    actions.save_contact(by=people.person, at=now, language="nb", phone="033-17 40 01")
    answer = person.post("/sv/me/settings/", {"language": "sv", "phone": "", "version": read})
    assert answer.status_code == 409
    assert list(told(answer).values()) == ["Norsk bokmål", "033-17 40 01", "Som på min enhet", "Normal"]


def test_the_second_press_of_the_button_is_no_change(people: People, person: Client) -> None:
    sent = {"words": "Jag gillar djur.", "version": version_on(person.get("/sv/me/profile/words/"))}
    assert [person.post("/sv/me/profile/words/", sent).status_code for _ in range(2)] == [303, 303]


def test_a_mistake_on_the_way_does_not_hide_the_change(people: People, person: Client, now: datetime) -> None:
    """The page that comes back with an error still carries the version that was read."""
    path = "/sv/me/profile/hours/"
    read = version_on(person.get(path))
    _save(people, now, "hours", hours_now=15, hours_goal=None, available_from=None)
    wrong = person.post(path, {"hours_now": "tio", "version": read})
    assert (wrong.status_code, version_on(wrong)) == (200, read)
    assert person.post(path, {"hours_now": "10", "version": version_on(wrong)}).status_code == 409


@pytest.mark.parametrize("version", ["", "0" * 24, "<x>"])
def test_a_version_that_is_none_is_a_change(people: People, person: Client, version: str) -> None:
    assert person.post("/sv/me/profile/words/", {"words": "Nytt", "version": version}).status_code == 409
    assert Profile.objects.get().words == ""
