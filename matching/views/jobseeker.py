"""The jobseeker: today, suggestions, the card and the yes, taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, explains, role_required
from employers.models import Posting
from jobseekers.models import Profile
from matching import access, actions, queries
from matching.forms import InterestForm, MessageForm
from matching.models import Consent, Interest, Introduction, Suggestion
from matching.states import State
from matching.views.doors import answered
from taxonomy.forms import posted

MOST_REASONS = 3


def _profile(request: RoleRequest) -> Profile:
    found = (
        Profile.objects.filter(user_id=request.role.user_id, left_at=None)
        .select_related("user", "advisor", "team__agency", "place")
        .first()
    )
    if found is None:
        raise Http404
    return found


@role_required("jobseeker")
def today(request: RoleRequest) -> HttpResponse:
    """The one thing to do now, what comes then, the advisor, the way."""
    profile = _profile(request)
    asked = Suggestion.objects.shown_to(request.role.user_id).filter(state=State.APPROVED).order_by("moved_at").first()
    doors = Introduction.objects.readable(timezone.now()).filter(suggestion__profile=profile).select_related("posting__employer")
    approval = asked.approvals.filter(void_at=None).first() if asked else None
    return render(
        request,
        "matching/today.html",
        {"profile": profile, "asked": asked, "approval": approval, "doors": doors, "gaps": queries.gaps_of(profile)},
    )


@role_required("jobseeker")
def suggestions(request: RoleRequest) -> HttpResponse:
    mine = list(Suggestion.objects.shown_to(request.role.user_id).order_by("-moved_at"))
    labels = queries.labels_of([one.sealed for one in mine if one.state == State.APPROVED])
    context = {
        "profile": _profile(request),
        "waiting": [(one, _why(one, labels)) for one in mine if one.state == State.APPROVED],
        "answered": [one for one in mine if one.state != State.APPROVED],
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
    """The suggestion in words: why it may suit, what may not, what is still to ask."""
    found = _mine(request, pk)
    approval = found.approvals.order_by("-at").first()
    words = queries.reasons_in_words(found.sealed, audience="jobseeker")
    return render(
        request,
        "matching/my_suggestion.html",
        {
            "suggestion": found,
            "approval": approval,
            "words": words,
            "waiting": found.state == State.APPROVED,
            "advisor": found.profile.advisor,
        },
    )


@role_required("jobseeker")
@answered
def consent(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The card exactly as the employer would get it; take fields off, say yes or no."""
    found = _mine(request, pk)
    if request.method == "POST":
        return _answer(request, found)
    approval = found.approvals.filter(void_at=None).first()
    if found.state != State.APPROVED or approval is None:
        return redirect("my_suggestion", pk=pk)
    return render(
        request,
        "matching/consent.html",
        {
            "suggestion": found,
            "approval": approval,
            "advisor": found.profile.advisor,
            "card": access.consented_card(approval),
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
        door = actions.consent(pk, by=role, at=at, seen=request.POST.get("card", ""))
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
    return render(request, "matching/declined.html", {"suggestion": _mine(request, pk)})


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


@role_required("jobseeker")
def consents(request: RoleRequest) -> HttpResponse:
    live = Consent.objects.filter(suggestion__profile__user_id=request.role.user_id, withdrawn_at=None, introduction__closed_at=None)
    found = list(live.select_related("suggestion__posting__employer", "introduction").order_by("-at"))
    read = access.last_readings(_profile(request).pk)
    rows = [(one, read.get(one.suggestion.posting.employer_id)) for one in found]
    return render(request, "matching/consents.html", {"consents": rows})


@role_required("jobseeker")
@answered
def withdraw(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Take back a yes: a page that says what happens, then it is done."""
    given = (
        Consent.objects.filter(pk=pk, suggestion__profile__user_id=request.role.user_id)
        .select_related("suggestion__posting__employer")
        .first()
    )
    if given is None:
        raise Http404
    if request.method == "POST":
        actions.withdraw(pk, by=request.role, at=timezone.now())
        return redirect("withdraw", pk=pk)
    return render(request, "matching/withdraw.html", {"consent": given})


@role_required("jobseeker")
@answered
def introduction(request: RoleRequest, pk: UUID) -> HttpResponse:
    door = Introduction.objects.filter(pk=pk, suggestion__profile__user_id=request.role.user_id)
    found = door.select_related("posting__employer", "consent", "suggestion__profile__advisor").first()
    if found is None:
        raise Http404
    form = MessageForm(posted(request))
    if form.is_valid():
        actions.say(pk, form.cleaned_data["words"], by=request.role, at=timezone.now())
        return redirect("my_introduction", pk=pk)
    context = {"door": found, "open": access.is_readable(found), "form": form, "messages_here": found.messages.select_related("by")}
    return render(request, "matching/my_introduction.html", context)


@role_required("jobseeker")
def interests(request: RoleRequest) -> HttpResponse:
    mine = (
        Interest.objects.filter(profile__user_id=request.role.user_id)
        .select_related("posting__employer", "posting__status")
        .order_by("-at")
    )
    return render(request, "matching/interests.html", {"interests": mine})


def _open_posting(pk: UUID) -> Posting:
    posting = Posting.objects.open().whole().filter(pk=pk).first()
    if posting is None:
        raise Http404
    return posting


def interest_signed_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What an interest is and what it takes, before anybody is asked to sign in."""
    return render(request, "matching/interest_signed_out.html", {"posting": _open_posting(pk)})


@explains(interest_signed_out)
@role_required("jobseeker")
@answered
def interest(request: RoleRequest, pk: UUID) -> HttpResponse:
    """ "I am interested": goes to the own advisor, never to the employer."""
    posting = _open_posting(pk)
    profile = _profile(request)
    form = InterestForm(posted(request))
    said = Interest.objects.filter(profile=profile, posting=posting).first()
    if request.method == "POST" and form.is_valid() and said is None:
        actions.express_interest(pk, by=request.role, at=timezone.now(), words=form.cleaned_data["words"])
        return redirect("interest", pk=pk)
    return render(request, "matching/interest.html", {"posting": posting, "form": form, "said": said, "advisor": profile.advisor})
