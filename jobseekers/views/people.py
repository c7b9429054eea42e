"""The advisor's people: the list, one person, enrolment, a code, a stage."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from jobseekers import access, actions, queries
from jobseekers.forms import EnrolForm, NoteForm, StageForm
from jobseekers.models import Profile, Stage
from jobseekers.states import Refused
from jobseekers.views.profile import parts_of
from jobseekers.views.whom import Whom, see_other
from taxonomy.forms import posted

PER_PAGE = 25


@role_required("advisor")
def people(request: RoleRequest) -> HttpResponse:
    """Everyone this advisor helps, longest in their stage first; showing the list is one read per person on it."""
    at, stage = timezone.now(), request.GET.get("stage", "")
    mine = (
        Profile.objects.helped_by(request.role.user_id, request.role.team_key).select_related("needs_record").order_by("stage_since", "pk")
    )
    chosen = mine.filter(stage=stage) if stage in Stage.values else mine
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    record_read([one.pk for one in page.object_list], "people", by=request.role, at=at)
    context = {
        "page": page,
        "rows": queries.people_rows(page.object_list, at),
        "room": queries.room_of(request.role.user_id, at),
        "stages": Stage.choices,
        "stage": stage if stage in Stage.values else "",
    }
    return render(request, "jobseekers/people.html", context)


def person(request: RoleRequest, whom: Whom, *, overtaken: bool = False) -> HttpResponseBase:
    """All about one person; the note is the advisor's own."""
    note = access.note_of(whom.profile)
    now = queries.note_version(whom.profile.pk, note.words)
    form = NoteForm(posted(request), initial={"words": note.words}, now=now, overtaken=overtaken)
    if request.method == "POST" and not overtaken and form.is_valid():
        actions.save_note(whom.profile.pk, form.cleaned_data["words"], by=whom.role, at=timezone.now(), seen=form.seen)
        return see_other(whom.home)
    at = timezone.now()
    context: dict[str, Any] = {
        "form": form,
        "note": note,
        "stage_form": StageForm(initial={"stage": whom.profile.stage}),
        "days": queries.days_in_stage(whom.profile, at),
        "groups": access.needs_of(whom.profile, at),
        "parts": parts_of(whom.profile),
    }
    return render(request, "jobseekers/person.html", {**whom.frame(), **context}, status=form.status)


@require_POST
def stage(request: RoleRequest, whom: Whom) -> HttpResponseBase:
    """Move the person to a stage. A stage that does not exist is not an answer of our page: nothing happens."""
    form = StageForm(request.POST)
    if form.is_valid():
        actions.set_stage(whom.profile.pk, form.cleaned_data["stage"], by=whom.role, at=timezone.now())
    return see_other(whom.home)


@role_required("advisor")
def enrol(request: RoleRequest) -> HttpResponseBase:
    """A new person. What the page answers does not tell whether the address was known."""
    form = EnrolForm(posted(request), initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enrol(by=request.role, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(*_not_enrolled(request, refused))
        else:
            messages.success(request, gettext("Enrolled. If there is an address, a letter says how to sign in."))
            return see_other(reverse("person", args=[made.pk]))
    room = queries.room_of(request.role.user_id, timezone.now())
    return render(request, "jobseekers/enrol.html", {"form": form, "room": room})


def _not_enrolled(request: RoleRequest, refused: Refused) -> tuple[str | None, str]:
    """The field and the sentence."""
    if refused.code == "yours":
        return "email", gettext("You help somebody with this address already.")
    room = queries.room_of(request.role.user_id, timezone.now())
    words = gettext("You have %(n)s of %(cap)s people. The coordinator can make an exception with a reason and an end date.")
    return None, words % {"n": room.people, "cap": room.cap}


@role_required("advisor")
@require_POST
def code(request: RoleRequest) -> HttpResponse:
    """Make a code. The answer to this POST is the only place where it is ever shown, so there is no page to redirect to."""
    return render(request, "jobseekers/code.html", {"code": actions.make_code(by=request.role, at=timezone.now())})


@require_POST
def code_for(request: RoleRequest, whom: Whom) -> HttpResponse:
    """The same for one of the advisor's people, who comes with an account of their own."""
    made = actions.make_code(by=whom.role, at=timezone.now(), profile_id=whom.profile.pk)
    return render(request, "jobseekers/code.html", {"code": made})
