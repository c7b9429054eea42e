"""Each run keeps what it was and found, can be repeated, and is forgotten with the person and with time."""

import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from employers.models import Posting
from jobseekers.models import NeedsRecord, Profile
from matching import actions, engine
from matching.actions import runs
from matching.models import Run, RunPerson, Suggestion
from taxonomy.actions import load_needs, load_starter
from tests.factories.accounts import LONG_AGO, role_of
from tests.factories.employers import PostingFactory, publish
from tests.factories.jobseekers import ProfileFactory, jobseeker_role

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SKILLS = (["pick-orders"], ["pick-orders", "drive-forklift"], ["pick-orders"], ["stock-shelves"], ["pick-orders"])


@pytest.fixture(autouse=True)
def vocabulary(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)


@pytest.fixture
def posting() -> Any:
    skills = [{"key": "pick-orders", "importance": "must"}, {"key": "drive-forklift", "importance": "good"}]
    return PostingFactory(skills=skills, offers={"sens.quiet": {"answer": "no"}}, published=True)


@pytest.fixture
def people() -> list[Profile]:
    return [ProfileFactory(skills=skills, needs={"sens.quiet": "must"} if n == 2 else None) for n, skills in enumerate(SKILLS)]


def stored(posting: Posting, now: datetime) -> Run:
    actions.store(engine.for_posting(posting), at=now, posting_id=posting.pk)
    return Run.objects.get(posting=posting)


