"""The agreement on paper, for each party as far as they may read it."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from matching.views.employer import after_the_promise
from placements import access, exports
from placements.views.doors import answered, theirs


@role_required("advisor", "jobseeker")
@answered
def pdf(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _pdf(request, pk)


@after_the_promise
@answered
def employer_pdf(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _pdf(request, pk)


def _pdf(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Named neutrally: a file's name stands in lists that others see."""
    found = theirs(request, pk)
    sheet = access.sheet_for(found, by=request.role)
    if sheet is None:
        raise Http404
    if request.role.kind != "jobseeker":
        record_read([found.profile_id], "agreement", by=request.role, at=timezone.now())
    name = slugify(gettext("agreement"))
    return HttpResponse(
        exports.as_pdf(sheet), content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )
