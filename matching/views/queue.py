"""A row of the advisor's queue is taken, to read it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, role_required
from matching import actions
from matching.views.doors import answered


@role_required("advisor")
@require_POST
@answered
def take(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Take a row of the queue to read it."""
    actions.hold(pk, by=request.role, at=timezone.now())
    return redirect("suggestion", pk=pk)
