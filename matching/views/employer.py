"""The employer: cards of people who were introduced, and nothing about anyone else."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.access import RoleRequest, has_accepted_terms, role_required
from audit.actions import record_read, record_refusal
from matching import access, actions
from matching.forms import AnswerForm, MessageForm
from matching.models import Introduction
from matching.views.doors import answered


@role_required("employer")
def introductions(request: RoleRequest) -> HttpResponseBase:
    """One card per open introduction; nothing about anyone who was not introduced, no totals."""
    if not has_accepted_terms(request.role.user_id):
        return redirect(f"{reverse('accept_terms')}?{urlencode({'next': request.path})}")
    return render(request, "matching/employer_introductions.html", {"cards": access.cards_for(by=request.role, at=timezone.now())})


@role_required("employer")
@answered
def introduction(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One card, as consented. The read is logged, and the person sees it."""
    if not has_accepted_terms(request.role.user_id):
        return redirect(f"{reverse('accept_terms')}?{urlencode({'next': request.path})}")
    at = timezone.now()
    found = access.card_open(pk, by=request.role, at=at)
    if found is None:
        record_refusal("card", by=request.role, at=at)
        raise Http404
    form = MessageForm(request.POST or None)
    if form.is_valid():
        actions.say(pk, form.cleaned_data["words"], by=request.role, at=at)
        return redirect("employer_introduction", pk=pk)
    door = Introduction.objects.select_related("suggestion").get(pk=pk)
    record_read([door.suggestion.profile_id], "card", by=request.role, at=at)
    return render(
        request,
        "matching/card.html",
        {"open": found, "card": found.card, "form": form, "messages_here": door.messages.select_related("by")},
    )


@role_required("employer")
@answered
def answer(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """What goes with the chosen answer, then it is sent."""
    at = timezone.now()
    found = access.card_open(pk, by=request.role, at=at)
    if found is None:
        raise Http404
    choice = request.POST.get("choice") or request.GET.get("choice", "")
    if choice not in {"meet", "talk", "decline"}:
        return redirect("employer_introduction", pk=pk)
    form = AnswerForm(request.POST or None, initial={"choice": choice})
    if form.is_valid():
        actions.answer(pk, by=request.role, at=at, **form.cleaned_data)
        return redirect("employer_introductions")
    return render(request, "matching/answer.html", {"open": found, "form": form, "choice": choice})
