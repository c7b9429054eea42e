"""The page that says who can help to pay: for each of the three as far as they may read the agreement, and for nobody else."""

from datetime import datetime

import pytest

from audit.models import Read
from tests.factories.matching import make_pair
from tests.factories.placements import ADAPTED, Case, make_case
from tests.placements.test_pages import address, as_

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen", "schemes")]
PAGES = {"advisor": "who_can_pay", "jobseeker": "my_who_can_pay", "member": "employer_who_can_pay"}
HOMES = {"advisor": "placement", "jobseeker": "my_placement", "member": "employer_placement"}
NEEDS = {ADAPTED: "must", "comm.interpreter": "must", "sup.practical_assistance": "must"}


def page(case: Case, who: str) -> tuple[int, str]:
    answer = as_(getattr(case, who)).get(address(PAGES[who], case.id))
    return answer.status_code, answer.content.decode()


def test_all_three_read_the_same_list_and_find_it(now: datetime) -> None:
    case = make_case(now, needs=NEEDS).until_signed(now)
    for who, home in HOMES.items():
        status, body = page(case, who)
        assert status == 200
        assert "Ersättning till den som tar emot" in body
        assert "Att något passar är inget löfte." in body
        assert "Tolk på arbetsplatsen" not in body, "a need that was not agreed on"
        text = body.partition("<textarea")[2].partition("</textarea>")[0]
        assert case.pair.employer.name in text
        assert case.pair.profile.first_name not in text
        assert address(PAGES[who], case.id) in as_(getattr(case, who)).get(address(home, case.id)).content.decode()
    assert Read.objects.filter(page="agreement", reader_id=case.member.user_id).count() == 1


def test_an_employer_who_may_not_read_the_agreement_learns_nothing(now: datetime) -> None:
    case = make_case(now, needs=NEEDS).until_sent(now)
    assert (page(case, "advisor")[0], page(case, "jobseeker")[0], page(case, "member")[0]) == (200, 200, 404)


def test_a_draft_is_the_advisors_and_has_no_day(now: datetime) -> None:
    case = make_case(now, needs=NEEDS)
    case.placement.versions.update(starts=None)
    status, body = page(case, "advisor")
    assert status == 200
    assert "Avtalet har ingen första dag än." in body
    assert "<textarea" not in body
    assert page(case, "jobseeker")[0] == 404


def test_somebody_elses_placement_is_not_there(now: datetime) -> None:
    case, other = make_case(now, needs=NEEDS).until_signed(now), make_pair()
    for who, name in PAGES.items():
        stranger = {"advisor": other.advisor, "jobseeker": other.jobseeker, "member": other.member}[who]
        assert as_(stranger).get(address(name, case.id)).status_code == 404, who


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [("nb", "Hvem kan hjelpe til å betale?", "Søknad om støtte"), ("en", "Who can help to pay?", "Application for support")],
)
def test_in_the_readers_language(language: str, title: str, text: str, now: datetime) -> None:
    case = make_case(now, needs=NEEDS).until_signed(now)
    body = as_(case.advisor).get(address("who_can_pay", case.id).replace("/sv/", f"/{language}/")).content.decode()
    assert title in body
    assert text in body
