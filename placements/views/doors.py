"""How a refused step becomes a page: the same 404 for "not there" and "not yours", and a 409 that says what happened."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from accounts.access import RoleRequest
from matching.states import NotThere as DoorNotThere
from matching.states import Refused as DoorRefused
from matching.views.doors import answering
from matching.views.doors import sentence as door_sentence
from placements import access
from placements.models import Placement
from placements.states import NotThere, Refused

M = TypeVar("M", bound=Model)
WRITTEN = ("words", "then", "tasks", "practised", "how")  # what somebody has typed is given back on the page that says no


def sentence(code: str) -> str:
    sentences = {
        "active": gettext("The person has another trial placement that is approved or under way. One at a time."),
        "address": gettext("The supervisor and the school have addresses of their own: neither the person's nor yours."),
        "changed": gettext("The agreement has changed since you read it. Read it again, then answer."),
        "channel": gettext("Say how you were told, and why you sign for them."),
        "closed": gettext("The placement is over. Nothing more is needed."),
        "conflict": gettext("You are a member of this employer yourself. Ask your coordinator to let a colleague help the person."),
        "pace": gettext("You have approved more than ten times within a minute. Wait a minute, and read each before you approve it."),
        "dates": gettext("The last day comes after the first, and a rest lies between them."),
        "day": gettext("The last day lies between the first day of the placement and today."),
        "decided": gettext("This has already been done. Read what is true now."),
        "full": gettext("The workplace has as many placements now as it takes at the same time."),
        "incomplete": gettext("Something is still missing in the agreement. Go back and fill it in."),
        "job": gettext("A job has no agreement here. Record it as a hire."),
        "limits": gettext("The kind of placement does not allow this. Go back and read what stands at the dates."),
        "not_shown": gettext("The person has not let the employer read this version yet."),
        "order": gettext("It is not this signature's turn. The advisor signs last."),
        "running": gettext("This cannot be done in the state that the placement is in now. Read what is true now."),
        "same": gettext("The supervisor is somebody else than the person."),
        "supervisor": gettext("The supervisor has another trial placement at the same time. One at a time."),
        "there": gettext("This is among what you have agreed on or proposed already. Tell the advisor instead what does not work."),
        "twice": gettext("You have signed for one party already. The others sign for themselves."),
    }
    return sentences.get(code, gettext("Somebody has changed this. Read the new version."))


def _written(given: QueryDict) -> tuple[str, ...]:
    return (*WRITTEN, "next") if "practised" in given else WRITTEN  # elsewhere "next" is a code


answered = answering({Refused: sentence, DoorRefused: door_sentence}, gone=(NotThere, DoorNotThere), written=_written)


def theirs(request: RoleRequest, pk: UUID) -> Placement:
    """The placement for whoever asks, or the one answer for "not there" and "not yours"."""
    found = access.placement_for(pk, by=request.role, at=timezone.now())
    if found is None:
        raise Http404
    return found


def within(request: RoleRequest, model: type[M], pk: UUID) -> M:
    """A row that hangs on a placement of whoever asks, or the same answer."""
    found = access.within(model, pk, by=request.role, at=timezone.now())
    if found is None:
        raise Http404
    return found
