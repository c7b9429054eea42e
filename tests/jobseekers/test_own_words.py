"""Own words about needs: read once, answered in the same response, and forgotten. Only what is picked is kept."""

import json
import logging
import sqlite3
from contextlib import closing
from datetime import datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import Event, Read
from jobseekers import actions
from jobseekers.models import NeedsRecord
from jobseekers.states import Refused
from portal.models import Draft
from taxonomy.encoders import EncoderUnavailable
from tests.factories.accounts import MembershipFactory
from tests.jobseekers.conftest import People, SignedIn

CANARY = "kanariefågel"
WORDS = f"Jag heter {CANARY}. Jag kan inte gå i trappor och blir trött av ljud."
PAGE = {language: f"/{language}/me/needs/" for language in ("sv", "nb", "en")}
AN_HOUR = 3601


def told(client: Client, words: str, language: str = "sv") -> BeautifulSoup:
    answer = client.post(PAGE[language], {"own_words": words, "look": "1"})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def codes(page: BeautifulSoup) -> list[str]:
    return [str(box["value"]) for box in page.select("input[name=pick]")]


@pytest.mark.parametrize(
    ("language", "words", "question"),
    [
        ("sv", "Jag kan inte gå i trappor", "Menade du …?"),
        ("nb", "Jeg kan ikke gå i trapper", "Mente du …?"),
        ("en", "I cannot climb stairs", "Did you mean …?"),
    ],
)
def test_words_in_three_languages_become_a_question(people: People, signed_in: SignedIn, language: str, words: str, question: str) -> None:
    page = told(signed_in(people.seeking), words, language)
    assert codes(page)[0] == "acc.step_free"
    assert question in page.get_text()
    assert page.select_one("input[name=pick][checked]") is None
    for box in page.select("input[name=pick]"):
        assert page.select_one(f'label[for="{box["id"]}"]') is not None


def test_only_what_is_picked_is_kept(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.seeking)
    found = codes(told(client, WORDS))
    assert {"acc.step_free", "sens.quiet"} <= set(found)
    before = NeedsRecord.objects.get().needs
    answer = client.post(PAGE["sv"], {"pick": ["acc.step_free"], "keep": "must"})
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE["sv"])
    needs = NeedsRecord.objects.get().needs
    assert needs == {**before, "acc.step_free": {"importance": "must", "parameter": "", "stated_by": "self"}}
    assert Event.objects.filter(what="needs_saved").count() == 1


def test_what_is_answered_is_said_and_a_pick_changes_only_that(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.seeking)
    assert "Du har svarat: hjälper mig" in told(client, "Jag blir trött av ljud").get_text()
    client.post(PAGE["sv"], {"pick": ["sens.quiet"], "keep": "must"})
    assert NeedsRecord.objects.get().needs["sens.quiet"]["importance"] == "must"
    assert NeedsRecord.objects.get().needs["phys.no_heavy_lifting"]["importance"] == "must"


@pytest.mark.parametrize(
    "sent", [{"pick": ["no.such"], "keep": "must"}, {"pick": ["sens.quiet"], "keep": "none"}, {"pick": ["sens.quiet"], "keep": ""}]
)
def test_what_is_no_code_or_no_wish_is_refused(people: People, signed_in: SignedIn, sent: dict[str, Any]) -> None:
    before = NeedsRecord.objects.get().sealed
    assert signed_in(people.seeking).post(PAGE["sv"], sent).status_code == 409
    assert NeedsRecord.objects.get().sealed == before


def test_nothing_picked_changes_nothing(people: People, signed_in: SignedIn) -> None:
    assert signed_in(people.seeking).post(PAGE["sv"], {"keep": "must"}).status_code == 303
    assert not Event.objects.filter(what="needs_saved").exists()


def test_nobody_else_adds_a_need(people: People, now: datetime) -> None:
    with pytest.raises(Refused):
        actions.add_needs(people.profile.pk, ["sens.quiet"], "must", by=people.advisor, at=now)


@pytest.mark.parametrize("words", ["hej", "🙂🙂", "?!", "xqzv"])
def test_nothing_near_is_said_and_leads_on(people: People, signed_in: SignedIn, words: str) -> None:
    page = told(signed_in(people.seeking), words)
    assert codes(page) == []
    assert "Vi hittade inget liknande." in page.get_text()


def test_case_66_a_megabyte_of_own_words_gets_a_sentence(people: People, signed_in: SignedIn) -> None:
    page = told(signed_in(people.seeking), "trappor " * 120_000)
    assert "högst 1 000 tecken" in page.get_text().replace("\xa0", " ")
    assert codes(page) == []


