"""What a program for JobTech asks by: its own concepts, a part of the stream; and long lists, which come in pieces."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from employers.actions import import_posting
from employers.documents import read
from employers.linker import Linked
from employers.models import Posting
from employers.states import PostingState
from search.api import stream
from search.exports import lines
from taxonomy.models import Concept, TheirCode
from tests.factories.employers import PlaceFactory, WorkplaceFactory
from tests.factories.public import heard, open_posting
from tests.real_ads import ADS, needs_ads

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SEARCH = "/api/jobtech/search"
BORAS, SOMEBODY = "TpRZ_bFL_jhL", "Xq1z_9aB_c0D"


@pytest.fixture
def posting() -> Posting:
    gardener = Concept.objects.create(key="gardener", kind="occupation", isco="6113")
    return open_posting(title="Odla tomater", occupation=gardener)


@pytest.fixture
def told(posting: Posting, now: datetime) -> None:
    """An ad of JobTech's own, of the same municipality and about the same work, was taken in once."""
    raw = {
        "id": "1",
        "headline": "Trädgårdsmästare",
        "description": {"text": "Vi odlar."},
        "employer": {"name": "Gården AB", "organization_number": "5560004615"},
        "occupation": {"concept_id": SOMEBODY, "label": "Trädgårdsarbetare", "legacy_ams_taxonomy_id": "4711"},
        "occupation_group": {"concept_id": "Gr0u_p11_111", "legacy_ams_taxonomy_id": "6113"},
        "occupation_field": {"concept_id": "VuuL_7CH_adj", "legacy_ams_taxonomy_id": "14"},
        "workplace_address": {"municipality_concept_id": BORAS, "municipality_code": "1490"},
    }
    found = Linked(posting.occupation, (), None)
    import_posting(read(raw, "jobtech"), found, by=None, at=now, publish=False)


@pytest.mark.usefixtures("told")
def test_a_client_asks_by_the_concepts_of_jobtech(client: Client, posting: Posting) -> None:
    oslo = PlaceFactory(name="Oslo", folded="oslo", country="NO", municipality_code="1490", latitude=59.91, longitude=10.75)
    open_posting(title="Bake", workplace=WorkplaceFactory(place=oslo), kind="job", hours_min=38, hours_max=38)
    found = {
        f"occupation-name={SOMEBODY}": ["Odla tomater"],
        "occupation-name=4711": ["Odla tomater"],
        "occupation-group=Gr0u_p11_111": ["Odla tomater"],
        "occupation-field=VuuL_7CH_adj": ["Odla tomater"],
        "occupation-field=VuuL_7CH_adj&municipality=0180": [],
        f"municipality={BORAS}": ["Odla tomater"],
        f"municipality=-{BORAS}": ["Bake"],
        "region=zdoY_6u5_Krt": ["Odla tomater"],
        "region=CaRE_1nn_cSU": [],
        "region=14&region=CaRE_1nn_cSU": ["Bake", "Odla tomater"],
        "country=i46j_HmG_v64": ["Odla tomater"],
        "country=QJgN_Zge_BzJ": ["Bake"],
        "employment-type=kpPX_CNN_gDU": ["Bake"],
        "worktime-extent=6YE1_gAC_R2G": ["Bake"],
        "worktime-extent=947z_JGS_Uk2": ["Odla tomater"],
        "worktime-extent=947z_JGS_Uk2&worktime-extent=6YE1_gAC_R2G": ["Bake", "Odla tomater"],
        # Of another kind, or of none that we have heard of: nothing is found, as there.
        f"occupation-name={BORAS}": [],
        "municipality=AAAA_bbb_CCC": [],
        "municipality=AAAA_bbb_CCC&region=14": ["Bake", "Odla tomater"],
        "worktime-extent=AAAA_bbb_CCC": [],
    }
    for query, titles in found.items():
        assert sorted(one["headline"] for one in client.get(f"{SEARCH}?{query}").json()["hits"]) == titles, query
    (address,) = (one["workplace_address"] for one in client.get(f"{SEARCH}?municipality={BORAS}").json()["hits"])
    assert (address["municipality_concept_id"], address["region_concept_id"], address["region"]) == (
        BORAS,
        "zdoY_6u5_Krt",
        "Västra Götalands län",
    )


@needs_ads
def test_what_real_ads_tell_is_learnt(now: datetime) -> None:
    for raw in json.loads((ADS / "jobtech.json").read_text()):
        import_posting(read(raw, "jobtech"), Linked(None, (), None), by=None, at=now, publish=False)
    learnt = set(TheirCode.objects.values_list("kind", "theirs", "ours"))
    assert {("occupation-group", "DJh5_yyF_hEM", "2512"), ("occupation-field", "NYW6_mP6_vwf", "22")} <= learnt
    assert len(learnt) == TheirCode.objects.count(), "once each"


