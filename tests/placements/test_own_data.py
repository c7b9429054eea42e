"""The person's copy holds placements, plan and meetings, and deleting takes all of them away: nothing is left in any table."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import Membership
from audit.models import Event
from cooperation import actions as cooperation
from jobseekers.states import NotThere
from outbox.models import Letter
from placements import actions
from placements.models import Assessment, CheckIn, Hire, HireForm, OutcomeConsent, Placement
from placements.scoring import Answers, Says, Still, Works
from placements.states import Party, State
from tests.factories.meetings import plan
from tests.factories.placements import Case, make_case, running_case, terms
from tests.journeys.world import carry_facts

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TASKS, GOAL, STEP, AGENDA, TOLD = "kanariens uppgifter", "kanariens mål", "kanariens steg", "kanariens dagordning", "kanariens incident"
OWN, SHARED, ALONE, ENDED, NOTED = "kanariens svar", "svaret till båda", "svaret till handläggaren", "kanariens avslut", "handläggarens rad"
COPIED = (TASKS, GOAL, STEP, AGENDA, TOLD, OWN, SHARED)
CANARY = (*COPIED, ALONE, NOTED)
BAD = Answers(Says.BAD, Works.NO, Still.YES)


def browser(member: Membership | int, now: datetime) -> Client:
    client = Client()
    user = member.user if isinstance(member, Membership) else Membership.objects.get(user_id=member).user
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def case(now: datetime) -> Case:
    """A placement under way of which everything is kept that can be; a plan and a meeting."""
    case = make_case(now - timedelta(days=7), first_day=localdate(now))
    case.write(now - timedelta(days=7), terms=terms(tasks=TASKS))
    case.all_sign_after_sending(now - timedelta(days=7))
    case.approve(now - timedelta(days=7))
    actions.tick(at=now)
    _answer(case, Party.JOBSEEKER, now, OWN, private=True)
    _answer(case, Party.SUPERVISOR, now, SHARED, private=False)
    actions.tell_incident(case.id, TOLD, by=case.jobseeker, at=now, private=True)
    actions.tell_incident(case.id, ALONE, by=case.member, at=now, private=True)
    noted = case.placement.incidents.get(party=Party.JOBSEEKER)
    actions.follow_up(noted.pk, NOTED, by=case.advisor, at=now)
    actions.agree_to_be_asked(case.pair.profile.pk, yes=True, by=case.jobseeker, at=now)
    door = case.placement.introduction_id
    actions.hire(door, by=case.advisor, at=now, form=HireForm.ORDINARY, starts=localdate(now), hours=20, placement_id=case.id)
    cooperation.save_goal(case.pair.profile.pk, GOAL, by=case.jobseeker, at=now)
    cooperation.add_step(case.pair.profile.pk, words=STEP, side="person", who="", by=case.jobseeker, at=now)
    plan(case.pair, now, agenda=AGENDA)
    return case


def _answer(case: Case, party: Party, now: datetime, words: str, *, private: bool) -> None:
    row = CheckIn.objects.filter(placement=case.placement, party=party).order_by("due")[0]
    CheckIn.objects.filter(pk=row.pk).update(state="sent", sent_at=now)
    by = case.jobseeker if party == Party.JOBSEEKER else case.member
    actions.answer(row.pk, BAD, by=by, at=now, words=words, private=private)


def canaries() -> set[tuple[str, str]]:
    """Where a word of the canary stands in any table, opened where it is sealed."""
    rows = {model._meta.db_table: str(list(model._base_manager.values())) for model in apps.get_models() if model._meta.managed}
    return {(table, word) for table, held in rows.items() for word in CANARY if word in held}


def test_case_41_the_copy_holds_placements_plan_and_meetings(case: Case, now: datetime) -> None:
    answer = browser(case.jobseeker.user_id, now).post(reverse("copy_data"))
    held, text = answer.json(), answer.content.decode()
    assert [word for word in COPIED if word not in text] == []
    assert [word for word in (ALONE, NOTED) if word in text] == [], "of others' words only what was sent to both"
    [placement] = held["placements"]
    assert (placement["state"], placement["employer"]) == ("running", case.pair.employer.name)
    assert [one["tasks"] for one in placement["agreements"]] == [TASKS]
    assert {one["party"] for one in placement["agreements"][0]["signatures"]} >= {"jobseeker", "employer", "advisor"}
    assert [one["words"] for one in placement["check_ins"] if one["words"]] == [OWN, SHARED]
    assert [one["words"] for one in placement["what_happened"]] == [TOLD]
    assert len(placement["adaptations"]) == 1
    assert {one["what"] for one in placement["your_advisor_has_to"]}
    assert [one["hours"] for one in held["jobs"]] == [20]
    assert len(held["yeses_to_be_asked_later"]) == 1
    assert held["plan"]["goal"] == GOAL
    assert list(held)[-1] == "not_in_this_file"


def test_case_41_a_draft_is_the_advisors_until_it_is_sent(now: datetime) -> None:
    case = make_case(now)
    case.write(now, terms=terms(tasks=TASKS))
    held = actions.take_copy(case.pair.profile.pk, by=case.jobseeker, at=now)
    assert (held["placements"][0]["agreements"], TASKS in str(held)) == ([], False)


def test_case_41_the_employers_assessment_is_read_when_the_person_has_written(now: datetime) -> None:
    case = running_case(now - timedelta(weeks=8))
    actions.tick(at=now)
    words = {"attendance": "most", "goals": ["partly"], "mattered": [], "next": "longer", "words": SHARED}
    actions.assess(case.id, words, by=case.member, at=now)
    pk = case.pair.profile.pk
    assert SHARED not in str(actions.take_copy(pk, by=case.jobseeker, at=now))
    actions.assess(case.id, {**words, "words": OWN}, by=case.jobseeker, at=now)
    [held] = actions.take_copy(pk, by=case.jobseeker, at=now)["placements"]
    assert [held["how_it_went"][side]["words"] for side in ("your_words", "the_employers_words")] == [OWN, SHARED]
    assert [one["months_after"] for one in held["where_you_are"]] == [0, 3, 6, 12]


def test_case_38_nothing_of_placements_plan_and_meetings_is_left(case: Case, now: datetime) -> None:
    assert {word for _, word in canaries()} == set(CANARY), "all of it was kept"
    person = browser(case.jobseeker.user_id, now)
    first = person.get(reverse("delete_data")).content.decode()
    assert "avslutas i dag" in first
    assert person.post(reverse("delete_data_now")).headers["Location"] == reverse("data_deleted")
    carry_facts()
    assert canaries() == set()
    assert [model for model in (Placement, Assessment, Hire, OutcomeConsent) if model._default_manager.exists()] == []
    moved = Event.objects.filter(what="placement_moved", subject_id=str(case.id)).latest("pk")
    assert (moved.after, moved.why, moved.actor_id) == (State.ENDED_EARLY, "jobseeker", case.jobseeker.user_id)
    assert Event.objects.filter(what="placements_erased").count() == 1


def test_case_38_the_employer_hears_that_the_placement_has_ended(case: Case, now: datetime) -> None:
    suggestion, member = case.pair.suggestion.pk, browser(case.member.user_id, now)
    actions.erase(case.pair.profile.pk, by=case.jobseeker, at=now)
    carry_facts()
    told = Letter.objects.filter(kind="contact_ended", reader_id=case.member.user_id, about=suggestion)
    assert told.count() == 1
    assert not Letter.objects.filter(about=case.id).exists(), "no letter speaks of what is no more"
    assert member.get(reverse("employer_placement", args=[case.id])).status_code in {302, 404}
    advisor = browser(case.advisor.user_id, now)
    assert advisor.get(reverse("placement", args=[case.id])).status_code == 404
    for name in ("placements", "check_ins", "outcomes", "advisor_home"):
        assert case.pair.profile.first_name not in advisor.get(reverse(name)).content.decode()


@pytest.mark.parametrize("how_far", ["draft", "until_sent", "until_signed", "until_approved"])
def test_case_38_what_had_not_begun_is_called_off(now: datetime, how_far: str) -> None:
    case = make_case(now)
    if how_far != "draft":
        getattr(case, how_far)(now)
    Letter.objects.all().delete()
    actions.erase(case.pair.profile.pk, by=case.jobseeker, at=now)
    assert not Placement.objects.exists()
    moved = Event.objects.filter(what="placement_moved", subject_id=str(case.id)).latest("pk")
    assert moved.after == State.CANCELLED
    assert Letter.objects.filter(kind="contact_ended", reader_id=case.member.user_id).count() == 1


@pytest.mark.parametrize("who", ["advisor", "member"])
def test_case_38_nobody_else_deletes_placements(case: Case, now: datetime, who: str) -> None:
    with pytest.raises(NotThere):
        actions.erase(case.pair.profile.pk, by=getattr(case, who), at=now)
    assert case.now().state == State.RUNNING


def test_case_38_another_persons_placement_stays(case: Case, now: datetime) -> None:
    other = running_case(now)
    actions.erase(case.pair.profile.pk, by=case.jobseeker, at=now)
    assert other.now().state == State.RUNNING
    assert list(Placement.objects.all()) == [other.placement]
