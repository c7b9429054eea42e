"""How many come to an open activity, for the employer."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.access import RoleRequest, role_required
from employers.models import Kind, Posting
from placements import actions
from placements.forms import DropInForm
from placements.views.doors import answered
from taxonomy.forms import posted

MOST_SHOWN = 60


@role_required("employer")
@answered
def drop_ins(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One number a day, and the days that were noted. No name, so that nobody is looked at by it."""
    posting = Posting.objects.of(request.role.employer_id).filter(pk=pk, kind=Kind.ACTIVITY).first()
    if posting is None:
        raise Http404
    form = DropInForm(posted(request), initial={"day": localdate()})
    if form.is_valid():
        actions.note_drop_ins(pk, by=request.role, at=timezone.now(), **form.cleaned_data)
        return redirect("drop_ins", pk=pk)
    return render(request, "placements/drop_ins.html", {"posting": posting, "form": form, "noted": posting.drop_ins.all()[:MOST_SHOWN]})
