"""Who acts for the employer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from accounts.access import RoleRequest
from accounts.models import Membership
from employers import actions
from employers.forms import MemberForm
from employers.models import JoinRequest
from employers.states import NotThere
from employers.views.doors import employer_id, employer_page, posted, see_other


@employer_page
def members(request: RoleRequest) -> HttpResponseBase:
    """The list, those who ask to join, and a form for one more. The answer is the same whether the address is known or not."""
    form = MemberForm(posted(request))
    at = timezone.now()
    if request.method == "POST" and form.is_valid():
        actions.add_member(form.cleaned_data["email"], by=request.role, at=at)
        messages.success(request, gettext("If the address has an account, its owner can now act for you."))
        return see_other("employer_members")
    held = Membership.objects.filter(employer_id=employer_id(request)).valid(at).select_related("user").order_by("since", "pk")
    asking = JoinRequest.objects.filter(employer_id=employer_id(request), answered_at=None).select_related("user").order_by("at")
    context = {"form": form, "members": held, "asking": asking if request.role.manages else []}
    return render(request, "employers/members.html", context)


@employer_page
def asked_to_join(request: RoleRequest, request_pk: UUID) -> HttpResponseBase:
    """A manager lets somebody in, or not; the page before says who asks."""
    found = JoinRequest.objects.filter(pk=request_pk, employer_id=employer_id(request), answered_at=None).select_related("user").first()
    if found is None or not request.role.manages:
        raise NotThere
    if request.method == "POST":
        actions.answer_join_request(found.pk, welcome="welcome" in request.POST, by=request.role, at=timezone.now())
        return see_other("employer_members")
    return render(request, "employers/asked_to_join.html", {"asking": found})


@employer_page
def end(request: RoleRequest, number: int) -> HttpResponseBase:
    """The end of a member's role, on a page of its own."""
    held = Membership.objects.filter(pk=number, employer_id=employer_id(request)).valid(timezone.now()).select_related("user").first()
    if held is None:
        raise NotThere
    if request.method == "POST":
        actions.end_member(held.pk, by=request.role, at=timezone.now())
        return see_other("employer_members")
    return render(request, "employers/end_member.html", {"member": held})
