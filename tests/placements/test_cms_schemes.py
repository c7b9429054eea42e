"""An editor keeps the helper schemes in Wagtail's admin, and is told which to read again."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from placements.models import Scheme
from tests.factories.accounts import MembershipFactory
from tests.factories.schemes import SchemeFactory
from tests.placements.conftest import SignIn

pytestmark = pytest.mark.django_db
EDIT = "wagtailsnippets_placements_scheme:edit"


def form(scheme: Scheme, **changes: Any) -> dict[str, Any]:
    given = {name: value for name, value in vars(scheme).items() if value and not name.startswith("_") and name != "shipped"}
    return {**{name: "on" if value is True else value for name, value in given.items()}, **changes}


@pytest.mark.usefixtures("schemes", "frozen")
def test_an_editor_is_told_what_to_read_again_and_does(editor: Membership, signed_in: SignIn) -> None:
    client, address = signed_in(editor), reverse(EDIT, args=["se-tolk"])
    assert address not in client.get("/cms/").content.decode()
    Scheme.objects.filter(pk="se-tolk").update(checked_on=date(2025, 1, 1), review_on=date(2026, 1, 1))
    home = client.get("/cms/").content.decode()
    assert address in home
    assert home.count("Ska läsas igen") == 1
    page = client.get(address).content.decode()
    assert "Teckenspråkstolk" in page
    scheme = Scheme.objects.get(pk="se-tolk")
    again = form(scheme, checked_on="2026-11-24", review_on="2027-06-01", key="another")
    assert client.post(address, again).status_code == 302
    scheme.refresh_from_db()
    assert (scheme.review_on, scheme.codes) == (date(2027, 6, 1), ["comm.interpreter"])
    assert not Scheme.objects.filter(pk="another").exists()
    assert client.post(address, form(scheme, codes=["health.bad"])).status_code == 200
    listed = client.get(reverse("wagtailsnippets_placements_scheme:list")).content.decode()
    assert "Tolk på arbetsplatsen (SE)" in listed
    assert "1 juni 2027" in listed


@pytest.mark.parametrize("role", ["advisor", "coordinator"])
def test_nobody_else_writes_schemes(role: str, signed_in: SignIn) -> None:
    scheme = SchemeFactory()
    client: Client = signed_in(MembershipFactory(**{role: True}))
    assert client.get(reverse(EDIT, args=[scheme.pk])).status_code in {302, 403}
    client.post(reverse(EDIT, args=[scheme.pk]), form(scheme, name_sv="Mitt"))
    scheme.refresh_from_db()
    assert scheme.name_sv != "Mitt"
