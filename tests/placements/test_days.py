"""Days of an agreement that do not fit each other, and a rest that stays when the words change."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from matching import actions as matching
from placements import actions
from placements.fields import Contact
from placements.models import Hire, Placement
from placements.states import Refused, State
from tests.factories.placements import Case, make_case, measure, running_case, terms
from tests.placements.test_pages import as_, form_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]


def resting(now: datetime, first: int, last: int) -> Case:
    """Under way since today, with a rest that is agreed on."""
    case, today = running_case(now), localdate(now)
    rest = {"pause_from": today + timedelta(days=first), "pause_until": today + timedelta(days=last)}
    actions.change_days(case.id, by=case.advisor, at=now, seen=case.version().hash, ends=None, **rest)
    case.all_sign(now)
    case.approve(now)
    return case


def test_a_rest_stays_when_the_words_change(now: datetime) -> None:
    case = resting(now, 3, 9)
    as_(case.advisor).post(reverse("agreement", args=[case.id]), form_of(case, hours="20"))
    made = case.version()
    assert (made.number, made.terms.hours, made.pause_from) == (3, 20, localdate(now) + timedelta(days=3))
    case.all_sign_after_sending(now)
    case.approve(now)
    actions.tick(at=now + timedelta(days=3))
    assert case.now().state == State.PAUSED


def test_an_end_before_a_rest_gets_a_sentence_and_what_was_typed_stays(now: datetime) -> None:
    case = resting(now, 20, 29)
    told = form_of(case, ends=(localdate(now) + timedelta(days=10)).isoformat(), tasks="Nya uppgifter.")
    answer = as_(case.advisor).post(reverse("agreement", args=[case.id]), told)
    assert answer.context["form"].non_field_errors()
    assert "Nya uppgifter." in answer.content.decode()
    assert case.version().number == 2


@pytest.mark.parametrize(("first", "last"), [(3, 900), (-40, -30), (-400, 3)])
def test_a_rest_outside_the_placement_gets_a_sentence(first: int, last: int, now: datetime) -> None:
    case, today = running_case(now - timedelta(days=7)), localdate(now)
    told = {"pause_from": (today + timedelta(days=first)).isoformat(), "pause_until": (today + timedelta(days=last)).isoformat()}
    told |= {"seen": case.version().hash, "ends": case.ends.isoformat()}
    answer = as_(case.advisor).post(reverse("change_placement", args=[case.id]), told)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert told["pause_from"] in answer.content.decode()
    assert case.version().number == 1


def test_an_end_before_the_first_day_gets_a_sentence(now: datetime) -> None:
    case = make_case(now).until_approved(now)
    told = {"seen": case.version().hash, "ends": localdate(now).isoformat()}
    answer = as_(case.advisor).post(reverse("change_placement", args=[case.id]), told)
    assert (answer.status_code, bool(answer.context["form"].non_field_errors())) == (200, True)


def test_longer_than_the_measure_allows_leaves_what_was_typed(now: datetime) -> None:
    case = running_case(now)
    far = (case.starts + timedelta(days=400)).isoformat()
    answer = as_(case.advisor).post(reverse("change_placement", args=[case.id]), {"seen": case.version().hash, "ends": far})
    assert answer.context["form"].non_field_errors()
    assert far in answer.content.decode()


@pytest.mark.parametrize("order", [("ends", "starts"), ("pause_from", "starts"), ("pause_until", "pause_from"), ("ends", "pause_until")])
def test_case_64_days_in_another_order_are_refused(order: tuple[str, str], now: datetime) -> None:
    case = make_case(now)
    days: dict[str, date] = dict(zip(("starts", "pause_from", "pause_until", "ends"), _days(case.starts), strict=True))
    days[order[0]], days[order[1]] = days[order[1]], days[order[0]]
    with pytest.raises(Refused, match="dates"):
        case.write(now, **days)


def _days(first: date) -> list[date]:
    return [first + timedelta(days=n) for n in (0, 7, 14, 28)]


def beside(case: Case, now: datetime) -> Case:
    """Another trial at the same employer, whose supervisor is written by hand."""
    other = make_case(now, needs={})
    workplace = case.placement.workplace
    assert workplace
    Placement.objects.filter(pk=other.id).update(workplace=workplace, supervisor=None)
    other.placement.posting.employer = case.pair.employer
    type(other.pair.posting).objects.filter(pk=other.pair.posting.pk).update(employer=case.pair.employer)
    type(workplace).objects.filter(pk=workplace.pk).update(most_at_once=9)
    other.placement.refresh_from_db()
    return other


@pytest.mark.parametrize(
    ("name", "email", "taken"),
    [
        ("sara nyström", "", True),
        ("S. Nyström", "SARA@example.org", True),
        ("Sara Nyström", "sara.n@example.org", False),  # another of the same name
        ("Olle Lind", "", False),
    ],
)
def test_a_supervisor_written_by_hand_leads_one_trial_at_a_time(name: str, email: str, taken: bool, now: datetime) -> None:
    case = running_case(now)
    other = beside(case, now)
    other.write(now, supervisor_id=None, terms=terms(supervisor=Contact(name, "förman", "033-55 01 14", email)))
    other.send(now)
    for party in other.version().asked:
        other.sign(party, now, by={"jobseeker": other.jobseeker}.get(party, case.member))  # type: ignore[arg-type]
    if not taken:
        assert other.approve(now).state == State.APPROVED
        return
    with pytest.raises(Refused, match="supervisor"):
        other.approve(now)


def test_case_40_an_age_that_nobody_compared_is_said_to_the_advisor_alone(now: datetime) -> None:
    measure(max_age=72, age_on="end")
    case, words = make_case(now), "åldersgräns"
    case.write(now)
    advisor = as_(case.advisor)
    assert words in advisor.get(reverse("send_agreement", args=[case.id])).content.decode()
    case.all_sign_after_sending(now)
    assert words in advisor.get(reverse("approve_agreement", args=[case.id])).content.decode()
    for role, name in ((case.jobseeker, "sign_agreement"), (case.member, "employer_sign")):
        assert words not in as_(role).get(reverse(name, args=[case.id])).content.decode()
    other = make_case(now, needs={})
    other.write(now, born=date(1990, 2, 28))
    assert words not in as_(other.advisor).get(reverse("send_agreement", args=[other.id])).content.decode()


def test_shorter_is_signed_by_all_and_holds_then(now: datetime) -> None:
    case = running_case(now)
    sooner = case.ends - timedelta(weeks=2)
    told = {"seen": case.version().hash, "ends": sooner.isoformat()}
    as_(case.advisor).post(reverse("change_placement", args=[case.id]), told)
    assert (case.version().change, case.now().ends) == ("shortened", case.ends)
    case.all_sign(now)
    case.approve(now)
    assert case.now().ends == sooner
    assert not case.placement.check_ins.filter(due__gt=sooner).exists()


def test_a_change_that_waits_is_where_the_days_are_written(now: datetime) -> None:
    case = running_case(now)
    case.write(now, terms=terms(hours=20))
    answer = as_(case.advisor).get(reverse("change_placement", args=[case.id]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("agreement", args=[case.id])
    assert "En ändring väntar redan." in answer.content.decode()


@pytest.mark.parametrize("days", [-3, 0, 400])
def test_hours_change_within_the_placement(days: int, now: datetime) -> None:
    case = make_case(now)
    told = {"step1_on": (case.starts + timedelta(days=days)).isoformat(), "step1_hours": "20"}
    answer = as_(case.advisor).post(reverse("agreement", args=[case.id]), form_of(case, **told))
    assert "step1_on" in answer.context["form"].errors
    fits = told | {"step1_on": (case.starts + timedelta(days=14)).isoformat()}
    assert as_(case.advisor).post(reverse("agreement", args=[case.id]), form_of(case, **fits)).status_code == 302


def test_case_35_no_job_is_noted_of_a_draft_whose_yes_was_taken_back(now: datetime) -> None:
    case = make_case(now)
    door = case.now().introduction
    matching.withdraw(door.consent_id, by=case.jobseeker, at=now)
    actions.door_closed(door.pk, at=now)
    told = {"form": "ordinary", "starts": localdate(now).isoformat(), "hours": "20"}
    assert as_(case.advisor).post(reverse("hire", args=[door.pk]), told).status_code == 409
    assert not Hire.objects.exists()
