"""How the feeds of others are followed, for an editor: what came last, what went wrong, on and off."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import RoleRequest, role_required
from search import actions
from search.models import Feed
from search.states import NotThere

LONGEST = 18  # digits


@role_required("editor")
def feeds(request: RoleRequest) -> HttpResponseBase:
    """Every feed that is or was followed by itself; one button each."""
    if request.method == "POST":
        asked = request.POST.get("asking", "")
        try:
            number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST else 0
            actions.switch_feed(number, on=request.POST.get("answer") == "on", by=request.role, at=timezone.now())
        except NotThere:
            raise Http404 from None
        answer = redirect(reverse("feeds"))
        answer.status_code = 303
        return answer
    return render(request, "search/feeds.html", {"feeds": Feed.objects.defer("token")})
