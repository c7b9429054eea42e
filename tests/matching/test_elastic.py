"""People in Elasticsearch: what lies there, what it finds, and that no index takes another's place half filled."""

from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import F

from jobseekers.actions import pause
from jobseekers.models import Profile
from matching import actions, engine, index, scoring
from matching.documents import job_of, people, person_of
from matching.index import IndexUnavailable, build, elastic_query, members_of, world
from matching.index import elastic as elastic_index
from matching.index.elastic import Elastic
from matching.index.lease import HELD, LEASE, Lease
from matching.management.commands import rebuild_people
from matching.models import ListedPerson, Suggestion, Turn
from matching.scoring import Person
from taxonomy.actions import load_needs, load_starter
from tests.factories.accounts import role_of
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.journeys.world import carry_facts
from tests.matching.crowd import crowd, found_in, postings

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.xdist_group("elasticsearch")]


@pytest.fixture(autouse=True)
def vocabulary(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)


def test_beyond_those_that_are_scored_the_conditions_alone_say_who_was_eligible(elastic: Elastic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elastic_index, "DEEPER", (20,))
    monkeypatch.setattr(elastic_query, "BLOCKS", 1)  # asked for in pieces
    crowd(130)
    posting = postings()[3]
    near = elastic.people_for(job_of(posting), "SE", world(), most=50, seed=3)
    pairs = {one.listed.row: scoring.score(person_of(one), job_of(posting), world().space) for one in people().filter(country="SE")}
    exact = {row for row, parts in pairs.items() if parts.eligible}
    members, said = set(members_of(near.members)), set(members_of(near.said))
    assert said == {row for row, parts in pairs.items() if not parts.conditions}
    assert exact < members < said
    assert members & set(near.rows) == exact & set(near.rows)


def test_nothing_of_a_person_but_what_is_said_lies_in_elasticsearch(elastic: Elastic) -> None:
    posting = postings()[0]
    profile = ProfileFactory(skills=[posting.skills[0]["key"]], needs={"sens.quiet": "must"}, words="KANARIEORD")
    assert found_in(elastic, posting) == [profile.pk]
    with elastic._server() as server:
        hits = server.search(index=elastic._copies.alias, query={"match_all": {}})["hits"]["hits"]
    [hit] = hits
    assert hit["_id"] == str(profile.index_id)
    assert set(hit["_source"]) <= set(elastic_query.MAPPING["properties"])
    told = str(hits)
    for hidden in ("sens.quiet", "KANARIEORD", profile.user.first_name, profile.user.last_name, profile.user.email, str(profile.pk)):
        assert hidden not in told


def test_an_index_that_is_filled_anew_takes_the_place_of_the_old_one(elastic: Elastic) -> None:
    crowd(15)
    posting = postings()[0]
    found = found_in(elastic, posting)
    with elastic._server() as server:
        before = set(server.indices.get_alias(name=elastic._copies.alias))
        assert elastic.rebuild(world()) == Profile.objects.count()
        after = set(server.indices.get_alias(name=elastic._copies.alias))
        assert set(server.indices.get(index=f"{elastic._copies.alias}-*")) == after
    assert len(after) == 1
    assert after != before
    assert found_in(elastic, posting) == found


def test_it_looks_further_down_where_the_first_are_refused(elastic: Elastic, monkeypatch: pytest.MonkeyPatch) -> None:
    """More people than are looked up have a must that meets a no: who fits stands behind them, and is found."""
    monkeypatch.setattr(elastic_index, "DEEPER", (4, 12))
    monkeypatch.setattr(elastic_index, "ENOUGH", 2)
    monkeypatch.setattr(elastic_index, "WOULD", 1)
    posting = postings()[0]
    asks = [one["key"] for one in posting.skills]
    for _ in range(8):
        ProfileFactory(skills=asks, needs={"sens.quiet": "must"})
    fits = ProfileFactory(skills=asks[:3])
    near = elastic.people_for(job_of(posting), "SE", world(), most=1, seed=3)
    assert ListedPerson.objects.get(row=near.rows[0]).profile_id == fits.pk


