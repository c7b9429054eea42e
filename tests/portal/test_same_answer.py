"""Case 7: "not yours" and "not there" are one answer, for every address with an id and every role.

Same body, same status, same headers; and the database is asked the same questions in the same order, which stands in for the
time that the answer takes (`benchmarks/same_answer.py` measures that time itself).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from django.utils import timezone

from accounts.access import TERMS_VERSION
from accounts.models import Membership, Terms
from cooperation import actions as meetings
from employers.actions import ask_about
from employers.models import Invitation, JoinRequest, Supervisor
from jobseekers.models import CallRequest, ProgrammeRequest
from placements import actions as placements
from placements.models import HireForm
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cooperation import ContactFactory, PlanStepFactory
from tests.factories.employers import PostingFactory, WorkplaceFactory, employer_member
from tests.factories.matching import Pair, make_pair
from tests.factories.meetings import gather
from tests.factories.placements import ReportFactory, running_case
from tests.factories.saved import save
from tests.portal.test_access import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
UNKNOWN_NUMBER = 987_654_321
WORDS: dict[str, Any] = {"signer": "jobseeker", "step": 1, "group": "sens", "move": "pause", "name": "place", "key": "0" * 32}
SENT = {
    "words": "x",
    "channel": "phone",
    "stage": "searching",
    "answer": "yes",
    "choice": "meet",
    "welcome": "1",
    "reason": "not_now",
    "often": "day",
}
QUERY = {"confirm": "?decision=approve", "answer_introduction": "?choice=meet"}
OWN_BESIDE = {"posting_people", "favourite", "advisor_employer"}  # what is one's own, beside a public posting or its employer
# Addresses that anyone may know of: what they lead to is public, or was.
PUBLIC = {"posting", "posting_easy", "report_posting", "interest"}


@dataclass(frozen=True)
class World:
    """Two pairs who have nothing to do with each other; the members of one ask for what belongs to the other."""

    mine: Pair
    theirs: Pair
    coordinator: Membership
    ids: dict[str, dict[str, Any]]

    def client(self, kind: str) -> Client:
        user_id = {
            "advisor": self.mine.advisor.user_id,
            "jobseeker": self.mine.jobseeker.user_id,
            "employer": self.mine.member.user_id,
            "coordinator": self.coordinator.user_id,
        }[kind]
        client = Client()
        client.force_login(Membership.objects.get(user_id=user_id).user, backend="django.contrib.auth.backends.ModelBackend")
        return client


@pytest.fixture
def world(now: datetime) -> World:
    mine, theirs = make_pair(needs={"sens.quiet": "must"}), make_pair(needs={"sens.quiet": "must"})
    asked = make_pair(advised_by=Membership.objects.get(user_id=theirs.advisor.user_id))
    asked.approve(now)
    door = theirs.introduce(now)
    own = Membership.objects.get(user_id=mine.member.user_id)
    own.manages = True
    own.save()
    for member in (mine.member, theirs.member):
        Terms.objects.create(user_id=member.user_id, version=TERMS_VERSION, at=now)
    question = ask_about(theirs.posting.pk, by=theirs.advisor, at=now, code="hours")
    workplace = theirs.posting.workplace
    sealed = {"programme": str(uuid4()), "title": "Navigator", "language": "sv", "reach": "phone", "reason": ""}
    wish = ProgrammeRequest.objects.create(profile=theirs.profile, team=theirs.profile.team, sealed=sealed, at=now)
    step = PlanStepFactory(profile=theirs.profile)
    contact = ContactFactory(profile=theirs.profile, at=timezone.now())
    ids = {
        "suggestion": {"pk": asked.suggestion.pk},
        "introduction": {"pk": door.pk},
        "consent": {"pk": door.consent_id},
        "wish": {"pk": wish.pk, "wish": wish.pk},
        "wish_of_person": {"pk": theirs.profile.pk, "wish": wish.pk},
        "step": {"plan_step": step.pk},
        "contact": {"pk": contact.pk},
        "back": {"pk": theirs.employer.pk, "contact": contact.pk},
        "person": {"pk": theirs.profile.pk, "posting": theirs.posting.pk, "plan_step": step.pk},
        "posting": {"pk": theirs.posting.pk, "question": question.pk},
        "workplace": {"pk": workplace.pk, "number": Supervisor.objects.create(workplace=workplace, name="Karin").pk},
        "member": {"number": employer_member(theirs.employer).pk},
        "colleague": {"number": MembershipFactory(advisor=True, team=theirs.profile.team).pk},
        "invitation": {"invitation": Invitation.objects.create(employer=theirs.employer, user=UserFactory(), email="a@b.se", at=now).pk},
        "call": {"pk": CallRequest.objects.create(team=theirs.profile.team, sealed={"name": "Elin", "phone": "1"}, at=now).pk},
        "saved": {"pk": save(theirs.jobseeker, now).pk},
        "request": {"request_pk": JoinRequest.objects.create(employer=theirs.employer, user=UserFactory(), at=now).pk},
    }
    ids |= _of_a_meeting(theirs, now) | _of_a_placement(now)
    coordinator = MembershipFactory(kind="coordinator", team=mine.profile.team)
    return World(mine, theirs, coordinator, ids)


def _of_a_placement(now: datetime) -> dict[str, dict[str, Any]]:
    """A placement of others, which is over, with everything that hangs on it."""
    case = running_case(now - timedelta(weeks=8), needs={"sens.quiet": "must"})
    told = placements.tell_incident(case.id, "Hej", by=case.jobseeker, at=now - timedelta(weeks=2), private=True)
    placements.tick_check_ins(at=now - timedelta(weeks=7))
    placements.tick(at=now)
    case.placement.check_ins.update(state="missed")
    asked = dict(case.placement.check_ins.filter(code="week1").values_list("party", "pk"))
    hired = placements.hire(
        case.placement.introduction_id, by=case.advisor, at=now, form=HireForm.ORDINARY, starts=now.date(), hours=20, placement_id=case.id
    )
    return {
        "placement": {"pk": case.id},
        "check_in": {"pk": asked["jobseeker"]},
        "check_in_of_employer": {"pk": asked["supervisor"]},
        "hire": {"pk": hired.pk},
        "outcome": {"pk": case.placement.outcomes.get(months=0).pk},
        "report": {"pk": ReportFactory(placement=case.placement).pk},
        "adaptation": {"pk": case.placement.adaptations.get().pk},
        "incident": {"pk": told.pk},
        "task_of_placement": {"pk": case.placement.tasks.get(kind="incident").pk},
    }


def _of_a_meeting(theirs: Pair, now: datetime) -> dict[str, dict[str, Any]]:
    """A meeting of theirs, with somebody who comes, a note and a task."""
    whole = gather(now, pair=theirs)
    whole.invite(now)
    role, pk, party = theirs.advisor, whole.meeting.pk, whole.agency.pk
    note = meetings.add_note(pk, "note", "Hej", {whole.person.pk}, by=role, at=now)
    task = meetings.add_task(pk, whole.person.pk, "Ringa", now.date(), by=role, at=now)
    return {"meeting": {"pk": pk, "party": party}, "party": {"pk": party}, "note": {"pk": note.pk}, "task": {"pk": task.pk}}


PLACED = ("placement", "agreement", "send_agreement", "approve_agreement", "sign_for", "stop_placement", "change_placement", "who_can_pay")
BELONGS_TO = {
    **dict.fromkeys((*PLACED, "tell_of_placement", "assessment", "outcome_consent", "agreement_template"), "placement"),
    **dict.fromkeys(
        ("my_placement", "my_stop", "my_tell", "my_proposal", "my_assessment", "my_outcome_consent", "my_agreement_", "my_who_can_pay"),
        "placement",
    ),
    **dict.fromkeys(
        ("sign_agreement", "employer_placement", "employer_stop", "employer_tell", "employer_proposal", "employer_sign"), "placement"
    ),
    **dict.fromkeys(("employer_assessment", "employer_agreement_", "employer_who_can_pay", "employer_feedback"), "placement"),
    **dict.fromkeys(("begin_agreement", "hire"), "introduction"),
    **dict.fromkeys(("check_in", "my_check_in"), "check_in"),
    **dict.fromkeys(("follow_hire", "end_hire"), "hire"),
    **dict.fromkeys(("outcome", "my_outcome"), "outcome"),
    "employer_check_in": "check_in_of_employer",
    **dict.fromkeys(("apprentice_report", "my_report", "employer_report"), "report"),
    "adaptation": "adaptation",
    "incident": "incident",
    "task_done": "task_of_placement",
    **dict.fromkeys(("advisor_meeting", "my_meeting", "employer_meeting", "meeting_", "change_meeting", "cancel_meeting"), "meeting"),
    **dict.fromkeys(("invite_to_meeting", "ask_about_meeting"), "meeting"),
    "meeting_party": "party",
    "remove_meeting_note": "note",
    "finish_meeting_task": "task",
    "workplace": "workplace",
    "supervisor": "workplace",
    "employer_posting": "posting",
    **dict.fromkeys(("posting_", "drop_ins"), "posting"),
    "employer_asked_to_join": "request",
    "employer_member_end": "member",
    "employer_member_responsible": "member",
    "employer_invitation_taken_back": "invitation",
    "team_member_end": "colleague",
    "note_call": "call",
    "employer_introduction": "introduction",
    "answer_introduction": "introduction",
    "saved_search": "saved",
    "person": "person",
    "person_programme_withdraw": "wish_of_person",
    "my_programme_withdraw": "wish",
    "team_programme": "wish",
    "outside_pair": "person",
    "transfer": "person",
    "suggestion": "suggestion",
    "take_suggestion": "suggestion",
    "confirm": "suggestion",
    "build_card": "suggestion",
    "answer_for_person": "suggestion",
    "advisor_introduction": "introduction",
    "remind_employer": "introduction",
    "close_introduction": "introduction",
    "my_introduction": "introduction",
    "my_step": "step",
    "contact": "contact",
    "advisor_employer_back": "back",
    "my_": "suggestion",
    "withdraw": "consent",
}


def with_an_id() -> list[URLPattern]:
    kinds = ("UUIDConverter", "IntConverter")
    found = [one for _, one in addresses() if any(type(part).__name__ in kinds for part in one.pattern.converters.values())]
    return [one for one in found if one.name not in {*PUBLIC, *OWN_BESIDE}]


def owner_of(name: str) -> str:
    """Which of the world's ids an address takes: the longest beginning of its name that the table knows."""
    return BELONGS_TO[max((start for start in BELONGS_TO if name.startswith(start)), key=len)]


