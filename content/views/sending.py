"""In the editors' admin: an issue before it is sent, while it is sent, and after."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from accounts.access import RoleRequest
from content import actions, queries
from content.models import IssuePage, Subscriber
from content.states import Refused


def sending(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How many would get it, or how far it has come."""
    issue = _own(request, pk)
    readers = Subscriber.objects.of(issue.audience).count()
    return render(request, "content/sending.html", {"issue": issue, "progress": queries.progress_of(issue), "readers": readers})


def start(request: RoleRequest, pk: int) -> HttpResponseBase:
    """Send it. It cannot be taken back, and a second press sends nothing."""
    issue = _own(request, pk)
    if request.method == "POST":
        try:
            actions.start_mailing(issue.pk, by=request.role, at=timezone.now())
        except Refused as refusal:
            told = {"sent": gettext("This issue has been sent already."), "not_public": gettext("Publish the issue first.")}
            told["nobody"] = gettext("The letter has no readers yet. It is sent once, so wait until somebody has asked for it.")
            messages.warning(request, told[refusal.code])
    return redirect("newsletter_sending", pk)


def _own(request: HttpRequest, pk: int) -> IssuePage:
    """Whoever may not publish the issue may not send it either."""
    found: IssuePage = get_object_or_404(IssuePage, pk=pk)
    if not found.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return found
