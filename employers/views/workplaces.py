"""Workplaces: the list, one of them, its address, its supervisors."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts.access import RoleRequest
from employers import actions
from employers.forms import SupervisorForm, WorkplaceForm
from employers.models import Answer, Workplace
from employers.queries import SUPERVISOR_FIELDS, WORKPLACE_FIELDS, contact_of, supervisor_version, workplace_version
from employers.views.doors import employer_id, employer_page, own_workplace, see_other
from taxonomy.forms import place_words, posted
from taxonomy.models import Need

ANSWERED = Count("offers", filter=~Q(offers__answer=Answer.UNKNOWN))


@employer_page
def workplaces(request: RoleRequest) -> HttpResponse:
    own = Workplace.objects.of(employer_id(request)).select_related("place").annotate(answered=ANSWERED)
    return render(request, "employers/workplaces.html", {"workplaces": own, "all": Need.objects.count()})


@employer_page
def workplace(request: RoleRequest, pk: UUID) -> HttpResponse:
    found = own_workplace(request, pk)
    context = {
        "workplace": found,
        "contact": contact_of(found.employer_id, at=timezone.now()),
        "supervisors": found.supervisors.order_by("name"),
        "answered": found.offers.exclude(answer=Answer.UNKNOWN).count(),
        "all": Need.objects.count(),
    }
    return render(request, "employers/workplace.html", context)


@employer_page
def workplace_form(request: RoleRequest, pk: UUID | None = None, *, overtaken: bool = False) -> HttpResponseBase:
    """The address and the words of a new workplace, or of one that is there."""
    found = own_workplace(request, pk) if pk else None
    initial: dict[str, Any] = {name: getattr(found, name) for name in WORKPLACE_FIELDS} if found else {}
    initial["place"] = place_words(initial.get("place"))
    form = WorkplaceForm(posted(request), initial=initial, now=workplace_version(found) if found else "", overtaken=overtaken)
    if request.method == "POST" and not overtaken and form.is_valid():
        saved = actions.save_workplace(pk, form.cleaned_data, by=request.role, at=timezone.now(), seen=form.seen)
        return see_other("workplace", saved.pk) if found else see_other("workplace_offers", saved.pk)
    return render(request, "employers/workplace_form.html", {"form": form, "workplace": found}, status=form.status)


@employer_page
def supervisor(request: RoleRequest, pk: UUID, number: int | None = None, *, overtaken: bool = False) -> HttpResponseBase:
    """A new supervisor, or new words for one."""
    found = own_workplace(request, pk)
    held = found.supervisors.filter(pk=number).first() if number else None
    if number and held is None:
        raise Http404
    initial = {name: getattr(held, name) for name in SUPERVISOR_FIELDS} if held else {}
    form = SupervisorForm(posted(request), initial=initial, now=supervisor_version(held) if held else "", overtaken=overtaken)
    if request.method == "POST" and not overtaken and form.is_valid():
        actions.save_supervisor(pk, number, form.cleaned_data, by=request.role, at=timezone.now(), seen=form.seen)
        return see_other("workplace", pk)
    context = {"form": form, "workplace": found, "supervisor": held}
    return render(request, "employers/supervisor.html", context, status=form.status)
