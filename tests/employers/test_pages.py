"""The pages of employers through the browser's door: joining, workplaces, the eight steps, questions, members."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.access import ActiveRole
from accounts.models import Membership
from employers import actions
from employers.models import Employer, JoinRequest, Posting, Workplace
from employers.states import PostingState
from outbox.models import Letter
from tests.factories.accounts import LONG_AGO, MembershipFactory, UserFactory, role_of
from tests.factories.employers import organisation_number

pytestmark = pytest.mark.django_db
SignIn = Callable[[Membership], Client]


def join(client: Client, number: str) -> str:
    """The three pages; returns the words of the last."""
    told = {"country": "SE", "number": number, "name": "Nya AB", "street": "Gatan 1", "city": "Borås"}
    client.post("/sv/employer/register/", told)
    client.post("/sv/employer/register/you/", {"first_name": "Åsa-Øyvind", "last_name": "O'Brien", "phone": "033-17 40 01", "right": "on"})
    check = client.get("/sv/employer/register/check/").content.decode()
    for words in ("Nya AB", "Gatan 1<br>Borås", "Jag får företräda organisationen", "<title>Anslut er, steg 3 av 3 – Ingång</title>"):
        assert words in check
    answer = client.post("/sv/employer/register/check/", follow=True)
    assert answer.redirect_chain[-1][1] == 303
    return answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def test_joining_makes_an_employer_and_its_manager(client: Client) -> None:
    user = UserFactory(first_name="", last_name="")
    client.force_login(user)
    join(client, "556000-4615")
    made = Membership.objects.get(user=user)
    assert (made.kind, made.manages, made.organisation) == ("employer", True, "Nya AB")
    employer = Employer.objects.get(pk=made.employer_id)
    assert (employer.number, employer.street, employer.city) == ("5560004615", "Gatan 1", "Borås")
    user.refresh_from_db()
    assert user.get_full_name() == "Åsa-Øyvind O'Brien"
    assert client.get("/sv/employer/").status_code == 200


def test_a_known_number_is_answered_with_the_same_words(client: Client, member: Membership, employer: Employer) -> None:
    client.force_login(UserFactory())
    new = join(client, organisation_number(900))
    newcomer = UserFactory()
    client.force_login(newcomer)
    known = join(client, employer.number)
    assert known == new
    assert not Membership.objects.filter(user=newcomer).exists()
    asked = JoinRequest.objects.get(employer=employer, user=newcomer)
    assert Letter.objects.filter(kind="join_question", reader=member.user, about=asked.pk).exists()


def test_the_start_page_begins_with_the_named_contact(member: Membership, draft: Posting, employer: Employer, signed_in: SignIn) -> None:
    Employer.objects.filter(pk=employer.pk).update(contact=MembershipFactory(advisor=True, user__first_name="Maria").user)
    page = signed_in(member).get("/sv/employer/").content.decode()
    places = [page.index(words) for words in ('id="contact-us"', "Maria", 'id="waits"', 'id="own"')]
    assert places == sorted(places)


TITLES = {
    "sv": ("Kontrollera", "Så här syns platsen", "Era platser"),
    "nb": ("Kontroller", "Slik vises plassen", "Deres plasser"),
    "en": ("Check your answers", "Preview", "Your postings"),
}


def test_a_contact_who_has_left_us_is_named_nowhere(
    member: Membership, draft: Posting, workplace: Workplace, employer: Employer, signed_in: SignIn
) -> None:
    ours = MembershipFactory(advisor=True, user__first_name="Mariana")
    Employer.objects.filter(pk=employer.pk).update(contact=ours.user)
    client = signed_in(member)
    pages = ["/sv/employer/", f"/sv/employer/postings/{draft.pk}/", f"/sv/employer/workplaces/{workplace.pk}/"]
    assert all("Mariana" in client.get(page).content.decode() for page in pages)
    Membership.objects.filter(pk=ours.pk).update(until=LONG_AGO)
    for page in pages:
        answer = client.get(page).content.decode()
        assert "Mariana" not in answer
        assert "033-17 40 00" in answer


@pytest.mark.parametrize("language", TITLES)
def test_titles_of_check_preview_and_list(member: Membership, draft: Posting, signed_in: SignIn, language: str) -> None:
    base = f"/{language}/employer/postings/"
    pages = (f"{base}{draft.pk}/check/", f"{base}{draft.pk}/preview/", base)
    for path, title in zip(pages, TITLES[language], strict=True):
        assert f"<title>{title} – Ingång</title>" in signed_in(member).get(path).content.decode()


def test_a_manager_lets_the_asker_in(client: Client, by: ActiveRole, member: Membership, employer: Employer, signed_in: SignIn) -> None:
    newcomer = UserFactory()
    client.force_login(newcomer)
    join(client, employer.number)
    asked = JoinRequest.objects.get()
    signed_in(member)
    assert newcomer.email in client.get("/sv/employer/members/").content.decode()
    assert client.get(f"/sv/employer/members/asking/{asked.pk}/").status_code == 200
    client.post(f"/sv/employer/members/asking/{asked.pk}/", {"welcome": "1"})
    assert Membership.objects.filter(user=newcomer, employer_id=employer.pk, manages=False).exists()
    assert client.post(f"/sv/employer/members/asking/{asked.pk}/", {"welcome": "1"}).status_code == 404


def test_a_posting_from_the_first_page_to_the_editor(
    member: Membership, workplace: Workplace, need: str, signed_in: SignIn, frozen: object
) -> None:
    """Saves as it goes; the last page says what is missing; then it goes to the editor."""
    client = signed_in(member)
    assert client.get("/sv/employer/postings/new/").status_code == 200
    assert Posting.objects.count() == 0
    client.post("/sv/employer/postings/new/")
    posting = Posting.objects.get()
    base = f"/sv/employer/postings/{posting.pk}"
    assert client.post(f"{base}/edit/1/", {"workplace": str(workplace.pk)}).headers["Location"] == f"{base}/edit/2/"
    client.post(f"{base}/edit/2/", {"kind": "trial", "leads_to_job": "perhaps"})
    client.post(f"{base}/edit/3/", {"title": "Odla växter", "tasks": "Så frön och vattna.", "day": "", "language": "sv", "words": ""})
    refused = client.post(f"{base}/check/")
    assert refused.status_code == 200
    assert "ds-error-summary" in refused.content.decode()
    assert client.post(f"{base}/edit/4/", {"hours_min": "10", "hours_max": "20", "times": ["day"], "places": "1"}).status_code == 303
    assert client.post(f"{base}/edit/5/", {"language_level": "A2", "licences": ["B"]}).headers["Location"] == f"{base}/edit/6/"
    client.post(f"{base}/edit/6/acc/", {"acc-step_free-answer": "can", "acc-step_free-lead": "month", "acc-step_free-how": "Ramp"})
    left = client.post(f"{base}/edit/7/", {"contact_name": "Anna Berg", "leave": "1"})
    assert left.headers["Location"] == f"{base}/"
    for page in ("", "edit/1/", "edit/2/", "edit/3/", "edit/4/", "edit/5/", "edit/6/", "edit/6/acc/", "edit/7/", "check/", "preview/"):
        assert client.get(f"{base}/{page}").status_code == 200, page
    assert client.get(f"{base}/edit/8/").status_code == 302
    assert client.post(f"{base}/check/").status_code == 303
    posting.refresh_from_db()
    assert posting.status.state == PostingState.SUBMITTED
    assert (posting.title, posting.hours_max, posting.offer(need)) == ("Odla växter", 20, "can")
    changed = client.post(f"{base}/edit/3/", {"title": "Något annat"})
    assert changed.status_code == 409
    posting.refresh_from_db()
    assert posting.title == "Odla växter"
    for page in ("", "check/", "move/take-back/"):
        assert client.get(f"{base}/{page}").status_code == 200, page


def test_every_move_has_its_page_and_its_button(member: Membership, published: Posting, signed_in: SignIn) -> None:
    client = signed_in(member)
    base = f"/sv/employer/postings/{published.pk}"
    for move, state in (
        ("pause", "paused"),
        ("resume", "published"),
        ("fill", "filled"),
        ("resume", "published"),
        ("withdraw", "withdrawn"),
    ):
        assert client.get(f"{base}/move/{move}/").status_code == 200
        assert client.post(f"{base}/move/{move}/").status_code == 303
        assert Posting.objects.get(pk=published.pk).status.state == state
        assert client.get(f"{base}/").status_code == 200
    assert client.get(f"{base}/move/jump/").status_code == 404
    assert client.post(f"{base}/move/pause/", follow=True).status_code == 200


def test_a_question_is_answered_on_the_postings_page(
    member: Membership, published: Posting, need: str, signed_in: SignIn, now: datetime
) -> None:
    advisor = role_of(MembershipFactory(advisor=True))
    about_need = actions.ask_about(published.pk, by=advisor, at=now, code="arrange", need=need)
    about_text = actions.ask_about(published.pk, by=advisor, at=now, code="text", quote="Vi lyfter <tungt>")
    client = signed_in(member)
    base = f"/sv/employer/postings/{published.pk}"
    page = client.get(f"{base}/").content.decode()
    assert "Trappfri väg in" in page
    assert "&lt;tungt&gt;" in page
    assert client.get("/sv/employer/").status_code == 200
    empty = client.post(f"{base}/questions/{about_need.pk}/", {})
    assert empty.status_code == 200
    assert "ds-error-summary" in empty.content.decode()
    prefix = str(about_need.pk)
    given = {f"{prefix}-answer": "can", f"{prefix}-lead": "week", f"{prefix}-words": "Ramp"}
    assert client.post(f"{base}/questions/{about_need.pk}/", given).status_code == 303
    assert client.post(f"{base}/questions/{about_text.pk}/", {f"{about_text.pk}-words": "Högst 15 kg"}).status_code == 303
    published.refresh_from_db()
    assert published.offer(need) == "can"
    assert "Ramp" in client.get(f"{base}/").content.decode()


def test_workplaces_and_their_answers(member: Membership, need: str, signed_in: SignIn, workplace: Workplace) -> None:
    client = signed_in(member)
    made = client.post("/sv/employer/workplaces/new/", {"name": "Lagret", "place": "boras", "street": "Gatan 1", "postal_code": "501 01"})
    found = Workplace.objects.get(name="Lagret")
    assert made.headers["Location"] == f"/sv/employer/workplaces/{found.pk}/offers/"
    assert found.place is not None
    base = f"/sv/employer/workplaces/{found.pk}"
    for page in ("", "edit/", "offers/", "offers/acc/", "supervisors/new/"):
        assert client.get(f"{base}/{page}").status_code == 200, page
    assert client.get("/sv/employer/workplaces/").status_code == 200
    client.post(f"{base}/supervisors/new/", {"name": "Anna Berg", "title": "Förman", "hours_per_week": "4"})
    supervisor = found.supervisors.get()
    client.post(f"{base}/supervisors/{supervisor.pk}/", {"name": "Anna Berg", "title": "", "hours_per_week": "5"})
    assert found.supervisors.get().hours_per_week == 5
    client.post(f"{base}/offers/acc/", {})
    assert found.offers.get().answer == "unknown"
    client.post(f"{base}/offers/acc/", {"acc-step_free-answer": "yes", "acc-step_free-how": "Ramp"})
    assert found.offers.get().answer == "yes"


def test_the_employer_says_how_many_placements_a_workplace_takes(member: Membership, signed_in: SignIn, workplace: Workplace) -> None:
    client, path = signed_in(member), f"/sv/employer/workplaces/{workplace.pk}/edit/"
    told = {"name": workplace.name, "place": "boras"}
    for sent, held in (("5", 5), ("", 5), ("1", 1), ("20", 20)):
        assert client.post(path, told | {"most_at_once": sent}).status_code == 303
        workplace.refresh_from_db()
        assert workplace.most_at_once == held
    for wrong in ("0", "21", "two"):
        assert "most_at_once" in client.post(path, told | {"most_at_once": wrong}).context["form"].errors
    assert "<dd>20</dd>" in client.get(f"/sv/employer/workplaces/{workplace.pk}/").content.decode()


def test_evidence_stays_until_the_answer_changes(by: ActiveRole, workplace: Workplace, need: str, now: datetime) -> None:
    actions.save_offers(workplace.pk, {need: {"answer": "yes", "how": "Ramp"}}, by=by, at=now)
    workplace.offers.update(evidence="visited")
    assert actions.save_offers(workplace.pk, {need: {"answer": "yes", "how": "Ramp vid porten"}}, by=by, at=now) == 1
    assert workplace.offers.get().evidence == "visited"
    assert actions.save_offers(workplace.pk, {need: {"answer": "yes", "how": "Ramp vid porten"}}, by=by, at=now) == 0
    actions.save_offers(workplace.pk, {need: {"answer": "no", "how": "försvinner"}}, by=by, at=now)
    assert (workplace.offers.get().evidence, workplace.offers.get().how) == ("declared", "")


def test_anyone_reads_what_employers_get(client: Client) -> None:
    for language, first, second in (("sv", "I Sverige", "I Norge"), ("nb", "I Norge", "I Sverige"), ("en", "In Sweden", "In Norway")):
        body = client.get(f"/{language}/employers/").content.decode()
        assert body.index(first) < body.index(second), "one's own country first"
        assert body.partition("<main")[2].count('class="ds-button"') == 1, "one button"


OWN = (
    ("employer_posting", "posting"),
    ("posting_step", "posting"),
    ("posting_offers", "posting"),
    ("posting_offers_group", "posting"),
    ("posting_check", "posting"),
    ("posting_extend", "posting"),
    ("posting_copy", "posting"),
    ("posting_numbers", "posting"),
    ("posting_preview", "posting"),
    ("posting_move", "posting"),
    ("posting_answer", "posting"),
    ("workplace", "workplace"),
    ("workplace_edit", "workplace"),
    ("workplace_offers", "workplace"),
    ("workplace_offers_group", "workplace"),
    ("supervisor_new", "workplace"),
    ("supervisor", "workplace"),
)


@pytest.mark.parametrize(("name", "what"), OWN)
def test_not_yours_and_not_there_are_one_answer(
    name: str, what: str, draft: Posting, workplace: Workplace, stranger: Membership, need: str, signed_in: SignIn
) -> None:
    client = signed_in(stranger)
    extra = {"posting_step": [1], "posting_offers_group": ["acc"], "workplace_offers_group": ["acc"], "posting_move": ["pause"]}
    extra |= {"posting_answer": [uuid4()], "supervisor": [1]}
    ids = ({"posting": draft, "workplace": workplace}[what].pk, uuid4())
    theirs, nowhere = (reverse(name, args=[pk, *extra.get(name, [])]) for pk in ids)
    answers = [client.get(theirs), client.get(nowhere), client.post(theirs, {"name": "x"}), client.post(nowhere, {"name": "x"})]
    assert {answer.status_code for answer in answers} <= {404, 405}
    bodies = [answer.content.decode().replace(str(pk), "ID") for answer, pk in zip(answers, ids, strict=False)]
    tokens = [str(answer.context["csrf_token"]) for answer in answers[:2]]
    assert bodies[0].replace(tokens[0], "") == bodies[1].replace(tokens[1], "")
