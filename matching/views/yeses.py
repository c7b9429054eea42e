"""The jobseeker's yeses, the contacts they opened, and what the jobseeker is interested in."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from accounts.access import RoleRequest, explains, role_required
from employers.models import Posting
from matching import access, actions, queries
from matching.forms import InterestForm, MessageForm
from matching.models import Consent, Interest, Introduction
from matching.views.doors import answered
from matching.views.jobseeker import profile_of
from search.models import Favourite, SavedSearch
from taxonomy.forms import posted


@role_required("jobseeker")
def consents(request: RoleRequest) -> HttpResponse:
    live = Consent.objects.filter(suggestion__profile__user_id=request.role.user_id, withdrawn_at=None, introduction__closed_at=None)
    found = list(live.select_related("suggestion__posting__employer", "introduction").order_by("-at"))
    read = access.last_readings(profile_of(request).pk)
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
    """The contact with an employer: how far it has come, what they see, and what all three have written."""
    door = Introduction.objects.filter(pk=pk, suggestion__profile__user_id=request.role.user_id)
    found = door.select_related("posting__employer", "consent", "suggestion__profile__advisor").first()
    if found is None:
        raise Http404
    at, asked = timezone.now(), door.proposed().exists()
    if "suits" in request.POST:
        if asked:
            actions.say(pk, gettext("Yes, that suits me: %(times)s") % {"times": found.proposal}, by=request.role, at=at)
        return redirect("my_introduction", pk=pk)
    form, is_open = MessageForm(posted(request)), access.is_readable(found, at)
    if form.is_valid():
        actions.say(pk, form.cleaned_data["words"], by=request.role, at=at)
        return redirect("my_introduction", pk=pk)
    context = {
        "door": found,
        "open": is_open,
        "asked": is_open and asked,
        "card": access.card_of(found),
        "form": form,
        "messages_here": found.messages.select_related("by"),
    }
    return render(request, "matching/my_introduction.html", context)


@role_required("jobseeker")
def interests(request: RoleRequest) -> HttpResponse:
    """What the person said they are interested in, and what came of each."""
    return render(request, "matching/interests.html", {"rows": _interests(request)})


@role_required("jobseeker")
def saved(request: RoleRequest) -> HttpResponse:
    """What the person has kept of the postings, for themself alone; and the interests, which the advisor knows of."""
    context = {
        "favourites": Favourite.objects.of(request.role.user_id),
        "searches": SavedSearch.objects.of(request.role.user_id),
        "rows": _interests(request),
    }
    return render(request, "matching/saved.html", context)


def _interests(request: RoleRequest) -> list[queries.InterestRow]:
    mine = Interest.objects.filter(profile__user_id=request.role.user_id).select_related("posting__employer", "posting__status")
    return queries.interest_rows(mine.order_by("-at"))


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
    profile = profile_of(request)
    form = InterestForm(posted(request))
    said = Interest.objects.filter(profile=profile, posting=posting).first()
    if request.method == "POST" and form.is_valid() and said is None:
        actions.express_interest(pk, by=request.role, at=timezone.now(), words=form.cleaned_data["words"])
        return redirect("interest", pk=pk)
    return render(request, "matching/interest.html", {"posting": posting, "form": form, "said": said, "profile": profile})
