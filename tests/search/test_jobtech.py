"""The form of JobTech: a client written for JobTech reads its own ads and ours with the same code."""

import json
from dataclasses import dataclass
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


BORAS, SOMEBODY = "TpRZ_bFL_jhL", "Xq1z_9aB_c0D"


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


def test_a_part_of_the_snapshot(client: Client, posting: Posting) -> None:
    for query, count in {"location-concept-id=1490": 1, "location-concept-id=CaRE_1nn_cSU": 0, "occupation-concept-id=-61": 0}.items():
        assert len(json.loads(b"".join(client.get(f"/api/jobtech/snapshot?{query}").streaming_content))) == count, query


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
