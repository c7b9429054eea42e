"""An editor keeps the kinds of placement in Wagtail's admin: versions follow each other, and nobody else has this door."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from placements.models import MeasureType, MeasureVersion
from tests.factories.accounts import MembershipFactory
from tests.factories.placements import make_case
from tests.placements.conftest import SignIn

pytestmark = pytest.mark.django_db
ADD = "wagtailsnippets_placements_measuretype:add"
EDIT = "wagtailsnippets_placements_measuretype:edit"
VERSION = {
    "basis": "En regel",
    "checked_on": "2026-11-23",
    "unit": "months",
    "age_on": "start",
    "longest": "6",
    "signs_first": "jobseeker",
    "signs_second": "employer",
    "name_sv": "Prova på",
    "name_nb": "Prøve",
    "name_en": "Try out",
}


def form(*versions: dict[str, str], stored: tuple[int, ...] = ()) -> dict[str, Any]:
    fields: dict[str, Any] = {"key": "se-prova", "country": "SE", "kinds": ["trial", "job"]}
    counts = {"TOTAL": len(versions), "INITIAL": len(stored), "MIN_NUM": 1, "MAX_NUM": 1000}
    fields |= {f"versions-{name}_FORMS": str(count) for name, count in counts.items()}
    for number, version in enumerate(versions):
        told = {**VERSION, **version, "id": str(stored[number]) if number < len(stored) else ""}
        fields |= {f"versions-{number}-{name}": value for name, value in told.items()}
    return fields


def test_an_editor_adds_a_kind_and_gives_it_a_later_version(editor: Membership, signed_in: SignIn) -> None:
    client = signed_in(editor)
    assert client.get(reverse(ADD)).status_code == 200
    answer = client.post(reverse(ADD), form({"valid_from": "2026-01-01"}))
    assert answer.status_code == 302
    made = MeasureType.objects.get()
    assert (made.key, made.country, made.kinds, made.shipped) == ("se-prova", "SE", ["trial", "job"], "")
    first = made.versions.get()
    page = client.get(reverse(EDIT, args=["se-prova"])).content.decode()
    assert "Prova på" in page
    wanted = form({"valid_from": "2026-01-01", "valid_to": "2026-12-31"}, {"valid_from": "2027-01-01", "longest": "3"}, stored=(first.pk,))
    assert client.post(reverse(EDIT, args=["se-prova"]), {**wanted, "key": "another"}).status_code == 302
    assert [one.pk for one in MeasureType.objects.all()] == ["se-prova"]
    told = MeasureVersion.objects.order_by("valid_from").values_list("valid_from", "valid_to", "longest")
    assert list(told) == [(date(2026, 1, 1), date(2026, 12, 31), 6), (date(2027, 1, 1), None, 3)]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"valid_from": "2026-01-01"}, {"valid_from": "2027-01-01"}),
        ({"valid_from": "2026-01-01", "valid_to": "2027-01-01"}, {"valid_from": "2027-01-01"}),
        ({"valid_from": "2027-01-01"}, {"valid_from": "2026-01-01"}),
        ({"valid_from": "2026-01-01"}, {"valid_from": "2026-01-01"}),
    ],
)
def test_versions_that_hold_on_the_same_day_are_refused(
    earlier: dict[str, str], later: dict[str, str], editor: Membership, signed_in: SignIn
) -> None:
    answer = signed_in(editor).post(reverse(ADD), form(earlier, later))
    assert answer.status_code == 200
    assert not MeasureType.objects.exists()
    assert "Skriv till vilken dag den tidigare gäller" in answer.content.decode() or earlier["valid_from"] == later["valid_from"]


def test_a_version_that_an_agreement_names_stays(editor: Membership, signed_in: SignIn, now: datetime) -> None:
    case = make_case(now).until_sent(now)
    version = case.version().measure
    assert version is not None
    wanted = {
        **form({"valid_from": "2020-01-01"}, {"valid_from": "2027-01-01"}, stored=(version.pk,)),
        "key": "se-test",
        "kinds": ["trial"],
    }
    address = reverse(EDIT, args=["se-test"])
    answer = signed_in(editor).post(address, {**wanted, "versions-0-DELETE": "on"})
    assert answer.status_code == 200
    assert "Det finns avtal som bygger på den här versionen" in answer.content.decode()
    assert list(MeasureVersion.objects.values_list("pk", flat=True)) == [version.pk]
    case.placement.delete()
    assert signed_in(editor).post(address, {**wanted, "versions-0-DELETE": "on"}).status_code == 302
    assert not MeasureVersion.objects.filter(pk=version.pk).exists()


@pytest.mark.parametrize("wrong", [{"valid_from": ""}, {"valid_from": "2026-01-01", "signs_second": ""}])
def test_a_version_with_a_mistake_is_shown_again(wrong: dict[str, str], editor: Membership, signed_in: SignIn) -> None:
    answer = signed_in(editor).post(reverse(ADD), form(wrong))
    assert answer.status_code == 200
    assert not MeasureType.objects.exists()


def test_a_kind_without_a_posting_or_a_version_is_refused(editor: Membership, signed_in: SignIn) -> None:
    client = signed_in(editor)
    assert client.post(reverse(ADD), form()).status_code == 200
    assert client.post(reverse(ADD), {**form({"valid_from": "2026-01-01"}), "kinds": ["dance"]}).status_code == 200
    assert not MeasureType.objects.exists()


@pytest.mark.usefixtures("measures")
def test_the_list_names_every_kind_and_none_can_be_deleted(editor: Membership, signed_in: SignIn) -> None:
    client = signed_in(editor)
    listed = client.get(reverse("wagtailsnippets_placements_measuretype:list")).content.decode()
    assert "Arbetspraktik (SE)" in listed
    gone = client.post(reverse("wagtailsnippets_placements_measuretype:delete", args=["se-arbetspraktik"]))
    assert gone.status_code == 302
    assert MeasureType.objects.filter(pk="se-arbetspraktik").exists()


@pytest.mark.parametrize("role", ["advisor", "coordinator"])
def test_nobody_else_has_this_door(role: str, signed_in: SignIn) -> None:
    client: Client = signed_in(MembershipFactory(**{role: True}))
    assert client.get(reverse(ADD)).status_code in {302, 403}
    client.post(reverse(ADD), form({"valid_from": "2026-01-01"}))
    assert not MeasureType.objects.exists()