def replayed(run: Run) -> tuple[int, dict[str, Any]]:
    """Exit status and report."""
    out = StringIO()
    try:
        call_command("replay", str(run.pk), "--json", stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_a_run_keeps_its_own_order_and_all_that_it_was_made_from(posting: Posting, people: list[Profile], now: datetime) -> None:
    result = engine.for_posting(posting)
    actions.store(result, at=now, posting_id=posting.pk)
    run = Run.objects.get()
    assert (run.encoder, run.vocabulary, run.catalogue, run.inputs_hash) == (
        result.encoder,
        result.vocabulary,
        result.catalogue,
        result.inputs_hash,
    )
    assert (run.seed, run.scored, run.eligible, run.suggested) == (result.seed, 5, 4, 4)
    assert run.took_ms is not None
    assert [one["profile"] for one in run.order_kept] == [str(one.profile_id) for one in result.found]
    assert [one["parts"]["fit"] for one in run.order_kept] == [one.parts.fit for one in result.found]
    assert [one["eligible"] for one in run.order_kept] == [True, True, True, False]
    assert {one.tie for one in Suggestion.objects.all()} == {one.tie for one in result.found}


def test_the_record_is_sealed(posting: Posting, people: list[Profile], now: datetime) -> None:
    run = stored(posting, now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM matching_run")
        sealed = bytes(cursor.fetchone()[0])
    assert b"sens.quiet" not in sealed
    assert str(people[0].pk).encode() not in sealed
    assert "sens.quiet" in str(run.order_kept)


def test_who_reads_a_suggestion_does_not_open_the_record_of_its_run(posting: Posting, people: list[Profile], now: datetime) -> None:
    """A hundred pairs to decrypt, for every row of a list."""
    stored(posting, now)
    assert {frozenset(one.run.get_deferred_fields()) for one in Suggestion.objects.whole()} == {frozenset({"sealed"})}


def test_a_run_is_repeated_to_the_last_place(posting: Posting, people: list[Profile], now: datetime) -> None:
    status, report = replayed(stored(posting, now))
    assert (status, report["reproduced"], report["same_inputs"]) == (0, True, True)
    person = people[1]
    actions.store(engine.for_profile(person), at=now, profile_id=person.pk)
    status, report = replayed(Run.objects.get(profile=person))
    assert (status, report["reproduced"], report["pairs"]) == (0, True, 1)


def test_equals_stand_in_another_order_in_every_run_and_in_the_same_when_it_is_repeated(posting: Posting, now: datetime) -> None:
    ProfileFactory.create_batch(8, skills=["pick-orders"])
    orders = {tuple(one.profile_id for one in engine.for_posting(posting, seed=seed).found) for seed in range(6)}
    assert len(orders) > 1
    assert replayed(stored(posting, now))[0] == 0


def test_the_replay_says_who_changed_left_and_came(posting: Posting, people: list[Profile], now: datetime) -> None:
    run = stored(posting, now)
    changed, left = people[0], people[4]
    changed.skills.create(concept_id="drive-forklift", added_at=LONG_AGO)
    Profile.objects.filter(pk=left.pk).update(paused=True)
    came = ProfileFactory(skills=["pick-orders"])
    status, report = replayed(run)
    assert (status, report["reproduced"]) == (1, False)
    assert (report["changed"], report["left"], report["came"]) == ([str(changed.pk)], [str(left.pk)], [str(came.pk)])
    assert report["rest_is_same"]
    assert (report["versions"], report["subject_changed"], report["same_inputs"]) == ({}, False, False)


def test_a_need_that_changed_is_a_change_of_the_person_without_its_name(posting: Posting, people: list[Profile], now: datetime) -> None:
    run = stored(posting, now)
    NeedsRecord.objects.filter(profile=people[2]).delete()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("replay", "last", stdout=out)
    assert str(people[2].pk) in out.getvalue()
    assert not [word for word in ("sens.quiet", people[2].name, people[2].user.last_name) if word in out.getvalue()]
    assert run.order_kept


def test_the_replay_names_what_else_is_another(posting: Posting, people: list[Profile], now: datetime) -> None:
    run = stored(posting, now)
    posting.skills = [{"key": "drive-forklift", "importance": "must"}]
    publish(posting, posting.status)
    Run.objects.update(encoder="another", weights="0")
    run.refresh_from_db()
    status, report = replayed(run)
    assert status == 1
    assert report["subject_changed"]
    assert {name: then for name, (then, _) in report["versions"].items()} == {"encoder": "another", "weights": "0"}


def test_a_run_that_found_nobody_knows_what_it_was_for(posting: Posting, now: datetime) -> None:
    run = stored(posting, now)
    assert replayed(run)[0] == 0
    posting.title = "Something else"
    publish(posting, posting.status)
    status, report = replayed(run)
    assert (status, report["subject_changed"], report["same_inputs"]) == (1, True, False)


def test_what_holds_no_record_is_not_replayed(posting: Posting, now: datetime) -> None:
    run = stored(posting, now)
    Run.objects.update(sealed=None, seed=None)
    for given, sentence in ((str(run.pk), "no record"), ("last", "no run"), ("nonsense", "no run")):
        with pytest.raises(CommandError, match=sentence):
            call_command("replay", given)


def test_case_41_who_deletes_stands_in_nobodys_run(posting: Posting, people: list[Profile], now: datetime) -> None:
    """The record of a posting's run holds the parts of everyone who was found."""
    person, other = people[1], people[2]
    stored(posting, now)
    actions.store(engine.for_profile(person), at=now, profile_id=person.pk)
    actions.erase(person.pk, by=role_of(jobseeker_role(person)), at=now)
    kept = [str(run.sealed) + run.inputs_hash for run in Run.objects.all()]
    assert not [whole for whole in kept if str(person.pk) in whole or engine.profile_hash(engine.person_of(person)) in whole]
    assert [whole for whole in kept if str(other.pk) in whole]
    assert not RunPerson.objects.filter(profile=person).exists()
    status, report = replayed(Run.objects.get(posting=posting))
    assert (status, report["rest_is_same"]) == (0, True)


def test_who_left_while_the_run_computed_is_in_no_record(posting: Posting, people: list[Profile], now: datetime) -> None:
    result = engine.for_posting(posting)
    Profile.objects.filter(pk=people[0].pk).update(left_at=now)
    actions.store(result, at=now, posting_id=posting.pk)
    assert str(people[0].pk) not in str(Run.objects.get().sealed)


def test_old_runs_go_when_nothing_rests_on_them(posting: Posting, people: list[Profile], now: datetime, settings: Settings) -> None:
    old, older = now - timedelta(days=settings.RUN_DAYS, minutes=1), now - timedelta(days=settings.RUN_DAYS + 20)
    for at in (older, old, now):
        actions.store(engine.for_posting(posting), at=at, posting_id=posting.pk)
    assert runs.forget_old(at=now) == 2
    assert Run.objects.get().at == now
    later = now + timedelta(days=settings.RUN_DAYS + 1)
    assert runs.forget_old(at=later) == 0  # its suggestions are still there
    assert settings.RUN_DAYS >= 183
