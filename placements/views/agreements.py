"""The advisor: begins an agreement, writes it, sends it, signs for one party at most, and last."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from matching import access as doors
from matching.forms import BehalfForm
from placements import access, actions, queries
from placements.forms import AgreementForm, ChangeForm, initial_of
from placements.models import AgreementTemplate, Placement, Version
from placements.states import LIVE, Paper, Party, Refused
from placements.views.doors import answered, sentence, theirs
from taxonomy.forms import posted

STAYS = frozenset({"address", "dates", "incomplete", "limits", "running", "same"})  # refusals after which what was typed stays on the page


@role_required("advisor")
@answered
def begin(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """From an introduction that led somewhere: with a template of the team, or from what the posting says."""
    door = doors.door_of_advisor(pk, by=request.role)
    if door is None:
        raise Http404
    templates = AgreementTemplate.objects.filter(team_id=request.role.team_key)
    if request.method == "POST":
        template = next((one for one in templates if str(one.pk) == request.POST.get("pick")), None)
        made = actions.draft(pk, by=request.role, at=timezone.now(), template_id=template.pk if template else None)
        return redirect("agreement", pk=made.pk)
    record_read([door.suggestion.profile_id], "agreement", by=request.role, at=timezone.now())
    return render(request, "placements/begin.html", {"door": door, "templates": templates})


def _form(request: RoleRequest, placement: Placement, version: Version, *, overtaken: bool = False) -> AgreementForm:
    choices = queries.choices_of(placement, version, localdate())
    supervisor_id = version.supervisor_id or placement.supervisor_id
    initial = initial_of(version, supervisor_id, placement.born, queries.proposed(placement))
    return AgreementForm(posted(request), initial=initial, now=version.hash, overtaken=overtaken, **choices.__dict__)


def _written(form: AgreementForm, version: Version) -> actions.Written:
    """A rest is agreed on another page, and stays."""
    return replace(form.written(), pause_from=version.pause_from, pause_until=version.pause_until)


@role_required("advisor")
@answered
def agreement(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Every question of the agreement. Saving keeps a half-written draft; after the sending a change asks everyone anew, and says so."""
    placement = theirs(request, pk)
    if placement.state not in LIVE:
        return redirect("placement", pk=pk)
    version = queries.newest(placement)
    form = _form(request, placement, version)
    if form.is_valid():
        try:
            actions.write(pk, _written(form, version), by=request.role, at=timezone.now(), seen=form.seen or "")
        except Refused as refused:
            if refused.code not in STAYS | {"changed"}:
                raise
            overtaken = refused.code == "changed"
            form = _form(request, placement, queries.newest(placement) if overtaken else version, overtaken=overtaken)
            if not overtaken:  # what was typed stays on the page
                form.add_error(None, sentence(refused.code))
        else:
            return redirect("agreement" if "add" in form.changed_data else "send_agreement", pk=pk)
    record_read([placement.profile_id], "agreement", by=request.role, at=timezone.now())
    context = {"placement": placement, "version": version, "form": form, "signing": version.state != Paper.DRAFT}
    return render(request, "placements/agreement.html", context, status=form.status)


@role_required("advisor")
@answered
def send(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The agreement as all will read it, what is still missing, and one button."""
    placement = theirs(request, pk)
    version = queries.newest(placement)
    if version.state != Paper.DRAFT:
        return redirect("placement", pk=pk)
    if request.method == "POST":
        actions.send(pk, by=request.role, at=timezone.now(), seen=request.POST.get("seen", ""))
        messages.success(request, gettext("Sent. The person reads it first."))
        return redirect("placement", pk=pk)
    record_read([placement.profile_id], "agreement", by=request.role, at=timezone.now())
    context = {
        "placement": placement,
        "sheet": access.sheet_for(placement, by=request.role),
        "gaps": queries.missing(version),
        "ageless": queries.age_not_asked(placement, version),
        "hindrances": queries.hindrances(placement, version, localdate()),
    }
    return render(request, "placements/send.html", context)


@role_required("advisor")
@answered
def sign_for(request: RoleRequest, pk: UUID, signer: str) -> HttpResponseBase:
    """The advisor signs for one party, who has told them how and why."""
    placement = theirs(request, pk)
    sheet = access.sheet_for(placement, by=request.role)
    if sheet is None or signer not in {str(one) for one in Party if one != Party.ADVISOR}:
        raise Http404
    form = BehalfForm(posted(request))
    if form.is_valid():
        seen = request.POST.get("seen", "")
        actions.sign(pk, Party(signer), by=request.role, at=timezone.now(), seen=seen, behalf=form.behalf)
        return redirect("placement", pk=pk)
    record_read([placement.profile_id], "agreement", by=request.role, at=timezone.now())
    named = next((one for one in sheet.signers if one.party == signer), None)
    return render(request, "placements/sign_for.html", {"placement": placement, "sheet": sheet, "form": form, "signer": named})


@role_required("advisor")
@answered
def approve(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The last signature: what begins, when, and who is told."""
    placement = theirs(request, pk)
    sheet = access.sheet_for(placement, by=request.role)
    if sheet is None or not sheet.turn_of(Party.ADVISOR):
        return redirect("placement", pk=pk)
    if request.method == "POST":
        actions.approve(pk, by=request.role, at=timezone.now(), seen=request.POST.get("seen", ""))
        messages.success(request, gettext("Approved. Everyone is told."))
        return redirect("placement", pk=pk)
    record_read([placement.profile_id], "agreement", by=request.role, at=timezone.now())
    version = queries.newest(placement)
    context = {
        "placement": placement,
        "sheet": sheet,
        "hindrances": queries.hindrances(placement, version, localdate()),
        "ageless": queries.age_not_asked(placement, version),
        "full": not placement.is_active and queries.is_full(placement),
    }
    return render(request, "placements/approve.html", context)


@role_required("advisor")
@answered
def change(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Longer, shorter, or a rest: a new version with other days, which everybody signs."""
    placement = theirs(request, pk)
    version = queries.newest(placement)
    if not placement.is_active:
        return redirect("placement", pk=pk)
    if version.state != Paper.APPROVED:
        messages.info(request, gettext("A change waits already. Finish it first, or write the days there."))
        return redirect("agreement", pk=pk)
    initial: dict[str, Any] = {"ends": version.ends, "pause_from": version.pause_from, "pause_until": version.pause_until}
    form = ChangeForm(posted(request), initial=initial | {"longer": version.longer})
    if form.is_valid():
        try:
            actions.change_days(pk, by=request.role, at=timezone.now(), seen=request.POST.get("seen", ""), **form.cleaned_data)
        except Refused as refused:
            if refused.code not in STAYS:
                raise
            form.add_error(None, sentence(refused.code))
        else:
            return redirect("placement", pk=pk)
    record_read([placement.profile_id], "agreement", by=request.role, at=timezone.now())
    return render(request, "placements/change.html", {"placement": placement, "version": version, "form": form})
