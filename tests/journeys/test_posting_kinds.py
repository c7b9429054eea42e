"""Story 1 again, shorter: a Norwegian employer's job in the browser, and each of the other kinds from the first step to the public page."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import Membership
from employers import actions
from employers.models import Employer, Posting
from tests.factories.accounts import UserFactory, role_of
from tests.factories.employers import WorkplaceFactory, employer_member
from tests.journeys.world import Looking, Visitor, carry_facts

pytestmark = pytest.mark.django_db(transaction=True)
KINDS: dict[str, dict[str, dict[str, Any]]] = {
    "job": {
        "4": {"hours_min": "30", "hours_max": "40", "times": ["day", "evening"], "places": "2"},
        "5": {"licences": ["B"]},
        "7": {"pay": "26 000–28 000 kr i månaden", "agreement": "Kommunal"},
    },
    "apprenticeship": {
        "4": {"hours_min": "37", "hours_max": "37", "places": "1", "weeks_min": "52", "weeks_max": "104"},
        "5": {"language_level": "B1"},
        "7": {"pay": "18 000 kr i månaden"},
    },
    "activity": {"4": {"times": ["weekend"]}, "5": {}, "7": {}},
}
SHOWN = {
    "job": ("26 000–28 000 kr i månaden", "Kommunal", "30–40 timmar i veckan"),
    "apprenticeship": ("18 000 kr i månaden", "52–104 veckor", "nivå B1"),
    "activity": ("Öppen aktivitet", "helger"),
}


@pytest.mark.usefixtures("vocabulary")
def test_story_1_in_norway_a_job_with_pay(page: Page, live_server: LiveServer, axe: Looking, console: list[str]) -> None:
    visitor = Visitor(page, live_server.url, axe, "nb")
    visitor.sign_in(UserFactory())
    visitor.go("employer/register/")
    visitor.choose("Norge")
    visitor.write(number="974 760 674", name="Registerenheten", city="Brønnøysund")
    visitor.press("Fortsett")
    visitor.is_told("Nummeret stemmer ikke")
    visitor.write(number="974 760 673")
    visitor.press("Fortsett")
    visitor.write(first_name="Kari", last_name="Nordmann", phone="+47 69 00 40 01")
    page.locator("#id_right").check()
    visitor.press("Fortsett")
    visitor.press("Bli med")
    visitor.press("Til startsiden din")
    assert Employer.objects.get().number == "974760673"
    visitor.press("Legg til et arbeidssted")
    visitor.write(name="Kantina", place="fredrikstad", postal_code="1606")
    visitor.press("Lagre og fortsett")
    visitor.go("employer/postings/new/")
    visitor.press("Begynn")
    page.locator("input[name=workplace]").check()
    visitor.press("Lagre og fortsett")
    page.locator("input[name=kind][value=job]").check()
    visitor.press("Lagre og fortsett")
    assert page.locator("#id_language").input_value() == "nb"
    visitor.write(title="Kjøkkenhjelp i kantina", tasks="Du vasker opp og rydder.")
    visitor.press("Lagre og fortsett")
    visitor.write(hours_min="20", hours_max="37", places="1")
    for _step in (4, 5, 6):
        visitor.press("Lagre og fortsett")
    visitor.write(contact_name="Kari Nordmann", pay="0")
    visitor.press("Lagre og fortsett")
    visitor.is_told("Ingen arbeider for null")
    visitor.write(pay="tarifflønn, fra 196 kroner timen")
    visitor.press("Lagre og fortsett")
    visitor.sees("Kjøkkenhjelp i kantina", "tarifflønn, fra 196 kroner timen")
    visitor.press("Send til redaktøren")
    posting = Posting.objects.get()
    assert (posting.status.state, posting.kind, posting.language) == ("submitted", "job", "nb")


@pytest.mark.parametrize("kind", KINDS)
def test_story_1_every_other_kind(visitor: Visitor, editor: Membership, client: Client, kind: str) -> None:
    """Through the pages without a script, to the public page in a browser."""
    workplace = WorkplaceFactory()
    client.force_login(employer_member(workplace.employer).user)
    client.post("/sv/employer/postings/new/")
    posting = Posting.objects.get()
    base = f"/sv/employer/postings/{posting.pk}"
    steps: dict[str, dict[str, Any]] = {
        "1": {"workplace": str(workplace.pk)},
        "2": {"kind": kind},
        "3": {"title": f"Plats för {kind}", "tasks": "Du hjälper till där det behövs.", "language": "sv"},
        **KINDS[kind],
    }
    steps["7"] = {"contact_name": "Anna Berg", **steps["7"]}
    for step, answers in steps.items():
        assert client.post(f"{base}/edit/{step}/", answers).status_code == 303, step
    assert client.post(f"{base}/check/").status_code == 303
    actions.approve(posting.pk, by=role_of(editor), at=timezone.now())
    carry_facts()
    visitor.go(f"postings/?kind={kind}")
    visitor.press(f"Plats för {kind}")
    visitor.sees("Du hjälper till där det behövs.", *SHOWN[kind])


def test_a_job_without_pay_is_not_sent(client: Client) -> None:
    workplace = WorkplaceFactory()
    client.force_login(employer_member(workplace.employer).user)
    client.post("/sv/employer/postings/new/")
    posting = Posting.objects.get()
    base = f"/sv/employer/postings/{posting.pk}"
    for step, answers in (("1", {"workplace": str(workplace.pk)}), ("2", {"kind": "job"}), ("3", {"title": "Jobb", "tasks": "Du bakar."})):
        client.post(f"{base}/edit/{step}/", answers)
    client.post(f"{base}/edit/4/", {"hours_min": "10", "hours_max": "20", "places": "1"})
    client.post(f"{base}/edit/7/", {"contact_name": "Anna"})
    assert "1 svar saknas" in client.post(f"{base}/check/").content.decode()
    assert Posting.objects.get().status.state == "draft"
