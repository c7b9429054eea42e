"""The form of JobTech: a client written for JobTech reads its own ads and ours with the same code."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from employers.documents import read
from employers.models import Posting
from employers.states import PostingState
from taxonomy.models import Concept
from taxonomy.queries import folded
from tests.factories.employers import PlaceFactory, PostingFactory, WorkplaceFactory
from tests.factories.public import heard, open_posting
from tests.real_ads import ADS, needs_ads

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SEARCH = "/api/jobtech/search"
NOT_OURS = {"keywords", "workplace_id"}  # of ads from 2019: what their own machine had found in the text


@dataclass(frozen=True)
class JobTechAd:
    """An ad as a small client of JobSearch takes it apart: by the names of its documentation, and nothing may be missing."""

    id: str
    headline: str
    text: str
    employer: str
    municipality: str | None
    longitude: float | None
    occupation: str | None
    group: str | None
    skills: tuple[str, ...]
    apply_at: str | None
    published: datetime
    ends: datetime | None
    percent: int | None

    @classmethod
    def of(cls, raw: dict[str, Any]) -> "JobTechAd":
        longitude, _latitude = raw["workplace_address"]["coordinates"]
        last = raw["last_publication_date"]
        return cls(
            id=raw["id"],
            headline=raw["headline"],
            text=raw["description"]["text"],
            employer=raw["employer"]["name"],
            municipality=raw["workplace_address"]["municipality"],
            longitude=longitude,
            occupation=(raw["occupation"] or {}).get("label"),
            group=(raw["occupation_group"] or {}).get("legacy_ams_taxonomy_id"),
            skills=tuple(one["label"] for wanted in ("must_have", "nice_to_have") for one in raw[wanted]["skills"]),
            apply_at=raw["application_details"]["url"],
            published=datetime.strptime(raw["publication_date"], "%Y-%m-%dT%H:%M:%S"),  # noqa: DTZ007 (JobTech writes no zone)
            ends=datetime.strptime(last, "%Y-%m-%dT%H:%M:%S") if last else None,  # noqa: DTZ007
            percent=raw["scope_of_work"]["max"],
        )


class JobTechCopy:
    """A client of JobStream: begins with the snapshot, then asks for changes, and forgets what is removed."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.ads = {one["id"]: one for one in self._read("/api/jobtech/snapshot")}

    def _read(self, address: str) -> list[dict[str, Any]]:
        answer = self.client.get(address)
        assert answer.status_code == 200, answer.content
        rows: list[dict[str, Any]] = json.loads(b"".join(answer.streaming_content))
        return rows

    def follow(self, since: datetime) -> None:
        for one in self._read(f"/api/jobtech/stream?date={since:%Y-%m-%dT%H:%M:%S}Z"):
            if one.get("removed"):
                self.ads.pop(one["id"], None)
            else:
                self.ads[one["id"]] = one


def keys_of(raw: Any, path: str = "") -> set[str]:
    """Every name in an ad with the way to it; what stands in a list counts once."""
    if isinstance(raw, list):
        return {name for one in raw for name in keys_of(one, path)}
    if not isinstance(raw, dict):
        return set()
    return {f"{path}/{name}" for name in raw} | {found for name, value in raw.items() for found in keys_of(value, f"{path}/{name}")}


@pytest.fixture
def posting() -> Posting:
    group = Concept.objects.create(key="isco-61", kind="group", isco="61")
    group.labels.create(language="sv", text="Växtodlare", preferred=True)
    unit = Concept.objects.create(key="isco-6113", kind="group", isco="6113")
    unit.labels.create(language="sv", text="Trädgårdsodlare", preferred=True)
    gardener = Concept.objects.create(key="gardener", kind="occupation", isco="6113")
    gardener.labels.create(language="sv", text="trädgårdsarbetare", preferred=True)
    pruning = Concept.objects.create(key="prune", kind="skill")
    pruning.labels.create(language="sv", text="beskära", preferred=True)
    return open_posting(
        title="Odla tomater",
        tasks="Plantera <b>& vattna.",
        occupation=gardener,
        skills=[{"key": "prune", "importance": "must"}],
        language_level="A2",
        licences=["B"],
        contact_email="anna@example.org",
    )


def test_one_client_reads_ours(client: Client, posting: Posting) -> None:
    body = client.get(f"{SEARCH}?q=tomater&some-new-parameter=1").json()
    assert (body["total"], body["positions"]) == ({"value": 1}, 1)
    ad = JobTechAd.of(body["hits"][0])
    assert (ad.id, ad.headline, ad.employer) == (str(posting.pk), "Odla tomater", posting.employer.name)
    assert (ad.occupation, ad.group, ad.skills) == ("trädgårdsarbetare", "6113", ("beskära",))
    assert (ad.municipality, ad.longitude, ad.percent) == ("Borås", 12.94, 50)
    assert ad.apply_at == f"http://testserver/sv/postings/{posting.pk}/"
    assert "&lt;b&gt;&amp; vattna" in body["hits"][0]["description"]["text_formatted"]
    assert JobTechAd.of(client.get(f"/api/jobtech/ad/{posting.pk}").json()) == ad
    assert "anna@example.org" not in json.dumps(body)
    assert "Anna Berg" not in json.dumps(body)


@needs_ads
def test_the_same_client_reads_real_ads_and_ours_has_every_name(client: Client, posting: Posting) -> None:
    real = json.loads((ADS / "jobtech.json").read_text())
    assert [JobTechAd.of(one).headline for one in real][:1] == ["Java-utvecklare"]
    newest = real[-1]
    ours = client.get(f"/api/jobtech/ad/{posting.pk}").json()
    missing = {name for name in keys_of(newest) - keys_of(ours) if name.split("/")[1] not in NOT_OURS and "work_experiences/" not in name}
    assert missing == set()


