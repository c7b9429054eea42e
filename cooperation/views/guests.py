"""A meeting for those who are asked to it: a member of an employer, and a professional with the link of a letter."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from accounts.access import RoleRequest, anyone
from audit.actions import record_read
from cooperation import access, actions
from cooperation.models import Meeting
from cooperation.views.doors import answered, calendar_file
from matching.views.employer import after_the_promise


def _of_employer(request: RoleRequest, pk: UUID) -> access.MeetingSeen:
    at = timezone.now()
    found = access.of_employer(pk, by=request.role, at=at)
    if found is None:
        raise Http404
    record_read([access.profile_of(pk)], "meeting", by=request.role, at=at)
    return found


@after_the_promise
def employer_meetings(request: RoleRequest) -> HttpResponseBase:
    """The meetings that this member is asked to."""
    at = timezone.now()
    rows = access.of_member(by=request.role, at=at)
    record_read({one.profile for one in rows}, "meetings", by=request.role, at=at)
    return render(request, "cooperation/employer_meetings.html", {"rows": rows})


@after_the_promise
@answered
def employer_meeting(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Time, place, what it is about, and this member's own notes and tasks. The look is logged, and the person sees it."""
    found = _of_employer(request, pk)
    if request.POST.get("comes") in {"yes", "no"}:
        actions.answer_invitation(found.party, request.POST["comes"] == "yes", by=request.role, at=timezone.now())
        return redirect("employer_meeting", pk=pk)
    return render(request, "cooperation/employer_meeting.html", {"seen": found})


@after_the_promise
def employer_calendar(request: RoleRequest, pk: UUID) -> HttpResponse:
    found = _of_employer(request, pk)
    return calendar_file(request, Meeting.objects.get(pk=found.pk), reverse("employer_meeting", args=[pk]))


@anyone
@csrf_exempt  # the signed address is the right to do this, and the only one
@answered
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page that a letter leads a professional to. Whether there never was such a meeting or it is closed is one answer."""
    at = timezone.now()
    found = access.of_guest(token, at=at)
    if found is None:
        raise Http404
    if request.POST.get("comes") in {"yes", "no"}:
        actions.answer_invitation(found.party, request.POST["comes"] == "yes", by=None, at=at)
        answer = redirect("meeting_link", token)
        answer.status_code = 303
        return answer
    if request.method == "GET":
        actions.note_look(found.party, at=at)
    response = render(request, "cooperation/meeting_link.html", {"seen": found})
    response.headers["Cache-Control"] = "no-store"
    return response
