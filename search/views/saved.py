"""A jobseeker keeps a posting or a search. The page that shows all of it belongs to matching, with what became of interests."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, role_required
from accounts.views import way_out
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
def change_saved_search(request: RoleRequest, pk: UUID, what: str) -> HttpResponseBase:
    """Another secret address ("feed"), or its end ("remove")."""
    change, said = CHANGES[what]
    try:
        change(pk, by=request.role, at=timezone.now())
    except NotThere:
        raise Http404 from None
    messages.success(request, said)
    return _see_other(reverse("saved") if what == "remove" else reverse("saved_search", args=[pk]))


CHANGES = {
    "feed": (actions.new_feed, gettext_lazy("The feed has a new address. The old one leads nowhere any more.")),
    "remove": (actions.remove_search, gettext_lazy("The search is removed.")),
}


leave_saved = way_out(
    read=lambda token: int(LEAVE.unsign(token)),
    stop=actions.stop_letters,
    gone=lambda user_id: not SavedSearch.objects.of(user_id).exclude(often=Often.NEVER).exists(),
    template="search/leave_saved.html",
)


def _see_other(where: str) -> HttpResponseBase:
    answer = redirect(where)
    answer.status_code = 303
    return answer
