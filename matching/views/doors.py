"""How a refused step becomes a page: the same 404 for "not there" and "not yours", and a 409 that says what happened."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext

from jobseekers.states import NotThere as ProfileNotThere
from matching.states import NotThere, Refused

View = Callable[..., HttpResponseBase]
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


def answering(
    sentences: Mapping[type[Exception], Callable[[str], str]],
    *,
    gone: tuple[type[Exception], ...],
    written: Callable[[QueryDict], Iterable[str]],
) -> Callable[[View], View]:
    """What turns `gone` into 404 and each refusal into 409 with its sentence, after the action has rolled back.

    `written` names the fields in which somebody has typed: their words stand on the page that says no.
    """

    def answered(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except gone:
                raise Http404 from None
            except tuple(sentences) as refused:
                words = [typed for name in written(request.POST) if (typed := request.POST.get(name, "").strip())]
                said = sentences[type(refused)](refused.code)  # type: ignore[attr-defined]
                return render(request, "409.html", {"sentence": said, "back": request.get_full_path(), "written": words}, status=409)

        return guarded

    return answered


answered = answering({Refused: sentence}, gone=(NotThere, ProfileNotThere), written=lambda _given: WRITTEN)
