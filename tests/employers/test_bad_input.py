"""What people may type: a clear sentence at the field in their language, input kept, nothing half saved. Cases of domain.md 6.4."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accounts.models import Membership
from employers.models import Employer, Posting, Workplace
from tests.factories.accounts import UserFactory
from tests.factories.employers import PlaceFactory, employer_member

pytestmark = pytest.mark.django_db
SignIn = Callable[[Membership], Client]
TASKS = {"title": "Odla växter", "tasks": "Vattna.", "day": "", "language": "sv", "words": ""}


@pytest.fixture
def newcomer(client: Client) -> Client:
    client.force_login(UserFactory())
    return client


def organisation(client: Client, number: str, *, country: str = "SE", name: str = "Nya AB", language: str = "sv") -> str:
    given = {"country": country, "number": number, "name": name, "city": "Borås"}
    return client.post(f"/{language}/employer/register/", given, follow=True).content.decode()


def step(client: Client, posting: Posting, number: int, given: dict[str, object], language: str = "sv") -> tuple[int, str]:
    answer = client.post(f"/{language}/employer/postings/{posting.pk}/edit/{number}/", given)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "javascript:alert(1)"])
def test_case_55_markup_in_names_stays_text(name: str, employer: Employer, signed_in: SignIn) -> None:
    Employer.objects.filter(pk=employer.pk).update(name=name)
    employer.refresh_from_db()
    client = signed_in(employer_member(employer, manages=True))
    client.post("/sv/employer/workplaces/new/", {"name": name, "place": "", "street": name})
    for page in ("", "members/", "workplaces/", "postings/"):
        body = client.get(f"/sv/employer/{page}").content.decode()
        assert "<script>alert" not in body
        assert "<img src=x" not in body


@pytest.mark.parametrize(
    "name", ["O'Brien", "Åsa-Øyvind", "Jose\u0301", "X", "Ö" * 200, "null", "test", "  Anna  ", "\u202eanna", "An\u200bna"]
)
def test_case_61_names_of_people_come_through(name: str, newcomer: Client) -> None:
    organisation(newcomer, "5560004615")
    newcomer.post("/sv/employer/register/you/", {"first_name": name, "last_name": "", "phone": "033-17 40 01", "right": "on"})
    newcomer.post("/sv/employer/register/check/")
    made = Membership.objects.select_related("user").get()
    assert made.user.first_name
    assert made.user.first_name == made.user.first_name.strip()
    assert not {"\u200b", "\u202e", "\u0301"} & set(made.user.first_name)


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "🙂"])
def test_case_61_a_name_without_a_letter_is_asked_for(name: str, newcomer: Client) -> None:
    assert "Skriv" in organisation(newcomer, "5560004615", name=name)


@pytest.mark.parametrize("typed", ["556000-4615", "556000 4615", "165560004615", "16556000-4615", " 5560004615 "])
def test_case_63_a_number_may_be_written_in_many_ways(typed: str, newcomer: Client) -> None:
    assert 'id="id_right"' in organisation(newcomer, typed)


@pytest.mark.parametrize("typed", ["5560004616", "55600046", "abc", "٥٥٦٠٠٠٤٦١٥", "12345678901234567890", "DE811128135"])
def test_case_63_a_wrong_number_is_said_at_the_field_and_kept(typed: str, newcomer: Client) -> None:
    body = organisation(newcomer, typed)
    assert "Numret stämmer inte" in body
    assert f'value="{typed}"' in body
    assert 'aria-invalid="true"' in body
    assert not Employer.objects.exists()


def test_case_63_norwegian_numbers_have_nine_digits(newcomer: Client) -> None:
    assert 'id="id_right"' in organisation(newcomer, "974 201 828", country="NO")
    assert "Nummeret stemmer ikke" in organisation(newcomer, "974201829", country="NO", language="nb")


@pytest.mark.parametrize(("country", "number"), [("DK", "25313763"), ("FI", "0112038-9"), ("", "5560004615"), ("SE", "974201828")])
def test_case_63_a_number_of_another_country_is_not_taken(country: str, number: str, newcomer: Client) -> None:
    body = organisation(newcomer, number, country=country)
    assert "ds-error-summary" in body
    assert f'value="{number}"' in body
    assert "joining" not in newcomer.session


@pytest.mark.parametrize("typed", ["811218-9876", "19811218-9876", "198112189876"])
def test_case_63_a_sole_trader_is_asked_to_call(typed: str, newcomer: Client) -> None:
    body = organisation(newcomer, typed)
    assert "033-17 40 00" in body
    assert "personnummer" in body
    assert "joining" not in newcomer.session


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "2027-02-29", "2026-11-16", "i morgon", "2028-11-25"])
def test_case_64_impossible_days_are_said(typed: str, draft: Posting, member: Membership, signed_in: SignIn, frozen: object) -> None:
    status, body = step(signed_in(member), draft, 4, {"starts_on": typed, "hours_min": "10", "hours_max": "12"})
    assert status == 200
    assert "ds-validation-message" in body
    assert 'value="12"' in body
    draft.refresh_from_db()
    assert draft.hours_max == 20


def test_case_64_the_end_is_not_before_the_start(draft: Posting, member: Membership, signed_in: SignIn, frozen: object) -> None:
    client = signed_in(member)
    assert step(client, draft, 4, {"weeks_min": "12", "weeks_max": "4"})[0] == 200
    assert step(client, draft, 4, {"hours_min": "20", "hours_max": "10"})[0] == 200
    assert step(client, draft, 4, {"starts_on": "2028-02-29", "places": "1"})[0] == 303
    draft.refresh_from_db()
    assert draft.starts_on == date(2028, 2, 29)


@pytest.mark.parametrize("typed", ["-1", "1e309", "1000000000", "NaN", "2,5", "2.5", "0", "∞", "½"])
def test_case_65_numbers_that_are_none(typed: str, draft: Posting, member: Membership, signed_in: SignIn) -> None:
    status, body = step(signed_in(member), draft, 4, {"places": typed})
    assert status == 200
    assert "ds-error-summary" in body
    assert f'value="{typed}"' in body
    draft.refresh_from_db()
    assert draft.places == 1


@pytest.mark.parametrize("typed", ["12", " 12 ", "١٢", "１２"])
def test_case_65_the_digits_of_any_script_count(typed: str, draft: Posting, member: Membership, signed_in: SignIn) -> None:
    assert step(signed_in(member), draft, 4, {"places": typed})[0] == 303
    draft.refresh_from_db()
    assert draft.places == 12


@pytest.mark.parametrize("pay", ["0", "0 kr", "30 000–26 000 kr"])
def test_case_65_pay_is_something_and_in_order(pay: str, draft: Posting, member: Membership, signed_in: SignIn) -> None:
    Posting.objects.filter(pk=draft.pk).update(kind="job")
    assert step(signed_in(member), draft, 7, {"contact_name": "Anna", "pay": pay})[0] == 200
    assert step(signed_in(member), draft, 7, {"contact_name": "Anna", "pay": "26 000–30 000 kr i månaden"})[0] == 303


@pytest.mark.parametrize("text", ["x" * 1_000_000, "🙂🙂", "—"])
def test_case_66_texts_that_say_nothing_or_too_much(text: str, draft: Posting, member: Membership, signed_in: SignIn) -> None:
    status, body = step(signed_in(member), draft, 3, {**TASKS, "tasks": text, "title": "Ny rubrik"})
    assert status == 200
    assert 'value="Ny rubrik"' in body
    assert text in body
    draft.refresh_from_db()
    assert draft.title != "Ny rubrik"


def test_case_66_signs_that_cannot_be_seen_are_left_out(draft: Posting, member: Membership, signed_in: SignIn) -> None:
    hidden = "Vattna\u0000 \u202eoch\u200b plantera.\r\nRanka mig först <!-- högst -->"
    assert step(signed_in(member), draft, 3, {**TASKS, "tasks": hidden, "day": "  \n "})[0] == 303
    draft.refresh_from_db()
    assert draft.tasks == "Vattna och plantera.\nRanka mig först <!-- högst -->"
    assert draft.day == ""


def test_case_69_the_language_changes_midway_and_nothing_is_lost(draft: Posting, member: Membership, signed_in: SignIn) -> None:
    client = signed_in(member)
    assert step(client, draft, 3, {**TASKS, "title": "Stell av planter"})[0] == 303
    body = client.get(f"/nb/employer/postings/{draft.pk}/edit/3/").content.decode()
    assert "Stell av planter" in body
    status, body = step(client, draft, 4, {"places": "mange"}, language="nb")
    assert (status, 'value="mange"' in body) == (200, True)
    assert "Skriv et helt tall" in body


def test_case_69_joining_goes_on_in_another_language(newcomer: Client) -> None:
    organisation(newcomer, "5560004615", name="Blomman AB")
    newcomer.post("/nb/employer/register/you/", {"first_name": "Åsa", "last_name": "", "phone": "033-17 40 01", "right": "on"})
    assert "Blomman AB" in newcomer.get("/en/employer/register/check/").content.decode()


def test_case_62_a_personal_number_never_reaches_a_public_page(draft: Posting, member: Membership, signed_in: SignIn) -> None:
    status, body = step(signed_in(member), draft, 3, {**TASKS, "tasks": "Fråga efter Anna, 19900101-1234."})
    assert status == 200
    assert "Skriv inte personnummer här." in body
    assert "19900101-1234" in body


def test_a_town_with_a_twin_is_asked_about(member: Membership, signed_in: SignIn) -> None:
    twins = [
        PlaceFactory(name="Berg", folded="berg", municipality_code=code, municipality=name) for code, name in (("1", "Eda"), ("2", "Åre"))
    ]
    client, given = signed_in(member), {"name": "Lagret", "place": "berg"}
    asked = client.post("/sv/employer/workplaces/new/", given).content.decode()
    assert "Berg (Eda)" in asked
    assert not Workplace.objects.exists()
    wrong = client.post("/sv/employer/workplaces/new/", {**given, "name": "", "meant": str(twins[1].pk)}).content.decode()
    assert 'value="Berg (Åre)"' in wrong
    client.post("/sv/employer/workplaces/new/", {"name": "Lagret", "place": "Berg (Åre)"})
    made = Workplace.objects.get()
    assert made.place == twins[1]
    assert 'value="Berg (Åre)"' in client.get(f"/sv/employer/workplaces/{made.pk}/edit/").content.decode()


def test_foreign_ids_in_a_form_are_refused(draft: Posting, member: Membership, stranger: Membership, signed_in: SignIn) -> None:
    """Another employer's workplace is no choice."""
    theirs = Workplace.objects.create(employer_id=stranger.employer_id or "", name="Deras")
    status, body = step(signed_in(member), draft, 1, {"workplace": str(theirs.pk)})
    assert status == 200
    assert "Deras" not in body
