"""The contract of the index of people: in memory and in Elasticsearch, on a real server. What both must find is what each pair says."""

from datetime import datetime
from itertools import pairwise

import pytest

from employers.models import Posting
from jobseekers.models import Profile
from matching import actions, documents, engine, scoring
from matching.documents import job_of, people, person_of
from matching.index import Index, Lists, build, members_of, world
from matching.models import ListedPerson, Suggestion, Turn
from taxonomy.actions import load_needs, load_starter
from taxonomy.models import Concept, Release
from tests.factories.employers import PostingFactory, publish
from tests.factories.jobseekers import ProfileFactory
from tests.matching.crowd import crowd, found_in, postings

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.xdist_group("elasticsearch")]


@pytest.fixture(params=["memory", "elastic"])
def lists(request: pytest.FixtureRequest) -> Index:
    """The index that the engine uses in this test."""
    return Lists() if request.param == "memory" else request.getfixturevalue("elastic")


@pytest.fixture(autouse=True)
def vocabulary(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)


def test_who_is_worth_reading_is_found_whoever_else_there_is(lists: Index) -> None:
    crowd(60)
    for posting in postings():
        pairs = {one.pk: scoring.score(person_of(one), job_of(posting), world().space) for one in people().filter(country="SE")}
        worth = {pk: parts for pk, parts in pairs.items() if parts.worth_reading}
        found = found_in(lists, posting)
        assert set(found) == set(worth)
        fitting = [pk for pk in found if worth[pk].eligible]
        assert found[: len(fitting)] == fitting, "who fits comes first"
        orders = [worth[pk].order for pk in fitting]
        assert all(one >= other - 2e-5 for one, other in pairwise(orders))


def test_how_many_were_scored(lists: Index) -> None:
    crowd(30)
    job = job_of(postings()[2])
    near = lists.people_for(job, "SE", world(), most=50, seed=3)
    assert near.scored == Profile.objects.matchable().filter(country="SE").count()
    assert 0 < near.eligible <= near.scored


def test_who_was_eligible(lists: Index) -> None:
    crowd(130)  # rows of three blocks
    for posting in postings():
        near = lists.people_for(job_of(posting), "SE", world(), most=50, seed=3)
        pairs = {one.listed.row: scoring.score(person_of(one), job_of(posting), world().space) for one in people().filter(country="SE")}
        assert members_of(near.members) == sorted(row for row, parts in pairs.items() if parts.eligible)
        assert near.eligible == len(members_of(near.members))


def test_changes_are_there_at_the_next_run(lists: Index, now: datetime) -> None:
    posting = postings()[0]
    assert found_in(lists, posting) == []
    profile = ProfileFactory(skills=[one["key"] for one in posting.skills])
    assert found_in(lists, posting) == [profile.pk]
    profile.skills.all().delete()
    actions.relist(profile_id=profile.pk)
    assert found_in(lists, posting) == []
    profile.skills.create(concept_id=posting.skills[0]["key"], added_at=now)
    actions.relist(profile_id=profile.pk)
    assert found_in(lists, posting) == [profile.pk]
    Profile.objects.filter(pk=profile.pk).update(paused=True)
    actions.relist(profile_id=profile.pk)
    assert found_in(lists, posting) == []
    actions.relist(profile_id=profile.pk)  # gone already
    assert found_in(lists, posting) == []


def test_many_changes_at_once_are_read_anew(lists: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "MOST_BROUGHT", 2)
    posting = postings()[0]
    asks = [one["key"] for one in posting.skills]
    first, *others = [ProfileFactory(skills=asks) for _ in range(5)]
    assert len(found_in(lists, posting)) == 5
    for one in others:
        one.skills.all().delete()
        actions.relist(profile_id=one.pk)
    assert found_in(lists, posting) == [first.pk]


def test_a_person_finds_the_postings_that_find_them(lists: Index) -> None:
    crowd(40)
    every = postings()
    for profile in people().filter(country="SE")[:12]:
        near = lists.postings_for(person_of(profile), "SE", world(), most=50, seed=3)
        found = set(Posting.objects.filter(listed__row__in=near.rows).values_list("pk", flat=True))
        assert found == {posting.pk for posting in every if profile.pk in found_in(lists, posting)}


def test_closed_postings_are_notfound_in(lists: Index) -> None:
    posting = postings()[0]
    person = person_of(ProfileFactory(skills=[one["key"] for one in posting.skills]))
    assert len(lists.postings_for(person, "SE", world(), most=50, seed=3).rows) == 4
    posting.status.state = "filled"
    posting.status.save()
    actions.relist(posting_id=posting.pk)
    assert len(lists.postings_for(person, "SE", world(), most=50, seed=3).rows) == 3
    publish(posting, posting.status)
    assert len(lists.postings_for(person, "SE", world(), most=50, seed=3).rows) == 4


def test_another_vocabulary_is_a_new_world(lists: Index, now: datetime) -> None:
    crowd(20)
    posting = postings()[0]
    before = found_in(lists, posting)
    Concept.objects.filter(key=posting.skills[0]["key"]).get().labels.filter(preferred=False).delete()
    load_needs(at=now)
    Release.objects.create(at=now, what="a test")
    after = world()
    pairs = {one.pk: scoring.score(person_of(one), job_of(posting), after.space) for one in people().filter(country="SE")}
    assert set(found_in(lists, posting)) == {pk for pk, parts in pairs.items() if parts.worth_reading}
    assert before


def test_a_database_that_went_back_is_read_anew(lists: Index) -> None:
    posting = postings()[0]
    profile = ProfileFactory(skills=[one["key"] for one in posting.skills])
    assert found_in(lists, posting) == [profile.pk]
    Turn.objects.update(number=1)
    Profile.objects.update(paused=True)
    ListedPerson.objects.update(document=b"")
    assert found_in(lists, posting) == []


def test_what_the_lists_read_at_once_is_what_is_read_of_one(now: datetime) -> None:
    """Two readers of a person, one for everyone and one for one: what is stored of a pair is checked with the hash of the other."""
    crowd(25)
    said_no = ProfileFactory(skills=["pick-orders"], languages=[{"code": "sv", "level": "B1"}])
    actions.store(engine.for_posting(PostingFactory(occupation_id="gardener", published=True)), at=now, posting_id=Posting.objects.get().pk)
    Suggestion.objects.filter(profile=said_no).update(no_similar=True, unwished="gardener")
    at_once = {row: documents.profile_hash(person) for row, person, _ in build.everyone()}
    assert at_once == {one.listed.row: documents.profile_hash(person_of(one)) for one in people()}
    assert any(person.not_again for _, person, _ in build.everyone())
