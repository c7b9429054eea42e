"""Who acts for the employer, and a member's own settings."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, signed_in
from accounts.models import Membership, User
from accounts.views import choose_letters, letters_form
from employers import actions
from employers.forms import MemberForm
from employers.models import Invitation, JoinRequest
from employers.states import NotThere
from employers.views.doors import employer_id, employer_page, see_other
from taxonomy.forms import posted


@employer_page
def members(request: RoleRequest) -> HttpResponseBase:
    """The list, those who ask to join or are asked, and a form for one more. No answer tells whether the address is known."""
    form = MemberForm(posted(request))
    at = timezone.now()
    if request.method == "POST" and form.is_valid():
        actions.invite(form.cleaned_data["email"], by=request.role, at=at)
        messages.success(request, gettext("Invited. A letter is on its way. They act for you when they have said yes."))
        return see_other("employer_members")
    held = Membership.objects.filter(employer_id=employer_id(request)).valid(at).select_related("user").order_by("since", "pk")
    asking = JoinRequest.objects.filter(employer_id=employer_id(request), answered_at=None).select_related("user").order_by("at")
    invited = Invitation.objects.open().filter(employer_id=employer_id(request))
    own = request.role.manages
    context = {"form": form, "members": held, "asking": asking if own else [], "invited": invited if own else []}
    return render(request, "employers/members.html", context)


@employer_page
def settings(request: RoleRequest) -> HttpResponseBase:
    """The member's own: which letters come, and the ways to members, password and sign-in."""
    form = letters_form(request)
    if request.method == "POST" and form.is_valid():
        choose_letters(request, form)
        return see_other("employer_settings")
    return render(request, "employers/settings.html", {"form": form})


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


@employer_page
@require_POST
def responsible(request: RoleRequest, number: int) -> HttpResponseBase:
    actions.share_responsibility(number, manages="yes" in request.POST, by=request.role, at=timezone.now())
    return see_other("employer_members")


@employer_page
@require_POST
def take_back(request: RoleRequest, invitation: UUID) -> HttpResponseBase:
    actions.take_back_invitation(invitation, by=request.role, at=timezone.now())
    return see_other("employer_members")


@signed_in
def invitations(request: HttpRequest) -> HttpResponseBase:
    """Employers that ask this account to act for them: yes or no, alike."""
    own = Invitation.objects.waiting().filter(user_id=request.user.pk or 0).select_related("employer")
    chosen = next((one for one in own if str(one.pk) == request.POST.get("invitation")), None)
    if request.method == "POST" and chosen and isinstance(request.user, User):
        made = actions.answer_invitation(chosen.pk, user=request.user, welcome="yes" in request.POST, at=timezone.now())
        if made:
            request.session["membership"] = made.pk
            return see_other("employer_home")
        return see_other("choose_role")
    return render(request, "employers/invitations.html", {"invitations": own})
