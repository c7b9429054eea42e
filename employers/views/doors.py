"""What every page of an employer's member shares: who may enter, and how a refusal is answered."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.access import RoleRequest, View, role_required
from employers.actions.moves import own_employer
from employers.models import Posting, Workplace
from employers.states import NotThere, Refused

SENTENCES = {
    "in_review": _("An editor is reading the posting. Take it back first if you want to change it."),
    "withdrawn": _("The posting has been taken away. Make a new one instead."),
    "nothing_new": _("Nothing has changed since it was published."),
    "missing": _("Some answers are missing. They are listed below."),
    "wording": _("There is something in the text to look at first."),
    "changed_words": _("The text has changed meanwhile. Here is how it is now."),
    "cannot_keep": _("This cannot be kept. Rewrite the sentence or take it away."),
    "state": _("The posting has changed meanwhile. Here is how it is now."),
    "too_far": _("Choose a day within half a year."),
    "over": _("The last day has passed. Choose a new last day and send the posting again."),
    "answered": _("The question already has an answer."),
    "not_manager": _("Only those who are responsible for your organisation here can change its members."),
    "yourself": _("You cannot end your own role. Ask another who is responsible."),
    "has_role": _("This account acts for an employer already. To act for another one, ask it to invite you, or use another address."),
}


def employer_page(view: Callable[..., HttpResponseBase]) -> View:
    """Only for employers' members. Not theirs and not there are one answer; a refused move is told where they came from.

    A page that keeps what was typed takes `overtaken`: when somebody else has saved meanwhile ("changed"), or an editor has begun
    to read ("in_review"), it runs once more with True, saves nothing, and shows what is held now beside what was sent.
    """

    again = _or_overtaken(view) if "overtaken" in signature(view).parameters else view

    @role_required("employer")
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return again(request, *args, **kwargs)
        except NotThere:
            raise Http404 from None
        except Refused as refusal:
            messages.warning(request, SENTENCES[refusal.code])
            return see_other("employer_posting", kwargs["pk"]) if "pk" in kwargs else see_other("employer_home")

    return answered


def _or_overtaken(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    def twice(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            if refusal.code not in {"changed", "in_review"}:
                raise
            if refusal.code == "in_review":
                messages.warning(request, SENTENCES[refusal.code])
        return view(request, *args, **kwargs, overtaken=True)

    return twice


def employer_id(request: RoleRequest) -> UUID:
    """The employer that the member acts for."""
    return own_employer(request.role)


def see_other(name: str, *args: Any) -> HttpResponseBase:
    """The answer to a POST: look there now."""
    answer = redirect(name, *args)
    answer.status_code = 303
    return answer


def own_posting(request: RoleRequest, pk: UUID) -> Posting:
    """One of the member's own postings, with all that a page shows. Raises NotThere."""
    found = Posting.objects.of(employer_id(request)).select_related("supervisor", "employer", "occupation").filter(pk=pk)
    posting = found.first()
    if posting is None:
        raise NotThere
    return posting


def own_workplace(request: RoleRequest, pk: UUID) -> Workplace:
    workplace = Workplace.objects.of(employer_id(request)).select_related("place", "employer").filter(pk=pk).first()
    if workplace is None:
        raise NotThere
    return workplace
