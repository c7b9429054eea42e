"""Every page of the app opens for the one it is for, in three languages, and saves what it says it saves."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from audit.models import Event, Read
from jobseekers.models import NeedsRecord, PrivateNote, Profile, ProfileSkill
from jobseekers.states import BLOCKS
from taxonomy.encoders import EncoderUnavailable
from taxonomy.linker import Link
from taxonomy.models import NeedGroup
from tests.factories.jobseekers import ProfileFactory
from tests.jobseekers.conftest import People, SignedIn

TOLD = {"channel": "phone", "why": "asked"}
OWN = ["my_profile", "my_skills", "my_wishes", "my_needs", "who_has_seen", "my_data", "pause_matching", "my_settings", "join"]


@pytest.fixture(autouse=True)
def linker(monkeypatch: pytest.MonkeyPatch, words: None) -> None:
    """The linker has tests of its own; here it knows one answer per kind."""
    monkeypatch.setattr("taxonomy.linker.link", _link)


def _link(text: str, *, kind: str, limit: int) -> list[Link]:
    key, label = ("cook", "Laga mat") if kind == "skill" else ("gardener", "Trädgårdsarbetare")
    return [Link(key, 0.9, exact=False, sure=False, label=label, language="sv")]


def _get(client: Client, name: str, *args: Any) -> HttpResponse:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, args)
    return answer


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_every_own_page_opens(people: People, signed_in: SignedIn, language: str) -> None:
    client = signed_in(people.seeking)
    with translation.override(language):
        for name in OWN:
            _get(client, name)
        for block in BLOCKS:
            _get(client, "my_block", block)
        for group in NeedGroup.values:
            _get(client, "my_need_group", group)


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_every_page_of_staff_opens(people: People, signed_in: SignedIn, language: str) -> None:
    client, pk = signed_in(people.advising), people.profile.pk
    with translation.override(language):
        for name in ("people", "enrol"):
            _get(client, name)
        for name in ("person", "person_skills", "person_wishes"):
            _get(client, name, pk)
        for block in BLOCKS:
            _get(client, "person_block", pk, block)
        for group in NeedGroup.values:
            _get(client, "person_need_group", pk, group)
        coordinator = signed_in(people.coordinating)
        for name in ("team_home", "caseload", "transfers", "overrides"):
            _get(coordinator, name)
        _get(coordinator, "transfer", pk)


def test_a_block_is_saved_and_the_next_one_follows(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.seeking)
    answer = client.post("/sv/me/profile/hours/", {"hours_now": "12", "hours_goal": "25"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sv/me/profile/times/")
    leaving = client.post("/sv/me/profile/times/", {"times": ["day", "weekend"], "leave": "1"})
    assert leaving.headers["Location"] == "/sv/me/profile/"
    client.post("/sv/me/profile/languages/", {"code_0": "so", "level_0": "C2", "code_2": "sv", "level_2": "A2"})
    saved = Profile.objects.get()
    assert (saved.hours_now, saved.hours_goal, saved.times) == (12, 25, ["day", "weekend"])
    assert saved.languages == [{"code": "so", "level": "C2"}, {"code": "sv", "level": "A2"}]


def test_a_skill_is_found_confirmed_and_removed(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.seeking)
    found = client.post("/sv/me/skills/", {"q": "laga mat hemma", "find": "1"})
    assert "Laga mat" in found.content.decode()
    assert not ProfileSkill.objects.exists()
    assert client.post("/sv/me/skills/", {"add": "cook"}).status_code == 303
    assert ProfileSkill.objects.get().source == "self"
    client.post("/sv/me/skills/", {"remove": "cook"})
    assert not ProfileSkill.objects.exists()


def test_a_word_that_is_no_skill_is_not_added(people: People, signed_in: SignedIn) -> None:
    assert signed_in(people.seeking).post("/sv/me/skills/", {"add": "gardener"}).status_code == 409
    assert not ProfileSkill.objects.exists()


def test_without_an_encoder_the_page_stays_calm(people: People, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def resting(*_: Any, **__: Any) -> list[Link]:
        raise EncoderUnavailable("no weights")

    monkeypatch.setattr("taxonomy.linker.link", resting)
    answer = signed_in(people.seeking).post("/sv/me/skills/", {"q": "laga mat", "find": "1"})
    assert answer.status_code == 200
    assert 'role="status"' in answer.content.decode()


def test_needs_are_saved_with_what_stands_beside_and_a_day(people: People, signed_in: SignedIn, frozen: object, now: datetime) -> None:
    sent = {"phys.no_heavy_lifting": "must", "phys.no_heavy_lifting:parameter": "10", "phys.sit_stand": "none", "again": "m3"}
    answer = signed_in(people.seeking).post("/sv/me/needs/phys/", sent)
    assert answer.headers["Location"] == "/sv/me/needs/acc/"
    sealed = NeedsRecord.objects.get().sealed
    assert sealed["needs"]["phys.no_heavy_lifting"] == {"importance": "must", "parameter": "10", "stated_by": "self"}
    assert sealed["needs"]["phys.sit_stand"]["importance"] == "none"
    assert sealed["needs"]["sens.quiet"]["importance"] == "helps"
    assert sealed["review_on"]["phys"] == "2027-02-24"


def test_a_day_to_look_again_stays_until_another_is_chosen(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.seeking)
    client.post("/sv/me/needs/phys/", {"phys.sit_stand": "must", "again": "m6"})
    first = NeedsRecord.objects.get().sealed["review_on"]["phys"]
    client.post("/sv/me/needs/phys/", {"phys.sit_stand": "helps"})
    assert NeedsRecord.objects.get().sealed["review_on"]["phys"] == first
    client.post("/sv/me/needs/phys/", {"phys.sit_stand": "helps", "again": "no"})
    assert NeedsRecord.objects.get().sealed["review_on"]["phys"] == ""


def test_what_stands_beside_a_need_that_is_not_there_is_never_wrong(people: People, signed_in: SignedIn) -> None:
    sent = {"phys.no_heavy_lifting": "none", "phys.no_heavy_lifting:parameter": "abc"}
    assert signed_in(people.seeking).post("/sv/me/needs/phys/", sent).status_code == 303
    assert NeedsRecord.objects.get().needs["phys.no_heavy_lifting"]["parameter"] == ""


def test_nothing_is_chosen_beforehand(people: People, signed_in: SignedIn) -> None:
    fresh = ProfileFactory(advised_by=people.advising)
    page = signed_in(people.advising).get(reverse("person_need_group", args=[fresh.pk, "phys"])).content.decode()
    assert "checked" not in page


def test_pausing_takes_two_steps(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.seeking)
    client.get("/sv/me/data/pause/")
    assert not Profile.objects.get().paused
    client.post("/sv/me/data/pause/")
    assert Profile.objects.get().paused
    client.post("/sv/me/data/pause/")
    assert not Profile.objects.get().paused


def test_the_copy_holds_everything_and_is_noted(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.seeking)
    assert client.get("/sv/me/data/copy/").status_code == 405
    answer = client.post("/sv/me/data/copy/")
    held = answer.json()
    assert held["account"]["email"] == people.profile.user.email
    assert {one["code"] for group in held["needs"] for one in group["answers"]} == {
        "phys.no_heavy_lifting",
        "sens.quiet",
        "time.extra_breaks",
    }
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ingang.json"'
    assert Event.objects.filter(what="data_copied").count() == 1


def test_settings_change_the_language_of_letters(people: People, signed_in: SignedIn) -> None:
    signed_in(people.seeking).post("/sv/me/settings/", {"language": "nb", "phone": "+47 22 33 44 55"})
    people.profile.user.refresh_from_db()
    assert (people.profile.user.language, people.profile.user.phone) == ("nb", "+47 22 33 44 55")


def test_the_advisor_writes_a_note_and_moves_the_stage(people: People, signed_in: SignedIn) -> None:
    client, pk = signed_in(people.advising), people.profile.pk
    client.post(reverse("person", args=[pk]), {"words": "Vill börja med djur."})
    assert PrivateNote.objects.get().sealed["words"] == "Vill börja med djur."
    client.post(reverse("person_stage", args=[pk]), {"stage": "searching"})
    assert Profile.objects.get().stage == "searching"
    client.post(reverse("person_stage", args=[pk]), {"stage": "nowhere"})
    assert Profile.objects.get().stage == "searching"


def test_on_behalf_needs_a_channel_and_carries_it_on(people: People, signed_in: SignedIn) -> None:
    client, address = signed_in(people.advising), reverse("person_need_group", args=[people.profile.pk, "phys"])
    without = client.post(address, {"phys.sit_stand": "must"})
    assert without.status_code == 200
    assert "checked" in without.content.decode()
    assert "phys.sit_stand" not in NeedsRecord.objects.get().needs
    given = client.post(address, {"phys.sit_stand": "must", **TOLD})
    assert given.headers["Location"].endswith("/needs/acc/?channel=phone&why=asked")
    event = Event.objects.get(what="needs_saved")
    assert (event.channel, event.why, event.role) == ("phone", "asked", "advisor")
    assert NeedsRecord.objects.get().needs["phys.sit_stand"]["stated_by"] == "advisor"
    shown = signed_in(people.seeking).get("/sv/me/seen/").content.decode()
    assert people.advisor.name in shown


def test_the_person_sees_who_has_looked(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.advising)
    client.get(reverse("people"))
    client.get(reverse("person", args=[people.profile.pk]))
    assert set(Read.objects.values_list("page", "profile_id")) == {("people", people.profile.pk), ("person", people.profile.pk)}
    page = signed_in(people.seeking).get("/sv/me/seen/").content.decode()
    assert people.advisor.name in page
    assert people.advisor.agency in page


def test_the_code_is_shown_once(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.advising)
    assert client.get(reverse("make_code")).status_code == 405
    page = client.post(reverse("make_code")).content.decode()
    assert 'class="nowrap"' in page


def test_a_coordinator_transfers_and_grants(people: People, signed_in: SignedIn, now: datetime) -> None:
    other = ProfileFactory(advised_by__team=people.advising.team).advisor
    client = signed_in(people.coordinating)
    client.post(reverse("transfer", args=[people.profile.pk]), {"to": other.pk, "handover": "Ring på förmiddagen."})
    people.profile.refresh_from_db()
    assert people.profile.advisor_id == other.pk
    until = (localdate() + timedelta(days=30)).isoformat()
    client.post("/sv/team/overrides/", {"advisor_id": other.pk, "extra": "2", "grounds": "Kollega sjuk", "until": until})
    assert "Kollega sjuk" in client.get("/sv/team/overrides/").content.decode()
