"""What every template may say: the site, the languages, the role."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from jobseekers import access
from outbox.letters import phone_of
from portal import bar

LANGUAGES = (("sv", "Svenska"), ("nb", "Norsk bokmål"), ("en", "English"))

SAME_EVERYWHERE = {"pk", "name"}  # what in an address does not change with the language


def site(request: HttpRequest) -> dict[str, Any]:
    path, role = request.path, getattr(request, "role", None)
    language = path.split("/")[1] if path[1:3] in dict(LANGUAGES) else ""
    rest = path[len(language) + 1 :] if language else "/"
    twins = getattr(request, "language_paths", {})  # of a page that editors write: it may not be there in every language
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return {
        "demo": settings.DEMO,
        "support_phone": phone_of(get_language()),
        "role": role,
        "helper": SimpleLazyObject(lambda: access.helper_of(by=role)) if role and role.kind == "jobseeker" else None,
        "session_bar": bar.waiting(request),
        "alternates": _alternates(request, rest) if language and not query else [],
        "language_links": [(code, name, twins.get(code, f"/{code}{rest}{query}")) for code, name in LANGUAGES],
    }


def _alternates(request: HttpRequest, rest: str) -> list[tuple[str, str]]:
    """For search engines: where the same public page is in each language. None for pages of one person, as behind a link in a letter."""
    match, written = request.resolver_match, getattr(request, "alternates", None)
    if match is None or "anyone" not in getattr(match.func, "roles", ()):
        return []
    if written is None and not match.kwargs.keys() <= SAME_EVERYWHERE:
        return []
    paths = written or {code: f"/{code}{rest}" for code, _ in LANGUAGES}
    return [(code, f"{settings.PUBLIC_URL}{path}") for code, path in paths.items()]
