"""A plan that both sides write, and a contact in two taps: on the phone, in Swedish and in Norwegian."""

from datetime import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from cooperation.models import Contact, PlanStep
from jobseekers.models import Profile
from tests.factories.employers import EmployerFactory
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.journeys.world import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("console")]


@pytest.fixture
def person(transactional_db: None) -> Profile:
    profile = ProfileFactory(enrolled_at=timezone.now(), stage_since=timezone.now())
    jobseeker_role(profile)
    return profile


def test_both_sides_write_the_plan(visitor: Visitor, page: Page, person: Profile) -> None:
    visitor.sign_in(person.user)
    visitor.go("me/plan/")
    visitor.press("Skriv målet")
    visitor.write(words="Jag vill arbeta med djur")
    visitor.press("Spara")
    visitor.sees("Jag vill arbeta med djur")
    visitor.press("Lägg till ett steg")
    visitor.press("Spara steget")
    visitor.is_told("Skriv vad som ska göras")
    visitor.write(words="Åka dit och titta")
    visitor.choose("Jag")
    visitor.press("Spara steget")
    page.get_by_role("button", name="Det är klart").click()
    visitor.look()
    visitor.sees("Klart")
    assert PlanStep.objects.get().done_at
    visitor.sign_in(person.advisor)  # type: ignore[arg-type] # the factory gives one
    visitor.go(f"advisor/people/{person.pk}/plan/")
    visitor.sees("Jag vill arbeta med djur", "Åka dit och titta", "Första kontakten med en arbetsgivare senast")
    visitor.press(f"Lägg till något som {person.first_name} gör")
    visitor.write(words="Ringa stallet")
    visitor.press("Spara steget")
    visitor.is_told("Välj hur personen berättade")
    visitor.choose("På telefon", "Bad om hjälp")
    visitor.press("Spara steget")
    visitor.sees("Ringa stallet")


def test_a_contact_in_two_taps(visitor: Visitor, page: Page, person: Profile, now: datetime) -> None:
    employer = EmployerFactory(name="Lindängens Handelsträdgård", contact=person.advisor)
    visitor.sign_in(person.advisor)  # type: ignore[arg-type] # the factory gives one
    page.set_viewport_size({"width": 375, "height": 800})
    visitor.go(f"advisor/people/{person.pk}/")
    visitor.press("Kontakter")
    visitor.press("Ringde utan svar")
    visitor.sees("Antecknat.")
    visitor.go("advisor/employers/")
    page.get_by_role("link", name=employer.name).click()
    visitor.look()
    visitor.press("Träffades på arbetsplatsen")
    visitor.sees("Träffades på arbetsplatsen", "1 dag")
    page.get_by_role("link", name="Rätta").click()
    visitor.look()
    visitor.press("Ta bort den")
    assert [one.way for one in Contact.objects.all()] == ["no_answer"]


def test_a_norwegian_plan(visitor: Visitor, person: Profile) -> None:
    visitor.site = f"{visitor.url}/nb"
    visitor.sign_in(person.user)
    visitor.go("me/plan/")
    visitor.press("Legg til et steg")
    visitor.write(words="Prøve bussen")
    visitor.choose("Jeg")
    visitor.press("Lagre steget")
    visitor.sees("Prøve bussen", "Ingen dag satt")
