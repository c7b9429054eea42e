"""The employer is supported too: whom to call, what helps here, how many at once, thanks and what comes then."""

from datetime import datetime

import pytest

from content.models import Audience, Form, KnowledgePage
from employers.models import Employer
from placements.states import Party
from taxonomy.models import Need
from tests.factories.accounts import MembershipFactory
from tests.factories.content import write
from tests.factories.placements import Case, make_case, terms
from tests.placements.test_pages import address, as_

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def case(now: datetime) -> Case:
    return make_case(now)


def test_the_advisor_reads_that_the_workplace_is_full(case: Case, now: datetime) -> None:
    case.until_signed(now)
    advisor, pages = as_(case.advisor), [address(name, case.id) for name in ("placement", "approve_agreement")]
    assert not any('id="full"' in advisor.get(page).content.decode() for page in pages)
    workplace = case.placement.workplace
    assert workplace is not None
    workplace.most_at_once = 0
    workplace.save()
    assert all('id="full"' in advisor.get(page).content.decode() for page in pages)
    workplace.most_at_once = 1
    workplace.save()
    case.approve(now)
    assert 'id="full"' not in advisor.get(pages[0]).content.decode()  # one's own place counts for nobody else


def test_the_employer_reads_whom_to_call_and_what_helps_with_what_was_agreed(case: Case, now: datetime) -> None:
    case.until_sent(now)
    case.sign(Party.JOBSEEKER, now)
    quiet, other = Need.objects.get(code="sens.quiet"), Need.objects.exclude(code="sens.quiet")[:1]
    write(KnowledgePage, "En tyst vrå", slug="tyst", needs=[quiet], cost="Ingenting")
    write(KnowledgePage, "Så gick det hos oss", slug="hos-oss", needs=[quiet], form=Form.STORY, consent_noted=True)
    write(KnowledgePage, "Be om en tyst plats", slug="be", needs=[quiet], audience=Audience.JOBSEEKER)
    write(KnowledgePage, "Inte klar", slug="inte-klar", needs=[quiet], live=False)
    write(KnowledgePage, "Något annat", slug="annat", needs=list(other))
    colleague = MembershipFactory(advisor=True, user__first_name="Ylva", user__last_name="Ek", user__phone="033-10 10 10")
    Employer.objects.filter(pk=case.pair.employer.pk).update(contact=colleague.user, answer_days=3)
    for name in ("employer_placement", "employer_sign"):
        page = as_(case.member).get(address(name, case.id)).content.decode()
        assert page.index("En tyst vrå") < page.index("Så gick det hos oss")
        assert not any(words in page for words in ("Be om en tyst plats", "Inte klar", "Något annat"))
        assert "Ylva Ek" in page
        assert "033-10 10 10" in page
        assert "inom 3 arbetsdagar" in page


def test_nothing_helps_where_nothing_was_agreed_whatever_the_person_needs(now: datetime) -> None:
    case = make_case(now)
    write(KnowledgePage, "En tyst vrå", slug="tyst", needs=[Need.objects.get(code="sens.quiet")])
    case.write(now, terms=terms(adaptations=()))
    case.all_sign_after_sending(now)
    page = as_(case.member).get(address("employer_placement", case.id)).content.decode()
    assert "En tyst vrå" not in page
    assert 'id="helps"' not in page
