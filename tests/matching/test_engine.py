"""The engine on the real encoder and vocabulary: everyone scored, both ways the same, idempotent when stored."""

from dataclasses import replace
from datetime import date, datetime
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from accounts.access import as_role
from employers.actions import save_workplace
from employers.models import Posting
from jobseekers.models import Profile
from matching import actions, engine, queries, tasks
from matching.models import Interest, Run, Suggestion
from taxonomy.actions import load_needs, load_starter
from taxonomy.encoders import EncoderUnavailable
from taxonomy.models import Concept, Need
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.employers import PlaceFactory, PostingFactory, employer_member, publish
from tests.factories.jobseekers import ProfileFactory
from tests.journeys.world import carry_facts

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def vocabulary(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)


@pytest.fixture
def posting() -> object:
    skills = [{"key": "pick-orders", "importance": "must"}, {"key": "drive-forklift", "importance": "good"}]
    return PostingFactory(skills=skills, offers={"sens.quiet": {"answer": "no"}}, published=True)


def test_who_can_do_it_comes_first_and_nobody_is_left_out(posting: object) -> None:
    near = ProfileFactory(skills=["pick-orders", "stock-shelves"])
    far = ProfileFactory(skills=["cut-hair"])
    result = engine.for_posting(posting)
    assert result.scored == 2
    assert result.found[0].profile_id == near.pk
    assert far.pk not in {one.profile_id for one in result.found if one.parts.fit > 0.5}


def test_a_must_that_is_not_possible_is_kept_with_its_reason(posting: object) -> None:
    profile = ProfileFactory(skills=["pick-orders"], needs={"sens.quiet": "must"})
    [one] = engine.for_posting(posting).found
    assert one.profile_id == profile.pk
    assert not one.parts.eligible
    with translation.override("en"):
        [sentence] = queries.reasons_in_words(one.sealed, audience="advisor").would_fit_if
    assert Need.objects.get(code="sens.quiet").label_en in sentence


def test_both_ways_give_the_same_numbers(posting: object) -> None:
    profile = ProfileFactory(skills=["pick-orders", "drive-forklift"], needs={"sens.quiet": "helps"})
    [one] = engine.for_posting(posting, seed=1).found
    [other] = engine.for_profile(profile, seed=1).found
    assert one == replace(other, tie=one.tie)  # equals are ordered by chance on each side
    assert one == replace(engine.one(posting, profile), tie=one.tie)


def test_storing_twice_adds_nothing(posting: object, now: datetime) -> None:
    ProfileFactory(skills=["pick-orders"])
    result = engine.for_posting(posting)
    assert actions.store(result, at=now, posting_id=posting.pk) == 1
    assert actions.store(result, at=now, posting_id=posting.pk) == 0
    [suggestion] = Suggestion.objects.all()
    assert suggestion.run.encoder.startswith("nordic-")
    assert suggestion.run.inputs_hash


def test_names_and_language_of_the_interface_change_nothing(posting: object) -> None:
    advised_by = MembershipFactory(advisor=True)
    for first_name, language in (("Elin", "sv"), ("Yusuf", "nb"), ("Ōkubo", "en")):
        user = ProfileFactory(skills=["pick-orders"], advised_by=advised_by).user
        user.first_name, user.language = first_name, language
        user.save()
    with translation.override("en"):
        orders = {one.parts.order for one in engine.for_posting(posting).found}
    assert len(orders) == 1


def test_a_decision_of_a_person_stands(posting: object, now: datetime) -> None:
    advised_by = MembershipFactory(advisor=True)
    ProfileFactory(skills=["pick-orders"], advised_by=advised_by)
    actions.store(engine.for_posting(posting), at=now, posting_id=posting.pk)
    actions.dismiss(Suggestion.objects.get().pk, by=as_role(advised_by), at=now, reason="not_now")
    assert actions.store(engine.for_posting(posting), at=now, posting_id=posting.pk) == 0
    posting.title = "Helt nya uppgifter"
    publish(posting, posting.status)
    assert actions.store(engine.for_posting(posting), at=now, posting_id=posting.pk) == 1


def test_a_question_is_still_waited_for_after_another_run(posting: object, now: datetime) -> None:
    advised_by = MembershipFactory(advisor=True)
    ProfileFactory(skills=["pick-orders"], advised_by=advised_by)
    actions.store(engine.for_posting(posting), at=now, posting_id=posting.pk)
    before = Suggestion.objects.get()
    actions.ask(before.pk, by=as_role(advised_by), at=now, code="hours")
    posting.title = "Helt nya uppgifter"
    publish(posting, posting.status)
    actions.store(engine.for_posting(posting), at=now, posting_id=posting.pk)
    again = Suggestion.objects.get()
    assert (again.pk, again.run_id == before.run_id) == (before.pk, False)
    assert not Suggestion.objects.undecided(now).exists()
    assert actions.wake(posting.questions.get().pk) == 1
    assert Suggestion.objects.undecided(now).exists()