def both(one: URLPattern, ids: dict[str, Any]) -> Iterator[str]:
    """The address of what is there and not ours, and of what is not there."""
    wanted = {name: WORDS[name] for name in one.pattern.converters if name in WORDS}
    numbers = {name for name in one.pattern.converters if name not in WORDS}
    assert numbers <= set(ids), f"{one.name} takes {numbers}"
    for known in (True, False):
        given = {name: ids[name] if known else UNKNOWN_NUMBER if isinstance(ids[name], int) else uuid4() for name in numbers}
        yield reverse(str(one.name), kwargs={**wanted, **given}) + QUERY.get(str(one.name), "")


def shape(sql: str) -> str:
    """A query without its values."""
    return re.sub(r"'(?:[^']|'')*'|\b\d+\b|\b[0-9a-f]{32}\b", "?", re.sub(r'"[^"]*_savepoint[^"]*"|"s\d+_x\d+"', "savepoint", sql))


def heard(ask: Callable[[], Any], path: str) -> tuple[Any, ...]:
    """Everything that somebody at the other end could tell two answers apart by."""
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
    address = path.partition("?")[0].removeprefix("/sv")
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode().replace(address, "/ADDRESS"))
    headers = {name: value.replace(address, "/ADDRESS") for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, body, headers, [shape(one["sql"]) for one in asked]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("one", with_an_id(), ids=lambda one: str(one.name))
def test_case_7_not_yours_is_not_there(world: World, one: URLPattern, method: str) -> None:
    kind, *_others = one.callback.roles
    client = world.client(kind)
    client.get("/sv/help/")  # the first request of a session writes more than the next
    theirs, nowhere = (
        heard(lambda path=path: client.get(path) if method == "get" else client.post(path, SENT), path)
        for path in both(one, world.ids[owner_of(str(one.name))])
    )
    assert theirs[0] in ({404} if method == "post" else {404, 405})
    assert theirs[:3] == nowhere[:3]
    assert theirs[3] == nowhere[3], "the database is asked otherwise"
    assert theirs[3], "the comparison has seen the queries"


def inner(world: World, name: str, known: Any, unknown: Any, outer: Any) -> tuple[tuple[Any, ...], ...]:
    client = world.client("employer")
    client.get("/sv/help/")
    paths = [reverse(name, args=[outer, inside]) for inside in (known, unknown)]
    return tuple(heard(lambda path=path: client.post(path, SENT), path) for path in paths)


def test_case_7_what_lies_inside_something_of_ours(world: World, now: datetime) -> None:
    """Our own workplace with their supervisor, our own posting with their question."""
    ours, ids = world.mine.posting, world.ids
    for theirs, nowhere in (
        inner(world, "supervisor", ids["workplace"]["number"], UNKNOWN_NUMBER, ours.workplace_id),
        inner(world, "posting_answer", ids["posting"]["question"], uuid4(), ours.pk),
    ):
        assert theirs[0] == 404
        assert theirs == nowhere


@pytest.mark.parametrize("kind", ["anyone", "jobseeker"])
@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_case_7_a_draft_is_not_there(world: World, name: str, kind: str) -> None:
    draft = PostingFactory(workplace=WorkplaceFactory())
    client = Client() if kind == "anyone" else world.client(kind)
    client.get("/sv/help/")
    paths = [reverse(name, args=[pk]) for pk in (draft.pk, uuid4())]
    draft_answer, nothing = (heard(lambda path=path: client.get(path), path) for path in paths)
    assert draft_answer == nothing
    assert draft_answer[0] in {404, 302}


def test_case_7_another_role_is_refused_before_anything_is_looked_up(world: World) -> None:
    client = world.client("employer")
    client.get("/sv/help/")
    paths = [reverse("person", args=[pk]) for pk in (world.theirs.profile.pk, uuid4())]
    theirs, nowhere = (heard(lambda path=path: client.get(path), path) for path in paths)
    assert theirs == nowhere
    assert theirs[0] == 403
    assert not any("jobseekers_profile" in sql for sql in theirs[3])
