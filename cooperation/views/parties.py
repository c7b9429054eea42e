"""The advisor's part of who comes: somebody is added, the person is asked, an answer is written down; and what is written afterwards."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, role_required
from cooperation import access, actions
from cooperation.forms import AgencyForm, MemberForm, NoteForm, TaskForm
from cooperation.models import MeetingTask, Note, Party
from cooperation.views.doors import answered
from cooperation.views.meetings import own, page_of, parties_of
from matching.forms import BehalfForm
from taxonomy.forms import posted


@role_required("advisor")
@answered
def add_agency(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """A professional by name, agency and address. Nothing is sent."""
    found = own(request, pk)
    form = AgencyForm(posted(request), initial={"language": (get_language() or "sv")[:2]})
    if form.is_valid():
        actions.add_agency(pk, **form.cleaned_data, by=request.role, at=timezone.now())
        return redirect("advisor_meeting", pk=pk)
    return page_of(request, found, "cooperation/meeting_agency.html", form=form)


@role_required("advisor")
@answered
def add_member(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """A member of an employer whom the person has an open contact with."""
    found, at = own(request, pk), timezone.now()
    form = MemberForm(posted(request), members=access.members_for(found.profile, at=at))
    if form.is_valid():
        chosen = form.chosen
        actions.add_employer(pk, chosen.introduction, chosen.user_id, by=request.role, at=at)
        return redirect("advisor_meeting", pk=pk)
    return page_of(request, found, "cooperation/meeting_member.html", form=form)


@role_required("advisor")
@require_POST
@answered
def ask(request: RoleRequest, pk: UUID) -> HttpResponse:
    """The person is asked about everyone who waits for an answer."""
    actions.ask_person(pk, by=request.role, at=timezone.now())
    messages.success(request, gettext("The person is asked. You get a letter when they have answered."))
    return redirect("advisor_meeting", pk=pk)


@role_required("advisor")
@answered
def party(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The person has told the advisor: their answer to this party, or, for the person's own row, whether they come."""
    one = Party.objects.whole().filter(pk=pk, meeting__in=access.meetings_of(by=request.role)).first()
    if one is None or one.kind == "advisor":
        raise Http404
    found, at, role = own(request, one.meeting_id), timezone.now(), request.role
    if "drop" in request.POST:
        actions.drop_party(pk, by=role, at=at)
        return redirect("advisor_meeting", pk=found.pk)
    form = BehalfForm(posted(request))
    if form.is_valid() and request.POST.get("answer") in {"yes", "no"}:
        step = actions.answer_party if one.needs_a_yes else actions.answer_invitation
        step(pk, request.POST["answer"] == "yes", by=role, at=at, **form.cleaned_data)
        return redirect("advisor_meeting", pk=found.pk)
    return page_of(request, found, "cooperation/meeting_party.html", party=one, form=form, can_go=access.can_be_dropped(one))


@role_required("advisor")
@answered
def note(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """A note or a decision, and who may read it."""
    found = own(request, pk)
    form = NoteForm(posted(request), parties=[one for one in parties_of(found) if one.kind != "advisor"])
    if form.is_valid():
        given = form.cleaned_data
        readers = {UUID(one) for one in given["readers"]}
        actions.add_note(pk, given["kind"], given["words"], readers, by=request.role, at=timezone.now())
        return redirect("advisor_meeting", pk=pk)
    return page_of(request, found, "cooperation/meeting_note.html", form=form)


@role_required("advisor")
@require_POST
@answered
def remove_note(request: RoleRequest, pk: UUID) -> HttpResponse:
    meeting_id = Note.objects.filter(pk=pk, meeting__in=access.meetings_of(by=request.role)).values_list("meeting_id", flat=True).first()
    if meeting_id is None:
        raise Http404
    actions.remove_note(pk, by=request.role, at=timezone.now())
    return redirect("advisor_meeting", pk=meeting_id)


@role_required("advisor")
@answered
def task(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Who does what by when."""
    found = own(request, pk)
    form = TaskForm(posted(request), parties=[one for one in parties_of(found) if one.invited_at or not one.needs_a_yes])
    if form.is_valid():
        given = form.cleaned_data
        actions.add_task(pk, UUID(given["owner"]), given["words"], given["due"], by=request.role, at=timezone.now())
        return redirect("advisor_meeting", pk=pk)
    return page_of(request, found, "cooperation/meeting_task.html", form=form)


@role_required("advisor", "jobseeker", "employer")
@require_POST
@answered
def finish_task(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Done, by whoever has promised it, or by the advisor."""
    actions.finish_task(pk, by=request.role, at=timezone.now())
    page = {"advisor": "advisor_meeting", "jobseeker": "my_meeting", "employer": "employer_meeting"}[request.role.kind]
    return redirect(page, pk=MeetingTask.objects.values_list("meeting_id", flat=True).get(pk=pk))
