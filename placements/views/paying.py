"""Who can help to pay for a placement, for each party as far as they may read the agreement."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from matching.views.employer import after_the_promise
from placements import access
from placements.queries.paying import facts_of, known_of
from placements.views.doors import answered, theirs
from placements.views.placements import HOMES


@role_required("advisor", "jobseeker")
@answered
def who_can_pay(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _page(request, pk)


@after_the_promise
@answered
def employer_who_can_pay(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _page(request, pk)


def _page(request: RoleRequest, pk: UUID) -> HttpResponse:
    found, role = theirs(request, pk), request.role
    sheet = access.sheet_for(found, by=role)
    if sheet is None:
        raise Http404
    if role.kind != "jobseeker":
        record_read([found.profile_id], "agreement", by=role, at=timezone.now())
    context = {"placement": found, "home": HOMES[role.kind], "facts": facts_of(found, sheet), "known": known_of(sheet)}
    return render(request, "placements/pay.html", context)
