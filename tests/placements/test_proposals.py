"""An adaptation that somebody thinks of while the placement lasts: who reads it, who answers, and that nobody agrees alone."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from outbox.models import Letter
from placements import actions
from placements.fields import Agreed
from placements.models import Adaptation, Works
from placements.states import NotThere, Party, Refused
from taxonomy.models import Need
from tests.factories.placements import ADAPTED, Case, make_case, running_case, terms
from tests.placements.test_pages import as_

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
WORDS = "Jag kommer en timme senare på måndagar"
SHORT = "time.short"


@pytest.fixture
def case(now: datetime) -> Case:
    found = running_case(now)
    labels = {"label_sv": "Kort dag", "label_nb": "Kort dag", "label_en": "A short day"}
    Need.objects.get_or_create(code=SHORT, defaults={"group": "time", "position": 9, "default": "must", **labels})
    return found


def proposals(case: Case) -> list[Adaptation]:
    return list(case.placement.adaptations.proposed())


def agree_on(case: Case, now: datetime) -> None:
    """The whole way of what was proposed: written, sent, signed, approved."""
    case.write(now, terms=terms(adaptations=(*terms().adaptations, Agreed(SHORT, WORDS, "employer"))))
    case.all_sign_after_sending(now)
    case.approve(now)


def test_the_person_proposes_and_nobody_but_the_advisor_reads_it(case: Case, now: datetime) -> None:
    answer = as_(case.jobseeker).post(reverse("my_proposal", args=[case.id]), {"code": SHORT, "how": WORDS})
    assert answer.status_code == 302
    row = proposals(case)[0]
    assert (row.proposed_by, row.agreed, row.state) == (Party.JOBSEEKER, Agreed(SHORT, WORDS), Works.PROPOSED)
    assert WORDS in as_(case.jobseeker).get(reverse("my_placement", args=[case.id])).content.decode()
    page = as_(case.advisor).get(reverse("placement", args=[case.id])).content.decode()
    assert WORDS in page
    assert case.placement.tasks.get(kind="proposal").get_kind_display() in page
    assert WORDS not in as_(case.member).get(reverse("employer_placement", args=[case.id])).content.decode()
    assert set(Letter.objects.filter(kind="task_made").values_list("reader_id", flat=True)) == {case.advisor.user_id}


def test_the_employers_proposal_is_not_the_persons_to_read_and_what_speaks_of_health_is_pointed_out(case: Case, now: datetime) -> None:
    page, person = reverse("employer_proposal", args=[case.id]), reverse("my_placement", args=[case.id])
    asked = as_(case.member).post(page, {"code": SHORT, "how": "Han har ju adhd"})
    assert asked.status_code == 200
    assert not proposals(case)
    as_(case.member).post(page, {"code": SHORT, "how": WORDS})
    assert proposals(case)[0].proposed_by == Party.EMPLOYER
    assert WORDS in as_(case.member).get(reverse("employer_placement", args=[case.id])).content.decode()
    assert WORDS not in as_(case.jobseeker).get(person).content.decode()


def test_the_advisors_proposal_is_read_by_the_person_and_not_by_the_employer(case: Case, now: datetime) -> None:
    Letter.objects.all().delete()
    as_(case.advisor).post(reverse("propose_for_placement", args=[case.id]), {"code": SHORT, "how": WORDS})
    assert list(Letter.objects.values_list("kind", "reader_id")) == [("placement_moved", case.jobseeker.user_id)]
    assert WORDS in as_(case.jobseeker).get(reverse("my_placement", args=[case.id])).content.decode()
    assert WORDS not in as_(case.member).get(reverse("employer_placement", args=[case.id])).content.decode()


def test_it_is_agreed_on_by_a_new_version_only(case: Case, now: datetime) -> None:
    row = actions.propose(case.id, SHORT, WORDS, by=case.jobseeker, at=now)
    for to in set(Works) - {Works.PROPOSED, Works.DROPPED}:
        with pytest.raises(Refused, match="changed"):
            actions.move_adaptation(row.pk, to, by=case.advisor, at=now)
    form = as_(case.advisor).get(reverse("agreement", args=[case.id])).content.decode()
    assert WORDS in form, "the advisor writes on in the words of who proposed it"
    agree_on(case, now)
    row.refresh_from_db()
    assert (row.state, row.proposed_by) == (Works.AGREED, Party.JOBSEEKER)
    assert not case.placement.tasks.open().filter(kind="proposal").exists()
    assert WORDS in as_(case.member).get(reverse("employer_placement", args=[case.id])).content.decode()


def test_what_two_have_proposed_becomes_one(case: Case, now: datetime) -> None:
    for by in (case.jobseeker, case.member):
        actions.propose(case.id, SHORT, "", by=by, at=now)
    agree_on(case, now)
    assert [one.state for one in case.placement.adaptations.all() if one.agreed.code == SHORT] == [Works.AGREED]
    assert not case.placement.tasks.open().filter(kind="proposal").exists()


def test_another_change_of_the_agreement_leaves_a_proposal_as_it_is(case: Case, now: datetime) -> None:
    actions.propose(case.id, SHORT, WORDS, by=case.jobseeker, at=now)
    case.write(now, terms=terms(tasks="Vattnar och sår."))
    case.all_sign_after_sending(now)
    case.approve(now)
    assert [one.state for one in proposals(case)] == [Works.PROPOSED]


def test_a_no_is_read_and_the_task_is_done(case: Case, now: datetime) -> None:
    row = actions.propose(case.id, SHORT, WORDS, by=case.jobseeker, at=now)
    as_(case.advisor).post(reverse("adaptation", args=[row.pk]), {"answer": "dropped"})
    assert case.placement.tasks.get(kind="proposal").done_at is not None
    html = as_(case.jobseeker).get(reverse("my_placement", args=[case.id])).content.decode()
    assert "Inte här" in html
    assert actions.propose(case.id, SHORT, WORDS, by=case.jobseeker, at=now).pk != row.pk, "it may be proposed again"


@pytest.mark.parametrize("code", [ADAPTED, SHORT])
def test_what_is_agreed_or_proposed_is_not_proposed_again(case: Case, now: datetime, code: str) -> None:
    actions.propose(case.id, SHORT, WORDS, by=case.jobseeker, at=now)
    with pytest.raises(Refused, match="there"):
        actions.propose(case.id, code, "", by=case.jobseeker, at=now)
    answer = as_(case.jobseeker).post(reverse("my_proposal", args=[case.id]), {"code": code, "how": "Så här"})
    assert answer.status_code == 409
    assert "Så här" in answer.content.decode()


def test_the_employer_cannot_find_out_what_the_person_has_proposed(case: Case, now: datetime) -> None:
    actions.propose(case.id, SHORT, WORDS, by=case.jobseeker, at=now)
    assert actions.propose(case.id, SHORT, "", by=case.member, at=now).proposed_by == Party.EMPLOYER


def test_only_a_party_proposes_and_only_while_it_lasts(case: Case, now: datetime) -> None:
    with pytest.raises(Refused, match="changed"):
        actions.propose(case.id, "no.such", "", by=case.jobseeker, at=now)
    other = make_case(now)
    for stranger in (other.advisor, other.jobseeker, other.member):
        with pytest.raises(NotThere):
            actions.propose(case.id, SHORT, "", by=stranger, at=now)
    with pytest.raises(Refused, match="running"):
        actions.propose(other.id, SHORT, "", by=other.jobseeker, at=now)
    actions.end_early(case.id, by=case.jobseeker, at=now, why="suit", last_day=localdate(now))
    with pytest.raises(Refused, match="closed"):
        actions.propose(case.id, SHORT, "", by=case.jobseeker, at=now)
