"""In the editors' admin: who comes to an event, who was there, and calling it off. For those who may change events."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts.access import RoleRequest
from content import actions
from content.models import Gathering

may_change = permission_required("content.change_gathering", raise_exception=True)


@may_change
def people(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The list, with a tick for each who came."""
    gathering = get_object_or_404(Gathering, pk=pk)
    placed, waiting = gathering.sign_ups.placed().order_by("name", "pk"), gathering.sign_ups.waiting()
    return render(request, "content/people.html", {"gathering": gathering, "placed": placed, "waiting": waiting})


@may_change
def save(request: RoleRequest, pk: int) -> HttpResponseBase:
    """Who came; or, with the button for it, that the event is called off."""
    if request.method == "POST" and "call_off" in request.POST:
        told = actions.call_off_event(pk, by=request.role, at=timezone.now())
        messages.success(request, ngettext("Called off. %(n)s person is told.", "Called off. %(n)s people are told.", told) % {"n": told})
    elif request.method == "POST":
        listed = {str(seat) for seat in get_object_or_404(Gathering, pk=pk).sign_ups.values_list("pk", flat=True)}
        came = [UUID(seat) for seat in request.POST.getlist("came") if seat in listed]
        actions.note_who_came(pk, came, by=request.role, at=timezone.now())
        messages.success(request, gettext("Saved."))
    return redirect("gathering_people", pk)
