"""What is sealed stays sealed: at rest, in the log, in the outbox and in addresses; and the key can be changed."""

import io
import json
import logging
from datetime import datetime
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from accounts.fields import PADDING, pack, seal, unseal
from audit.models import Event
from jobseekers import actions
from jobseekers.actions import reseal, sealed_fields
from jobseekers.models import NeedsRecord, PrivateNote
from outbox.models import Fact
from tests.factories.jobseekers import ProfileFactory
from tests.jobseekers.conftest import People, SignedIn

pytestmark = pytest.mark.postgres
SECRET = "sens.quiet"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=("Cs",)), max_size=50),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=("Cs",)), max_size=20), inner, max_size=4)
    ),
    max_leaves=20,
)


def raw(table: str) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sealed FROM {table} ORDER BY id")  # noqa: S608 (names of our own tables)
        return [bytes(row[0]) for row in cursor.fetchall()]


@given(JSON)
def test_what_was_sealed_comes_back(value: Any) -> None:
    sealed = seal(value)
    assert unseal(sealed) == value
    assert sealed != seal(value)


@given(JSON)
def test_what_was_packed_comes_back(value: Any) -> None:
    assert unseal(pack(value)) == value


@given(st.dictionaries(st.text("abc", max_size=8), st.text("abc", max_size=8), max_size=30))
def test_the_length_does_not_tell_how_much_is_in_it(value: dict[str, str]) -> None:
    assert len(value) > 30 or len(json.dumps(value)) > PADDING or len(seal(value)) == len(seal({}))


def test_no_key_that_opens_it_stops_the_work(settings: Settings) -> None:
    sealed = seal({"a": 1})
    settings.NEEDS_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(ImproperlyConfigured):
        unseal(sealed)


def test_the_database_holds_no_code(people: People, now: datetime) -> None:
    actions.save_note(people.profile.pk, "Trivs med djur", by=people.advisor, at=now)
    for table, words in (("jobseekers_needsrecord", [SECRET, "quiet", "must", "helps"]), ("jobseekers_privatenote", ["djur"])):
        (sealed,) = raw(table)
        assert not any(word.encode() in sealed for word in words)
        assert len(sealed) >= PADDING


def test_it_cannot_be_searched(people: People) -> None:
    with pytest.raises(FieldError):
        NeedsRecord.objects.filter(sealed__contains="quiet").count()


def test_events_facts_and_addresses_do_not_tell(people: People, signed_in: SignedIn, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = signed_in(people.advising)
    sent = {"sens.quiet": "must", "again": "m3", "channel": "phone", "why": "asked"}
    answer = client.post(reverse("person_need_group", args=[people.profile.pk, "sens"]), sent)
    told = [str(row) for row in Event.objects.values_list("what", "before", "after", "why", "subject_id")]
    told += [str(row) for row in Fact.objects.values_list("name", "ids")]
    told += [
        answer.headers["Location"],
        str(dict(client.session)),
        *(record.getMessage() for record in caplog.records if record.name != "django.db.backends"),
    ]
    assert Event.objects.filter(what="needs_saved").exists()
    assert not any("quiet" in one or "must" in one for one in told)


def _use(settings: Settings, *keys: str) -> None:
    settings.NEEDS_KEYS = list(keys)


def test_rotation_seals_everything_with_the_new_key(people: People, settings: Settings, now: datetime) -> None:
    actions.save_note(people.profile.pk, "Ring på förmiddagen", by=people.advisor, at=now)
    old, new = settings.NEEDS_KEYS[0], Fernet.generate_key().decode()
    before = NeedsRecord.objects.get().sealed
    _use(settings, new, old)
    said = io.StringIO()
    call_command("rotate_needs_key", stdout=said)
    assert "jobseekers.NeedsRecord: 1" in said.getvalue()
    assert "jobseekers.PrivateNote: 1" in said.getvalue()
    _use(settings, new)
    assert NeedsRecord.objects.get().sealed == before
    assert PrivateNote.objects.get().sealed["words"] == "Ring på förmiddagen"


def test_rotation_goes_on_where_it_was_stopped(people: People, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        ProfileFactory(advised_by=people.advising, needs={"sens.quiet": "must"})
    monkeypatch.setattr("jobseekers.actions.sealing.AT_ONCE", 2)
    old, new = settings.NEEDS_KEYS[0], Fernet.generate_key().decode()
    _use(settings, new, old)
    model, field = next(pair for pair in sealed_fields() if pair[0] is NeedsRecord)
    stopped = reseal(model, field)
    assert next(stopped) == 2
    assert next(stopped) == 2
    stopped.close()
    assert sum(reseal(model, field)) == 1
    assert sum(reseal(model, field)) == 0
    _use(settings, new)
    assert len([record.needs for record in NeedsRecord.objects.all()]) == 5


def test_rotation_stops_at_a_row_that_no_key_opens(people: People, settings: Settings) -> None:
    before = raw("jobseekers_needsrecord")
    _use(settings, Fernet.generate_key().decode())
    with pytest.raises(ImproperlyConfigured):
        call_command("rotate_needs_key", stdout=io.StringIO())
    assert raw("jobseekers_needsrecord") == before


def test_every_app_is_rotated() -> None:
    assert {"jobseekers_needsrecord", "jobseekers_privatenote", "matching_suggestion"} <= {
        model._meta.db_table for model, _ in sealed_fields()
    }
