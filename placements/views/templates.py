"""The team's templates of agreements: one is made of a placement, and any may be taken away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from placements import actions, queries
from placements.forms import DropForm, TemplateForm
from placements.models import AgreementTemplate
from placements.states import Refused
from placements.views.doors import answered, theirs
from taxonomy.forms import posted


@role_required("advisor")
@answered
def template(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The words that a template keeps, to read over; below, what the team has."""
    placement, at = theirs(request, pk), timezone.now()
    drop = DropForm(posted(request) if "drop" in request.POST else None)
    if drop.is_valid():
        actions.drop_template(drop.cleaned_data["drop"], by=request.role, at=at)
        return redirect("agreement_template", pk=pk)
    terms = queries.newest(placement).terms
    initial = {"tasks": terms.tasks, "safety_words": terms.safety_words}
    form = TemplateForm(posted(request) if "drop" not in request.POST else None, initial=initial)
    if form.is_valid():
        try:
            actions.save_template(pk, by=request.role, at=at, **form.told)
        except Refused as refused:
            form.refuse(refused.code)
        else:
            messages.success(request, gettext("Saved for the team."))
            return redirect("agreement_template", pk=pk)
    record_read([placement.profile_id], "agreement", by=request.role, at=at)
    kept = AgreementTemplate.objects.filter(team_id=request.role.team_key)
    return render(request, "placements/template.html", {"placement": placement, "form": form, "kept": kept})
