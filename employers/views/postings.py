"""Following postings: the list, one with its timeline and questions, and the moves that need a second look."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from accounts.access import RoleRequest
from employers import actions
from employers.forms import AnswerForm
from employers.models import Posting, PostingQuestion
from employers.queries import contact_of, missing, working_copy
from employers.queries.lasting import ends_on
from employers.states import NotThere
from employers.views.doors import employer_id, employer_page, own_posting, see_other
from taxonomy.forms import posted

MOVES = {
    "still-valid": (actions.still_valid, gettext_lazy("Thank you. The posting is open.")),
    "pause": (actions.pause, gettext_lazy("The posting is paused.")),
    "resume": (actions.resume, gettext_lazy("The posting is open again.")),
    "fill": (actions.fill, gettext_lazy("The posting is filled.")),
    "withdraw": (actions.withdraw_posting, gettext_lazy("The posting is taken away.")),
    "take-back": (actions.withdraw_submission, gettext_lazy("The posting is yours again. The editor no longer reads it.")),
}


@employer_page
def postings(request: RoleRequest) -> HttpResponse:
    return render(request, "employers/postings.html", {"postings": Posting.objects.of(employer_id(request))})


@employer_page
def posting(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Where the posting stands, the one next thing, and what we ask about it."""
    found = own_posting(request, pk)
    asked = found.questions.select_related("need").order_by("asked_at", "pk")
    context = {
        "posting": found,
        "contact": contact_of(found.employer_id, at=timezone.now()),
        "copy": working_copy(found),
        "status": found.status,
        "ends": ends_on(found.status),
        "changed": found.live and found.has_unpublished_changes,
        "complete": not missing(working_copy(found)),
        "waiting": [(one, AnswerForm(about_need=one.need_id is not None, prefix=str(one.pk))) for one in asked if not one.answered_at],
        "answered": [one for one in asked if one.answered_at],
    }
    return render(request, "employers/posting.html", context)


@employer_page
def move(request: RoleRequest, pk: UUID, move: str) -> HttpResponseBase:
    """One page that says what will happen, with one button."""
    found = own_posting(request, pk)
    if move not in MOVES:
        raise Http404
    act, sentence = MOVES[move]
    if request.method == "POST":
        act(pk, by=request.role, at=timezone.now())
        messages.success(request, sentence)
        return see_other("employer_posting", pk)
    return render(request, "employers/confirm.html", {"posting": found, "move": move})


@employer_page
def answer(request: RoleRequest, pk: UUID, question: UUID) -> HttpResponseBase:
    """The answer to one question; wrong input shows the form again with what was written."""
    found = own_posting(request, pk)
    asked = PostingQuestion.objects.select_related("need").filter(pk=question, posting=found).first()
    if asked is None:
        raise NotThere
    form = AnswerForm(posted(request), about_need=asked.need_id is not None, prefix=str(asked.pk))
    if request.method == "POST" and form.is_valid():
        actions.answer_question(asked.pk, **form.cleaned_data, by=request.role, at=timezone.now())
        messages.success(request, gettext("Thank you. Your answer is saved, for this posting and for the workplace."))
        return see_other("employer_posting", pk)
    return render(request, "employers/answer.html", {"posting": found, "question": asked, "form": form})
