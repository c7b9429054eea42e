"""Somebody without an account signs: the link in their letter opens one version, with two answers, and nothing else."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from accounts.access import anyone
from placements import access, actions
from placements.states import Party
from placements.views.doors import answered


@anyone
@cache_control(no_store=True)
@answered
def agreement(request: HttpRequest, token: str) -> HttpResponseBase:
    """What is agreed, and a button. Looking signs nothing: mail programs look too."""
    found = access.version_by_link(token)
    if found is None:
        raise Http404
    version, party = found
    if request.method == "POST":
        actions.sign_by_link(version.pk, party, at=timezone.now(), seen=request.POST.get("seen", ""))
    sheet = access.sheet_of_version(version)
    context = {"sheet": sheet, "party": party, "signed": sheet.has_signed(party), "school": party == Party.OTHER}
    return render(request, "placements/guest_sign.html", context)
