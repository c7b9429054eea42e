"""Ads of other job boards: the real examples, twice, and what may be wrong with an ad."""

import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Membership
from audit.models import Event
from employers import actions, documents, linker
from employers.models import Employer, Posting, PostingStatus
from employers.signals import POSTING_PUBLISHED
from outbox.models import Fact, Letter
from taxonomy.models import Concept, Label
from tests.factories.accounts import role_of
from tests.factories.employers import PlaceFactory
from tests.real_ads import ADS, FILES, needs_ads

pytestmark = pytest.mark.django_db


def jobtech(**changes: Any) -> dict[str, Any]:
    ad = {
        "id": "1",
        "headline": "Lagerarbetare",
        "description": {"text": "<p>Plocka varor.</p><script>alert(1)</script><p>Ring Anna Berg på 070-174 06 05 eller a@b.se.</p>"},
        "employer": {"organization_number": "556000-4615", "name": "Lagret AB", "workplace": "Lagret", "email": "a@b.se"},
        "application_details": {"reference": "Anna Berg", "email": "a@b.se"},
        "workplace_address": {"municipality_code": "1490", "municipality": "Borås", "city": "Borås", "street_address": "Gatan 1"},
        "scope_of_work": {"min": 50, "max": 100},
        "number_of_vacancies": 2,
        "application_deadline": "2099-05-12T23:59:59",
        "driving_license_required": True,
        "occupation": {"label": "Lagerarbetare"},
        "salary_description": "Enligt avtal",
    }
    return {**ad, **changes}


@pytest.fixture
def words() -> None:
    """A vocabulary of one occupation and one skill, and the place."""
    PlaceFactory()
    for key, kind, text in (("worker", "occupation", "Lagerarbetare"), ("pick", "skill", "plocka varor")):
        concept = Concept.objects.create(key=key, kind=kind)
        Label.objects.create(concept=concept, language="sv", text=text, preferred=True)


@pytest.fixture
def run(tmp_path: Path, words: None) -> Any:
    def imported(delivery: Any, *, format_name: str = "jobtech", wanted: str = "DRAFT") -> str:
        path = tmp_path / "ads.json"
        path.write_text(delivery if isinstance(delivery, str) else json.dumps(delivery))
        said = io.StringIO()
        call_command("import_postings", str(path), "--format", format_name, "--as", wanted, stdout=said)
        return said.getvalue()

    return imported


def test_an_ad_becomes_a_posting_once(run: Any) -> None:
    assert run([jobtech()]).splitlines()[-1] == "1 created, 0 already here, 0 refused"
    posting = Posting.objects.get()
    assert posting.workplace is not None
    assert posting.workplace.place is not None
    assert (posting.title, posting.hours_min, posting.hours_max, posting.places) == ("Lagerarbetare", 20, 40, 2)
    assert (posting.licences, posting.language, posting.occupation_id) == (["B"], "sv", "worker")
    assert posting.skills == [{"key": "pick", "importance": "good"}]
    assert (posting.employer.number, posting.employer.source) == ("5560004615", "jobtech")
    assert (posting.live, posting.status.state) == (False, "draft")
    assert run([jobtech()]).splitlines()[-1] == "0 created, 1 already here, 0 refused"
    assert Event.objects.filter(what="posting_imported").count() == 1


def test_no_markup_and_nobody_to_contact_comes_along(run: Any) -> None:
    run([jobtech()])
    posting = Posting.objects.get()
    stored = json.dumps([posting.tasks, posting.title, posting.contact_name, posting.contact_email, posting.contact_phone])
    assert posting.tasks == "Plocka varor."
    for trace in ("<", "script", "Anna", "070", "a@b.se"):
        assert trace not in stored


def test_published_takes_the_same_way_as_an_editors_approval(run: Any) -> None:
    run([jobtech()], wanted="PUBLISHED")
    posting = Posting.objects.get()
    assert posting.live
    assert (posting.status.state, posting.status.published_hash) == ("published", posting.content_hash())
    assert posting.live_revision is not None
    assert Fact.objects.filter(name=POSTING_PUBLISHED, ids={"posting_id": str(posting.pk)}).exists()
    assert not Letter.objects.exists()


