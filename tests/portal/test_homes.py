"""The home page of each role: what waits comes first, of everything, and the page asks the database as often for much as for little."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.access import TERMS_VERSION
from accounts.models import Membership, Terms
from cooperation import actions as cooperation
from jobseekers.models import Profile
from placements import actions, queries
from placements.models import CheckIn, Placement, Task, Where
from placements.scoring import Answers, Says, Still, Works
from placements.states import Party
from tests.factories.accounts import MembershipFactory
from tests.factories.matching import Pair, another
from tests.factories.meetings import gather, plan
from tests.factories.placements import Case, make_case, running_case
from tests.portal.canary import NAME

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
BAD = Answers(Says.BAD, Works.NO, Still.YES)
A_WHILE = timedelta(days=20)


def browser(user_id: int) -> Client:
    client = Client()
    client.force_login(Membership.objects.get(user_id=user_id).user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(user_id: int, name: str) -> str:
    answer = browser(user_id).get(reverse(name))
    assert answer.status_code == 200
    return answer.content.decode()


def named(case: Case) -> Case:
    named_pair(case.pair)
    return case


def named_pair(pair: Pair) -> None:
    user = pair.profile.user
    user.first_name = user.last_name = NAME
    user.save()


def kinds(case: Case, now: datetime) -> list[str]:
    """Of the person's day, the one thing first."""
    today = queries.today_of(Profile.objects.get(pk=case.pair.profile.pk), by=case.jobseeker, at=now)
    return [one.kind for one in (*((today.act,) if today.act else ()), *today.then)]


def asked(case: Case, party: Party, now: datetime) -> CheckIn:
    row = CheckIn.objects.filter(placement=case.placement, party=party).order_by("due")[0]
    CheckIn.objects.filter(pk=row.pk).update(state="sent", sent_at=now, closes=localdate(now) + timedelta(days=3))
    return row


def test_a_signature_comes_before_a_card(now: datetime) -> None:
    case = make_case(now).until_sent(now)
    another(case.pair, "En plats till").approve(now)
    assert kinds(case, now)[:2] == ["sign", "card"]
    words = page(case.jobseeker.user_id, "today")
    assert f'class="ds-button" href="{reverse("sign_agreement", args=[case.id])}"' in words
    case.sign(Party.JOBSEEKER, now)
    assert "sign" not in kinds(case, now)


def test_a_draft_is_not_the_persons_to_sign(now: datetime) -> None:
    case = make_case(now)
    case.write(now)
    assert "sign" not in kinds(case, now)


def test_then_a_card_how_it_goes_and_a_meeting_soon(now: datetime) -> None:
    case = running_case(now)
    asked(case, Party.JOBSEEKER, now)
    near = plan(case.pair, now, starts=now + timedelta(days=6))
    assert kinds(case, now)[:2] == ["check_in", "meeting"]
    words = page(case.jobseeker.user_id, "today")
    assert f'class="ds-button" href="{reverse("my_check_in", args=[asked(case, Party.JOBSEEKER, now).pk])}"' in words
    assert reverse("my_meeting", args=[near.pk]) in words
    another(case.pair, "En plats till").approve(now)
    assert kinds(case, now)[:2] == ["card", "check_in"]


def test_a_meeting_far_away_is_not_the_thing_of_today(now: datetime) -> None:
    case = running_case(now)
    plan(case.pair, now, starts=now + timedelta(days=8))
    assert "meeting" not in kinds(case, now)


def test_what_comes_then_is_the_placement_and_the_plan(now: datetime) -> None:
    case = running_case(now)
    cooperation.add_step(case.pair.profile.pk, words="Ringer bussbolaget", side="person", who="", by=case.jobseeker, at=now)
    found = kinds(case, now)
    assert [one for one in found if one in {"placement", "plan"}] == ["placement", "plan"]
    words = page(case.jobseeker.user_id, "today")
    assert reverse("my_placement", args=[case.id]) in words
    assert "Ringer bussbolaget" in words
    assert words.count("panel-act") <= 1


def test_how_it_went_waits_for_the_person_and_the_employer(now: datetime) -> None:
    case = running_case(now - timedelta(weeks=8))
    actions.tick(at=now)
    assert "assessment" in kinds(case, now)
    assert reverse("my_assessment", args=[case.id]) in page(case.jobseeker.user_id, "today")
    assert [one.kind for one in queries.employer_todo(by=case.member, at=now)] == ["assessment"]


