"""What the lists keep of a person beside the database: sealed, bound to its row, and never the reason why somebody is left out."""

from datetime import datetime
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from pytest_django.fixtures import Settings

from jobseekers.models import Profile
from matching import actions
from matching.documents import job_of
from matching.index import Lists, build, world
from matching.models import ListedPerson
from taxonomy.actions import load_needs, load_starter
from taxonomy.models import Concept
from tests.factories.employers import PostingFactory
from tests.factories.jobseekers import ProfileFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def vocabulary(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)


def _skill() -> str:
    return Concept.objects.skills().order_by("key")[0].key


def _found(skill: str) -> tuple[int, ...]:
    """Rows that lists which start now find for a posting that asks for the skill."""
    posting = PostingFactory(skills=[{"key": skill, "importance": "must"}], published=True)
    return Lists().people_for(job_of(posting), "SE", world(), most=50, seed=1).rows


def _row(**fields: object) -> ListedPerson:
    return ListedPerson.objects.get(profile=ProfileFactory(**fields))


def test_a_document_tells_nothing_without_the_key() -> None:
    row = _row(skills=[_skill()], needs={"sens.quiet": "must"}, country="SE")
    with connection.cursor() as cursor:
        cursor.execute("SELECT document FROM matching_listedperson")
        [raw] = cursor.fetchone()
    assert _skill().encode() not in bytes(raw)
    assert b"quiet" not in bytes(raw)
    [opened] = build.unseal_bytes([(row.pk, bytes(raw))])
    assert b"sens.quiet" in opened


def test_its_length_does_not_follow_one_need() -> None:
    lengths = {len(_row(needs={code: "must"}).document) for code in ("sens.quiet", "soc.not_alone", "time.reduced_hours")}
    assert len(lengths) == 1


def test_in_another_row_it_does_not_open() -> None:
    one, other = _row(needs={"sens.quiet": "must"}), _row()
    ListedPerson.objects.filter(pk=other.pk).update(document=one.document)
    with pytest.raises(ImproperlyConfigured):
        _found(_skill())


def test_another_key_leaves_nobody_out_and_is_used_from_the_next_start_on(settings: Settings) -> None:
    row = _row(skills=[_skill()])
    before, old = bytes(row.document), settings.NEEDS_KEYS[0]
    settings.NEEDS_KEYS = [Fernet.generate_key().decode(), old]
    assert _found(_skill()) == (row.pk,)
    actions.list_missing()
    row.refresh_from_db()
    assert bytes(row.document) != before
    assert row.form == build.form()
    assert _found(_skill()) == (row.pk,)


def test_another_form_is_read_from_the_tables() -> None:
    row = _row(skills=[_skill()])
    ListedPerson.objects.update(form="0", document=b"of an older program")
    assert _found(_skill()) == (row.pk,)


def test_who_pauses_leaves_no_document() -> None:
    row = _row(skills=[_skill()])
    row.profile.paused = True
    row.profile.save()
    actions.relist(profile_id=row.profile_id)
    row.refresh_from_db()
    assert bytes(row.document) == b""
    assert _found(_skill()) == ()


def test_what_was_corrected_past_the_actions_is_read_by_the_command() -> None:
    row = _row(skills=[_skill()], languages=[{"code": "so", "level": "C2"}])
    asks = PostingFactory(skills=[{"key": _skill(), "importance": "must"}], published=True, language="sv", language_level="A2")
    lists = Lists()
    eligible = lambda: lists.people_for(job_of(asks), "SE", world(), most=50, seed=1).eligible  # noqa: E731
    assert eligible() == 0
    Profile.objects.filter(pk=row.profile_id).update(languages=[{"code": "sv", "level": "B1"}])
    assert eligible() == 0
    out = StringIO()
    call_command("rebuild_people", stdout=out)
    assert "1 people are listed anew" in out.getvalue()
    assert eligible() == 1