def test_what_is_odd_is_said_and_the_rest_comes_in(run: Any) -> None:
    odd = [
        jobtech(id="2", employer={"organization_number": "5560004616", "name": "Fel AB"}),
        jobtech(id="3", application_deadline="2019-05-12"),
        jobtech(id="4", removed=True),
        jobtech(id="5", workplace_address={"city": "Ingenstans"}),
        jobtech(id=None),
        jobtech(id="6", headline="  "),
        "not an ad",
        jobtech(id="7", number_of_vacancies=-1, scope_of_work={"min": "NaN", "max": "1e309"}, description=None),
    ]
    said = run(odd, wanted="PUBLISHED")
    assert said.splitlines()[-1] == "5 created, 0 already here, 3 refused"
    for sentence in (
        "2: the employer's number (5560004616) is not right",
        "3: its last day, 2019-05-12, has passed",
        "4: the source has taken it down",
        "5: the place (Ingenstans) is not in our table",
        "ad 5 is left out: it has no id",
        "ad 6 is left out: 6: it has no title",
        "ad 7 is left out: this is not an ad",
    ):
        assert sentence in said
    assert Employer.objects.get(name="Fel AB").source == "jobtech-unchecked"
    assert Posting.objects.get(source_id="4").status.state == "draft"
    assert Posting.objects.get(source_id="7").places is None


def test_case_63_a_sole_traders_number_is_a_persons_and_is_not_stored(run: Any) -> None:
    said = run([jobtech(employer={"organization_number": "8112189876", "name": "Annas Städ", "id": "77"})])
    assert "personal number" in said
    assert Employer.objects.get().number == "x77"