def test_where_they_are_now_waits_for_who_has_said_yes(now: datetime) -> None:
    case = running_case(now - A_WHILE)
    actions.end_early(case.id, by=case.jobseeker, at=now, last_day=localdate(now), why="suit")
    assert "outcome" not in kinds(case, now)
    actions.agree_to_be_asked(case.pair.profile.pk, True, by=case.jobseeker, at=now)
    assert "outcome" in kinds(case, now)
    row = case.placement.outcomes.get(months=0)
    assert reverse("my_outcome", args=[row.pk]) in page(case.jobseeker.user_id, "today")
    actions.record_outcome(row.pk, actions.Known(Where.JOB, 20), by=case.jobseeker, at=now)
    assert "outcome" not in kinds(case, now)


def test_an_employer_reads_what_waits_without_a_name(now: datetime) -> None:
    case = named(make_case(now)).until_sent(now)
    assert queries.employer_todo(by=case.member, at=now) == [], "the person has not let it be read"
    case.sign(Party.JOBSEEKER, now)
    words = page(case.member.user_id, "employer_home")
    assert reverse("employer_sign", args=[case.id]) in words
    assert case.pair.posting.title in words
    assert NAME not in words


def test_an_employer_answers_how_it_goes(now: datetime) -> None:
    case, other = named(running_case(now)), running_case(now)
    row = asked(case, Party.SUPERVISOR, now)
    asked(case, Party.JOBSEEKER, now)
    theirs = asked(other, Party.SUPERVISOR, now)
    words = page(case.member.user_id, "employer_home")
    assert reverse("employer_check_in", args=[row.pk]) in words
    assert str(theirs.pk) not in words
    assert NAME not in words
    Terms.objects.get_or_create(user_id=case.member.user_id, version=TERMS_VERSION, defaults={"at": now})
    actions.answer(row.pk, BAD, by=case.member, at=now)
    assert queries.employer_todo(by=case.member, at=now) == []


def due(case: Case, at: datetime) -> list[str]:
    return [one.kind for one in queries.due_today(by=case.advisor, at=at)]


def test_an_advisor_reads_a_red_answer_once(now: datetime) -> None:
    case = running_case(now)
    row = asked(case, Party.JOBSEEKER, now)
    actions.answer(row.pk, BAD, by=case.jobseeker, at=now)
    later = now + timedelta(days=5)
    assert due(case, later) == ["red"], "and not its task beside it"
    assert reverse("check_in", args=[row.pk]) in page(case.advisor.user_id, "advisor_home")
    actions.review(row.pk, by=case.advisor, at=now, decision="called")
    assert due(case, later) == []


def test_an_advisor_hears_of_a_late_task(now: datetime) -> None:
    case = running_case(now)
    actions.tell_incident(case.id, "Ramlade.", by=case.member, at=now, private=True)
    assert due(case, now) == []
    assert due(case, now + timedelta(days=5)) == ["task"]
    actions.finish_task(Task.objects.get().pk, by=case.advisor, at=now)
    assert due(case, now + timedelta(days=5)) == []


def test_an_advisor_approves_what_all_have_signed(now: datetime) -> None:
    case = make_case(now).until_signed(now)
    assert "approve" in due(case, now)
    assert reverse("approve_agreement", args=[case.id]) in page(case.advisor.user_id, "advisor_home")
    case.approve(now)
    assert "approve" not in due(case, now)


def test_an_advisor_hears_of_drafts_that_nobody_touches(now: datetime) -> None:
    case = make_case(now)
    assert "idle" not in due(case, now)
    assert "idle" in due(case, now + A_WHILE)


def test_an_advisor_is_reminded_of_who_is_in_a_job(now: datetime) -> None:
    case = running_case(now)
    told = {"form": "ordinary", "starts": localdate(now), "hours": 20, "placement_id": case.id}
    row = actions.hire(case.placement.introduction_id, by=case.advisor, at=now, **told)  # type: ignore[arg-type]
    assert "hire" not in due(case, now + timedelta(days=6))
    assert "hire" in due(case, now + timedelta(days=7))
    type(row).objects.filter(pk=row.pk).update(next_contact=localdate(now))
    assert reverse("outcomes") in page(case.advisor.user_id, "advisor_home")
    actions.enough(row.pk, by=case.advisor, at=now)
    assert "hire" not in due(case, now + timedelta(days=70))


