"""Ads of other job boards: the real examples, twice, and what may be wrong with an ad."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from audit.models import Event
from employers import documents
from employers.models import Employer, Posting
from employers.signals import POSTING_PUBLISHED
from outbox.models import Fact, Letter
from tests.factories.employers import jobtech
from tests.real_ads import ADS, FILES, needs_ads

pytestmark = pytest.mark.django_db


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
        jobtech(id="3", application_deadline="2019-05-12", employer={"organization_number": "165560004615"}),  # with its century
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
    assert Posting.objects.get(source_id="3").employer == Posting.objects.get(source_id="4").employer
    assert Posting.objects.get(source_id="4").status.state == "draft"
    assert Posting.objects.get(source_id="7").places is None


@pytest.mark.parametrize("number", ["8112189876", "198112189876", "19811218-9876", "811218-9876"])
def test_case_63_a_sole_traders_number_is_a_persons_and_is_not_stored(run: Any, number: str) -> None:
    said = run([jobtech(employer={"organization_number": number, "name": "Annas Städ", "id": "77"})])
    assert "personal number" in said
    assert number not in said
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
