"""The last step of a posting: every answer, what the text check has found in it, and off it goes to the editor."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from accounts.access import RoleRequest
from employers import actions
from employers.forms import KeepForm
from employers.models import KeptReason, Posting
from employers.queries import LABELS, STEP_OF, by_sentence, checked, missing, summary, working_copy
from employers.views.doors import employer_page, own_posting, see_other
from taxonomy.forms import posted

SENT = gettext_lazy("Thank you. An editor reads the posting. You get an e-mail when it is visible or if something needs changing.")


@employer_page
def check(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Every answer with a way to change it; then it goes to the editor."""
    posting = own_posting(request, pk)
    copy = working_copy(posting)
    if request.method == "POST" and not missing(copy) and not checked(copy).open:
        actions.submit_posting(pk, by=request.role, at=timezone.now())
        messages.success(request, SENT)
        return see_other("employer_posting", pk)
    return _page(request, posting, copy, tried=request.method == "POST")


@employer_page
def wording(request: RoleRequest, pk: UUID, key: str) -> HttpResponseBase:
    """What the member has decided about one sentence: ours instead, or theirs with a reason."""
    posting = own_posting(request, pk)
    if request.method != "POST":
        return redirect("posting_check", pk)
    if "use" in request.POST:
        actions.use_wording(pk, key, by=request.role, at=timezone.now())
        messages.success(request, gettext("The sentence is changed. Read it once more."))
        return see_other("posting_check", pk)
    form = KeepForm(posted(request), prefix=key)
    if not form.is_valid():
        return _page(request, posting, working_copy(posting), keeping=form)
    actions.keep_wording(pk, key, reason=form.cleaned_data["reason"], by=request.role, at=timezone.now())
    messages.success(request, gettext("The sentence stays. The editor reads your reason."))
    return see_other("posting_check", pk)


def _page(request: RoleRequest, posting: Posting, copy: Posting, *, tried: bool = False, keeping: KeepForm | None = None) -> HttpResponse:
    """`keeping` is the form about one sentence that was sent without a reason."""
    found = checked(copy)
    gaps = [(LABELS[field], STEP_OF[field]) for field in missing(copy)]
    context = {
        "posting": copy,
        "status": posting.status,
        "sections": summary(copy),
        "gaps": gaps,
        "wordings": [
            (one, also, keeping if keeping and keeping.prefix == one.key else KeepForm(prefix=one.key))
            for one, also in by_sentence(found.open)
        ],
        "kept": [(one, KeptReason(one.reason).label) for one in found.kept],
        "tried": tried and bool(gaps or found.open),
        "form": keeping,
    }
    return render(request, "employers/check.html", context)
