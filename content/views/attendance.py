"""In the editors' admin: who comes to an event or a course, who was where, who has completed, and calling it off.

For those who may change events.
"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts.access import RoleRequest
from content import actions, queries
from content.models import CoursePage, Gathering, SignUp

may_change = permission_required("content.change_gathering", raise_exception=True)


@may_change
def people(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The list, with a tick for each meeting that each was at."""
    gathering = get_object_or_404(Gathering.objects.prefetch_related("more"), pk=pk)
    sittings = gathering.sittings
    placed = gathering.sign_ups.placed().prefetch_related("came_to").order_by("name", "pk")
    context = {
        "gathering": gathering,
        "sittings": sittings,
        "rows": [(seat, [(one, one.number in _was_at(seat)) for one in sittings]) for seat in placed],
        "waiting": gathering.sign_ups.waiting(),
        "course": CoursePage.objects.filter(gathering=gathering).exists(),
        "agencies": queries.agencies_in(gathering),
    }
    return render(request, "content/people.html", context)


def _was_at(seat: SignUp) -> set[int]:
    return {one.pk for one in seat.came_to.all()} | ({0} if seat.came else set())


@may_change
def save(request: RoleRequest, pk: int) -> HttpResponseBase:
    """Who came; or, with the button for it, that the event is called off."""
    if request.method == "POST" and "call_off" in request.POST:
        told = actions.call_off_event(pk, by=request.role, at=timezone.now())
        messages.success(request, ngettext("Called off. %(n)s person is told.", "Called off. %(n)s people are told.", told) % {"n": told})
    elif request.method == "POST":
        gathering = get_object_or_404(Gathering, pk=pk)
        came = {one.number: _ticked(request, gathering, f"came-{one.number}" if one.number else "came") for one in gathering.sittings}
        done = _ticked(request, gathering, "done")
        told = actions.note_who_came(pk, came, done=done, by=request.role, at=timezone.now())
        letters = ngettext("%(n)s person has completed the course now.", "%(n)s people have completed the course now.", told) % {"n": told}
        messages.success(request, f"{gettext('Saved.')} {letters}" if told else gettext("Saved."))
    return redirect("gathering_people", pk)


def _ticked(request: HttpRequest, gathering: Gathering, name: str) -> set[UUID]:
    """The sign-ups of this gathering that are ticked in a column."""
    listed = {str(seat): seat for seat in gathering.sign_ups.values_list("pk", flat=True)}
    return {listed[seat] for seat in request.POST.getlist(name) if seat in listed}
