"""The jobseeker: suggestions, the card, the yes and the no."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, role_required
from jobseekers.models import Profile
from matching import access, actions, queries
from matching.models import Suggestion
from matching.states import State
from matching.views.doors import answered

MOST_REASONS = 3


def profile_of(request: RoleRequest) -> Profile:
    """The signed-in person's own profile."""
    found = (
        Profile.objects.filter(user_id=request.role.user_id, left_at=None)
        .select_related("user", "advisor", "team__agency", "place")
        .first()
    )
    if found is None:
        raise Http404
    return found


@role_required("jobseeker")
def suggestions(request: RoleRequest) -> HttpResponse:
    mine = list(Suggestion.objects.shown_to(request.role.user_id).order_by("-moved_at"))
    labels = queries.labels_of([one.sealed for one in mine if one.state == State.APPROVED])
    context = {
        "profile": profile_of(request),
        "waiting": [(one, _why(one, labels)) for one in mine if one.state == State.APPROVED],
        "answered": [(one, queries.came_of(one)) for one in mine if one.state != State.APPROVED],
        "hidden": [one for one in mine if one.no_similar],
    }
    return render(request, "matching/my_suggestions.html", context)


def _why(one: Suggestion, labels: dict[str, str]) -> list[str]:
    """The first two or three reasons in plain words."""
    return [words for reason in one.sealed["for"][:MOST_REASONS] if (words := queries.said(reason, labels, audience="jobseeker"))]


def _mine(request: RoleRequest, pk: UUID) -> Suggestion:
    found = access.for_jobseeker(pk, by=request.role)
    if found is None:
        raise Http404
    return found


@role_required("jobseeker")
def suggestion(request: RoleRequest, pk: UUID) -> HttpResponse:
    """The suggestion in words: why it may suit, what may not, what the advisor will ask; and the three ways to go on."""
    found = _mine(request, pk)
    context = {
        "suggestion": found,
        "approval": found.approvals.order_by("-at").first(),
        "words": queries.reasons_in_words(found.sealed, audience="jobseeker"),
        "came": queries.came_of(found),
        "door": queries.door_of(found),
        "profile": found.profile,
    }
    return render(request, "matching/my_suggestion.html", context)


@role_required("jobseeker")
@answered
def no(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """A page of its own before a no, which stands for good. It asks for no reason."""
    found = _mine(request, pk)
    if found.state != State.APPROVED:
        return redirect("my_suggestion", pk=pk)
    if request.method == "POST":
        actions.decline(pk, by=request.role, at=timezone.now())
        return redirect("my_declined", pk=pk)
    return render(request, "matching/no.html", {"suggestion": found})


@role_required("jobseeker")
@answered
def consent(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The card exactly as the employer would get it; take fields off, say yes or no."""
    found = _mine(request, pk)
    if request.method == "POST":
        return _answer(request, found)
    approval = found.approvals.filter(void_at=None).select_related("by").first()
    if found.state != State.APPROVED or approval is None:
        return redirect("my_suggestion", pk=pk)
    return render(
        request,
        "matching/consent.html",
        {
            "suggestion": found,
            "approval": approval,
            "profile": found.profile,
            "advisor": approval.by,
            "card": access.consented_card(approval),
            "asked_with": actions.TEXT_VERSION,
            "fixed": access.ALWAYS,
            "until": queries.consent_until(timezone.now()),
        },
    )


def _answer(request: RoleRequest, found: Suggestion) -> HttpResponse:
    role, at, pk = request.role, timezone.now(), found.pk
    if "remove" in request.POST:
        actions.leave_out(pk, request.POST["remove"], by=role, at=at)
    elif "add" in request.POST:
        actions.put_back(pk, request.POST["add"], by=role, at=at)
    elif request.POST.get("answer") == "yes":
        door = actions.consent(pk, by=role, at=at, seen=request.POST.get("card", ""), text=request.POST.get("asked_with", ""))
        words = gettext("Thank you. We check that nothing has changed and then open the card for %(employer)s.")
        messages.success(request, words % {"employer": found.posting.employer.name})
        return redirect("my_introduction", pk=door.pk)
    elif request.POST.get("answer") == "no":
        actions.decline(pk, by=role, at=at)
        return redirect("my_declined", pk=pk)
    elif request.POST.get("answer") == "talk":
        actions.talk_first(pk, by=role, at=at)
        return redirect("my_suggestion", pk=pk)
    return redirect("my_consent", pk=pk)


@role_required("jobseeker")
def declined(request: RoleRequest, pk: UUID) -> HttpResponse:
    """After a no of the person's own; an employer's is another page's matter."""
    found = _mine(request, pk)
    if queries.came_of(found) != queries.Came.NO:
        return redirect("my_suggestion", pk=pk)
    return render(request, "matching/declined.html", {"suggestion": found})


@role_required("jobseeker")
@require_POST
@answered
def similar(request: RoleRequest, pk: UUID) -> HttpResponse:
    """After a no: show nothing like it, or after all."""
    show = "hide" not in request.POST
    actions.show_similar(pk, show, by=request.role, at=timezone.now())
    words = gettext("Saved. You may get suggestions like it again.") if show else gettext("Saved. We show you nothing like it.")
    messages.success(request, words)
    return redirect("my_suggestions")
