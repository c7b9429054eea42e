"""What keeps a posting going: a later last day, a copy of it, "still open" by the link of a letter, and its numbers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from accounts.access import RoleRequest, anyone
from employers import actions
from employers.forms import ExtendForm
from employers.queries.lasting import asked_by
from employers.queries.numbers import numbers_of
from employers.states import Refused
from employers.views.doors import employer_page, own_posting, see_other
from taxonomy.forms import posted


@employer_page
def extend(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """A new last day, or none; an expired posting opens again with it."""
    posting = own_posting(request, pk)
    form = ExtendForm(posted(request), initial={"last_day": posting.last_day if not posting.status.is_over(timezone.localdate()) else None})
    if request.method == "POST" and form.is_valid():
        actions.extend(pk, form.cleaned_data["last_day"], by=request.role, at=timezone.now())
        messages.success(request, gettext("Thank you. The posting is open."))
        return see_other("employer_posting", pk)
    return render(request, "employers/extend.html", {"posting": posting, "form": form})


@employer_page
def copy(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One page that says what is copied, with one button; then the first step of the new draft."""
    posting = own_posting(request, pk)
    if request.method == "POST":
        made = actions.copy_posting(pk, by=request.role, at=timezone.now())
        messages.success(request, gettext("Here is the copy. Change what is different this time."))
        return see_other("posting_check", made.pk)
    return render(request, "employers/confirm.html", {"posting": posting, "move": "copy"})


@anyone
def still_valid(request: HttpRequest, link: str) -> HttpResponseBase:
    """The link of the letter. Opening it does nothing, a mail scanner may; its one button says that the posting is still open."""
    asked = asked_by(link, at=timezone.now())
    if asked is None:
        return render(request, "employers/still_valid.html", {"gone": True}, status=410)
    waits = asked.waits
    if request.method == "POST" and waits:
        try:
            actions.still_valid(asked.posting.pk, by=asked.by, at=timezone.now())
        except Refused:  # closed by a colleague in this very moment
            return render(request, "employers/still_valid.html", {"gone": True}, status=410)
        waits = False
    return render(request, "employers/still_valid.html", {"posting": asked.posting, "waits": waits})


@employer_page
def numbers(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """What has become of one posting, in numbers that are of nobody."""
    posting = own_posting(request, pk)
    return render(request, "employers/numbers.html", {"posting": posting, "numbers": numbers_of(posting, at=timezone.now())})
