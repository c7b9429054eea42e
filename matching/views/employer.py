"""The employer: cards of people who were introduced, and nothing about anyone else."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.access import RoleRequest, View, has_accepted_terms, role_required
from audit.actions import record_read
from matching import access, actions, queries
from matching.forms import AnswerForm, CheckedMessageForm
from matching.models import Introduction
from matching.views.doors import answered
from taxonomy.forms import posted

GONE = 410


def after_the_promise(view: Callable[..., HttpResponseBase]) -> View:
    """A page about a card: first the employer's member has promised confidentiality in the words that are valid now."""

    @role_required("employer")
    @answered
    @wraps(view)
    def guarded(request: RoleRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_accepted_terms(request.role.user_id):
            back = request.path if request.method == "GET" else reverse("employer_introductions")
            return redirect(f"{reverse('accept_terms')}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    return guarded


@after_the_promise
def introductions(request: RoleRequest) -> HttpResponseBase:
    """One card per open introduction, and without a name what has ended lately; nothing about anyone who was not introduced, no totals."""
    at = timezone.now()
    cards = access.cards_for(by=request.role, at=at)
    doors = Introduction.objects.filter(pk__in=[one.id for one in cards]).values_list("suggestion__profile_id", flat=True)
    record_read(set(doors), "introductions", by=request.role, at=at)
    return render(request, "matching/employer_introductions.html", {"cards": cards, "ended": access.ended_for(by=request.role, at=at)})


@after_the_promise
def introduction(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One card, as consented. The read is logged, and the person sees it. A contact that has ended says so, without a name."""
    at = timezone.now()
    found = access.card_open(pk, by=request.role, at=at)
    if found is None:
        return _ended(request, pk, at)
    form = CheckedMessageForm(posted(request))
    if form.is_valid():
        actions.say(pk, form.cleaned_data["words"], by=request.role, at=at)
        return redirect("employer_introduction", pk=pk)
    door = Introduction.objects.select_related("suggestion", "posting").get(pk=pk)
    record_read([door.suggestion.profile_id], "card", by=request.role, at=at)
    context = {
        "open": found,
        "card": found.card,
        "covers": queries.covered_by(found.card, door.posting),
        "posting_language": door.posting.language,
        "form": form,
        "messages_here": door.messages.select_related("by"),
    }
    return render(request, "matching/card.html", context)


def _ended(request: RoleRequest, pk: UUID, at: datetime) -> HttpResponse:
    ended = access.card_ended(pk, by=request.role, at=at)
    if ended is None:
        raise Http404
    return render(request, "matching/card_ended.html", {"ended": ended}, status=GONE)


@after_the_promise
def answer(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """What goes with the chosen answer, then it is sent."""
    at = timezone.now()
    found = access.card_open(pk, by=request.role, at=at)
    if found is None:
        return _ended(request, pk, at)
    choice = request.POST.get("choice") or request.GET.get("choice", "")
    if choice not in {"meet", "talk", "decline"}:
        return redirect("employer_introduction", pk=pk)
    form = AnswerForm(posted(request), initial={"choice": choice})
    if form.is_valid():
        actions.answer(pk, by=request.role, at=at, **form.answers)
        return redirect("employer_introductions")
    return render(request, "matching/answer.html", {"open": found, "form": form, "choice": choice})
