"""Two pairs who have nothing to do with each other, with everything of one that has an address with an id."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
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
from tests.factories.employers import employer_member
from tests.factories.matching import Pair, make_pair
from tests.factories.meetings import gather
from tests.factories.placements import ReportFactory, running_case
from tests.factories.saved import save


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


def make_worlds(now: datetime) -> World:
    """Everything that has an address with an id, of the pair whose members do not ask."""
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
