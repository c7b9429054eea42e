"""The bar that says two minutes before that a session is about to end; until then an element that only waits."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from accounts.access import seconds_left, session_seconds
from portal import actions, keeping

STILL = 8  # seconds in which "You are still signed in" can be read


@dataclass(frozen=True)
class Bar:
    """What the element shows, and when it asks again."""

    state: str  # "waiting", "soon", "still" or "over"
    whose: str  # the mark of the account that the page was made for
    seconds: int = 0
    listens: bool = False  # for the first sign that is typed
    written: bool = False  # something was typed in the page
    kept: bool = False
    page: str = ""

    @property
    def brings(self) -> bool:
        """Whether the next question brings the words of the page."""
        return self.written and self.state in {"waiting", "soon"}


def waiting(request: HttpRequest) -> Bar | None:
    """In a fresh page: the session has just begun anew. Nothing for visitors."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return Bar("waiting", keeping.mark_of(user.pk), _until_warning(session_seconds(request)), listens=_listens(request.path))


def asked(request: HttpRequest, *, stay: bool, at: datetime) -> Bar:
    """The answer to a page that asks. Its words are kept, also when the session is over meanwhile; those of a page that
    was made for another account than the one here now are not, and to that page the session is over."""
    page, writer, whose = keeping.named_page(request), keeping.writer_of(request), request.headers.get("Session-Of", "")
    theirs = writer is not None and whose == keeping.mark_of(writer)
    words = keeping.words_of(request.POST) if theirs and keeping.keeps(page) else {}
    kept = bool(words) and actions.keep(words, writer_id=writer or 0, path=keeping.key_of(page), at=at)
    left = seconds_left(request, at) if theirs else 0
    state = "over" if not left else "still" if stay else "soon" if left <= settings.SESSION_WARNING_SECONDS + 1 else "waiting"
    seconds = {"still": STILL, "soon": left + 1, "waiting": _until_warning(left)}.get(state, 0)
    written = "written" in request.GET or (request.method == "POST" and not stay)
    return Bar(state, whose, seconds, listens=_listens(page), written=written, kept=kept, page=page)


def _listens(page: str) -> bool:
    """Not where passwords are written, nor in the editors' admin, whose pages have no language. Whether a page is there at
    all makes no difference: that would tell what is not yours from what does not exist."""
    place = keeping.place_of(page)
    return place != page and not place.startswith(keeping.ACCOUNT)


def _until_warning(left: int) -> int:
    return max(1, left - settings.SESSION_WARNING_SECONDS)
