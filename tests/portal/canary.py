"""The canary: one person with unmistakable words, and the sweep that looks for them."""

import json
from typing import Any

from django.test import Client

from accounts.models import Membership

NAME, LAST, PHONE, MAIL, NOTE = "Kanarieelin", "Fågelqvist", "070-174 06 77", "kanarie@example.org", "gömd anteckning om kanarien"
NEED, NEED_LABEL = "sens.quiet", "Kanariebehov tystnad"
PERSONAL = (NAME, LAST, PHONE, MAIL, NOTE)
NEEDS = (NEED_LABEL, f"{NEED}:")
EVERYTHING = (*PERSONAL, *NEEDS)
# Every need of the catalogue stands there for everyone and says nothing of a person: the filters of the public list (that address alone),
# and the editors' pages of helper schemes.
PUBLIC_LIST, SCHEMES = "/sv/postings/", "/cms/snippets/placements/scheme/"


def browser(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def swept(client: Client, paths: list[str], forbidden: tuple[str, ...]) -> list[tuple[str, str]]:
    """Every forbidden word that stands in a body, a header or an address."""
    return [hit for path in paths for hit in hits(client.get(path), path, forbidden)]


def hits(answer: Any, path: str, forbidden: tuple[str, ...]) -> list[tuple[str, str]]:
    """The forbidden words in one answer, whatever its status and its kind."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    whole = body.decode(errors="replace") + json.dumps(dict(answer.headers)) + path
    words = [word for word in forbidden if not (path == PUBLIC_LIST or path.startswith(SCHEMES)) or word not in {NEED, *NEEDS}]
    return [(path, word) for word in words if word in whole or json.dumps(word)[1:-1] in whole]


def found_in(kept: dict[str, Any], forbidden: tuple[str, ...] = EVERYTHING) -> list[tuple[str, str]]:
    """The same for what a machine keeps: `kept` names each place and holds its text or bytes."""
    return [(place, word) for place, content in kept.items() for word in forbidden if _holds(content, word)]


def _holds(content: Any, word: str) -> bool:
    if isinstance(content, bytes):
        return word.encode() in content or json.dumps(word)[1:-1].encode() in content
    return word in str(content) or json.dumps(word)[1:-1] in str(content)
