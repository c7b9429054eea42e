"""What of a request are words worth keeping, for which page, and whose they are (docs/decisions/drafts.md)."""

from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, QueryDict, UnreadablePostError
from django.urls import Resolver404, resolve
from django.utils.crypto import salted_hmac

ACCOUNT = "/account/"
SALT = "portal.keeping.writer"
LONGEST_ANSWER = 20_000  # signs of one answer that is worth keeping of a form that was too big
OTHER_FORMS = ("choice", "decision")  # parameters that make another form of a page
LONGEST_DAY = 24 * 60 * 60  # seconds that the cookie is believed
# Names that never stand for words: buttons and hidden fields, which decide or say what was read; promises; secrets; what
# the page promises not to keep. tests/portal/test_draft_forms.py reads the templates and knows when one is missing here.
NEVER = frozenset(
    {
        *("csrfmiddlewaretoken", "code", "q"),
        *(
            "action_add",
            "add",
            "answer",
            "asking",
            "call_off",
            "decide",
            "done",
            "comes",
            "drop",
            "find",
            "leave",
            "look",
            "membership",
            "no",
            "party",
            "record",
            "remove",
            "send",
            "take",
            "use",
            "welcome",
        ),
        *("asked_with", "card", "choice", "invitation", "next", "reason", "seen", "sort", "version"),
        *("hide", "keep", "own_words", "pick", "right", "share_reason", "suits", "yes"),
    }
)


def words_of(given: QueryDict) -> dict[str, list[str]]:
    """The fields of a form that somebody wrote or chose, by name. Empty when every one of them is blank."""
    kept = {name: [str(value) for value in values] for name, values in given.lists() if name not in NEVER and "password" not in name}
    return kept if any(value.strip() for values in kept.values() for value in values) else {}


def beginning_of(request: HttpRequest) -> QueryDict:
    """The whole answers at the beginning of a form that was too big to be read, but for those that are themselves too long."""
    given, most = QueryDict(mutable=True), settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if request.content_type != "application/x-www-form-urlencoded":
        return given
    try:
        read = request.read(most).decode(errors="replace")
    except UnreadablePostError:
        return given
    parts = read.split("&")[: settings.DATA_UPLOAD_MAX_NUMBER_FIELDS]
    for part in parts[:-1]:  # the last may have been cut
        for name, value in parse_qsl(part):
            if len(value) < LONGEST_ANSWER:
                given.appendlist(name, value)
    return given


def named_page(request: HttpRequest) -> str:
    """Path and query of the page that a request comes from, as htmx or the browser names it. Empty when that is not ours."""
    named = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    parts = _parts(named)
    if parts.netloc != request.get_host():
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def page_of(request: HttpRequest) -> str:
    """The page that holds the form. The address that the form was sent to may be one that cannot be looked at."""
    named = named_page(request)
    return named if keeps(named) else request.get_full_path()


def keeps(url: str) -> bool:
    """Whether the words of a page may be kept: a page of ours that asks for sign-in, and none of the account's own."""
    if place_of(url).startswith(ACCOUNT):
        return False
    try:
        return getattr(resolve(_parts(url).path).func, "roles", ("anyone",)) != ("anyone",)
    except Resolver404:
        return False


def place_of(url: str) -> str:
    """The path of a page without its language and its query."""
    path = _parts(url).path
    language, _, rest = path.removeprefix("/").partition("/")
    return f"/{rest}" if language in dict(settings.LANGUAGES) else path


def key_of(url: str) -> str:
    """What the words of a page are kept under: its place, and what of its query makes another form of it."""
    given = [(name, value) for name, value in parse_qsl(_parts(url).query) if name in OTHER_FORMS]
    return f"{place_of(url)}?{urlencode(sorted(given))}" if given else place_of(url)


def _parts(url: str) -> SplitResult:
    """An address that nobody's browser would send is no address."""
    try:
        return urlsplit(url if url.isascii() and url.isprintable() else "")
    except ValueError:
        return urlsplit("")


def writer_of(request: HttpRequest) -> int | None:
    """Whose words a request brings: the signed-in account's, or the last one's that was signed in at this browser."""
    if request.user.is_authenticated:
        return request.user.pk
    kept = request.get_signed_cookie(settings.WRITER_COOKIE_NAME, default=None, salt=SALT, max_age=LONGEST_DAY)
    return int(kept) if kept else None


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser say later who was signed in, once an hour. The cookie opens nothing: it only names who gets the words."""
    known = request.get_signed_cookie(settings.WRITER_COOKIE_NAME, default=None, salt=SALT, max_age=LONGEST_DAY // 24)
    if known != str(request.user.pk):
        name, secure = settings.WRITER_COOKIE_NAME, settings.SESSION_COOKIE_SECURE
        response.set_signed_cookie(name, str(request.user.pk), salt=SALT, httponly=True, samesite="Lax", secure=secure)


def mark_of(user_id: int | None) -> str:
    """A page carries this of the account it was made for, so that words from a page left open never become another's."""
    return salted_hmac("portal.keeping.mark", str(user_id)).hexdigest()[:32] if user_id else ""
