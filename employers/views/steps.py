"""The eight steps of a posting. Each saves itself; what is missing is said on the last one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext

from accounts.access import RoleRequest
from employers import actions
from employers.forms import STEP_FORMS, StartForm, StepForm
from employers.models import Posting
from employers.queries import LAST_STEP, STEP_OF, step_version, working_copy
from employers.views import concepts
from employers.views.doors import employer_page, own_posting, see_other
from taxonomy.forms import posted


@employer_page
def new(request: RoleRequest) -> HttpResponseBase:
    """The page says what awaits; the button makes the draft."""
    language = get_language() or "sv"
    form = StartForm(posted(request), language=language)
    if request.method == "POST" and form.is_valid():
        made = actions.create_posting(by=request.role, at=timezone.now(), language=language, start=form.cleaned_data["start"])
        return see_other("posting_step", made.pk, 1)
    return render(request, "employers/posting_new.html", {"form": form})


@employer_page
def step(request: RoleRequest, pk: UUID, step: int, *, overtaken: bool = False) -> HttpResponseBase:
    """One step of eight: 6 has its own page, 8 is the page of all answers."""
    posting = own_posting(request, pk)
    if step == LAST_STEP:
        return redirect("posting_check", pk)
    if step not in STEP_FORMS:
        raise Http404
    copy = working_copy(posting)
    held: dict[str, Any] = {"initial": concepts.initial(copy, step), "now": step_version(copy, step)}
    form = STEP_FORMS[step](posted(request), posting=copy, overtaken=overtaken, **held)
    if request.method == "POST" and not overtaken and form.is_valid():
        return _saved(request, copy, step, form)
    context = {"form": form, "posting": copy, "step": step, **concepts.choices(request, copy, step)}
    return render(request, PAGES[step], context, status=form.status)


PAGES = {
    1: "employers/step_1.html",
    2: "employers/step_2.html",
    3: "employers/step_3.html",
    4: "employers/step_4.html",
    5: "employers/step_5.html",
    7: "employers/step_7.html",
}


def _saved(request: RoleRequest, copy: Posting, step: int, form: StepForm) -> HttpResponseBase:
    """Save, then where the button says; typed words that may mean several things are asked about first."""
    answers: dict[str, Any] = dict(form.cleaned_data)
    again = concepts.resolve(request, copy, step, answers)
    actions.save_step(copy.pk, step, answers, by=request.role, at=timezone.now(), seen=form.seen)
    if again:
        answer = see_other("posting_step", copy.pk, step)
        answer.headers["Location"] += again
        return answer
    if "leave" in request.POST:
        messages.success(request, gettext("Saved. You can go on when you want."))
        return see_other("employer_posting", copy.pk)
    return see_other("posting_offers", copy.pk) if step + 1 == STEP_OF["offers"] else see_other("posting_step", copy.pk, step + 1)
