"""Signed links: each holds for the address that it was sent to, shows no words again, and is kept by no cache."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from outbox.actions import send
from outbox.models import Letter
from placements import access, actions
from placements.fields import Contact
from placements.models import CheckIn, CheckInState
from placements.scoring import Answers
from placements.states import Party, Refused
from tests.factories.placements import Case, apprenticeship, make_case, running_case, terms
from tests.placements.test_pages import as_

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
WELL = Answers("well", "yes", "no")
ELSEWHERE = Contact("Sara Nyström", "förman", "033-55 01 14", "sara.nystrom@example.org")


def delivered(kind: str, at: datetime) -> None:
    for one in Letter.objects.filter(kind=kind, done_at=None):
        send(str(one.pk), at=at)


def link_in(letter: object, name: str) -> str:
    token = letter.body.split(reverse(name, args=["x"]).split("x")[0])[1].split("/")[0]  # type: ignore[attr-defined]
    return reverse(name, args=[token])


def test_a_wrong_address_is_put_right_and_its_link_opens_nothing(now: datetime, mailoutbox: list[object]) -> None:
    case = make_case(now).until_sent(now)
    case.sign(Party.JOBSEEKER, now)
    delivered("agreement_by_link_supervisor", now)
    [letter] = mailoutbox
    wrong = link_in(letter, "agreement_by_link")
    assert Client().get(wrong).status_code == 200
    case.write(now, terms=terms(supervisor=ELSEWHERE))
    assert case.version().number == 1  # nobody signs again for an address
    assert Client().get(wrong).status_code == 404
    delivered("agreement_by_link_supervisor", now)
    [_, letter] = mailoutbox
    assert letter.to == [ELSEWHERE.email]  # type: ignore[attr-defined]
    assert Client().get(link_in(letter, "agreement_by_link")).status_code == 200


def test_an_address_of_what_is_in_force_is_put_right_too(now: datetime, mailoutbox: list[object]) -> None:
    case = running_case(now)
    row = CheckIn.objects.filter(placement=case.placement, party=Party.SUPERVISOR).order_by("due")[0]
    CheckIn.objects.filter(pk=row.pk).update(state=CheckInState.SENT, sent_at=now)
    wrong = reverse("check_in_by_link", args=[access.token_of(access.CHECK_IN, row.pk)])
    assert Client().get(wrong).status_code == 200
    holds = case.write(now, terms=terms(supervisor=ELSEWHERE))
    assert (holds.number, holds.state, case.version().terms.supervisor.email) == (1, "approved", ELSEWHERE.email)
    assert Client().get(wrong).status_code == 404
    delivered("check_in_by_link", now)
    assert mailoutbox[-1].to == [ELSEWHERE.email]  # type: ignore[attr-defined]
    assert Client().get(link_in(mailoutbox[-1], "check_in_by_link")).status_code == 200


def test_a_report_is_asked_for_at_the_new_address_of_the_school(now: datetime) -> None:
    case, later = apprenticeship(now), now + timedelta(weeks=14)
    actions.tick_reports(at=later)
    Letter.objects.all().delete()
    case.write(later, terms=terms(other=Contact("Eva Lund", "Viskaskolan", "033-10 10 10", "eva.lund@example.org")))
    assert set(Letter.objects.values_list("kind", flat=True)) == {"report_by_link_other"}


@pytest.mark.parametrize("whose", ["advisor", "person"])
def test_case_30_no_link_to_sign_goes_to_the_person_or_the_advisor(whose: str, now: datetime) -> None:
    case = make_case(now)
    profile = case.now().profile
    assert profile.advisor
    address = (profile.advisor.email if whose == "advisor" else profile.email).upper()
    own = terms(supervisor=Contact("Sara Nyström", "förman", "033-55 01 14", address))
    case.write(now, terms=own)
    with pytest.raises(Refused, match=r"address|same"):
        case.send(now)
    case.write(now)
    case.send(now)
    with pytest.raises(Refused, match=r"address|same"):  # nor afterwards, where a change of address asks nobody
        case.write(now, terms=own)
    case.all_sign(now)
    case.approve(now)
    with pytest.raises(Refused, match=r"address|same"):
        case.write(now, terms=own)


def asked(case: Case, party: Party, now: datetime) -> CheckIn:
    row = CheckIn.objects.filter(placement=case.placement, party=party).order_by("due")[0]
    CheckIn.objects.filter(pk=row.pk).update(state=CheckInState.SENT, sent_at=now)
    return row


def test_a_link_shows_no_words_again_whoever_is_signed_in(now: datetime) -> None:
    case = running_case(now)
    row = asked(case, Party.JOBSEEKER, now)
    page = reverse("check_in_by_link", args=[access.token_of(access.CHECK_IN, row.pk)])
    actions.answer(row.pk, WELL, by=case.jobseeker, at=now, words="Bara för Anna", private=True)
    for client in (Client(), as_(case.member), as_(case.jobseeker)):
        assert "Bara för Anna" not in client.get(page).content.decode()
    assert "Bara för Anna" in as_(case.jobseeker).get(reverse("my_check_in", args=[row.pk])).content.decode()


def test_what_the_advisor_writes_down_is_for_the_advisor_alone(now: datetime) -> None:
    case = running_case(now)
    for party, own, home in (
        (Party.SUPERVISOR, "employer_check_in", "employer_placement"),
        (Party.JOBSEEKER, "my_check_in", "my_placement"),
    ):
        row, client = asked(case, party, now), as_(case.member if party == Party.SUPERVISOR else case.jobseeker)
        actions.answer(row.pk, WELL, by=case.advisor, at=now, words="Handläggarens rad", told="phone")
        for page in (reverse(own, args=[row.pk]), reverse(home, args=[case.id])):
            answer = client.get(page)
            assert answer.status_code == 200
            assert "Handläggarens rad" not in answer.content.decode()
        assert "Handläggarens rad" in as_(case.advisor).get(reverse("check_in", args=[row.pk])).content.decode()


def test_no_page_behind_a_link_is_kept(now: datetime) -> None:
    case = make_case(now).until_sent(now)
    case.sign(Party.JOBSEEKER, now)
    begun = apprenticeship(now)
    actions.tick_reports(at=now + timedelta(weeks=14))
    for name, token in (
        ("agreement_by_link", access.token_of(Party.SUPERVISOR, case.version().pk)),
        ("check_in_by_link", access.token_of(access.CHECK_IN, asked(begun, Party.SUPERVISOR, now).pk)),
        ("report_by_link", access.token_of(access.REPORTS[Party.OTHER], begun.placement.reports.get().pk)),
    ):
        answer = Client().get(reverse(name, args=[token]))
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), name