def test_what_we_say_is_read_back_by_our_own_reader(client: Client, posting: Posting) -> None:
    ad = read(client.get(f"/api/jobtech/ad/{posting.pk}").json(), "jobtech")
    assert (ad.source_id, ad.title, ad.town, ad.municipality_code) == (str(posting.pk), "Odla tomater", "Borås", "1490")
    assert (ad.occupation, ad.isco, ad.skills, ad.licences) == ("trädgårdsarbetare", "61", (("beskära", "must"),), ("B",))
    assert (ad.hours_min, ad.hours_max, ad.places, ad.text) == (10, 20, 1, "Plantera <b>& vattna.\nVi börjar klockan åtta.")


def test_filters_in_jobtechs_names(client: Client, posting: Posting) -> None:
    kinna = PlaceFactory(name="Kinna", folded=folded("Kinna"), municipality_code="1463", latitude=57.507, longitude=12.694)
    open_posting(title="Diska", workplace=WorkplaceFactory(place=kinna), places=3)
    found = {
        "occupation-name=gardener": ["Odla tomater"],
        "occupation-group=6113&occupation-name=nobody": ["Odla tomater"],
        "occupation-field=61": ["Odla tomater"],
        "occupation-field=-61": ["Diska"],
        "municipality=1463": ["Diska"],
        "municipality=1463&municipality=1490": ["Diska", "Odla tomater"],
        "municipality=-1463": ["Odla tomater"],
        "region=14&municipality=-1490": ["Diska"],
        "country=NO": [],
        "employment-type=job": [],
        "employment-type=trial": ["Diska", "Odla tomater"],
        "position=57.72,12.94&position.radius=5": ["Odla tomater"],
        "position=57.72,12.94&position.radius=40": ["Diska", "Odla tomater"],
        "published-after=2025-01-01T00:00:00": ["Diska", "Odla tomater"],
        "published-after=60": [],
        "published-before=2025-01-01T00:00:00": [],
        "limit=0": [],
        "offset=1&limit=1&sort=pubdate-asc": None,
    }
    for query, titles in found.items():
        hits = client.get(f"{SEARCH}?{query}").json()["hits"]
        assert len(hits) == 1 if titles is None else sorted(one["headline"] for one in hits) == titles, query
    body = client.get(f"{SEARCH}?stats=occupation-field&stats=municipality&stats=nothing").json()
    assert body["positions"] == 4
    field, where = body["stats"]
    assert field == {"type": "occupation-field", "values": [{"term": "Växtodlare", "concept_id": "61", "code": "61", "count": 1}]}
    assert [one["count"] for one in where["values"]] == [1, 1]


@pytest.mark.parametrize("query", ["sort=fame", "limit=101", "offset=-1", "position=here", "published-after=soon", "q=%00"])
def test_bad_values_are_told(client: Client, query: str) -> None:
    answer = client.get(f"{SEARCH}?{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")


def test_a_copy_stays_true_by_following(client: Client, frozen: time_machine.Traveller, now: datetime) -> None:
    kept, gone = open_posting(title="Kvar"), open_posting(title="Borta")
    copy = JobTechCopy(client)
    assert {one["headline"] for one in copy.ads.values()} == {"Kvar", "Borta"}
    frozen.shift(3600)
    heard(gone, PostingState.FILLED, at=now + timedelta(hours=1))
    new = PostingFactory(title="Ny", published=True)
    heard(new, at=now + timedelta(hours=1))
    PostingFactory(title="Utkast")
    copy.follow(now + timedelta(minutes=30))
    assert {one["headline"] for one in copy.ads.values()} == {"Kvar", "Ny"}
    assert str(kept.pk) in copy.ads
    told = client.get("/api/jobtech/stream?date=2026-11-24T11:00:00&updated-before-date=2026-11-24T10:01:00Z")
    assert json.loads(b"".join(told.streaming_content)) == []


def test_a_tombstone_tells_nothing_but_the_end(client: Client) -> None:
    gone = open_posting(title="Hemlig rubrik")
    heard(gone, PostingState.EXPIRED)
    answer = client.get("/api/jobtech/stream?date=2026-01-01T00:00:00")
    (one,) = json.loads(b"".join(answer.streaming_content))
    assert (one["id"], one["removed"], one["removed_date"]) == (str(gone.pk), True, "2026-11-24T10:30:00")
    assert {name for name, value in one.items() if value is not None} == {"id", "removed", "removed_date"}
    assert client.get(f"/api/jobtech/ad/{gone.pk}").status_code == 410


def test_a_snapshot_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    open_posting()
    first = client.get("/api/jobtech/snapshot")
    assert client.get("/api/jobtech/snapshot", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    open_posting()
    assert client.get("/api/jobtech/snapshot", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_more_ads_cost_no_more_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    counts = []
    for more in (3, 20):
        for _ in range(more):
            open_posting()
        with django_assert_max_num_queries(25) as counted:
            client.get(f"{SEARCH}?limit=100&stats=municipality")
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_a_kind_that_is_not_known_finds_nothing(client: Client) -> None:
    open_posting()
    for kind in ("-904", "slavery"):
        assert client.get(f"{SEARCH}?employment-type={kind}").json()["total"]["value"] == 0


def test_a_number_is_no_time(client: Client) -> None:
    for number in ("1764220000", "-1.5e-239", "17e8"):
        assert client.get(f"/api/jobtech/stream?date={number}").status_code == 422, number
