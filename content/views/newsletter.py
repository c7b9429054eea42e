"""The newsletter: ask for it, confirm, leave by one click, and the archive. No answer tells whether an address is known."""

from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from accounts.access import anyone, too_often
from accounts.views import way_out
from content import actions, queries
from content.forms import NewsletterForm
from content.letters import CONFIRM, LEAVE
from content.models import Kind, Section, Subscriber
from content.models.newsletter import ASKED_DAYS
from taxonomy.forms import posted

A_DAY = 86_400


@anyone
@csrf_exempt  # nobody's rights stand behind this form, and a token would leave a cookie on a page that anyone reads
def newsletter(request: HttpRequest) -> HttpResponseBase:
    """What it is, the form, and every issue."""
    language = (get_language() or "sv")[:2]
    form = NewsletterForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if too_often(request, "newsletter"):
            return render(request, "429.html", status=429)
        actions.ask_for_letter(**form.cleaned_data, language=language, at=timezone.now())
        return _see_other(f"{reverse('newsletter')}?sent=1")
    section = get_object_or_404(Section.objects.live(), kind=Kind.NEWSLETTER, locale__language_code=language)
    context = {"page": section, "form": form, "issues": queries.pages_of(section), "sent": "sent" in request.GET}
    return render(request, "content/newsletter.html", context)


@anyone
@csrf_exempt  # the signed address is the right to do this, and the only one
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """A page with a button: programs that follow every link of a letter confirm nothing."""
    try:
        pk = UUID(CONFIRM.unsign(token, max_age=ASKED_DAYS * A_DAY))
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    reader = get_object_or_404(Subscriber, pk=pk)
    if request.method == "POST":
        actions.confirm(reader.pk, at=timezone.now())
        return _see_other(request.path)
    done = reader.confirmed_at is not None and reader.bounced_at is None
    return render(request, "content/newsletter_confirm.html", {"done": done})


leave = way_out(
    read=lambda token: UUID(LEAVE.unsign(token)),
    stop=actions.leave,
    gone=lambda pk: not Subscriber.objects.filter(pk=pk).exists(),
    template="content/newsletter_leave.html",
)


def _see_other(where: str) -> HttpResponseBase:
    answer = redirect(where)
    answer.status_code = 303
    return answer
