"""How it goes: planned with the approval, asked on working days, answered with three taps, and followed up."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from employers.models import Evidence, WorkplaceOffer
from matching.queries import is_working_day
from outbox.actions import send
from outbox.models import Letter
from placements import access, actions, queries
from placements.models import CheckIn, CheckInState, Incident, Task, Works
from placements.scoring import Answers, colour_of, moments
from placements.states import NotThere, Party, Refused
from taxonomy.models import Need
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.placements import ADAPTED, Case, make_case, running_case
from tests.placements.test_pages import as_

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
WELL, RED, AMBER = Answers("well", "yes", "no"), Answers("so", "no", "yes"), Answers("so", "yes", "no")


@pytest.fixture
def case(now: datetime) -> Case:
    return running_case(now)


def asked(case: Case, party: Party = Party.JOBSEEKER) -> CheckIn:
    row = case.placement.check_ins.filter(party=party, state=CheckInState.PLANNED).order_by("due").first()
    assert row is not None
    actions.tick_check_ins(at=datetime.combine(row.due, datetime.min.time()).replace(hour=9).astimezone())
    row.refresh_from_db()
    return row


def test_the_plan_of_an_approved_placement(now: datetime) -> None:
    case = make_case(now, weeks=12).until_approved(now)
    rows = case.placement.check_ins.filter(party=Party.JOBSEEKER).order_by("due")
    assert [one.code for one in rows] == ["before", "day2", "week1", "week2", "week4", "week8", "last"]
    assert all(is_working_day(one.due, "SE") for one in rows)
    assert case.placement.check_ins.filter(party=Party.SUPERVISOR).count() == rows.count()


@given(first=st.dates(date(2024, 1, 1), date(2032, 1, 1)), days=st.integers(0, 800), every=st.sampled_from([2, 4, 8]))
def test_moments_lie_on_open_days_in_order_and_apart(first: date, days: int, every: int) -> None:
    last = first + timedelta(days=days)
    found = moments(first, last, every, lambda day: is_working_day(day, "NO"))
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert len({one.code for one in found}) == len(found)
    assert all(is_working_day(one.day, "NO") for one in found)
    assert all(one.day <= last for one in found)


@pytest.mark.parametrize(
    ("answers", "colour"),
    [(WELL, "green"), (AMBER, "amber"), (RED, "red"), (Answers("bad", "yes", "no"), "red"), (Answers("well", "yes", "perhaps"), "amber")],
)
def test_the_colour_of_an_answer(answers: Answers, colour: str) -> None:
    assert colour_of(answers) == colour


def test_red_makes_a_task_for_the_next_working_day(case: Case, now: datetime) -> None:
    row = asked(case)
    friday = datetime(2026, 12, 4, 15, tzinfo=now.tzinfo)
    actions.answer(row.pk, RED, by=case.jobseeker, at=friday)
    [task] = case.placement.tasks.all()
    assert (task.kind, task.due, task.about) == ("red", date(2026, 12, 7), row.pk)
    actions.review(row.pk, by=case.advisor, at=friday, decision="called")
    assert Task.objects.get().done_at == friday


def test_the_next_working_day_is_not_a_holiday(case: Case, now: datetime) -> None:
    row = asked(case)
    actions.answer(row.pk, RED, by=case.jobseeker, at=datetime(2026, 12, 23, 15, tzinfo=now.tzinfo))
    assert case.placement.tasks.get().due == date(2026, 12, 28)  # Christmas Eve, Christmas, Boxing Day, Sunday


def test_two_misses_make_a_task_and_one_does_not(case: Case, now: datetime) -> None:
    first = asked(case)
    actions.answer(case.placement.check_ins.get(code=first.code, party=Party.SUPERVISOR).pk, WELL, by=case.member, at=now)
    late = datetime.combine(first.closes + timedelta(days=1), now.timetz())
    actions.tick_check_ins(at=late)
    first.refresh_from_db()
    assert first.state == CheckInState.MISSED
    assert not case.placement.tasks.exists()
    second = asked(case)
    actions.answer(case.placement.check_ins.get(code=second.code, party=Party.SUPERVISOR).pk, WELL, by=case.member, at=late)
    for _ in range(2):
        actions.tick_check_ins(at=datetime.combine(second.closes + timedelta(days=1), now.timetz()))
    assert case.placement.tasks.get().kind == "missed"


def test_both_who_miss_the_same_questions_make_a_task(case: Case, now: datetime) -> None:
    row = asked(case)
    actions.tick_check_ins(at=datetime.combine(row.closes + timedelta(days=1), now.timetz()))
    assert case.placement.tasks.get().kind == "missed"


def test_a_late_answer_is_welcome_and_twice_is_not(case: Case, now: datetime) -> None:
    row = asked(case)
    actions.tick_check_ins(at=datetime.combine(row.closes + timedelta(days=1), now.timetz()))
    actions.answer(row.pk, WELL, by=case.jobseeker, at=now)
    with pytest.raises(Refused, match="decided"):
        actions.answer(row.pk, RED, by=case.jobseeker, at=now)


def test_case_53_after_an_outage_nothing_stale_is_asked_and_nobody_has_missed(case: Case, now: datetime) -> None:
    Letter.objects.all().delete()
    actions.tick_check_ins(at=now + timedelta(weeks=4))
    sent = case.placement.check_ins.filter(state=CheckInState.SENT)
    assert {one.code for one in sent} <= {"week4", "last"}
    assert not case.placement.check_ins.filter(state=CheckInState.MISSED).exists()
    letters = Letter.objects.count()
    actions.tick_check_ins(at=now + timedelta(weeks=4))
    assert Letter.objects.count() == letters


def test_nobody_is_asked_after_the_end_or_while_it_rests(case: Case, now: datetime) -> None:
    actions.end_early(case.id, by=case.advisor, at=now, last_day=localdate(now), why="other")
    assert not case.placement.check_ins.filter(state__in=[CheckInState.PLANNED, CheckInState.SENT]).exists()
    assert actions.tick_check_ins(at=now + timedelta(days=1)) == {"sent": 0, "missed": 0}


def test_another_date_plans_what_lies_ahead_anew(now: datetime) -> None:
    case = running_case(now)
    asked(case)
    before = set(case.placement.check_ins.exclude(state=CheckInState.PLANNED).values_list("code", "party"))
    actions.change_days(case.id, by=case.advisor, at=now, seen=case.version().hash, ends=case.ends + timedelta(weeks=8))
    case.all_sign(now)
    case.approve(now)
    after = case.placement.check_ins
    assert before <= set(after.exclude(state=CheckInState.PLANNED).values_list("code", "party"))
    assert after.filter(code="week12", party=Party.JOBSEEKER).exists()


def test_what_is_for_the_advisor_alone_is_never_shown_to_the_other_side(case: Case, now: datetime, frozen: object) -> None:
    row = asked(case)
    secret = "Det är för mycket folk på eftermiddagen"
    actions.answer(row.pk, RED, by=case.jobseeker, at=now, words=secret, private=True)
    assert queries.shared_answers(case.now(), Party.SUPERVISOR) == []
    member, person, advisor = as_(case.member), as_(case.jobseeker), as_(case.advisor)
    assert secret not in member.get(reverse("employer_placement", args=[case.id])).content.decode()
    assert secret in person.get(reverse("my_placement", args=[case.id])).content.decode()
    assert secret in advisor.get(reverse("check_in", args=[row.pk])).content.decode()
    assert member.get(reverse("employer_check_in", args=[row.pk])).status_code == 404


def test_what_is_for_both_is_read_by_both(case: Case, now: datetime, frozen: object) -> None:
    row = asked(case)
    actions.answer(row.pk, WELL, by=case.jobseeker, at=now, words="Allt är bra här", private=False)
    assert "Allt är bra här" in as_(case.member).get(reverse("employer_placement", args=[case.id])).content.decode()


def test_three_taps_on_three_pages(case: Case, now: datetime, frozen: object) -> None:
    row = asked(case)
    person, page = as_(case.jobseeker), reverse("my_check_in", args=[row.pk])
    taken: dict[str, str] = {}
    for name, value in (("how", "well"), ("works", "partly"), ("change", "no")):
        assert f'name="{name}"' in person.get(page).content.decode() if not taken else True
        taken[name] = value
        answer = person.post(page, taken)
        assert answer.status_code == 200
    assert 'value="mine"' in answer.content.decode()
    person.post(page, taken | {"send": "mine", "words": "Jag trivs."})
    row.refresh_from_db()
    assert (row.colour, row.private, row.words) == ("amber", True, "Jag trivs.")


def test_a_tap_that_is_none_asks_again(case: Case, now: datetime, frozen: object) -> None:
    row = asked(case)
    answer = as_(case.jobseeker).post(reverse("my_check_in", args=[row.pk]), {"how": "<script>", "works": "yes", "send": "mine"})
    assert 'name="how"' in answer.content.decode()
    row.refresh_from_db()
    assert row.state == CheckInState.SENT


def test_the_link_opens_one_check_in_and_no_name(case: Case, now: datetime, frozen: object) -> None:
    row = asked(case, Party.SUPERVISOR)
    page = reverse("check_in_by_link", args=[access.token_of(access.CHECK_IN, row.pk)])
    html = Client().get(page).content.decode()
    for name in (case.pair.profile.name, case.pair.profile.first_name, case.pair.employer.name, "Sara"):
        assert name not in html
    assert row.state == CheckInState.SENT  # looking answers nothing
    Client().post(page, {"how": "well", "works": "yes", "change": "no", "send": "both"})
    row.refresh_from_db()
    assert (row.state, row.by_id) == (CheckInState.ANSWERED, None)


@pytest.mark.parametrize("token", ["x", "WyJjaGVjay1pbiIsIjEiXQ:1:abc", ""])
def test_a_link_that_is_none_is_not_found(token: str) -> None:
    assert Client().get(f"/sv/check-ins/{token}/").status_code == 404


def test_a_link_to_sign_opens_no_check_in_and_the_other_way_round(case: Case) -> None:
    row = asked(case, Party.SUPERVISOR)
    assert access.check_in_by_link(access.token_of(Party.SUPERVISOR, row.pk)) is None
    assert access.version_by_link(access.token_of(access.CHECK_IN, case.version().pk)) is None


def test_the_supervisor_signs_by_the_link_once_the_person_lets_them_read(now: datetime, frozen: object) -> None:
    case = make_case(now).until_sent(now)
    version = case.version()
    page = reverse("agreement_by_link", args=[access.token_of(Party.SUPERVISOR, version.pk)])
    assert Client().get(page).status_code == 404
    case.sign(Party.JOBSEEKER, now)
    assert Client().get(page).status_code == 200
    assert not version.signatures.filter(party=Party.SUPERVISOR).exists()
    Client().post(page, {"seen": version.hash})
    assert version.signatures.get(party=Party.SUPERVISOR).by_id is None
    case.write(now, ends=case.ends + timedelta(days=1))
    assert Client().get(page).status_code == 404  # another version is to be signed


def test_the_advisor_writes_down_what_was_said(case: Case, now: datetime, frozen: object) -> None:
    row = asked(case)
    with pytest.raises(Refused, match="channel"):
        actions.answer(row.pk, WELL, by=case.advisor, at=now)
    told = {"record": "1", "told": "phone", "how": "well", "works": "yes", "change": "no", "words": ""}
    as_(case.advisor).post(reverse("check_in", args=[row.pk]), told)
    row.refresh_from_db()
    assert (row.told, row.by_id) == ("phone", case.advisor.user_id)


def test_strangers_answer_and_read_nothing(case: Case, now: datetime, frozen: object) -> None:
    row = asked(case)
    other = running_case(now + timedelta(days=1), needs={})
    for role in (other.advisor, other.jobseeker, other.member, case.member, role_of(MembershipFactory(advisor=True))):
        with pytest.raises((NotThere, Refused)):
            actions.answer(row.pk, WELL, by=role, at=now)
        with pytest.raises(NotThere):
            actions.review(row.pk, by=role, at=now, decision="fine")
    for role, name in ((other.jobseeker, "my_check_in"), (other.advisor, "check_in"), (other.member, "employer_check_in")):
        assert as_(role).get(reverse(name, args=[row.pk])).status_code == 404


def test_letters_say_nothing_and_go_to_whom_is_asked(case: Case, now: datetime, mailoutbox: list[object]) -> None:
    Letter.objects.all().delete()
    row = asked(case)
    for letter in Letter.objects.filter(kind__startswith="check_in"):
        send(str(letter.pk), at=now + timedelta(days=60))
    person = case.pair.profile
    hidden = (person.first_name, person.user.last_name, case.pair.employer.name, case.pair.posting.title, ADAPTED)
    told = {address for mail in mailoutbox for address in mail.to}  # type: ignore[attr-defined]
    assert "sara@example.org" in told
    for mail in mailoutbox:
        whole = f"{mail.subject}{mail.body}{mail.alternatives}"  # type: ignore[attr-defined]
        assert not [word for word in hidden if word in whole]
    assert row.state == CheckInState.SENT


def test_an_adaptation_goes_step_by_step_and_what_works_is_shown(case: Case, now: datetime) -> None:
    row = case.placement.adaptations.get()
    with pytest.raises(Refused):
        actions.move_adaptation(row.pk, Works.WORKS, by=case.advisor, at=now)
    with pytest.raises(Refused):
        actions.show_to_others(row.pk, by=case.advisor, at=now)
    actions.move_adaptation(row.pk, Works.IN_PLACE, by=case.advisor, at=now)
    actions.move_adaptation(row.pk, Works.WORKS, by=case.advisor, at=now)
    actions.show_to_others(row.pk, by=case.advisor, at=now)
    offer = WorkplaceOffer.objects.get(workplace=case.placement.workplace, need=Need.objects.get(code=ADAPTED))
    assert (offer.answer, offer.evidence) == ("yes", Evidence.SHOWN)
    for stranger in (case.jobseeker, case.member):
        with pytest.raises(NotThere):
            actions.move_adaptation(row.pk, Works.DROPPED, by=stranger, at=now)


def test_what_happened_is_told_to_one_or_both_and_followed_up(case: Case, now: datetime, frozen: object) -> None:
    secret = "Jag orkar inte gå dit på måndagar"
    as_(case.jobseeker).post(reverse("my_tell", args=[case.id]), {"words": secret, "send": "mine"})
    row = Incident.objects.get()
    assert (row.party, row.private, case.placement.tasks.get().kind) == ("jobseeker", True, "incident")
    assert secret not in as_(case.member).get(reverse("employer_placement", args=[case.id])).content.decode()
    as_(case.advisor).post(reverse("incident", args=[row.pk]), {"then": "Vi har pratat."})
    row.refresh_from_db()
    assert row.then == "Vi har pratat."
    assert case.placement.tasks.get().done_at is not None


def test_what_is_told_to_both_is_read_by_both(case: Case, now: datetime, frozen: object) -> None:
    actions.tell_incident(case.id, "Stegen gick sönder", by=case.jobseeker, at=now, private=False)
    actions.tell_incident(case.id, "Bara för er", by=case.member, at=now, private=True)
    for role, page, alone in ((case.jobseeker, "my_placement", False), (case.member, "employer_placement", True)):
        html = as_(role).get(reverse(page, args=[case.id])).content.decode()
        assert ("Stegen gick sönder" in html, "Bara för er" in html) == (True, alone)


def test_the_coordinator_sees_numbers_and_no_person(case: Case, now: datetime, frozen: object) -> None:
    actions.answer(asked(case).pk, RED, by=case.jobseeker, at=now - timedelta(days=9))
    coordinator = role_of(MembershipFactory(kind="coordinator", team=case.pair.profile.team))
    html = as_(coordinator).get(reverse("overdue")).content.decode()
    assert case.now().profile.advisor.get_full_name() in html
    assert case.pair.profile.first_name not in html
    other = role_of(MembershipFactory(kind="coordinator", team=MembershipFactory(advisor=True).team))
    assert case.now().profile.advisor.get_full_name() not in as_(other).get(reverse("overdue")).content.decode()
