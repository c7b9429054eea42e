"""How a refused step becomes a page: the same 404 for "not there" and "not yours", and a 409 that says what happened."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from jobseekers.states import NotThere as ProfileNotThere
from matching.states import NotThere, Refused

WRITTEN = ("words", "proposal")  # what somebody has typed is given back on the page that says no


def sentence(code: str) -> str:
    sentences = {
        "changed": gettext("The card or the posting has changed since you read it. Read it again, then answer."),
        "decided": gettext("This has already been answered. Read what is true now."),
        "closed": gettext("This is closed. Nothing more is needed."),
        "lapsed": gettext("The time to answer ran out. Nothing was shown."),
        "reminded": gettext("The employer has had a reminder within a day. Call instead."),
        "channel": gettext("Say how the person told you and why you answer for them."),
        "paused": gettext("The person has paused and gets no suggestions until they start again."),
        "refused": gettext("This employer has read the person's card for this posting and said no. That stands."),
        "conflict": gettext("You are a member of this employer yourself. Ask your coordinator to let a colleague help the person."),
        "pace": gettext("You have approved more than ten times within a minute. Wait a minute, and read each before you approve it."),
    }
    return sentences.get(code, gettext("Somebody has changed this. Read the new version."))


def answered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Turns NotThere into 404 and Refused into 409, after the action has rolled back. What was typed stands on the page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (NotThere, ProfileNotThere):
            raise Http404 from None
        except Refused as refused:
            written = [words for name in WRITTEN if (words := request.POST.get(name, "").strip())]
            context = {"sentence": sentence(refused.code), "back": request.get_full_path(), "written": written}
            return render(request, "409.html", context, status=409)

    return guarded
