"""The person's own meetings: who comes, yes or no to each, what they may read, and what they have to do."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import RoleRequest, role_required
from cooperation import access, actions
from cooperation.views.doors import answered, calendar_file
from matching.views.jobseeker import profile_of


@role_required("jobseeker")
def meetings(request: RoleRequest) -> HttpResponse:
    ahead, behind = access.own_meetings(by=request.role, at=timezone.now())
    return render(request, "cooperation/my_meetings.html", {"ahead": ahead, "behind": behind, "profile": profile_of(request)})


def _own(request: RoleRequest, pk: UUID) -> access.OwnMeeting:
    found = access.own_meeting(pk, by=request.role, at=timezone.now())
    if found is None:
        raise Http404
    return found


@role_required("jobseeker")
@answered
def meeting(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One meeting. `party` with `answer` is a yes or a no to somebody; `comes` says whether the person comes."""
    found, at = _own(request, pk), timezone.now()
    asked = {str(one.pk): one for one in found.parties if one.asks}
    if request.method == "POST":
        if (one := asked.get(request.POST.get("party", ""))) and request.POST.get("answer") in {"yes", "no"}:
            actions.answer_party(one.pk, request.POST["answer"] == "yes", by=request.role, at=at)
        elif request.POST.get("comes") in {"yes", "no"}:
            actions.answer_invitation(found.mine.pk, request.POST["comes"] == "yes", by=request.role, at=at)
        return redirect("my_meeting", pk=pk)
    return render(request, "cooperation/my_meeting.html", {"own": found, "meeting": found.meeting, "profile": found.meeting.profile})


@role_required("jobseeker")
@answered
def remove(request: RoleRequest, pk: UUID, party: UUID) -> HttpResponseBase:
    """Take somebody out of a meeting: a page that says what happens, then it is done."""
    found = _own(request, pk)
    one = next((one for one in found.parties if one.pk == party and one.asks), None)
    if one is None:
        raise Http404
    if request.method == "POST":
        actions.answer_party(party, False, by=request.role, at=timezone.now())
        return redirect("my_meeting", pk=pk)
    return render(request, "cooperation/my_meeting_remove.html", {"own": found, "meeting": found.meeting, "party": one})


@role_required("jobseeker")
def calendar(request: RoleRequest, pk: UUID) -> HttpResponse:
    return calendar_file(request, _own(request, pk).meeting, reverse("my_meeting", args=[pk]))
