"""Something is wrong with a posting: anyone says so, an editor reads it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from accounts.access import RoleRequest, anyone, role_required, too_often
from employers.models import Posting
from search import actions
from search.forms import ReportForm
from search.models import PostingReport
from search.states import NotThere
from taxonomy.forms import posted


@anyone
@csrf_exempt  # nobody's rights stand behind this form, and a token would leave a cookie on a page that anyone reads
def report(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A code and, if wanted, a few words. Nobody is asked who they are."""
    posting = Posting.objects.open().whole().filter(pk=pk).first()
    if posting is None:
        raise Http404
    form = ReportForm(posted(request))
    if form.is_valid():
        if too_often(request, "report"):
            return render(request, "429.html", status=429)
        actions.report(pk, form.cleaned_data["wrong"], words=form.cleaned_data["words"], at=timezone.now())
        return _see_other(f"{reverse('report_posting', args=[pk])}?sent=1")
    return render(request, "search/report.html", {"posting": posting, "form": form, "sent": "sent" in request.GET})


@role_required("editor")
def reports(request: RoleRequest) -> HttpResponseBase:
    """Everything that waits, longest first; one button each."""
    if request.method == "POST":
        try:
            actions.finish_report(UUID(request.POST.get("asking", "")), by=request.role, at=timezone.now())
        except (NotThere, ValueError):
            raise Http404 from None
        return _see_other(reverse("posting_reports"))
    return render(request, "search/reports.html", {"reports": PostingReport.objects.waiting()[:200]})


def _see_other(where: str) -> HttpResponseBase:
    answer = redirect(where)
    answer.status_code = 303
    return answer
