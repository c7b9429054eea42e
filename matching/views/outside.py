"""Outside the list: the advisor looks up postings for a person, or people for a posting, and puts a pair in the queue by hand."""

from dataclasses import replace
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from employers.models import Posting
from jobseekers import access as people
from jobseekers.models import Profile
from matching import actions, queries
from matching.actions import runs
from matching.views.doors import answered
from search.forms import filters_of
from search.queries import fetch, ordered, window

PER_PAGE = 20
AROUND = 100  # km


@role_required("advisor")
def person_postings(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Every open posting for one of the advisor's people, newest first; or those with the words, or around a place, nearest first."""
    profile = _own(request, pk)
    filters, asked_place = filters_of(request.GET), request.GET.get("place", "").strip()
    if filters.place:
        filters = replace(filters, km=AROUND, sort="nearest")
    number = request.GET.get("page", "")
    page = Paginator(ordered(filters, window(number, PER_PAGE)), PER_PAGE).get_page(number)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "profile": profile,
        "filters": filters,
        "asked_place": asked_place,
        "unknown_place": bool(asked_place) and filters.place is None,
        "page": page,
        "rows": queries.beside_person(profile, fetch(list(page.object_list))),
        "query": f"&{asked.urlencode()}" if asked else "",
        "rests": runs.stopped(),
    }
    return render(request, "matching/person_postings.html", context)


@role_required("advisor")
@answered
def pair(request: RoleRequest, pk: UUID, posting: UUID) -> HttpResponseBase:
    """One person beside one posting, with the parts computed on the spot; and the button that puts them in the queue."""
    if request.method == "POST":
        return redirect("suggestion", pk=actions.choose(posting, pk, by=request.role, at=timezone.now()).pk)
    profile, found = _own(request, pk), Posting.objects.open().whole().filter(pk=posting).first()
    if found is None:
        return redirect("posting", pk=posting)  # which says that it is closed, if it ever was there
    [row] = queries.beside_person(profile, [found])
    seen = queries.look(posting, pk)
    sealed = seen.sealed if seen else actions.unread_pair(profile, row.posting)
    context = {
        "profile": profile,
        "posting": row.posting,
        "suggestion": row.suggestion,
        "words": queries.reasons_in_words(sealed, audience="advisor") if seen else None,
        "needs": queries.needs_of_pair(profile, row.posting, sealed),
        "knows": queries.knows_of(profile, row.posting),
        "skills": queries.skills_of(profile),
        "wishes": queries.wishes_of(profile),
        "wanted": queries.wanted_by(row.posting),
        "mine": True,
        "rests": runs.stopped(),
    }
    return render(request, "matching/outside_pair.html", context)


@role_required("advisor")
def posting_people(request: RoleRequest, pk: UUID) -> HttpResponse:
    """The advisor's own people beside one posting, by name."""
    posting = _open(pk)
    own = Profile.objects.helped_by(request.role.user_id, request.role.team_key).filter(paused=False)
    found = list(own.order_by("user__first_name", "user__last_name", "pk"))
    record_read([one.pk for one in found], "outside", by=request.role, at=timezone.now())
    context = {"posting": posting, "rows": queries.beside_posting(posting, found), "rests": runs.stopped()}
    return render(request, "matching/posting_people.html", context)


def _own(request: RoleRequest, pk: UUID) -> Profile:
    """One of the advisor's own people, with the look logged; anybody else is a 404."""
    profile = people.for_advisor(pk, by=request.role)
    if profile is None:
        raise Http404
    record_read([profile.pk], "outside", by=request.role, at=timezone.now())
    return profile


def _open(pk: UUID) -> Posting:
    posting = Posting.objects.open().whole().filter(pk=pk).first()
    if posting is None:
        raise Http404
    return posting