def test_nothing_is_half_saved(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: Any, **_kwargs: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("employers.actions.imports.publish_if_clean", fails)
    with pytest.raises(OSError, match="full"):
        run([jobtech()], wanted="PUBLISHED")
    assert not Posting.objects.exists()
    assert not Employer.objects.exists()


@pytest.mark.parametrize("content", ["{", "", "[" * 100_000, "[NaN", "<ads/>"])
def test_case_58_a_file_that_is_not_json_is_one_sentence(run: Any, content: str) -> None:
    with pytest.raises(CommandError, match="is not JSON"):
        run(content)


def test_case_58_a_byte_order_mark_is_read_and_another_encoding_is_one_sentence(tmp_path: Path, words: None) -> None:
    delivery, path = json.dumps([jobtech(headline="Trädgårdsarbetare")], ensure_ascii=False), tmp_path / "ads.json"
    for encoding, sentence in (("utf-8-sig", "1 created"), ("utf-16", "is not JSON"), ("latin-1", "is not JSON")):
        path.write_bytes(delivery.encode(encoding))
        said = io.StringIO()
        try:
            call_command("import_postings", str(path), "--format", "jobtech", stdout=said)
        except CommandError as error:
            said.write(str(error))
        assert sentence in said.getvalue(), encoding
    assert Posting.objects.get().title == "Trädgårdsarbetare"


def test_case_58_an_ad_that_stands_twice_in_a_delivery_comes_in_once(run: Any) -> None:
    said = run([jobtech(), jobtech(headline="En annan rubrik")])
    assert said.splitlines()[-1] == "1 created, 1 already here, 0 refused"
    assert Posting.objects.get().title == "Lagerarbetare"


def test_case_55_and_58_markup_and_formulas_of_other_boards_stay_text(run: Any, client: Client) -> None:
    hostile = "=HYPERLINK(1)<script>alert(1)</script>"
    run([jobtech(headline=hostile, employer={"organization_number": "5560004615", "name": hostile})], wanted="PUBLISHED")
    body = client.get(f"/sv/postings/{Posting.objects.get().pk}/").content.decode()
    assert "<script>alert" not in body


def test_without_an_encoder_the_ads_come_in_without_words(run: Any, settings: Any) -> None:
    settings.ENCODER = "/nowhere/at/all"
    said = run([jobtech(), jobtech(id="2")])
    assert said.count("words are not linked") == 1
    assert Posting.objects.filter(occupation=None, skills=[]).count() == 2


def test_navs_feed_and_database_are_read_alike() -> None:
    held = {
        "uuid": "u1",
        "title": "Servitør",
        "status": "ACTIVE",
        "contactList": [{"name": "Kari Nordmann", "email": "kari@example.org"}],
        "employer": {"name": "ESMERALDA AS", "orgnr": "974201828"},
        "locationList": [{"city": "TØNSBERG", "municipal": "TØNSBERG", "municipalCode": "3905", "postalCode": "3126"}],
        "properties": {
            "adtext": "<p>Ta imot gjester.</p><p>Spør Kari Nordmann om dette.</p>",
            "extent": "Deltid",
            "jobpercentage": "50",
            "workday": '["Lørdag","Ukedager"]',
            "workhours": '["Kveld"]',
            "jobtitle": "Servitør",
            "positioncount": "2",
            "engagementtype": "Lærling",
        },
    }
    fed = {
        "status": "ACTIVE",
        "ad_content": {
            "uuid": "u1",
            "title": "Servitør",
            "description": held["properties"]["adtext"],  # type: ignore[index]
            "contactList": held["contactList"],
            "employer": held["employer"],
            "workLocations": held["locationList"],
            **{name: held["properties"][name] for name in ("extent", "jobtitle", "positioncount", "engagementtype")},  # type: ignore[index]
        },
    }
    first, second = documents.read(held, "nav"), documents.read(fed, "nav")
    for ad in (first, second):
        assert (ad.source_id, ad.text, ad.town, ad.number, ad.places) == ("u1", "Ta imot gjester.", "Tønsberg", "974201828", 2)
        assert (ad.country, ad.kind, ad.occupation) == ("NO", "apprenticeship", "Servitør")
    assert (first.hours_max, first.times) == (18, ("evening", "weekend"))


@needs_ads
@pytest.mark.parametrize(("name", "format_name", "n"), FILES)
def test_the_real_ads_come_in_and_a_second_run_changes_nothing(name: str, format_name: str, n: int, words: None) -> None:
    for created in (n, 0):
        said = io.StringIO()
        call_command("import_postings", str(ADS / f"{name}.json"), "--format", format_name, "--as", "PUBLISHED", stdout=said)
        assert f"{created} created" in said.getvalue()
    stored = " ".join(f"{one.title} {one.tasks} {one.contact_name}" for one in Posting.objects.all())
    assert "Kontakt Person" not in stored
    assert "@" not in stored


def taken_in(raw: Any, now: datetime) -> str:
    """As a feed brings it."""
    ad = documents.read(raw, "jobtech")
    return actions.take_in(ad, linker.linked(ad, words=False), by=None, at=now, publish=True)[0]


def test_what_a_feed_brings_is_followed_and_what_a_file_brings_is_not(run: Any, now: datetime) -> None:
    run([jobtech()], wanted="PUBLISHED")
    status = Posting.objects.get().status
    assert not status.followed
    later = now + timedelta(days=3650)
    assert actions.ask_if_valid(at=later) == 1
    taken_in(jobtech(), later)
    status.refresh_from_db()
    assert (status.followed, status.reminders, status.asked_at) == (True, 0, None)
    assert actions.ask_if_valid(at=later + timedelta(days=100)) == 0


GUILTY = "Plocka varor. Vi tar inte emot någon i rullstol. Visa upp din legitimation."


def test_a_sentence_that_shuts_people_out_is_read_by_an_editor_before_anyone_sees_it(run: Any, editor: Membership, now: datetime) -> None:
    ad = jobtech(description={"text": GUILTY})
    assert "an editor reads it first: ability" in run([ad], wanted="PUBLISHED")
    posting = Posting.objects.get()
    assert (posting.live, posting.status.state) == (False, "submitted")
    assert [(one["rule"], one["read"]) for one in posting.status.found.values() if one["rule"] == "ability"] == [("ability", False)]
    assert Event.objects.get(what="posting_held").why == "ability"
    assert not Letter.objects.exists(), "a feed may bring hundreds"
    actions.approve(posting.pk, by=role_of(editor), at=now)
    posting.refresh_from_db()
    assert (posting.live, posting.status.state) == (True, "published")


def test_what_an_editor_has_read_holds_up_no_later_version_and_a_new_sentence_does(run: Any, editor: Membership, now: datetime) -> None:
    run([jobtech(description={"text": GUILTY})], wanted="PUBLISHED")
    posting = Posting.objects.get()
    actions.approve(posting.pk, by=role_of(editor), at=now)
    assert taken_in(jobtech(description={"text": f"{GUILTY} Ta med matlåda."}), now) == "changed"
    posting.refresh_from_db()
    assert "matlåda" in posting.tasks
    assert taken_in(jobtech(description={"text": "Plocka varor. Du får inte vara gravid."}), now) == "changed"
    posting.refresh_from_db()
    assert posting.live
    assert ("matlåda" in posting.tasks, posting.status.reviewed_revision_id is None) == (True, False), (
        "the words that were read stay meanwhile"
    )
    assert taken_in(jobtech(description={"text": "Plocka bara varor."}), now) == "changed"
    posting.refresh_from_db()
    assert (posting.tasks, posting.status.reviewed_revision_id) == ("Plocka bara varor.", None)


def test_an_ad_that_its_source_takes_away_while_an_editor_reads_is_gone(run: Any, editor: Membership, now: datetime) -> None:
    run([jobtech(description={"text": GUILTY})], wanted="PUBLISHED")
    posting = Posting.objects.get()
    assert actions.take_away("jobtech", posting.source_id, by=None, at=now)
    assert not Posting.objects.exists()


@pytest.mark.parametrize("public", [False, True])
def test_what_an_editor_reads_or_has_returned_does_not_begin_again_when_it_comes_again(
    public: bool, run: Any, editor: Membership, now: datetime
) -> None:
    run([jobtech(**({} if public else {"description": {"text": GUILTY}}))], wanted="PUBLISHED")
    posting, changed = Posting.objects.get(), jobtech(description={"text": f"{GUILTY} Ta med matlåda."})
    assert taken_in(changed, now) == "changed"
    assert taken_in(changed, now) == "unchanged"
    actions.send_back(posting.pk, by=role_of(editor), at=now, comment="Nej")
    assert taken_in(changed, now) == "unchanged"
    assert PostingStatus.objects.get().reviewed_revision_id is None
    assert taken_in(jobtech(description={"text": "Plocka bara varor."}), now) == "changed"
    posting.refresh_from_db()
    assert (posting.live, posting.tasks, posting.status.state) == (True, "Plocka bara varor.", "published")


def test_ways_to_reach_somebody_are_taken_out_and_the_rest_stays(run: Any) -> None:
    text = "Plocka varor.\nAnsök via www.lagret.example/jobb.\nVi visar."
    said = run([jobtech(headline="Lagerarbetare, www.lagret.example", description={"text": text})])
    posting = Posting.objects.get()
    assert "left out" in said
    assert (posting.tasks, posting.title) == ("Plocka varor.\n\nVi visar.", "Lagerarbetare,")


@pytest.mark.parametrize("returned", [False, True])
def test_what_was_public_and_is_read_again_ends_when_its_source_takes_it_away(
    returned: bool, run: Any, editor: Membership, now: datetime
) -> None:
    run([jobtech(application_deadline="2026-12-01")], wanted="PUBLISHED")
    posting = Posting.objects.get()
    later = now + timedelta(days=30)
    actions.expire(at=later)
    taken_in(jobtech(description={"text": GUILTY}), later)
    posting.status.refresh_from_db()
    assert posting.status.state == "submitted"
    if returned:
        actions.send_back(posting.pk, by=role_of(editor), at=later, comment="Nej")
    assert actions.take_away("jobtech", posting.source_id, by=None, at=later)
    posting.status.refresh_from_db()
    assert (posting.status.state, posting.status.reviewed_revision_id) == ("expired", None)


def test_a_title_that_is_nothing_but_a_way_to_reach_somebody_is_read_first(run: Any) -> None:
    run([jobtech(headline="Ansök nu", description={"text": "Plocka varor."})], wanted="PUBLISHED")
    posting = Posting.objects.get()
    assert (posting.title, posting.live, posting.status.state) == ("Ansök nu", False, "submitted")
