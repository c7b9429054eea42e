"""Taking part in a programme: from its page by the person, from the person's page by the own advisor.

It stands here because it needs both: the editors' pages do not know of people, and people's pages not of the editors'.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language

from accounts.access import RoleRequest, explains
from content.models import ProgrammePage
from content.queries import doors_of, in_languages, programmes_with_team
from jobseekers import access, actions
from jobseekers.forms import ProgrammeForm
from jobseekers.views.whom import Whom, mine, of_person, told
from taxonomy.forms import posted

NOBODYS = UUID(int=0)


def _language() -> str:
    return (get_language() or "sv")[:2]


def _programme(request: HttpRequest, slug: str) -> ProgrammePage:
    """The programme. The languages lead to the same page of its translations."""
    found: ProgrammePage = get_object_or_404(programmes_with_team(_language(), timezone.now()), slug=slug)
    request.language_paths = in_languages(found, doors_of(found, "enrol"))  # type: ignore[attr-defined]
    return found


def enrol_signed_out(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens with an enrolment and what it takes, before anybody is asked to sign in."""
    return render(request, "matching/programme_signed_out.html", {"page": _programme(request, slug)})


@explains(enrol_signed_out)
@mine
def enrol(request: RoleRequest, whom: Whom, slug: str) -> HttpResponseBase:
    """The person asks: one press, with the language and how to be reached."""
    page = _programme(request, slug)
    form = ProgrammeForm(posted(request), initial={"language": whom.profile.user.language})
    if request.method == "POST" and form.is_valid():
        _ask(whom, page, form)
        return whom.go(whom.url("programmes"))
    running = access.running(whom.profile, page.translation_key)
    return render(request, "matching/programme_enrol.html", {**whom.frame(), "page": page, "form": form, "running": running})


@of_person("programmes")
def for_person(request: RoleRequest, whom: Whom) -> HttpResponseBase:
    """The advisor asks for one of their people, as the person told them."""
    pages = {str(page.pk): page for page in programmes_with_team(_language(), timezone.now())}
    choices = [(pk, f"{page.title} ({page.team})") for pk, page in pages.items()]
    initial: dict[str, Any] = {"language": whom.profile.user.language, **told(request)}
    form = ProgrammeForm(posted(request), programmes=choices, on_behalf=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        _ask(whom, pages[form.cleaned_data["programme"]], form)
        return whom.go(whom.url("programmes"))
    return render(request, "matching/programme_for_person.html", {**whom.frame(), "form": form, "any": bool(pages)})


def _ask(whom: Whom, page: ProgrammePage, form: ProgrammeForm) -> None:
    actions.ask_for_programme(
        whom.profile.pk,
        programme=page.translation_key,
        title=page.title,
        team_id=page.team_id or NOBODYS,
        language=form.cleaned_data["language"],
        reach=form.cleaned_data["reach"],
        by=whom.role,
        at=timezone.now(),
        **form.behalf,
    )