def test_without_an_encoder_the_page_stays_calm(people: People, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def rests(*_args: Any, **_given: Any) -> None:
        raise EncoderUnavailable("no weights")

    monkeypatch.setattr("taxonomy.linker.link_need", rests)
    assert "Ord kan inte läsas just nu." in told(signed_in(people.seeking), "trappor").get_text()


def test_case_18_own_words_are_nowhere_afterwards(people: People, signed_in: SignedIn, caplog: pytest.LogCaptureFixture) -> None:
    """Not in a log, a row, a session, the cache or an address; the response that answers them is the last to hold them."""
    caplog.set_level(logging.DEBUG)
    client = signed_in(people.seeking)
    assert CANARY in str(told(client, WORDS))
    led = client.post(PAGE["sv"], {"pick": ["acc.step_free"], "keep": "helps"})
    kept = {"log": caplog.text, "address": led.headers["Location"], "page": client.get(PAGE["sv"]).content.decode()}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (names of our own tables)
            kept[table] = str(cursor.fetchall())
    kept["sessions"] = json.dumps([session.get_decoded() for session in Session.objects.all()], default=str)
    with closing(sqlite3.connect(settings.CACHES["default"]["LOCATION"])) as held:
        entries = held.execute("SELECT value FROM entries WHERE value IS NOT NULL")
        kept["cache"] = " ".join(value.decode(errors="replace") for (value,) in entries)
    kept["needs"] = json.dumps(NeedsRecord.objects.get().sealed)
    assert len(kept["jobseekers_profile"]) > 2
    assert [place for place, content in kept.items() if CANARY in content] == []


def test_case_18_a_session_that_ends_keeps_no_own_words(people: People, signed_in: SignedIn, frozen: time_machine.Traveller) -> None:
    client = signed_in(people.seeking)
    client.get(PAGE["sv"])
    frozen.shift(AN_HOUR)
    answer = client.post(PAGE["sv"], {"own_words": WORDS, "look": "1", "pick": ["sens.quiet"]})
    assert answer.status_code == 302
    assert CANARY not in answer.headers["Location"]
    assert not Draft.objects.exists()


def test_own_words_go_by_post_and_are_not_to_be_stored(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.seeking)
    page = BeautifulSoup(client.get(f"{reverse('my_needs')}?own_words={CANARY}").content, "html.parser")
    assert CANARY not in page.select_one("main").get_text()  # type: ignore[union-attr] # it is there
    form = page.select_one("form:has(textarea[name=own_words])")
    assert form is not None
    assert (form["method"], form["autocomplete"]) == ("post", "off")
    answer = client.post(PAGE["sv"], {"own_words": WORDS})
    assert "no-store" in answer.headers.get("Cache-Control", "")


def of_person(people: People, language: str = "sv") -> str:
    return f"/{language}/advisor/people/{people.profile.pk}/needs/"


@pytest.mark.parametrize(
    ("language", "words", "heading"),
    [
        ("sv", "Jag kan inte gå i trappor", "Säg det med personens egna ord"),
        ("nb", "Jeg kan ikke gå i trapper", "Si det med personens egne ord"),
        ("en", "I cannot climb stairs", "Say it in the person's own words"),
    ],
)
def test_the_advisor_has_the_same_box_and_is_asked_how_it_was_told(
    people: People, signed_in: SignedIn, language: str, words: str, heading: str
) -> None:
    answer = signed_in(people.advising).post(of_person(people, language), {"own_words": words, "look": "1"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert codes(page)[0] == "acc.step_free"
    assert heading in page.get_text()
    assert page.select_one("form:has(input[name=pick]) input[name=channel]") is not None
    assert page.select_one("input[name=pick][checked], input[name=channel][checked], input[name=why][checked]") is None
    assert "no-store" in answer.headers.get("Cache-Control", "")


def test_what_the_advisor_keeps_is_theirs_to_state_and_the_look_is_logged(people: People, signed_in: SignedIn) -> None:
    client, address = signed_in(people.advising), of_person(people)
    sent = {"pick": ["acc.step_free"], "keep": "must"}
    again = client.post(address, sent)
    page = BeautifulSoup(again.content, "html.parser")
    assert again.status_code == 200
    assert [str(box["value"]) for box in page.select("input[name=pick][checked]")] == ["acc.step_free"]
    assert page.select_one(".ds-error-summary") is not None
    assert "acc.step_free" not in NeedsRecord.objects.get().needs
    led = client.post(address, {**sent, "channel": "phone", "why": "asked"})
    assert (led.status_code, led.headers["Location"]) == (303, f"{address}?channel=phone&why=asked")
    assert NeedsRecord.objects.get().needs["acc.step_free"] == {"importance": "must", "parameter": "", "stated_by": "advisor"}
    event = Event.objects.get(what="needs_saved")
    assert (event.channel, event.why) == ("phone", "asked")
    assert Read.objects.filter(profile_id=people.profile.pk, page="needs").count() == 1


def test_only_the_own_advisor_has_the_page_and_its_words_are_forgotten(
    people: People, signed_in: SignedIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = signed_in(people.advising)
    assert CANARY in client.post(of_person(people), {"own_words": WORDS, "look": "1"}).content.decode()
    assert CANARY not in caplog.text + client.get(of_person(people)).content.decode()
    assert not Draft.objects.exists()
    for other in (people.coordinating, MembershipFactory(advisor=True)):
        assert signed_in(other).post(of_person(people), {"own_words": WORDS, "look": "1"}).status_code in {403, 404}
