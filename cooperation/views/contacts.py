"""The log of contacts: of one person, and one contact put right."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from cooperation import access, actions, queries
from cooperation.forms import CorrectForm, PersonContactForm
from cooperation.models import Contact, Way
from jobseekers.views.whom import Whom, answered, see_other
from taxonomy.forms import posted

PER_PAGE = 30


def of_person(request: RoleRequest, whom: Whom) -> HttpResponseBase:
    """A contact in one tap or with more words, and everything that happened around the person."""
    at, tap = timezone.now(), request.POST.get("add", "")
    employers = [(str(one.pk), one.name) for one in access.portfolio(by=whom.role, at=at)]
    form = PersonContactForm(None if tap else posted(request), employers=employers, initial={"day": localdate(at)})
    if tap in Way.values or (not tap and request.method == "POST" and form.is_valid()):
        noted = {"way": tap} if tap else form.noted
        actions.note_contact(profile_id=whom.profile.pk, **noted, by=whom.role, at=at)
        messages.success(request, gettext("Noted. Today you can still put it right."))
        return see_other(whom.url("contacts"))
    page = Paginator(queries.timeline(whom.profile, at, reader_id=whom.role.user_id), PER_PAGE).get_page(request.GET.get("page"))
    clock, missed = queries.search_clock(whom.profile, at), queries.missed_of(whom.profile)
    context = {"form": form, "ways": Way.choices, "page": page, "clock": clock, "missed": missed}
    return render(request, "cooperation/person_contacts.html", {**whom.frame(), **context})


@role_required("advisor")
@answered
def contact(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """What the advisor noted today, put right or taken away."""
    at = timezone.now()
    found = access.correctable(pk, by=request.role, at=at)
    if found is None:
        raise Http404
    back = _page_of(found)
    if "remove" in request.POST:
        actions.remove_contact(pk, by=request.role, at=at)
        return see_other(back)
    initial = {"way": found.way, "day": localdate(found.at), "line": found.sealed["line"], "back_by": found.back_by}
    form = CorrectForm(posted(request), employer=not found.profile_id and bool(found.employer_id), initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.correct_contact(pk, **form.noted, by=request.role, at=at)
        return see_other(back)
    if found.profile_id:
        record_read([found.profile_id], "contacts", by=request.role, at=at)
    return render(request, "cooperation/contact.html", {"one": found, "form": form, "url": back})


def _page_of(found: Contact) -> str:
    """Where the contact was noted."""
    if found.profile_id:
        return reverse("person_contacts", args=[found.profile_id])
    return reverse("advisor_employer", args=[found.employer_id])
