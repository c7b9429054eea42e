"""The contract of the index of people: in memory and in Elasticsearch, on a real server. What both must find is what each pair says."""

import os
import random
import socket
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO
from itertools import pairwise
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from employers.models import Posting
from jobseekers.models import Profile
from matching import actions, documents, engine, scoring
from matching.documents import job_of, people, person_of
from matching.index import Index, IndexUnavailable, Lists, build, elastic_query, members_of, world
from matching.index import elastic as elastic_index
from matching.index.elastic import Elastic, client
from matching.management.commands import rebuild_people
from matching.models import ListedPerson, Suggestion, Turn
from taxonomy.actions import load_needs, load_starter
from taxonomy.models import Concept, Release
from tests.factories.accounts import MembershipFactory
from tests.factories.employers import PlaceFactory, PostingFactory, publish
from tests.factories.jobseekers import ProfileFactory

SERVER = os.environ.get("TEST_ELASTICSEARCH_URL", "http://127.0.0.1:59200")
pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.xdist_group("elasticsearch")]


def _answers(url: str) -> bool:
    where = urlsplit(url)
    try:
        socket.create_connection((where.hostname or "", where.port or 9200), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture
def elastic(monkeypatch: pytest.MonkeyPatch) -> Iterator[Elastic]:
    """An index of its own on a real server."""
    if not _answers(SERVER):
        if os.environ.get("CI"):
            pytest.fail("Elasticsearch does not answer, and CI has to test on it: scripts/services start")
        pytest.skip("no Elasticsearch: `scripts/services start` brings one up")
    monkeypatch.setattr(settings, "ELASTICSEARCH_URL", SERVER)
    made = Elastic(Lists(), alias=f"test-people-{os.getpid()}")
    yield made
    made.remove()


@pytest.fixture(params=["memory", "elastic"])
def lists(request: pytest.FixtureRequest) -> Index:
    """The index that the engine uses in this test."""
    return Lists() if request.param == "memory" else request.getfixturevalue("elastic")


@pytest.fixture(autouse=True)
def vocabulary(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)


def _crowd(count: int) -> None:
    """People of all sorts, always the same ones."""
    chance = random.Random(4)
    skills = list(Concept.objects.skills().order_by("key").values_list("key", flat=True)[:60])
    work = list(Concept.objects.occupations().order_by("key").values_list("key", flat=True)[:20])
    places = [
        None,
        PlaceFactory(),
        PlaceFactory(name="Göteborg", folded="goteborg", municipality_code="1480", latitude=57.708, longitude=11.974),
    ]
    advised_by = MembershipFactory(advisor=True)
    for _ in range(count):
        ProfileFactory(
            advised_by=advised_by,
            country=chance.choice(["SE", "SE", "SE", "NO"]),
            skills=chance.sample(skills, chance.randint(0, 8)),
            wishes=chance.sample(work, chance.randint(0, 2)),
            needs={
                code: chance.choice(["must", "helps"]) for code in chance.sample(["sens.quiet", "time.reduced_hours", "soc.not_alone"], 1)
            },
            place=chance.choice(places),
            travel_km=chance.choice([None, 5, 40, 80]),
            hours_now=chance.choice([None, 5, 20]),
            hours_goal=chance.choice([None, 30]),
            times=chance.choice([[], ["day"], ["night"]]),
            kinds=chance.choice([[], ["trial"], ["job"]]),
            licences=chance.choice([[], ["B"], ["CE"]]),
            languages=chance.choice([[], [{"code": "sv", "level": "A2"}], [{"code": "sv", "level": "C1"}]]),
            available_from=chance.choice([None, date(2027, 1, 1), date(2027, 6, 1)]),
        )


def _postings() -> list[Posting]:
    skills = list(Concept.objects.skills().order_by("key").values_list("key", flat=True)[:60])
    work = Concept.objects.occupations().order_by("key")[0]
    plain = {"published": True, "offers": {"sens.quiet": {"answer": "no"}, "soc.not_alone": {"answer": "can"}}}
    asks = [{"key": key, "importance": "must"} for key in skills[3:9]]
    return [
        PostingFactory(skills=asks, occupation=work, **plain),
        PostingFactory(skills=asks[:1], licences=["B"], language_level="B1", last_day=date(2027, 2, 1), **plain),
        PostingFactory(skills=asks, times=["day"], hours_min=10, hours_max=25, kind="job", **plain),
        PostingFactory(skills=[], occupation=work, **plain),
    ]


def _found(lists: Index, posting: Posting) -> list[UUID]:
    near = lists.people_for(job_of(posting), posting.employer.country, world(), most=50, seed=3)
    ids = dict(ListedPerson.objects.filter(row__in=near.rows).values_list("row", "profile_id"))
    return [ids[row] for row in near.rows]


def test_who_is_worth_reading_is_found_whoever_else_there_is(lists: Index) -> None:
    _crowd(60)
    for posting in _postings():
        pairs = {one.pk: scoring.score(person_of(one), job_of(posting), world().space) for one in people().filter(country="SE")}
        worth = {pk: parts for pk, parts in pairs.items() if parts.worth_reading}
        found = _found(lists, posting)
        assert set(found) == set(worth)
        fitting = [pk for pk in found if worth[pk].eligible]
        assert found[: len(fitting)] == fitting, "who fits comes first"
        orders = [worth[pk].order for pk in fitting]
        assert all(one >= other - 2e-5 for one, other in pairwise(orders))


def _by_row(posting: Posting) -> dict[int, scoring.Parts]:
    return {one.listed.row: scoring.score(person_of(one), job_of(posting), world().space) for one in people().filter(country="SE")}


def test_how_many_were_scored_and_who_was_eligible(lists: Index) -> None:
    _crowd(130)  # rows of three blocks
    for posting in _postings():
        near = lists.people_for(job_of(posting), "SE", world(), most=50, seed=3)
        pairs = _by_row(posting)
        assert near.scored == len(pairs)
        assert members_of(near.members) == sorted(row for row, parts in pairs.items() if parts.eligible)
        assert 0 < near.eligible == len(members_of(near.members))


def test_beyond_those_that_are_scored_the_conditions_alone_say_who_was_eligible(elastic: Elastic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elastic_index, "FOUND", 20)
    monkeypatch.setattr(elastic_query, "BLOCKS", 1)  # asked for in pieces
    _crowd(130)
    posting = _postings()[3]
    near = elastic.people_for(job_of(posting), "SE", world(), most=50, seed=3)
    pairs = _by_row(posting)
    exact = {row for row, parts in pairs.items() if parts.eligible}
    members, said = set(members_of(near.members)), set(members_of(near.said))
    assert said == {row for row, parts in pairs.items() if not parts.conditions}
    assert exact < members < said
    assert members & set(near.rows) == exact & set(near.rows)


def test_changes_are_there_at_the_next_run(lists: Index, now: datetime) -> None:
    posting = _postings()[0]
    assert _found(lists, posting) == []
    profile = ProfileFactory(skills=[one["key"] for one in posting.skills])
    assert _found(lists, posting) == [profile.pk]
    profile.skills.all().delete()
    actions.relist(profile_id=profile.pk)
    assert _found(lists, posting) == []
    profile.skills.create(concept_id=posting.skills[0]["key"], added_at=now)
    actions.relist(profile_id=profile.pk)
    assert _found(lists, posting) == [profile.pk]
    Profile.objects.filter(pk=profile.pk).update(paused=True)
    actions.relist(profile_id=profile.pk)
    assert _found(lists, posting) == []
    actions.relist(profile_id=profile.pk)  # gone already
    assert _found(lists, posting) == []


def test_a_person_finds_the_postings_that_find_them(lists: Index) -> None:
    _crowd(40)
    every = _postings()
    for profile in people().filter(country="SE")[:12]:
        near = lists.postings_for(person_of(profile), "SE", world(), most=50, seed=3)
        found = set(Posting.objects.filter(listed__row__in=near.rows).values_list("pk", flat=True))
        assert found == {posting.pk for posting in every if profile.pk in _found(lists, posting)}


def test_closed_postings_are_not_found(lists: Index) -> None:
    posting = _postings()[0]
    person = person_of(ProfileFactory(skills=[one["key"] for one in posting.skills]))
    assert len(lists.postings_for(person, "SE", world(), most=50, seed=3).rows) == 4
    posting.status.state = "filled"
    posting.status.save()
    actions.relist(posting_id=posting.pk)
    assert len(lists.postings_for(person, "SE", world(), most=50, seed=3).rows) == 3
    publish(posting, posting.status)
    assert len(lists.postings_for(person, "SE", world(), most=50, seed=3).rows) == 4


def test_another_vocabulary_is_a_new_world(lists: Index, now: datetime) -> None:
    _crowd(20)
    posting = _postings()[0]
    before = _found(lists, posting)
    Concept.objects.filter(key=posting.skills[0]["key"]).get().labels.filter(preferred=False).delete()
    load_needs(at=now)
    Release.objects.create(at=now, what="a test")
    after = world()
    pairs = {one.pk: scoring.score(person_of(one), job_of(posting), after.space) for one in people().filter(country="SE")}
    assert set(_found(lists, posting)) == {pk for pk, parts in pairs.items() if parts.worth_reading}
    assert before


def test_a_database_that_went_back_is_read_anew(lists: Index) -> None:
    posting = _postings()[0]
    profile = ProfileFactory(skills=[one["key"] for one in posting.skills])
    assert _found(lists, posting) == [profile.pk]
    Turn.objects.update(number=1)
    Profile.objects.update(paused=True)
    assert _found(lists, posting) == []


def test_nothing_of_a_person_but_what_is_said_lies_in_elasticsearch(elastic: Elastic) -> None:
    posting = _postings()[0]
    profile = ProfileFactory(skills=[posting.skills[0]["key"]], needs={"sens.quiet": "must"}, words="KANARIEORD")
    assert _found(elastic, posting) == [profile.pk]
    with client() as server:
        hits = server.search(index=elastic._alias, query={"match_all": {}})["hits"]["hits"]
    [hit] = hits
    assert hit["_id"] == str(profile.index_id)
    assert set(hit["_source"]) <= set(elastic_query.MAPPING["properties"])
    told = str(hits)
    for hidden in ("sens.quiet", "KANARIEORD", profile.user.first_name, profile.user.last_name, profile.user.email, str(profile.pk)):
        assert hidden not in told


def test_a_server_that_does_not_answer_is_said_and_nothing_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ELASTICSEARCH_URL", "http://127.0.0.1:9")
    posting = _postings()[0]
    ProfileFactory(skills=[posting.skills[0]["key"]])
    with pytest.raises(IndexUnavailable):
        engine.for_posting(posting)
    assert not Suggestion.objects.exists()
    assert connection.is_usable()


def test_what_the_lists_read_at_once_is_what_is_read_of_one(now: datetime) -> None:
    """Two readers of a person, one for everyone and one for one: what is stored of a pair is checked with the hash of the other."""
    _crowd(25)
    said_no = ProfileFactory(skills=["pick-orders"], languages=[{"code": "sv", "level": "B1"}])
    actions.store(engine.for_posting(PostingFactory(occupation_id="gardener", published=True)), at=now, posting_id=Posting.objects.get().pk)
    Suggestion.objects.filter(profile=said_no).update(no_similar=True)
    at_once = {row: documents.profile_hash(person) for row, person, _ in build.everyone()}
    assert at_once == {one.listed.row: documents.profile_hash(person_of(one)) for one in people()}
    assert any(person.not_again for _, person, _ in build.everyone())


def test_an_index_that_is_filled_anew_takes_the_place_of_the_old_one(elastic: Elastic) -> None:
    _crowd(15)
    posting = _postings()[0]
    found = _found(elastic, posting)
    with client() as server:
        before = set(server.indices.get_alias(name=elastic._alias))
        assert elastic.rebuild(world()) == Profile.objects.count()
        after = set(server.indices.get_alias(name=elastic._alias))
        assert set(server.indices.get(index=f"{elastic._alias}-*")) == after
    assert len(after) == 1
    assert after != before
    assert _found(elastic, posting) == found


def test_an_older_state_never_overwrites_a_newer_one(elastic: Elastic) -> None:
    """Two processes bring the same person in, and the slower one has read them before they changed."""
    posting = _postings()[0]
    profile = ProfileFactory(skills=[])
    assert _found(elastic, posting) == []
    before = Turn.objects.get(pk=1).number
    actions.relist(profile_id=profile.pk)
    slow = list(elastic._changes(world(), before))
    profile.skills.create(concept_id=posting.skills[0]["key"], added_at=profile.changed_at)
    actions.relist(profile_id=profile.pk)
    assert _found(elastic, posting) == [profile.pk]
    with client() as server:
        elastic_index._send(server, slow, elastic._alias)
        server.indices.refresh(index=elastic._alias)
    assert _found(elastic, posting) == [profile.pk]


def test_the_command_fills_the_index_and_says_when_there_is_none(monkeypatch: pytest.MonkeyPatch, elastic: Elastic) -> None:
    _crowd(5)
    out = StringIO()
    monkeypatch.setattr(rebuild_people, "chosen", lambda: elastic)
    call_command("rebuild_people", stdout=out)
    assert "5 people are in the index" in out.getvalue()
    monkeypatch.setattr(rebuild_people, "chosen", Lists)
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL is not set"):
        call_command("rebuild_people")
