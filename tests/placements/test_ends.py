"""How it went, where people are later, and hires."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from jobseekers.models import Stage
from outbox.actions import send
from outbox.models import Letter
from placements import actions
from placements.models import Assessment, Hire, HireForm, Outcome, OutcomeConsent, Source, Where
from placements.models.ends import ASKED_WITH
from placements.receivers import stage_follows
from placements.scoring import months_after
from placements.states import NotThere, Refused, State
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.placements import PHONED, Case, agreed_pair, running_case
from tests.placements.test_pages import as_

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
WORDS = {"attendance": "most", "goals": ["partly"], "mattered": ["sens.quiet"], "next": "longer", "words": "Det har gått bra."}


def completed(now: datetime) -> tuple[Case, datetime]:
    """The day after the last day."""
    case = running_case(now - timedelta(weeks=8))
    actions.tick(at=now)
    assert case.now().state == State.COMPLETED
    return case, now


def test_the_end_asks_both_sides_and_plans_the_outcomes(now: datetime) -> None:
    case, _ = completed(now)
    assert Assessment.objects.get(placement=case.placement).closed_at is None
    last = case.now().last_day
    due = list(Outcome.objects.filter(placement=case.placement).values_list("months", "due"))
    assert due == [(n, months_after(last, n)) for n in (0, 3, 6, 12)]  # type: ignore[arg-type]
    actions.tick(at=now)
    assert Outcome.objects.count() == 4


def test_who_never_came_is_asked_nothing(now: datetime) -> None:
    case = running_case(now)
    actions.end_early(case.id, by=case.member, at=now, last_day=localdate(now), why="other", hours=0)
    assert not Assessment.objects.exists()
    assert Outcome.objects.count() == 4


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 0, date(2026, 12, 15)),
    ],
)
def test_case_64_months_end_where_they_end(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_reminders_after_one_three_and_ten_days_then_a_task(now: datetime) -> None:
    case, at = completed(now)
    Letter.objects.all().delete()
    for days, letters, tasks in ((0, 0, 0), (1, 2, 0), (2, 2, 0), (3, 4, 0), (10, 6, 0), (11, 6, 1), (20, 6, 1)):
        for _ in range(2):
            actions.tick_assessments(at=at + timedelta(days=days))
            Letter.objects.filter(kind="assessment_reminder", done_at=None).update(done_at=at)
        told = Letter.objects.filter(kind="assessment_reminder").count()
        assert (told, case.placement.tasks.filter(kind="assessment").count()) == (letters, tasks), days


def test_case_53_after_an_outage_the_missed_reminders_are_one(now: datetime) -> None:
    completed(now)
    Letter.objects.all().delete()
    actions.tick_assessments(at=now + timedelta(days=40))
    assert Letter.objects.filter(kind="assessment_reminder").count() == 2  # one to each side


def test_each_side_writes_once_reads_the_other_and_may_disagree(now: datetime, frozen: object) -> None:
    case, at = completed(now)
    with pytest.raises(Refused, match="changed"):
        actions.disagree(case.id, "Nej", by=case.jobseeker, at=at)
    actions.assess(case.id, WORDS | {"words": "Kom ofta sent."}, by=case.member, at=at)
    page = as_(case.jobseeker).get(reverse("my_assessment", args=[case.id])).content.decode()
    assert "Kom ofta sent." not in page  # first one's own words, then the other's
    told = {"attendance": "all", "goal0": "yes", "mattered": "sens.quiet", "next": "job", "words": "Jag kom i tid."}
    as_(case.jobseeker).post(reverse("my_assessment", args=[case.id]), told)
    page = as_(case.jobseeker).get(reverse("my_assessment", args=[case.id])).content.decode()
    assert "Kom ofta sent." in page
    as_(case.jobseeker).post(reverse("my_assessment", args=[case.id]), {"words": "Bussen var sen två gånger.", "answer": "against"})
    assert "Bussen var sen" in as_(case.member).get(reverse("employer_assessment", args=[case.id])).content.decode()
    with pytest.raises(Refused, match="decided"):
        actions.assess(case.id, WORDS, by=case.jobseeker, at=at)
    assert "Bussen var sen" in as_(case.advisor).get(reverse("assessment", args=[case.id])).content.decode()


def test_answers_are_asked_for_and_kept(now: datetime, frozen: object) -> None:
    case, _ = completed(now)
    answer = as_(case.member).post(reverse("employer_assessment", args=[case.id]), {"words": "Bra."})
    assert {"attendance", "goal0", "next"} <= set(answer.context["form"].errors)
    assert "Bra." in answer.content.decode()
    told = {"attendance": "all", "goal0": "yes", "next": "job", "words": "Hon har en diagnos."}
    assert "words" in as_(case.member).post(reverse("employer_assessment", args=[case.id]), told).context["form"].errors


def test_the_employers_words_may_come_another_way_and_the_advisor_closes(now: datetime, frozen: object) -> None:
    case, at = completed(now)
    advisor = as_(case.advisor)
    advisor.post(reverse("assessment", args=[case.id]), {"on": localdate(at).isoformat()})
    actions.assess(case.id, WORDS, by=case.jobseeker, at=at)
    assert Assessment.objects.get().is_whole
    actions.tick_assessments(at=at + timedelta(days=30))
    assert not case.placement.tasks.filter(kind="assessment").exists()
    advisor.post(reverse("assessment", args=[case.id]), {"words": "Vi förlänger."})
    assert Assessment.objects.get().closed_at is not None
    with pytest.raises(Refused, match="decided"):
        actions.assess(case.id, WORDS, by=case.member, at=at)


def test_strangers_find_no_words_and_no_outcome(now: datetime, frozen: object) -> None:
    case, at = completed(now)
    row = Outcome.objects.get(months=0)
    other = running_case(now + timedelta(days=1), needs={})
    for role in (other.jobseeker, other.member, other.advisor, case.advisor):
        with pytest.raises(NotThere):
            actions.assess(case.id, WORDS, by=role, at=at)
    for role in (other.jobseeker, other.advisor, case.member):
        with pytest.raises(NotThere):
            actions.record_outcome(row.pk, actions.Known(Where.JOB), by=role, at=at)
    assert as_(other.advisor).get(reverse("assessment", args=[case.id])).status_code == 404
    assert as_(other.jobseeker).get(reverse("my_assessment", args=[case.id])).status_code == 404
    assert as_(other.advisor).get(reverse("outcome", args=[row.pk])).status_code == 404


def test_nobody_is_asked_without_a_separate_yes_and_unknown_stays_unknown(now: datetime) -> None:
    case, at = completed(now)
    Letter.objects.all().delete()
    assert actions.tick_outcomes(at=at) == {"asked": 0, "unknown": 0}
    assert not Letter.objects.exists()
    with pytest.raises(Refused, match="channel"):
        actions.record_outcome(Outcome.objects.get(months=0).pk, actions.Known(Where.JOB, source=Source.PERSON), by=case.advisor, at=at)
    assert actions.tick_outcomes(at=at + timedelta(days=61))["unknown"] == 1
    row = Outcome.objects.get(months=0)
    assert (row.where, row.by_id) == ("unknown", None)
    actions.record_outcome(row.pk, actions.Known(Where.EDUCATION, 20, False), by=case.advisor, at=at + timedelta(days=70))
    assert Outcome.objects.get(months=0).where == "education"


def test_with_the_yes_the_person_is_asked_once_and_answers(now: datetime, frozen: object, mailoutbox: list[object]) -> None:
    case, at = completed(now)
    as_(case.jobseeker).post(reverse("my_outcome_consent", args=[case.id]), {"answer": "yes"})
    Letter.objects.all().delete()
    for _ in range(2):
        actions.tick_outcomes(at=at)
    letter = Letter.objects.get(kind="outcome")
    send(str(letter.pk), at=at)
    assert len(mailoutbox) == 1
    row = Outcome.objects.get(months=0)
    told = {"where": "job", "hours": "20", "same": "yes"}
    as_(case.jobseeker).post(reverse("my_outcome", args=[row.pk]), told)
    row.refresh_from_db()
    assert (row.where, row.hours, row.same_workplace, row.source) == ("job", 20, True, "person")
    assert case.placement.tasks.get(kind="outcome").done_at is not None


def test_a_yes_taken_back_stops_the_letter_that_waits(now: datetime, mailoutbox: list[object]) -> None:
    case, at = completed(now)
    actions.agree_to_be_asked(case.pair.profile.pk, True, by=case.jobseeker, at=at)
    actions.tick_outcomes(at=at)
    actions.agree_to_be_asked(case.pair.profile.pk, False, by=case.jobseeker, at=at)
    send(str(Letter.objects.get(kind="outcome").pk), at=at)
    assert mailoutbox == []
    assert OutcomeConsent.objects.get().withdrawn_at == at


def test_the_advisor_says_how_the_person_said_yes(now: datetime) -> None:
    case, at = completed(now)
    with pytest.raises(Refused, match="channel"):
        actions.agree_to_be_asked(case.pair.profile.pk, True, by=case.advisor, at=at)
    actions.agree_to_be_asked(case.pair.profile.pk, True, by=case.advisor, at=at, behalf=PHONED)
    assert OutcomeConsent.objects.get().channel == "phone"
    for stranger in (case.member, role_of(MembershipFactory(advisor=True))):
        with pytest.raises(NotThere):
            actions.agree_to_be_asked(case.pair.profile.pk, False, by=stranger, at=at, behalf=PHONED)


def test_an_outcome_is_not_known_before_its_day(now: datetime, frozen: object) -> None:
    case, at = completed(now)
    row = Outcome.objects.get(months=3)
    with pytest.raises(Refused, match="day"):
        actions.record_outcome(row.pk, actions.Known(Where.JOB), by=case.advisor, at=at)
    assert as_(case.advisor).get(reverse("outcome", args=[row.pk])).status_code == 404


def test_a_job_is_a_hire_that_is_followed_without_an_end(now: datetime, frozen: object) -> None:
    pair, door = agreed_pair(now)
    pair.posting.kind = "job"
    pair.posting.save()
    advisor = as_(pair.advisor)
    told = {"form": "ordinary", "starts": localdate(now).isoformat(), "hours": "30"}
    for _ in range(2):
        advisor.post(reverse("hire", args=[door.pk]), told)
    row = Hire.objects.get()
    assert (row.form, row.next_contact) == (HireForm.ORDINARY, localdate(now) + timedelta(days=7))
    for days, expected in ((7, 37), (37, 67), (67, 97)):
        actions.contacted(row.pk, by=pair.advisor, at=now + timedelta(days=days))
        row.refresh_from_db()
        assert row.next_contact == localdate(now) + timedelta(days=expected)
    actions.enough(row.pk, by=pair.jobseeker, at=now)
    row.refresh_from_db()
    assert (row.next_contact, row.ended_on) == (None, None)
    with pytest.raises(NotThere):
        actions.end_hire(row.pk, localdate(now), by=pair.member, at=now)
    actions.end_hire(row.pk, localdate(now), by=pair.advisor, at=now)
    assert pair.profile.first_name in advisor.get(reverse("advisor_introduction", args=[door.pk])).content.decode()


def test_a_placement_that_leads_to_a_job(now: datetime, frozen: object) -> None:
    case, _ = completed(now)
    told = {"form": "subsidised", "starts": localdate(now).isoformat(), "hours": "20"}
    as_(case.advisor).post(reverse("hire", args=[case.placement.introduction_id]), told)
    assert Hire.objects.get().placement_id == case.id
    assert case.pair.profile.user.get_full_name() in as_(case.advisor).get(reverse("outcomes")).content.decode()


def test_who_begins_is_at_the_workplace(now: datetime) -> None:
    case = running_case(now)
    for _ in range(2):
        effect = stage_follows(placement_id=str(case.id), state="running")
        assert effect
        effect()
    assert case.now().profile.stage == Stage.WORKPLACE


def test_what_was_typed_stands_on_the_page_that_says_no(now: datetime, frozen: object) -> None:
    case, at = completed(now)
    actions.assess(case.id, WORDS, by=case.member, at=at)
    actions.assess(case.id, WORDS, by=case.jobseeker, at=at)
    actions.disagree(case.id, "Bussen var sen.", by=case.jobseeker, at=at)
    again = as_(case.jobseeker).post(reverse("my_assessment", args=[case.id]), {"words": "Och en gång till.", "answer": "against"})
    assert again.status_code == 409
    assert "Och en gång till." in again.content.decode()


def test_case_37_a_yes_to_words_that_are_no_longer_asked_with_is_asked_for_anew(now: datetime, frozen: object) -> None:
    case, at = completed(now)
    person = case.pair.profile.pk
    actions.agree_to_be_asked(person, True, by=case.jobseeker, at=at)
    OutcomeConsent.objects.update(text_version="2019-01")
    assert actions.tick_outcomes(at=at)["asked"] == 0
    page = as_(case.jobseeker).get(reverse("my_outcome_consent", args=[case.id])).content.decode()
    assert 'value="yes"' in page, "it is asked for again"
    actions.agree_to_be_asked(person, True, by=case.jobseeker, at=at)
    assert actions.tick_outcomes(at=at)["asked"] == 1
    assert [(one.text_version, one.withdrawn_at is None) for one in OutcomeConsent.objects.order_by("pk")] == [
        ("2019-01", False),
        (ASKED_WITH, True),
    ]


def test_case_37_a_no_takes_back_an_old_yes_as_well(now: datetime) -> None:
    case, at = completed(now)
    person = case.pair.profile.pk
    actions.agree_to_be_asked(person, True, by=case.jobseeker, at=at)
    OutcomeConsent.objects.update(text_version="2019-01")
    actions.agree_to_be_asked(person, False, by=case.jobseeker, at=at)
    assert OutcomeConsent.objects.get().withdrawn_at == at


def test_case_37_two_yeses_at_once_are_one(now: datetime) -> None:
    case, at = completed(now)
    for _ in range(2):
        actions.agree_to_be_asked(case.pair.profile.pk, True, by=case.jobseeker, at=at)
    assert OutcomeConsent.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        OutcomeConsent.objects.create(profile=case.pair.profile, at=at, text_version=ASKED_WITH)
