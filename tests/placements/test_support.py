"""The employer is supported too: whom to call, what helps here, how many at once, thanks and what comes then."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from content.models import Audience, Form, KnowledgePage
from employers.models import Employer
from placements import actions
from placements.models import Again, Feedback
from placements.states import NotThere, Party, Refused
from taxonomy.models import Need
from tests.factories.accounts import MembershipFactory
from tests.factories.content import write
from tests.factories.placements import Case, make_case, running_case, terms
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


def test_thanks_a_question_and_the_next_step_when_it_is_over(now: datetime) -> None:
    case = running_case(now - timedelta(weeks=8))
    member, path = as_(case.member), address("employer_feedback", case.id)
    assert member.get(path).url == address("employer_placement", case.id)  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="running"):
        actions.give_feedback(case.id, Again.YES, "", by=case.member, at=now)
    actions.tick(at=now)
    assert path in member.get(address("employer_placement", case.id)).content.decode()
    page = member.get(path).content.decode()
    posting = case.placement.posting_id
    assert all(address(name, posting) in page for name in ("posting_extend", "posting_copy"))
    assert "again" in member.post(path, {"words": "Bra stöd."}).context["form"].errors
    assert "words" in member.post(path, {"again": "no", "words": "Hon har en diagnos."}).context["form"].errors
    assert not Feedback.objects.exists()
    assert member.post(path, {"again": "perhaps", "words": "Ring oftare."}).status_code == 302
    assert "Ring oftare." in member.get(path).content.decode()
    assert "Ring oftare." in as_(case.advisor).get(address("placement", case.id)).content.decode()
    assert "Ring oftare." not in as_(case.jobseeker).get(address("my_placement", case.id)).content.decode()


def test_one_answer_for_a_placement_by_its_employer_only(now: datetime) -> None:
    case, other = running_case(now - timedelta(weeks=8)), make_case(now)
    actions.tick(at=now)
    for who in (other.member, case.jobseeker, case.advisor):
        with pytest.raises(NotThere):
            actions.give_feedback(case.id, Again.NO, "", by=who, at=now)
    actions.give_feedback(case.id, Again.YES, "", by=case.member, at=now)
    with pytest.raises(Refused, match="decided"):
        actions.give_feedback(case.id, Again.NO, "", by=case.member, at=now)
    assert as_(case.member).post(address("employer_feedback", case.id), {"again": "no"}).status_code == 409
    assert Feedback.objects.get().again == Again.YES


def test_the_words_of_an_employer_are_sealed(now: datetime) -> None:
    case = running_case(now - timedelta(weeks=8))
    actions.tick(at=now)
    actions.give_feedback(case.id, Again.YES, "Ring oftare.", by=case.member, at=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM placements_feedback")
        assert "Ring" not in str(cursor.fetchall())