def test_a_run_that_was_overtaken_stores_nothing(posting: object, now: datetime) -> None:
    ProfileFactory(skills=["pick-orders"])
    result = engine.for_posting(posting)
    posting.title = "Nyare"
    publish(posting, posting.status)
    assert actions.store(result, at=now, posting_id=posting.pk) == 0


@pytest.mark.parametrize("gone", ["paused", "left_at"])
def test_case_39_a_run_that_somebody_left_while_it_computed_stores_nothing_of_theirs(posting: object, now: datetime, gone: str) -> None:
    here, away = ProfileFactory.create_batch(2, skills=["pick-orders"])
    all_of_them, alone = engine.for_posting(posting), engine.for_profile(away)
    Profile.objects.filter(pk=away.pk).update(**{gone: now if gone == "left_at" else True})
    assert actions.store(all_of_them, at=now, posting_id=posting.pk) == 1
    assert actions.store(alone, at=now, profile_id=away.pk) == 0
    assert Suggestion.objects.get().profile_id == here.pk
    assert not Run.objects.filter(profile=away).exists()


def test_needs_are_sealed_in_what_is_stored(posting: object, now: datetime) -> None:
    ProfileFactory(skills=["pick-orders"], needs={"sens.quiet": "must"})
    actions.store(engine.for_posting(posting), at=now, posting_id=posting.pk)
    with connection.cursor() as cursor:
        for table in ("matching_suggestion", "matching_run", "jobseekers_needsrecord", "audit_event", "outbox_fact"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 (names of our own tables)
            assert "sens.quiet" not in str([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])


def test_case_47_no_encoder_is_no_match(posting: object) -> None:
    with patch("matching.index.world.current", side_effect=EncoderUnavailable("the weights file is missing")):
        with pytest.raises(EncoderUnavailable):
            tasks.suggest(posting_id=str(posting.pk))
        with pytest.raises(CommandError, match="No match"):
            call_command("suggest", str(posting.pk))
    assert not Run.objects.exists()


def test_the_command_prints_order_and_reasons(posting: object) -> None:
    profile = ProfileFactory(skills=["pick-orders"])
    out = StringIO()
    call_command("suggest", str(posting.pk), stdout=out)
    assert "1 suggestions" in out.getvalue()
    assert str(profile.pk)[:8] in out.getvalue()
    assert profile.name not in out.getvalue()
    call_command("suggest", str(posting.pk), stdout=out)
    assert "0 new" in out.getvalue()


def test_the_command_takes_the_id_of_the_source_whatever_it_looks_like(posting: Posting) -> None:
    ProfileFactory(skills=["pick-orders"])
    for given in ("23483261", "b09b2c37-2a62-4440-bbcd-9b613612c088"):
        Posting.objects.filter(pk=posting.pk).update(source="nav", source_id=given)
        out = StringIO()
        call_command("suggest", given, stdout=out)
        assert "1 people scored" in out.getvalue()
    with pytest.raises(CommandError, match="no posting"):
        call_command("suggest", "b09b2c37-2a62-4440-bbcd-000000000000")


def test_what_a_person_asked_for_is_kept_whatever_its_score(posting: Posting, now: datetime) -> None:
    profile = ProfileFactory(skills=[])
    assert engine.for_posting(posting).found == ()
    Interest.objects.create(profile=profile, posting=posting, sealed={"words": ""}, at=now)
    assert [one.profile_id for one in engine.for_posting(posting).found] == [profile.pk]
    assert [one.posting_id for one in engine.for_profile(profile).found] == [posting.pk]


def test_what_is_offered_near_a_need_is_a_question_and_never_an_answer() -> None:
    offers = {"soc.low_time_pressure": {"answer": "yes"}, "trn.parking": {"answer": "yes"}}
    posting = PostingFactory(skills=[{"key": "pick-orders", "importance": "must"}], offers=offers, published=True)
    profile = ProfileFactory(skills=["pick-orders"], needs={"sens.quiet": "must"})
    [one] = engine.for_posting(posting).found
    assert one.profile_id == profile.pk
    assert one.parts.need_results == (("sens.quiet", True, "ask"),)
    [(need, offer, cosine)] = one.parts.near_offers
    assert (need, offer) == ("sens.quiet", "soc.low_time_pressure")
    assert 0.3 <= cosine < 1
    with translation.override("en"):
        asked = queries.reasons_in_words(one.sealed, audience="advisor").ask_person
    assert any(Need.objects.get(code="soc.low_time_pressure").label_en.lower() in sentence.lower() for sentence in asked)


def test_the_last_day_to_apply_is_not_the_end_of_the_work() -> None:
    person = ProfileFactory(skills=["pick-orders"], available_from=date(2027, 1, 1))
    about = {"skills": [{"key": "pick-orders", "importance": "must"}], "published": True, "last_day": date(2026, 12, 15)}
    open_ended, too_short = PostingFactory(**about), PostingFactory(**about, starts_on=date(2026, 12, 1), weeks_max=3)
    assert engine.one(open_ended, person).parts.conditions == ()
    assert engine.one(too_short, person).parts.conditions == (("dates", "2026-12-22"),)


def test_a_language_that_nobody_told_of_is_asked_about_and_excludes_nobody() -> None:
    posting = PostingFactory(skills=[], language="sv", language_level="B1", published=True)
    silent, knows_another = ProfileFactory(languages=[]), ProfileFactory(languages=[{"code": "so", "level": "C2"}])
    found = engine.one(posting, silent)
    assert found.parts.conditions == ()
    assert [one["code"] for one in found.sealed["ask"] if one["code"] == "ask_languages"] == ["ask_languages"]
    assert engine.one(posting, knows_another).parts.conditions == (("language", "sv B1"),)


def test_a_workplace_that_moves_is_scored_for_those_who_live_near_now(posting: Posting, now: datetime) -> None:
    far = PlaceFactory(name="Kiruna", folded="kiruna", municipality_code="2584", latitude=67.86, longitude=20.23)
    person = ProfileFactory(skills=["pick-orders"], travel_km=20)
    actions.store(engine.for_posting(posting), at=now, posting_id=posting.pk)
    assert Suggestion.objects.get(profile=person).eligible
    by = role_of(employer_member(posting.employer))
    save_workplace(posting.workplace_id, {"place": far}, by=by, at=now)
    carry_facts()
    assert not Suggestion.objects.get(profile=person).eligible


def test_case_66_poisoned_empty_and_mixed_postings_move_nobody(posting: Posting) -> None:
    person = ProfileFactory(skills=["pick-orders"], wishes=["gardener"])
    other = PostingFactory(skills=[{"key": "pick-orders", "importance": "must"}], published=True)
    before = [(one.posting_id, one.parts) for one in engine.for_profile(person, seed=1).found]
    everything = [{"key": key, "importance": "must"} for key in Concept.objects.skills().values_list("key", flat=True)]
    codes = Need.objects.values_list("code", flat=True)
    odd = [
        PostingFactory(skills=everything, offers={code: {"answer": "yes"} for code in codes}, published=True),
        PostingFactory(skills=[], offers={"no.such": {"answer": "perhaps"}}, published=True),
        PostingFactory(skills=[{"key": "of-no-vocabulary", "importance": "must"}], times=["midnight"], published=True),
        PostingFactory(
            skills=everything[:3], title="Lager warehouse مستودع склад", tasks="plukke ordre, pick orders", language="en", published=True
        ),
    ]
    after = [(one.posting_id, one.parts) for one in engine.for_profile(person, seed=1).found]
    assert [pair for pair in after if pair[0] not in {one.pk for one in odd}] == before
    assert {posting_id for posting_id, _ in before} == {posting.pk, other.pk}


def test_case_66_a_hostile_profile_moves_nobody_else(posting: Posting) -> None:
    advised_by = MembershipFactory(advisor=True)
    for skills in (["pick-orders"], ["pick-orders", "stock-shelves"], ["drive-forklift"], ["cut-hair"], []):
        ProfileFactory(skills=skills, advised_by=advised_by, needs={"soc.not_alone": "helps"})
    before = [(one.profile_id, one.parts) for one in engine.for_posting(posting, seed=1).found]
    everything = list(Concept.objects.skills().values_list("key", flat=True))
    codes = Need.objects.values_list("code", flat=True)
    hostile = [
        ProfileFactory(skills=everything, wishes=Concept.objects.occupations().values_list("key", flat=True), advised_by=advised_by),
        ProfileFactory(skills=[], needs=dict.fromkeys(codes, "must"), words="<script>" * 60, advised_by=advised_by),
        ProfileFactory(skills=["pick-orders"], times=["midnight"], licences=["\u202e", "'; DROP"], kinds=["?"], advised_by=advised_by),
        ProfileFactory(skills=["pick-orders"], travel_km=32_767, hours_now=32_767, hours_goal=0, advised_by=advised_by),
    ]
    after = [(one.profile_id, one.parts) for one in engine.for_posting(posting, seed=1).found]
    assert [pair for pair in after if pair[0] not in {one.pk for one in hostile}] == before
