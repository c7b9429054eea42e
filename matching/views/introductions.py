"""The advisor's introductions: the list, one with card and messages, a reminder, its closing."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from employers.models import Kind
from matching import access, actions
from matching.forms import CheckedMessageForm, CloseForm
from matching.models import Introduction
from matching.states import Door
from matching.views.doors import answered
from taxonomy.forms import posted

PER_PAGE = 20
AGREEABLE = frozenset({Door.ANSWERED, Door.MEETING, Door.AGREED})  # an agreement may begin


@role_required("advisor")
def introductions(request: RoleRequest) -> HttpResponse:
    found = (
        Introduction.objects.of_advisor(request.role.user_id, request.role.team_key)
        .select_related("consent")
        .order_by(F("closed_at").asc(nulls_first=True), "answer_by", "pk")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    record_read({one.suggestion.profile_id for one in page.object_list}, "introductions", by=request.role, at=timezone.now())
    return render(request, "matching/advisor_introductions.html", {"page": page, "today": localdate()})


def _own(request: RoleRequest, pk: UUID) -> Introduction:
    found = access.door_of_advisor(pk, by=request.role)
    if found is None:
        raise Http404
    return found


@role_required("advisor")
@answered
def introduction(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The card as consented, what has been written, and what the advisor can do about it."""
    found, at = _own(request, pk), timezone.now()
    form = CheckedMessageForm(posted(request))
    if form.is_valid():
        actions.say(pk, form.cleaned_data["words"], by=request.role, at=at)
        return redirect("advisor_introduction", pk=pk)
    record_read([found.suggestion.profile_id], "introduction", by=request.role, at=at)
    context = {
        "door": found,
        "card": access.card_of(found),
        "open": access.is_readable(found, at),
        "may_agree": (agreeable := access.is_readable(found, at) and found.state in AGREEABLE) and found.posting.kind != Kind.JOB,
        "may_hire": agreeable and found.posting.kind == Kind.JOB,
        "late": found.answered_at is None and found.answer_by < localdate(at),
        "form": form,
        "messages_here": found.messages.select_related("by"),
    }
    return render(request, "matching/advisor_introduction.html", context)


@role_required("advisor")
@require_POST
@answered
def remind(request: RoleRequest, pk: UUID) -> HttpResponse:
    """A letter to the employer's members that an answer is waiting; nothing about the person stands in it."""
    actions.remind(pk, by=request.role, at=timezone.now())
    messages.success(request, gettext("A reminder is on its way to the employer."))
    return redirect("advisor_introduction", pk=pk)


@role_required("advisor")
@answered
def close(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Close the contact, with a reason that only we read: a page that says what happens, then it is done."""
    found = _own(request, pk)
    form, at = CloseForm(posted(request)), timezone.now()
    if form.is_valid():
        actions.close_introduction(pk, by=request.role, at=at, reason=form.cleaned_data["reason"])
        return redirect("advisor_introduction", pk=pk)
    record_read([found.suggestion.profile_id], "introduction", by=request.role, at=at)
    return render(request, "matching/close_introduction.html", {"door": found, "form": form, "open": access.is_readable(found, at)})