def test_an_advisor_reads_the_meetings_of_today(now: datetime) -> None:
    case = running_case(now)
    meeting = plan(case.pair, now, starts=now + timedelta(minutes=5))
    plan(case.pair, now, starts=now + timedelta(days=1))
    assert [one.pk for one in queries.due_today(by=case.advisor, at=now) if one.kind == "meeting"] == [meeting.pk]


def test_five_things_at_most_the_oldest_first(now: datetime) -> None:
    case = running_case(now)
    for days in range(8):
        Task.objects.create(placement=case.placement, kind="red", due=localdate(now) - timedelta(days=days + 1), made_at=now)
    days = [one.day for one in queries.due_today(by=case.advisor, at=now)]
    assert len(days) == 5
    assert days == sorted(days)
    assert days[0] == localdate(now) - timedelta(days=8)


def test_what_is_old_does_not_push_out_the_meeting_of_today(now: datetime) -> None:
    """And the page does not count what it does not show."""
    case = running_case(now)
    meeting = plan(case.pair, now, starts=now + timedelta(minutes=5))
    for days in range(8):
        Task.objects.create(placement=case.placement, kind="red", due=localdate(now) - timedelta(days=days + 1), made_at=now)
    words = page(case.advisor.user_id, "advisor_home")
    assert reverse("advisor_meeting", args=[meeting.pk]) in words
    assert "5 saker" not in words


def test_an_employer_is_not_done_while_a_meeting_waits_for_an_answer(now: datetime) -> None:
    whole = gather(now)
    named_pair(whole.pair)
    whole.invite(now)
    url, member = reverse("employer_meeting", args=[whole.meeting.pk]), whole.pair.member.user_id
    words = page(member, "employer_home")
    assert url in words
    assert NAME not in words
    cooperation.answer_invitation(whole.member.pk, False, by=whole.pair.member, at=now)
    assert url not in page(member, "employer_home")


def test_nothing_of_another_advisors_people(now: datetime) -> None:
    case, other = running_case(now), running_case(now)
    actions.answer(asked(case, Party.JOBSEEKER, now).pk, BAD, by=case.jobseeker, at=now)
    assert due(other, now + timedelta(days=5)) == []


def test_a_coordinator_reads_late_tasks_per_advisor_and_no_name(now: datetime) -> None:
    case = running_case(now)
    Task.objects.create(placement=case.placement, kind="red", due=localdate(now) - timedelta(days=1), made_at=now)
    coordinator = MembershipFactory(coordinator=True, team=case.pair.profile.team)
    words = page(coordinator.user_id, "team_home")
    assert "Uppgifter om praktik som är sena" in words
    assert case.pair.profile.advisor.get_full_name() in words  # type: ignore[union-attr]
    assert case.pair.profile.name not in words


HOMES = (("jobseeker", "today"), ("member", "employer_home"), ("advisor", "advisor_home"))


def more(pair: Pair, n: int, now: datetime) -> None:
    """So many more people of the same advisor with a placement at the same employer, and everything that they are asked."""
    first = Placement.objects.get(profile=pair.profile)
    for _ in range(n):
        one = another(pair, "Plats till")
        one.approve(now)
        Task.objects.create(placement=first, kind="red", due=localdate(now) - timedelta(days=1), made_at=now)
        plan(pair, now, starts=now + timedelta(hours=1))
    for row in CheckIn.objects.filter(placement=first, state="planned")[: 2 * n]:
        CheckIn.objects.filter(pk=row.pk).update(state="sent", sent_at=now)


def visit(client: Client, name: str) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get(reverse(name))
    return len(found)


@pytest.mark.parametrize(("who", "name"), HOMES)
def test_home_pages_do_not_ask_more_for_more(now: datetime, who: str, name: str) -> None:
    case, counts = running_case(now), []
    client = browser(getattr(case, who).user_id)
    for n in (1, 5):
        more(case.pair, n, now)
        counts.append(min(visit(client, name) for _ in range(3)))  # the first fills caches
    assert counts[1] <= counts[0]
