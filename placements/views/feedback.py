"""Thanks to an employer, whether the door opens again, and what may come next."""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import RoleRequest
from audit.actions import record_read
from matching.views.employer import after_the_promise
from placements import actions
from placements.forms import FeedbackForm
from placements.models import Feedback
from placements.states import State
from placements.views.doors import answered, theirs
from taxonomy.forms import posted


@after_the_promise
@answered
def thanks(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One question and one line; whoever has answered is offered the next step."""
    placement = theirs(request, pk)
    if placement.state not in {State.COMPLETED, State.ENDED_EARLY}:
        return redirect("employer_placement", pk=pk)
    form = FeedbackForm(posted(request))
    if form.is_valid():
        told = form.cleaned_data
        actions.give_feedback(pk, told["again"], told["words"], by=request.role, at=timezone.now())
        return redirect("employer_feedback", pk=pk)
    record_read([placement.profile_id], "placement", by=request.role, at=timezone.now())
    context = {"placement": placement, "form": form, "given": Feedback.objects.filter(placement=placement).first()}
    return render(request, "placements/thanks.html", context)
