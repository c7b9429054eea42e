"""Getting an advisor: what everybody may read, and a form for those who want to be called."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, anyone, role_required, too_often
from accounts.models import Team
from jobseekers import actions
from jobseekers.forms import CallForm
from jobseekers.views.whom import answered, see_other
from taxonomy.forms import posted


@anyone
@csrf_exempt  # nobody's rights stand behind this form, and a token would leave a cookie on a page that anyone reads
def get_advisor(request: HttpRequest) -> HttpResponseBase:
    """Three ways to an advisor; the third is a form for name and number. It answers everybody alike."""
    return _asked(request, "help_advisor", "jobseekers/get_advisor.html")


@anyone
@csrf_exempt  # the same form
def contact(request: HttpRequest) -> HttpResponseBase:
    """Talk to us: phone, in person, text relay, and the same form."""
    return _asked(request, "help_contact", "jobseekers/contact.html")


def _asked(request: HttpRequest, page: str, template: str) -> HttpResponseBase:
    form = CallForm(posted(request), teams=_offices(), initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        if too_often(request, "call"):
            return render(request, "429.html", status=429)
        asked = dict(form.cleaned_data)
        actions.ask_to_be_called(UUID(asked.pop("team")), **asked, at=timezone.now())
        return see_other(f"{reverse(page)}?sent=1")
    return render(request, template, {"form": form, "sent": "sent" in request.GET})


def _offices() -> list[tuple[str, str]]:
    """The offices where somebody is there to call."""
    teams = Team.objects.with_coordinator(timezone.now()).select_related("agency").order_by("agency__name", "name")
    return [(str(team.pk), f"{team.agency.name}, {team.name}") for team in teams]


@role_required("coordinator")
@require_POST
@answered
def called(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Somebody who asked to be called has been."""
    actions.note_call(pk, by=request.role, at=timezone.now())
    return see_other(reverse("waiting_list"))
