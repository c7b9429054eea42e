"""Who can help to pay for a placement, for each party as far as they may read the agreement."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from matching.views.employer import after_the_promise
from placements import access
from placements.queries.paying import application_text, facts_of, known_of, who_can_pay
from placements.views.doors import answered, theirs
from placements.views.placements import HOMES


@role_required("advisor", "jobseeker")
@answered
def schemes(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _page(request, pk)


@after_the_promise
@answered
def employer_schemes(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _page(request, pk)


def _page(request: RoleRequest, pk: UUID) -> HttpResponse:
    found, role = theirs(request, pk), request.role
    sheet = access.sheet_for(found, by=role)
    if sheet is None:
        raise Http404
    if role.kind != "jobseeker":
        record_read([found.profile_id], "agreement", by=role, at=timezone.now())
    facts, known = facts_of(found, sheet), known_of(sheet)
    payable = who_can_pay(facts, today=timezone.localdate()) if facts else []
    text = application_text(known, payable) if known else ""
    context = {"placement": found, "home": HOMES[role.kind], "dated": facts is not None, "payable": payable, "text": text}
    return render(request, "placements/pay.html", context)
