"""How it goes: asked of the person and of the supervisor, in the portal or by a signed link, and read by the advisor."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from accounts.access import RoleRequest, anyone, role_required
from audit.actions import record_read
from matching.views.employer import after_the_promise
from placements import access, actions, queries
from placements.forms import CheckedLineForm, LineForm, RecordForm, ReviewForm, TapsForm
from placements.models import CheckIn, CheckInState
from placements.states import Party
from placements.views.doors import answered, theirs, within
from taxonomy.forms import posted

PER_PAGE = 30  # of what is to be read
SENDS = {"mine": True, "both": False}  # the two buttons at the end: for the advisor alone, or the other side too


def _ask(request: HttpRequest, row: CheckIn, by: Any) -> HttpResponse | None:
    """One question a page; the answers before it come along. None when the answer has been written."""
    taps = TapsForm(request.POST)
    sends = request.POST.get("send", "")
    line = (LineForm if row.party == Party.JOBSEEKER else CheckedLineForm)(request.POST if sends else None)
    if not taps.question and sends in SENDS and line.is_valid():
        words = line.cleaned_data["words"]
        actions.answer(row.pk, taps.answers, by=by, at=timezone.now(), words=words, private=SENDS[sends])
        return None
    context = {
        "row": row,
        "taps": taps,
        "form": line,
        "advisor": row.placement.profile.advisor_name,
        "person": row.party == Party.JOBSEEKER,
        "call_by": queries.call_by(row, timezone.now()),
        "shown": by is not None and not row.told,  # a link shows no words again, and what the advisor wrote down is the advisor's
    }
    return render(request, "placements/check_in.html", context)


def _row(request: RoleRequest, pk: UUID) -> CheckIn:
    """One that has been asked, of a placement of theirs."""
    found = within(request, CheckIn, pk)
    if found.state in {CheckInState.PLANNED, CheckInState.SKIPPED}:
        raise Http404
    return found


@role_required("jobseeker")
@answered
def mine(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The person's own: three taps and a line."""
    row = _row(request, pk)
    if row.party != Party.JOBSEEKER:
        raise Http404
    return _ask(request, row, request.role) or redirect("my_check_in", pk=pk)


@after_the_promise
@answered
def employers(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The supervisor's, for any member of the employer."""
    row = _row(request, pk)
    if row.party != Party.SUPERVISOR:
        raise Http404
    record_read([row.placement.profile_id], "check_in", by=request.role, at=timezone.now())
    return _ask(request, row, request.role) or redirect("employer_check_in", pk=pk)


@anyone
@cache_control(no_store=True)
@answered
def by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """The supervisor's without an account: the link opens these three questions. No name stands on the page."""
    row = access.check_in_by_link(token)
    if row is None:
        raise Http404
    return _ask(request, row, None) or redirect("check_in_by_link", token=token)


@role_required("advisor")
def check_ins(request: RoleRequest) -> HttpResponse:
    """What is to be read, the red first; then who has not answered yet. One read per person on the list."""
    role, at = request.role, timezone.now()
    all_mine = CheckIn.objects.of_advisor(role.user_id, role.team_key).select_related(
        "placement__profile__user", "placement__posting__employer"
    )
    page = Paginator(all_mine.to_read(), PER_PAGE).get_page(request.GET.get("page"))
    unread, waiting = list(page.object_list), list(all_mine.waiting().order_by("closes", "pk"))
    record_read({one.placement.profile_id for one in (*unread, *waiting)}, "check_ins", by=role, at=at)
    return render(request, "placements/check_ins.html", {"page": page, "unread": unread, "waiting": waiting})


@role_required("advisor")
@answered
def review(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Both sides' answers side by side; what comes of it, or what was heard by phone."""
    row, at = _row(request, pk), timezone.now()
    placement = theirs(request, row.placement_id)
    record_read([placement.profile_id], "check_in", by=request.role, at=at)
    record_form = RecordForm(posted(request) if "told" in request.POST or "record" in request.POST else None)
    review_form = ReviewForm(posted(request) if "decide" in request.POST else None)
    if record_form.is_valid():
        words, told = record_form.cleaned_data["words"], record_form.cleaned_data["told"]
        actions.answer(pk, record_form.answers, by=request.role, at=at, words=words, told=told)
        return redirect("check_in", pk=pk)
    if review_form.is_valid():
        actions.review(pk, by=request.role, at=at, decision=review_form.cleaned_data["decision"])
        return redirect("placement", pk=placement.pk)
    context = {
        "row": row,
        "placement": placement,
        "sides": queries.both_sides(placement, row.code),
        "record": record_form,
        "form": record_form if record_form.is_bound else review_form,
        "decide": review_form,
    }
    return render(request, "placements/review.html", context)
