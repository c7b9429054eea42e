"""The advisor's employers: who waits for a contact, one employer with everything noted, a visit in one tap."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, role_required
from cooperation import access, actions, queries
from cooperation.forms import EmployerContactForm, FindForm
from cooperation.models import Way
from jobseekers.views.whom import answered, see_other
from taxonomy.forms import posted

PER_PAGE = 25
TAPS = (Way.WORKPLACE, Way.COMMUNITY, Way.OFFICE, Way.PHONE, Way.VIDEO, Way.MESSAGE, Way.NO_ANSWER)


@role_required("advisor")
def employers(request: RoleRequest) -> HttpResponse:
    """The portfolio with what the method counts; a search for an employer that is not in it."""
    at, role = timezone.now(), request.role
    form = FindForm(request.GET if "q" in request.GET else None)
    found = access.employers_named(form.cleaned_data["q"]) if form.is_valid() else None
    page = Paginator(access.portfolio(by=role, at=at), PER_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts_of(role.user_id, role.team_key, at)
    return render(request, "cooperation/employers.html", {"page": page, "counts": counts, "form": form, "found": found})


@role_required("advisor")
@answered
def employer(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One employer: note a contact, what waits on both sides, everything that the team has noted."""
    at, tap = timezone.now(), request.POST.get("add", "")
    card = access.employer_card(pk, by=request.role, at=at)
    if card is None:
        raise Http404
    workplaces = [(str(one.pk), one.name) for one in card.workplaces]
    form = EmployerContactForm(None if tap else posted(request), workplaces=workplaces, initial={"day": localdate(at)})
    if tap in TAPS or (not tap and request.method == "POST" and form.is_valid()):
        noted = {"way": tap} if tap else form.noted
        actions.note_contact(employer_id=pk, **noted, by=request.role, at=at)
        messages.success(request, gettext("Noted. Today you can still put it right."))
        return see_other(reverse("advisor_employer", args=[pk]))
    page = Paginator(access.contacts_with(pk, by=request.role, at=at), PER_PAGE).get_page(request.GET.get("page"))
    taps = [(way, way.label) for way in TAPS]
    context = {"card": card, "form": form, "ways": taps, "page": page, "today": localdate(at), "visits": queries.visits_before(pk)}
    return render(request, "cooperation/employer.html", context)


@role_required("advisor")
@require_POST
@answered
def come_back(request: RoleRequest, pk: UUID, contact: UUID) -> HttpResponse:
    """The employer has got what was promised."""
    actions.come_back(contact, by=request.role, at=timezone.now())
    return see_other(reverse("advisor_employer", args=[pk]))
