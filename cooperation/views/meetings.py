"""The advisor's meetings: the list, a new one, one with everybody in it, and what changes the whole of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from cooperation import access, actions
from cooperation.forms import AgendaForm, AttendanceForm, MeetingForm, TermsForm, terms_of
from cooperation.models import Meeting, MeetingTask, Note, Party
from cooperation.views.doors import answered, calendar_file
from jobseekers import access as people
from jobseekers.models import Profile
from taxonomy.forms import posted

PER_PAGE = 20


@role_required("advisor")
def meetings(request: RoleRequest) -> HttpResponse:
    """Those that come, and those behind; of one person with `?person=`."""
    at, found = timezone.now(), access.meetings_of(by=request.role)
    person = _person(request, request.GET.get("person", ""))
    if person:
        found = found.filter(profile=person)
    ahead = list(found.ahead(at))
    page = Paginator(found.behind(at), PER_PAGE).get_page(request.GET.get("page"))
    shown = {one.profile_id for one in (*ahead, *page.object_list)} | ({person.pk} if person else set())
    record_read(shown, "meetings", by=request.role, at=at)
    return render(request, "cooperation/meetings.html", {"ahead": ahead, "page": page, "person": person})


def _person(request: RoleRequest, typed: str) -> Profile | None:
    """One of the advisor's own people; 404 for anybody else."""
    if not typed:
        return None
    try:
        profile = people.for_advisor(UUID(typed), by=request.role)
    except ValueError:
        profile = None
    if profile is None:
        raise Http404
    return profile


@role_required("advisor")
@answered
def new(request: RoleRequest) -> HttpResponseBase:
    """First with whom, then the rest."""
    profile = _person(request, request.GET.get("person", ""))
    if profile is None:
        found = Profile.objects.helped_by(request.role.user_id, request.role.team_key).order_by("user__first_name", "pk")
        record_read([one.pk for one in found], "people", by=request.role, at=timezone.now())
        return render(request, "cooperation/meeting_with.html", {"people": found})
    form, at = MeetingForm(posted(request), profile=profile, initial={"minutes": 60}), timezone.now()
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("type", "purpose", "agenda")}
        made = actions.plan_meeting(profile.pk, form.terms, **given, by=request.role, at=at)
        return redirect("advisor_meeting", pk=made.pk)
    record_read([profile.pk], "meeting", by=request.role, at=at)
    return render(request, "cooperation/meeting_new.html", {"profile": profile, "form": form})


def own(request: RoleRequest, pk: UUID) -> Meeting:
    """One of the advisor's own, and the look at it."""
    found = access.meeting_of(pk, by=request.role)
    if found is None:
        raise Http404
    record_read([found.profile_id], "meeting", by=request.role, at=timezone.now())
    return found


def page_of(request: RoleRequest, meeting: Meeting, template: str, **context: Any) -> HttpResponse:
    """A page about a meeting, with its way back."""
    return render(request, template, {"meeting": meeting, "profile": meeting.profile, **context})


def parties_of(meeting: Meeting) -> list[Party]:
    return list(Party.objects.whole().to_show().in_order().filter(meeting=meeting))


@role_required("advisor")
def meeting(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Everything about one meeting, and the one next thing."""
    found, at = own(request, pk), timezone.now()
    parties = parties_of(found)
    ahead = found.state in {"planned", "invited"} and found.ends > at
    return page_of(
        request,
        found,
        "cooperation/meeting.html",
        parties=parties,
        ahead=ahead,
        begun=found.starts <= at,
        waiting=[one for one in parties if one.needs_a_yes and not one.said],
        unasked=[one for one in parties if one.needs_a_yes and not one.said and not one.asked_at],
        to_invite=Party.objects.filter(meeting=found).to_invite().exists(),
        notes=Note.objects.filter(meeting=found).prefetch_related("readers__user", "readers__introduction__posting__employer"),
        tasks=MeetingTask.objects.filter(meeting=found).select_related("owner__user"),
    )


@role_required("advisor")
@answered
def change(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Another time or place: whoever is invited gets a letter."""
    found = own(request, pk)
    form = TermsForm(posted(request), profile=found.profile, names=actions.names_in(found), initial=terms_of(found))
    if form.is_valid():
        actions.change_meeting(pk, form.terms, by=request.role, at=timezone.now())
        return redirect("advisor_meeting", pk=pk)
    return page_of(request, found, "cooperation/meeting_change.html", form=form)


@role_required("advisor")
@answered
def agenda(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    found = own(request, pk)
    form = AgendaForm(posted(request), initial={"agenda": found.agenda})
    if form.is_valid():
        actions.save_agenda(pk, form.cleaned_data["agenda"], by=request.role, at=timezone.now())
        return redirect("advisor_meeting", pk=pk)
    return page_of(request, found, "cooperation/meeting_agenda.html", form=form)


@role_required("advisor")
@answered
def invite(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Who gets a letter, and what it says; then it is sent."""
    found = own(request, pk)
    if request.method == "POST":
        sent = actions.invite(pk, by=request.role, at=timezone.now())
        messages.success(request, ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", sent) % {"n": sent})
        return redirect("advisor_meeting", pk=pk)
    parties = list(Party.objects.whole().to_invite().in_order().filter(meeting=found))
    waiting = [one for one in parties if one.needs_a_yes and one.said != "yes"]
    return page_of(request, found, "cooperation/meeting_invite.html", parties=parties, waiting=waiting)


@role_required("advisor")
@answered
def cancel(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """A page that says who is told; then it is called off."""
    found = own(request, pk)
    if request.method == "POST":
        actions.cancel_meeting(pk, by=request.role, at=timezone.now())
        return redirect("advisor_meeting", pk=pk)
    return page_of(
        request, found, "cooperation/meeting_cancel.html", parties=Party.objects.whole().invited().in_order().filter(meeting=found)
    )


@role_required("advisor")
@answered
def held(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Who was there."""
    found = own(request, pk)
    invited = list(Party.objects.whole().invited().in_order().filter(meeting=found))
    form = AttendanceForm(posted(request), parties=invited, initial={"there": [str(one.pk) for one in invited if one.was_there]})
    if form.is_valid():
        actions.hold_meeting(pk, {UUID(one) for one in form.cleaned_data["there"]}, by=request.role, at=timezone.now())
        return redirect("advisor_meeting", pk=pk)
    return page_of(request, found, "cooperation/meeting_held.html", form=form)


@role_required("advisor")
def calendar(request: RoleRequest, pk: UUID) -> HttpResponse:
    return calendar_file(request, own(request, pk), reverse("advisor_meeting", args=[pk]))
