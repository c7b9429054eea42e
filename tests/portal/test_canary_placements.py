"""The canary at a workplace: placements in every state, a meeting and a plan, looked for wherever an employer or a machine could look."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.access import TERMS_VERSION
from accounts.models import Membership, Terms
from cooperation import actions as cooperation
from employers.models import Supervisor
from matching import actions as matching
from outbox import actions as outbox
from outbox.models import Letter
from placements import actions
from placements.models import CheckIn, Placement
from placements.scoring import Answers, Says, Still, Works
from placements.states import Party, State
from taxonomy.models import Need
from tests.factories.accounts import MembershipFactory
from tests.factories.employers import EmployerFactory, employer_member
from tests.factories.matching import Pair
from tests.factories.meetings import plan
from tests.factories.placements import ADAPTED, Case, measure
from tests.portal.canary import EVERYTHING, LAST, NAME, NEED_LABEL, NOTE, browser, found_in, hits, swept
from tests.portal.paper import words_of
from tests.portal.test_canary_machines import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
OTHER_NEED = ("mob.step_free", "Kanariebehov trappfritt")  # a must that is not agreed on
GOAL, STEP, AGENDA, LINE = "kanariens planmål", "kanariens plansteg", "kanariens dagordning", "raden om kanarien"
OWN, INCIDENT, CLOSED = "kanariens privata svar", "kanariens privata händelse", "handläggarens slutord"
SECRET = (NOTE, OTHER_NEED[1], f"{OTHER_NEED[0]}:", GOAL, STEP, AGENDA, LINE, OWN, INCIDENT, CLOSED)
WORDS = {"attendance": "most", "goals": ["partly"], "mattered": [], "next": "longer", "words": "Det gick bra."}
BAD = Answers(Says.BAD, Works.NO, Still.YES)
Walk = Callable[[Case, datetime], None]
TABLES = (
    *("audit_event", "audit_read", "outbox_fact", "outbox_letter", "placements_placement", "placements_version", "placements_checkin"),
    *("placements_incident", "placements_adaptation", "placements_assessment", "placements_outcome", "placements_task", "placements_hire"),
    *(
        "cooperation_plan",
        "cooperation_planstep",
        "cooperation_contact",
        "cooperation_meeting",
        "cooperation_note",
        "cooperation_meetingtask",
    ),
    *("search_postingentry", "wagtailcore_revision", "wagtailsearch_indexentry", "wagtailcore_referenceindex"),
)


@pytest.fixture
def case(canary: Pair, now: datetime) -> Case:
    """A draft of an agreement with the canary, who has a plan, a contact and a meeting ahead, and one need that nobody agrees on."""
    measure(canary.employer.country)
    before, pk = now - timedelta(days=7), canary.profile.pk
    door = canary.introduce(before)
    matching.answer(door.pk, by=canary.member, at=before, choice="meet", proposal="Tisdag klockan 13")
    code, label = OTHER_NEED
    Need.objects.create(code=code, group="mob", position=2, label_sv=label, label_nb=label, label_en=label, default="must")
    record = canary.profile.needs_record
    record.sealed = {**record.sealed, "needs": {**record.needs, code: {**record.needs[ADAPTED], "importance": "must"}}}
    record.save()
    canary.posting.supervisor = Supervisor.objects.create(workplace=canary.posting.workplace, name="Sara Nyström", title="förman")
    canary.posting.save()
    placement = actions.draft(door.pk, by=canary.advisor, at=before)
    cooperation.save_goal(pk, GOAL, by=canary.jobseeker, at=before)
    cooperation.add_step(pk, words=STEP, side="person", who="", by=canary.jobseeker, at=before)
    cooperation.note_contact("workplace", profile_id=pk, employer_id=canary.employer.pk, line=LINE, by=canary.advisor, at=before)
    plan(canary, before, agenda=AGENDA)
    Terms.objects.create(user_id=canary.member.user_id, version=TERMS_VERSION, at=before)
    starts = localdate(now)
    return Case(canary, placement, starts, starts + timedelta(weeks=8) - timedelta(days=1))


def sent(case: Case, now: datetime) -> None:
    case.until_sent(now - timedelta(days=7))


def part_signed(case: Case, now: datetime) -> None:
    sent(case, now)
    case.sign(Party.JOBSEEKER, now - timedelta(days=7))


def signed(case: Case, now: datetime) -> None:
    case.until_signed(now - timedelta(days=7))


def approved(case: Case, now: datetime) -> None:
    case.until_approved(now - timedelta(days=7))


def running(case: Case, now: datetime) -> None:
    """With answers and an incident for the advisor alone."""
    case.until_running(now)
    for party, by in ((Party.JOBSEEKER, case.jobseeker), (Party.SUPERVISOR, case.member)):
        row = CheckIn.objects.filter(placement=case.placement, party=party).order_by("due")[0]
        CheckIn.objects.filter(pk=row.pk).update(state="sent", sent_at=now)
        if by is case.jobseeker:
            actions.answer(row.pk, BAD, by=by, at=now, words=OWN, private=True)
    told = actions.tell_incident(case.id, INCIDENT, by=case.jobseeker, at=now, private=True)
    actions.follow_up(told.pk, CLOSED, by=case.advisor, at=now)


def paused(case: Case, now: datetime) -> None:
    running(case, now)
    rest = localdate(now), localdate(now) + timedelta(days=7)
    actions.change_days(case.id, by=case.advisor, at=now, seen=case.version().hash, ends=None, pause_from=rest[0], pause_until=rest[1])
    case.all_sign(now)
    case.approve(now)
    actions.tick(at=now)


def completed(case: Case, now: datetime) -> None:
    running(case, now)
    actions.tick(at=now + timedelta(weeks=9))
    actions.assess(case.id, WORDS, by=case.jobseeker, at=now)
    actions.assess(case.id, WORDS, by=case.member, at=now)
    actions.close_assessment(case.id, CLOSED, by=case.advisor, at=now)


def ended_early(case: Case, now: datetime) -> None:
    running(case, now)
    actions.end_early(case.id, by=case.advisor, at=now, last_day=localdate(now), why="family", wanted_by=Party.JOBSEEKER)


def cancelled(case: Case, now: datetime) -> None:
    approved(case, now)
    actions.cancel(case.id, by=case.jobseeker, at=now, why="family")


def expired(case: Case, now: datetime) -> None:
    part_signed(case, now)
    Placement.objects.filter(pk=case.id).update(touched_at=now - timedelta(weeks=14), warned_on=localdate(now) - timedelta(days=7))
    actions.tick(at=now)


WALKS: dict[str, Walk] = {
    "draft": lambda case, now: None,
    "sent": sent,
    "part signed": part_signed,
    "signed": signed,
    "approved": approved,
    "running": running,
    "paused": paused,
    "completed": completed,
    "ended early": ended_early,
    "cancelled": cancelled,
    "expired": expired,
}
REACHES = {"sent": State.DRAFT, "part signed": State.DRAFT, "signed": State.DRAFT, "ended early": State.ENDED_EARLY}


def paths_of(case: Case) -> list[str]:
    """Every page of an employer that could know of the placement."""
    of_placement = ("placement", "sign", "agreement_pdf", "assessment", "who_can_pay", "tell", "stop")
    plain = ("employer_home", "employer_placements", "employer_introductions", "workplaces", "employer_postings")
    check_ins = CheckIn.objects.filter(placement=case.placement).values_list("pk", flat=True)
    return [
        *(reverse(name) for name in plain),
        *(reverse(f"employer_{name}", args=[case.id]) for name in of_placement),
        *(reverse("employer_check_in", args=[pk]) for pk in check_ins),
        reverse("employer_introduction", args=[case.placement.introduction_id]),
        reverse("employer_posting", args=[case.pair.posting.pk]),
        reverse("posting", args=[case.pair.posting.pk]),
    ]


def client_of(user_id: int) -> Client:
    return browser(Membership.objects.get(user_id=user_id))


@pytest.mark.parametrize("state", WALKS)
def test_case_14_an_employer_reads_what_is_agreed_and_nothing_else(case: Case, now: datetime, state: str) -> None:
    WALKS[state](case, now)
    assert case.now().state == REACHES.get(state, state)
    member = client_of(case.member.user_id)
    assert swept(member, paths_of(case), SECRET) == []
    readable = {member.get(path).status_code for path in paths_of(case) if str(case.id) in path}
    assert readable == {404} if state in {"draft", "sent"} else 200 in readable


@pytest.mark.parametrize("state", WALKS)
def test_case_14_other_employers_and_strangers_read_of_no_placement(case: Case, now: datetime, state: str) -> None:
    WALKS[state](case, now)
    stranger = employer_member(EmployerFactory())
    Terms.objects.create(user=stranger.user, version=TERMS_VERSION, at=now)
    others = [stranger, MembershipFactory(advisor=True), MembershipFactory(coordinator=True), MembershipFactory(jobseeker=True)]
    paths = [*paths_of(case), *(reverse(name, args=[case.id]) for name in ("placement", "agreement", "my_placement", "sign_agreement"))]
    for client in (*map(browser, others), Client()):
        assert swept(client, paths, (*EVERYTHING, *SECRET)) == []


def test_case_14_the_agreement_on_paper_holds_what_is_agreed_and_nothing_else(case: Case, now: datetime) -> None:
    running(case, now)
    answer = client_of(case.member.user_id).get(reverse("employer_agreement_pdf", args=[case.id]))
    words = words_of(answer.content)
    assert NAME in words, "the words are read"
    assert NEED_LABEL in words, "what was agreed on"
    assert found_in({"paper": words}, SECRET) == []


@pytest.mark.parametrize("state", [name for name in WALKS if name != "draft"])
def test_case_16_letters_and_calendars_say_nothing(case: Case, now: datetime, state: str) -> None:
    WALKS[state](case, now)
    for letter in Letter.objects.filter(done_at=None):
        outbox.send(str(letter.pk), at=max(letter.not_before, now))
    assert mail.outbox
    for message in mail.outbox:
        whole = f"{message.subject}{message.body}{message.alternatives}{message.attachments}"
        assert found_in({message.subject: whole}, (*SECRET, NEED_LABEL)) == []
        assert found_in({"subject": message.subject}, (NAME, LAST, case.pair.employer.name, case.pair.posting.title)) == []


@pytest.mark.parametrize("state", ["running", "completed", "ended early"])
def test_case_18_machines_keep_no_word_of_a_placement(case: Case, now: datetime, caplog: pytest.LogCaptureFixture, state: str) -> None:
    caplog.set_level(logging.DEBUG)
    WALKS[state](case, now)
    for user_id, names in (
        (case.advisor.user_id, ("advisor_home", "placements", "check_ins", "outcomes", "advisor_meetings")),
        (case.jobseeker.user_id, ("today", "my_placements", "my_plan", "my_meetings")),
        (case.member.user_id, ("employer_home", "employer_placements")),
    ):
        client = client_of(user_id)
        assert {client.get(reverse(name)).status_code for name in names} == {200}
    kept = {"log": caplog.text, **{table: rows_of(table) for table in TABLES}}
    assert kept["placements_version"] != "[]"
    assert found_in(kept, (*EVERYTHING, *SECRET)) == []


def test_case_12_the_editors_admin_shows_no_placement(case: Case, now: datetime, editor: Membership) -> None:
    running(case, now)
    client = browser(editor)
    paths = ["/cms/", "/cms/reports/site-history/", "/cms/snippets/", f"/cms/snippets/employers/posting/edit/{case.pair.posting.pk}/"]
    for path in paths:
        answer = client.get(path, follow=True)
        assert hits(answer, path, (*EVERYTHING, *SECRET, str(case.id))) == []


def test_the_sweep_finds_the_secrets_where_they_may_be(case: Case, now: datetime) -> None:
    """Otherwise the sweeps above would prove nothing."""
    running(case, now)
    advisor, pk = client_of(case.advisor.user_id), case.pair.profile.pk
    row = CheckIn.objects.get(placement=case.placement, state="answered")
    told = case.placement.incidents.get()
    meeting = case.pair.profile.meetings.get()
    places = {
        GOAL: reverse("person_plan", args=[pk]),
        STEP: reverse("person_plan", args=[pk]),
        LINE: reverse("person_contacts", args=[pk]),
        OWN: reverse("check_in", args=[row.pk]),
        INCIDENT: reverse("incident", args=[told.pk]),
        CLOSED: reverse("incident", args=[told.pk]),
        AGENDA: reverse("advisor_meeting", args=[meeting.pk]),
    }
    assert [word for word, path in places.items() if not swept(advisor, [path], (word,))] == []
