"""Who asks to act for an employer that nobody is responsible for yet, an imported one: the editors answer."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts.access import RoleRequest, role_required
from employers import actions
from employers.models import JoinRequest
from employers.views.doors import see_other


@role_required("editor")
def join_requests(request: RoleRequest) -> HttpResponseBase:
    """One panel per question, whoever has waited longest first; yes and no alike."""
    at = timezone.now()
    asking = list(JoinRequest.objects.unclaimed(at))
    if request.method == "POST":
        chosen = next((one for one in asking if str(one.pk) == request.POST.get("asking")), None)
        if chosen is None:
            raise Http404
        actions.answer_join_request(chosen.pk, welcome="welcome" in request.POST, by=request.role, at=at)
        return see_other("join_requests")
    return render(request, "employers/join_requests.html", {"asking": asking})