def test_it_asks_once_where_those_found_are_eligible(elastic: Elastic, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody below the first is nearer than they are, however few they are."""
    monkeypatch.setattr(elastic_index, "DEEPER", (4, 12))
    monkeypatch.setattr(elastic_index, "ENOUGH", 2)
    sizes: list[int] = []
    search = elastic._search

    def counted(*given: Any) -> Any:
        sizes.append(given[4])
        return search(*given)

    monkeypatch.setattr(elastic, "_search", counted)
    posting = postings()[0]
    asks = [one["key"] for one in posting.skills]
    ProfileFactory(skills=asks, needs={"sens.quiet": "must"})
    for _ in range(8):
        ProfileFactory(skills=asks)
    elastic.people_for(job_of(posting), "SE", world(), most=50, seed=3)
    assert sizes == [4]


def test_an_older_state_never_overwrites_a_newer_one(elastic: Elastic) -> None:
    """Two processes bring the same person in, and the slower one has read them before they changed."""
    posting = postings()[0]
    profile = ProfileFactory(skills=[])
    assert found_in(elastic, posting) == []
    before = Turn.objects.get(pk=1).number
    actions.relist(profile_id=profile.pk)
    slow = list(elastic._changes(world(), before))
    profile.skills.create(concept_id=posting.skills[0]["key"], added_at=profile.changed_at)
    actions.relist(profile_id=profile.pk)
    assert found_in(elastic, posting) == [profile.pk]
    with elastic._server() as server:
        elastic._copies.send(server, slow)
        server.indices.refresh(index=elastic._copies.alias)
    assert found_in(elastic, posting) == [profile.pk]


def test_the_command_fills_the_index(monkeypatch: pytest.MonkeyPatch, elastic: Elastic) -> None:
    crowd(5)
    out = StringIO()
    monkeypatch.setattr(rebuild_people, "chosen", lambda: elastic)
    call_command("rebuild_people", stdout=out)
    assert "5 people are in the index" in out.getvalue()


def test_a_server_that_does_not_answer_is_said_and_nothing_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ELASTICSEARCH_URL", "http://127.0.0.1:9")
    posting = postings()[0]
    ProfileFactory(skills=[posting.skills[0]["key"]])
    with pytest.raises(IndexUnavailable):
        engine.for_posting(posting)
    assert not Suggestion.objects.exists()
    assert connection.is_usable()


def test_another_process_that_fills_is_waited_for(elastic: Elastic) -> None:
    posting = postings()[0]
    profile = ProfileFactory(skills=[one["key"] for one in posting.skills])
    other = Lease()
    with pytest.raises(IndexUnavailable, match="another process"):
        found_in(elastic, posting)
    other.free()
    assert found_in(elastic, posting) == [profile.pk]


def test_who_was_taken_over_never_moves_the_alias(elastic: Elastic, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that stood still for too long: the index that another has filled meanwhile stays the one in use."""
    crowd(6)
    posting = postings()[0]
    before = found_in(elastic, posting)
    with elastic._server() as server:
        [live] = server.indices.get_alias(name=elastic._copies.alias)
    everyone = build.everyone

    def meanwhile(progress: object) -> Iterator[tuple[int, Person, str]]:
        Turn.objects.filter(pk=LEASE).update(number=F("number") - HELD - 1)  # it was last seen long ago
        Lease()
        return everyone()

    monkeypatch.setattr(build, "everyone", meanwhile)
    with pytest.raises(IndexUnavailable):
        elastic.rebuild(world())
    with elastic._server() as server:
        assert set(server.indices.get_alias(name=elastic._copies.alias)) == {live}
    assert found_in(elastic, posting) == before


def test_equals_are_found_by_chance_and_alike_for_the_same_seed(elastic: Elastic, monkeypatch: pytest.MonkeyPatch) -> None:
    """More equals than are looked up: not always those who enrolled first."""
    monkeypatch.setattr(elastic_index, "DEEPER", (6,))
    posting = postings()[0]
    for _ in range(30):
        ProfileFactory(skills=[one["key"] for one in posting.skills])
    found = [elastic.people_for(job_of(posting), "SE", world(), most=4, seed=seed).rows for seed in (1, 1, 2, 3, 4)]
    assert found[0] == found[1]
    assert len({frozenset(rows) for rows in found}) > 2
    assert len(set().union(*found)) > 10


def test_who_leaves_is_taken_out_at_once(elastic: Elastic, monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(index, "_elastic", lambda: elastic)
    posting = postings()[0]
    profile = ProfileFactory(skills=[one["key"] for one in posting.skills])
    assert found_in(elastic, posting) == [profile.pk]
    pause(profile.pk, by=role_of(jobseeker_role(profile)), at=now)
    carry_facts()
    with elastic._server() as server:
        assert server.count(index=elastic._copies.alias)["count"] == 0
