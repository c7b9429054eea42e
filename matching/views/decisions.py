"""One suggestion, read from both sides, and the advisor's decision on it."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from matching import access, actions, queries, scoring
from matching.actions import runs
from matching.forms import ApproveForm, AskForm, DismissForm, WaitForm
from matching.models import Interest, Suggestion
from matching.states import Closed, State
from matching.views.doors import answered
from taxonomy.forms import posted


def read(request: RoleRequest, found: Suggestion | None, page: str) -> Suggestion:
    """What the access module has let through, with the look logged; what it has not is a 404."""
    if found is None:
        raise Http404
    record_read([found.profile_id], page, by=request.role, at=timezone.now())
    return found


@role_required("advisor")
def suggestion(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Both sides, reasons, needs against answers, and a decision with nothing chosen; a colleague in the team reads the same."""
    found = read(request, access.for_reader(pk, by=request.role), "suggestion")
    mine = found.profile.advisor_id == request.role.user_id
    context = {
        "suggestion": found,
        "words": queries.reasons_in_words(found.sealed, audience="advisor"),
        "needs": queries.needs_against_offers(found),
        "skills": queries.skills_of(found.profile),
        "wishes": queries.wishes_of(found.profile),
        "wanted": queries.wanted_by(found.posting),
        "interest": Interest.objects.filter(profile=found.profile_id, posting=found.posting_id).first() if mine else None,
        "knows": queries.knows_of(found.profile, found.posting),
        "weights": scoring.WEIGHTS,
        "rests": runs.stopped(),
        "mine": mine,
        "undecided": found.state == State.SUGGESTED,
        "lapsed": found.approvals.order_by("-at").first() if found.closed_as == Closed.LAPSED else None,
        "asked": found.approvals.filter(void_at=None).first() if found.state == State.APPROVED else None,
    }
    return render(request, "matching/suggestion.html", context)


@role_required("advisor")
@answered
def confirm(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Read before you decide: one page per decision, nothing is sent before its button."""
    steps = {"approve": _approve, "ask": _ask, "wait": _wait, "dismiss": _dismiss}
    step = steps.get(request.GET.get("decision", ""))
    if step is None:
        return redirect("suggestion", pk=pk)
    return step(request, read(request, access.for_advisor(pk, by=request.role), "confirm"))


def _approve(request: RoleRequest, found: Suggestion) -> HttpResponse:
    until = localdate() + timedelta(days=settings.ANSWER_DAYS["jobseeker"])
    form = ApproveForm(posted(request), initial={"seen": access.version_of(found), "answer_by": until})
    if form.is_valid():
        actions.approve(found.pk, by=request.role, at=timezone.now(), **form.answers)
        return redirect("advisor_home")
    words = queries.reasons_in_words(found.sealed, audience="jobseeker")
    context = {"suggestion": found, "form": form, "card": access.card_for(found), "words": words}
    return render(request, "matching/confirm_approve.html", context)


def _ask(request: RoleRequest, found: Suggestion) -> HttpResponse:
    needs = [(row.code, row.label) for row in queries.needs_against_offers(found) if row.result != scoring.MET]
    form = AskForm(posted(request), needs=needs)
    if form.is_valid():
        actions.ask(found.pk, by=request.role, at=timezone.now(), **form.cleaned_data)
        return redirect("advisor_home")
    return render(request, "matching/confirm_ask.html", {"suggestion": found, "form": form})


def _wait(request: RoleRequest, found: Suggestion) -> HttpResponse:
    form = WaitForm(posted(request))
    if form.is_valid():
        actions.wait(found.pk, form.cleaned_data["until"], by=request.role, at=timezone.now())
        return redirect("advisor_home")
    return render(request, "matching/confirm_wait.html", {"suggestion": found, "form": form})


def _dismiss(request: RoleRequest, found: Suggestion) -> HttpResponse:
    form = DismissForm(posted(request))
    if form.is_valid():
        actions.dismiss(found.pk, by=request.role, at=timezone.now(), **form.answers)
        return redirect("advisor_home")
    return render(request, "matching/confirm_dismiss.html", {"suggestion": found, "form": form})


@role_required("advisor")
@answered
def card(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Build the card: fields at the left, the card itself beside them."""
    found = read(request, access.for_advisor(pk, by=request.role), "card")
    if request.method == "POST":
        actions.keep_on_card(pk, request.POST.getlist("field"), by=request.role, at=timezone.now())
        return redirect("build_card", pk=pk)
    kept = found.card_fields if found.card_fields is not None else list(access.CARD_FIELDS)
    context = {"suggestion": found, "card": access.card_for(found), "kept": kept, "removable": access.removable()}
    return render(request, "matching/build_card.html", context)
