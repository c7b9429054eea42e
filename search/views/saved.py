"""A jobseeker keeps a posting or a search. The page that shows all of it belongs to matching, with what became of interests."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, anyone, role_required
from search import actions
from search.forms import OftenForm, SaveForm, filters_of
from search.letters import LEAVE
from search.models import Often, SavedSearch
from search.states import NotThere, Refused
from search.views.words import chips, kept
from taxonomy.forms import posted
from taxonomy.models import Need


@role_required("jobseeker")
@require_POST
def favourite(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The heart, and the same button again."""
    try:
        if request.POST.get("keep") == "1":
            actions.keep(pk, by=request.role, at=timezone.now())
        else:
            actions.let_go(pk, by=request.role, at=timezone.now())
    except NotThere:
        raise Http404 from None
    except Refused:
        messages.warning(request, gettext("You have saved as many postings as there is room for. Remove one first."))
    return _see_other(reverse("saved") if request.POST.get("next") == "saved" else reverse("posting", args=[pk]))


@role_required("jobseeker")
def save_search(request: RoleRequest) -> HttpResponseBase:
    """What would be kept, how often a letter may come and, where the search says what a workplace offers, whether to keep it at all."""
    filters, query = filters_of(request.GET), kept(request.GET)
    needs = list(Need.objects.filter(code__in=filters.offers)) if filters.offers else []
    form, words = SaveForm(posted(request), health=bool(needs)), [one for one, _ in chips(request.GET, filters, needs)]
    if form.is_valid():
        language = (get_language() or "sv")[:2]
        try:
            actions.save_search(query, form.cleaned_data["often"], words=words, language=language, by=request.role, at=timezone.now())
        except Refused:
            messages.warning(request, gettext("You have saved as many searches as there is room for. Remove one first."))
        return _see_other(reverse("saved"))
    return render(request, "search/save.html", {"form": form, "words": words, "query": query, "health": bool(needs)})


@role_required("jobseeker")
def saved_search(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One saved search: when letters come, the address of its feed, and its end."""
    saved = get_object_or_404(SavedSearch.objects.of(request.role.user_id), pk=pk)
    form = OftenForm(posted(request), initial={"often": saved.often})
    if form.is_valid():
        actions.choose_often(pk, form.cleaned_data["often"], by=request.role, at=timezone.now())
        messages.success(request, gettext("Saved."))
        return _see_other(reverse("saved"))
    address = f"{settings.PUBLIC_URL}{reverse('saved_feed', args=[saved.key])}"
    return render(request, "search/saved_search.html", {"saved": saved, "form": form, "address": address})


@role_required("jobseeker")
@require_POST
def saved_search_feed(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Another secret address."""
    try:
        actions.new_feed(pk, by=request.role, at=timezone.now())
    except NotThere:
        raise Http404 from None
    messages.success(request, gettext("The feed has a new address. The old one leads nowhere any more."))
    return _see_other(reverse("saved_search", args=[pk]))


@role_required("jobseeker")
@require_POST
def saved_search_remove(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    try:
        actions.remove_search(pk, by=request.role, at=timezone.now())
    except NotThere:
        raise Http404 from None
    messages.success(request, gettext("The search is removed."))
    return _see_other(reverse("saved"))


@anyone
@csrf_exempt  # mail programs send this POST themselves (RFC 8058); the signed address is the right to do it
def leave_saved(request: HttpRequest, token: str) -> HttpResponse:
    """One click in the mail program, or the button of this page. Who has left already reads the same."""
    try:
        user_id = int(LEAVE.unsign(token))
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    if request.method == "POST":
        actions.stop_letters(user_id, at=timezone.now())
    gone = not SavedSearch.objects.of(user_id).exclude(often=Often.NEVER).exists()
    return render(request, "search/leave_saved.html", {"gone": gone})


def _see_other(where: str) -> HttpResponseBase:
    answer = redirect(where)
    answer.status_code = 303
    return answer
