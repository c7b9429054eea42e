"""The advisor: to do, queue, one suggestion, the decision."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, role_required
from audit.actions import record_read, record_refusal
from jobseekers.models import Profile
from matching import access, actions, queries, scoring
from matching.forms import ApproveForm, AskForm, DismissForm, WaitForm
from matching.models import Introduction, Suggestion
from matching.states import READABLE, State
from matching.views.doors import answered

PER_PAGE = 20


@role_required("advisor")
def home(request: RoleRequest) -> HttpResponse:
    """To do: what is due today, the caseload, the queue."""
    role, at = request.role, timezone.now()
    tab = request.GET.get("tab", "mine")
    page = Paginator(_tab(tab, role.user_id), PER_PAGE).get_page(request.GET.get("page"))
    record_read({one.profile_id for one in page.object_list}, "queue", by=role, at=at)
    rows = queries.queue_rows(page.object_list)
    late = Introduction.objects.filter(
        suggestion__profile__advisor_id=role.user_id, state__in=READABLE, answered_at=None, answer_by__lt=localdate(at)
    )
    return render(
        request,
        "matching/advisor_home.html",
        {
            "tab": tab,
            "page": page,
            "rows": rows,
            "late": late.select_related("posting__employer", "suggestion__profile__user")[:5],
            "people": Profile.objects.helped_by(role.user_id).count(),
            "cap": settings.CASELOAD_CAP,
        },
    )


def _tab(tab: str, user_id: int) -> QuerySet[Suggestion]:
    if tab == "would_fit":
        return Suggestion.objects.would_fit_for(user_id)
    if tab == "closed":
        closed = Suggestion.objects.filter(profile__advisor_id=user_id, state=State.CLOSED).exclude(closed_as="stale")
        return closed.select_related("profile__user", "posting__employer", "posting__workplace__place").order_by("-moved_at")
    return Suggestion.objects.waiting_for(user_id, timezone.now())


@role_required("advisor")
@require_POST
@answered
def take(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Take a row of the queue to read it."""
    actions.hold(pk, by=request.role, at=timezone.now())
    return redirect("suggestion", pk=pk)


def _read(request: RoleRequest, pk: UUID, page: str) -> Suggestion:
    suggestion = access.for_advisor(pk, by=request.role)
    if suggestion is None:
        record_refusal(page, by=request.role, at=timezone.now())
        raise Http404
    record_read([suggestion.profile_id], page, by=request.role, at=timezone.now())
    return suggestion


@role_required("advisor")
def suggestion(request: RoleRequest, pk: UUID) -> HttpResponse:
    """One suggestion: both sides, reasons, needs against answers, and a decision with nothing chosen."""
    found = _read(request, pk, "suggestion")
    context = {
        "suggestion": found,
        "words": queries.reasons_in_words(found.sealed, audience="advisor"),
        "needs": queries.needs_against_offers(found),
        "skills": queries.skills_of(found.profile),
        "weights": scoring.WEIGHTS,
        "undecided": found.state == State.SUGGESTED,
    }
    return render(request, "matching/suggestion.html", context, status=200)


@role_required("advisor")
@answered
def confirm(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Read before you decide: one page per decision, nothing is sent before its button."""
    steps = {"approve": _approve, "ask": _ask, "wait": _wait, "dismiss": _dismiss}
    step = steps.get(request.GET.get("decision", ""))
    if step is None:
        return redirect("suggestion", pk=pk)
    return step(request, _read(request, pk, "confirm"))


def _approve(request: RoleRequest, found: Suggestion) -> HttpResponse:
    until = localdate() + timedelta(days=settings.ANSWER_DAYS["jobseeker"])
    form = ApproveForm(request.POST or None, initial={"seen": access.version_of(found), "answer_by": until})
    if form.is_valid():
        actions.approve(found.pk, by=request.role, at=timezone.now(), **form.cleaned_data)
        return redirect("advisor_home")
    words = queries.reasons_in_words(found.sealed, audience="jobseeker")
    return render(
        request, "matching/confirm_approve.html", {"suggestion": found, "form": form, "card": access.card_for(found), "words": words}
    )


def _ask(request: RoleRequest, found: Suggestion) -> HttpResponse:
    needs = [(row.code, row.label) for row in queries.needs_against_offers(found) if row.result != scoring.MET]
    form = AskForm(request.POST or None, needs=needs)
    if form.is_valid():
        actions.ask(found.pk, by=request.role, at=timezone.now(), **form.cleaned_data)
        return redirect("advisor_home")
    return render(request, "matching/confirm_ask.html", {"suggestion": found, "form": form})


def _wait(request: RoleRequest, found: Suggestion) -> HttpResponse:
    form = WaitForm(request.POST or None)
    if form.is_valid():
        actions.wait(found.pk, form.cleaned_data["until"], by=request.role, at=timezone.now())
        return redirect("advisor_home")
    return render(request, "matching/confirm_wait.html", {"suggestion": found, "form": form})


def _dismiss(request: RoleRequest, found: Suggestion) -> HttpResponse:
    form = DismissForm(request.POST or None)
    if form.is_valid():
        actions.dismiss(found.pk, by=request.role, at=timezone.now(), **form.cleaned_data)
        return redirect("advisor_home")
    return render(request, "matching/confirm_dismiss.html", {"suggestion": found, "form": form})


@role_required("advisor")
@answered
def card(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Build the card: fields at the left, the card itself beside them."""
    found = _read(request, pk, "card")
    if request.method == "POST":
        actions.keep_on_card(pk, request.POST.getlist("field"), by=request.role, at=timezone.now())
        return redirect("build_card", pk=pk)
    kept = found.card_fields if found.card_fields is not None else list(access.CARD_FIELDS)
    return render(
        request,
        "matching/build_card.html",
        {"suggestion": found, "card": access.card_for(found), "kept": kept, "removable": access.removable()},
    )


@role_required("advisor")
def introductions(request: RoleRequest) -> HttpResponse:
    doors = Introduction.objects.filter(suggestion__profile__advisor_id=request.role.user_id)
    found = doors.select_related("posting__employer", "suggestion__profile__user", "consent").order_by("closed_at", "answer_by", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    record_read({one.suggestion.profile_id for one in page.object_list}, "introductions", by=request.role, at=timezone.now())
    return render(request, "matching/advisor_introductions.html", {"page": page, "today": localdate()})


@role_required("advisor")
@answered
def introduction(request: RoleRequest, pk: UUID) -> HttpResponse:
    """One introduction of an own person; closing it is a step of its own at the foot of the page."""
    door = Introduction.objects.filter(pk=pk, suggestion__profile__advisor_id=request.role.user_id)
    found = door.select_related("posting__employer", "suggestion__profile__user", "consent", "approval").first()
    if found is None:
        record_refusal("introduction", by=request.role, at=timezone.now())
        raise Http404
    if request.method == "POST":
        actions.close_introduction(pk, by=request.role, at=timezone.now(), reason=request.POST.get("reason", "ended")[:20])
        return redirect("advisor_introductions")
    record_read([found.suggestion.profile_id], "introduction", by=request.role, at=timezone.now())
    card = access.Card(str(found.posting_id), tuple((name, words) for name, words in found.consent.sealed["card"]))
    return render(request, "matching/advisor_introduction.html", {"door": found, "card": card, "open": access.is_readable(found)})