def test_a_part_of_the_stream(client: Client, frozen: time_machine.Traveller, now: datetime, posting: Posting) -> None:
    """Whoever follows one region hears of what leaves it, and nothing of what was never there."""
    skane = PlaceFactory(name="Malmö", folded="malmo", municipality_code="1280", latitude=55.6, longitude=13.0)
    open_posting(title="Aldrig här", workplace=WorkplaceFactory(place=skane), at=now + timedelta(minutes=50))
    narrow = "location-concept-id=zdoY_6u5_Krt&occupation-concept-id=61"

    def told(since: datetime) -> list[tuple[str, bool]]:
        answer = client.get(f"/api/jobtech/stream?date={since:%Y-%m-%dT%H:%M:%S}Z&{narrow}")
        rows = json.loads(b"".join(answer.streaming_content))
        return [(one["id"], one["removed"]) for one in rows]

    assert told(now - timedelta(minutes=1)) == [(str(posting.pk), False)]
    frozen.shift(3600)
    posting.workplace = WorkplaceFactory(place=skane, employer=posting.employer)
    posting.save()
    heard(posting, at=now + timedelta(hours=1))
    assert told(now + timedelta(minutes=40)) == [(str(posting.pk), True)]
    heard(posting, PostingState.FILLED, at=now + timedelta(hours=2))
    assert told(now + timedelta(minutes=90)) == [(str(posting.pk), True)]


def test_a_part_of_the_snapshot(client: Client, posting: Posting) -> None:
    for query, count in {"location-concept-id=1490": 1, "location-concept-id=CaRE_1nn_cSU": 0, "occupation-concept-id=-61": 0}.items():
        assert len(json.loads(b"".join(client.get(f"/api/jobtech/snapshot?{query}").streaming_content))) == count, query


def test_the_number_of_a_municipality_is_not_that_of_its_county(client: Client, posting: Posting) -> None:
    gothenburg = PlaceFactory(name="Göteborg", folded="goteborg", municipality_code="1480", latitude=57.7, longitude=11.97)
    open_posting(title="Granne", workplace=WorkplaceFactory(place=gothenburg), occupation=Concept.objects.create(key="x", isco="6122"))
    for query, titles in {
        "location-concept-id=1490": ["Odla tomater"],
        "location-concept-id=-1490": ["Granne"],
        "location-concept-id=14": ["Granne", "Odla tomater"],
        "occupation-concept-id=6113": ["Odla tomater"],
        "occupation-concept-id=61": ["Granne", "Odla tomater"],
    }.items():
        told = json.loads(b"".join(client.get(f"/api/jobtech/snapshot?{query}").streaming_content))
        assert sorted(one["headline"] for one in told) == titles, query


def test_a_code_of_both_countries_is_counted_in_each(client: Client) -> None:
    """18 is Örebro län and Nordland, and 1860 Laxå and Vestvågøy."""
    for country, name in (("SE", "Laxå"), ("NO", "Vestvågøy"), ("NO", "Vestvågøy")):
        place = PlaceFactory(name=name, folded=name, country=country, municipality=name, municipality_code="1860")
        open_posting(workplace=WorkplaceFactory(place=place))
    stats = client.get(f"{SEARCH}?stats=region&stats=municipality").json()["stats"]
    assert [[(one["term"], one["code"], one["count"]) for one in each["values"]] for each in stats] == [
        [("18", "18", 2), ("Örebro län", "18", 1)],
        [("Vestvågøy", "1860", 2), ("Laxå", "1860", 1)],
    ]


def test_an_ad_without_a_place_is_found_by_the_extent_that_it_tells(client: Client) -> None:
    for title, hours in (("Hel", 40), ("Del", 20)):
        open_posting(title=title, hours_min=hours, hours_max=hours)
    Posting.objects.update(workplace=None)
    for concept, title in (("6YE1_gAC_R2G", "Hel"), ("947z_JGS_Uk2", "Del")):
        (hit,) = client.get(f"{SEARCH}?worktime-extent={concept}").json()["hits"]
        assert (hit["headline"], hit["working_hours_type"]["concept_id"]) == (title, concept)


def test_long_lists_come_in_pieces(client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any) -> None:
    """Each piece costs one query more, whatever its ads name; nothing is told twice and nothing left out."""
    group = Concept.objects.create(key="isco-61", kind="group", isco="61")
    gardener = Concept.objects.create(key="gardener", kind="occupation", isco="6113")
    for concept in (group, gardener):
        concept.labels.create(language="sv", text=concept.key, preferred=True)
    postings = [open_posting(occupation=gardener, skills=[{"key": "gone", "importance": "good"}]) for _ in range(7)]
    heard(postings[0], PostingState.FILLED)
    every = {str(one.pk) for one in postings}
    for address, ids in {"snapshot": every - {str(postings[0].pk)}, "stream?date=2026-01-01T00:00:00": every}.items():
        counts = []
        for size in (2, 100):
            monkeypatch.setattr(lines, "AT_ONCE", size)
            monkeypatch.setattr(stream, "AT_ONCE", size)
            with django_assert_max_num_queries(20) as counted:
                told = json.loads(b"".join(client.get(f"/api/jobtech/{address}").streaming_content))
            counts.append(len(counted))
            assert sorted(one["id"] for one in told) == sorted(ids)
        assert counts[0] - counts[1] == {"snapshot": 2}.get(address, 3)
