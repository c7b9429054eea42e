"""The start page of an employer, and the public page for those who are not one yet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import RoleRequest, anyone
from employers.models import Employer, JoinRequest, Posting, PostingQuestion, Workplace
from employers.states import PostingState
from employers.views.doors import employer_id, employer_page


@employer_page
def home(request: RoleRequest) -> HttpResponse:
    """What waits for the employer, then the state of each posting."""
    role = request.role
    postings = list(Posting.objects.of(employer_id(request)))
    own = PostingQuestion.objects.filter(posting__employer_id=employer_id(request), answered_at=None)
    asking = JoinRequest.objects.filter(employer_id=employer_id(request), answered_at=None).exists() if role.manages else False
    context = {
        "employer": Employer.objects.select_related("contact").get(pk=employer_id(request)),
        "questions": own.select_related("posting", "need").order_by("asked_at"),
        "returned": [one for one in postings if one.status.comment and one.status.reviewed_revision_id is None],
        "drafts": [one for one in postings if one.status.state == PostingState.DRAFT],
        "asking": asking,
        "no_workplace": not Workplace.objects.of(employer_id(request)).exists(),
        "shown": [one for one in postings if one.status.state != PostingState.WITHDRAWN][:10],
    }
    return render(request, "employers/home.html", context)


@anyone
def for_employers(request: HttpRequest) -> HttpResponse:
    return render(request, "employers/for_employers.html")
