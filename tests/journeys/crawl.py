"""Follows the links of the site as one role would, page by page, and says what is wrong with the words and the frame of each."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import product
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.urls import ResolverMatch, resolve
from django.utils import translation

INSTANCES = 4  # of each pattern: a list's first row may lack a link that another row has
TOLD_APART = {"step", "name", "move"}  # parts of an address that make another page; ids, numbers and groups of needs do not
VALUES_TOLD_APART = {"tab", "decision", "choice"}
LEFTOVER = re.compile(r"\{%|%\}|\{\{|\}\}|\{#|#\}|%\(\w+\)[sd]|\bNone\b")
WORDY = {"title", "alt", "aria-label", "placeholder"}
SOURCE = "en"  # what is not translated is this
SILENT = {"script", "style"}


class Document(HTMLParser):
    """What a page says and where it leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lang, self.title, self.headings = "", "", 0
        self.links: list[str] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self._form: tuple[str, list[list[tuple[str, str]]]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.lang = given.get("lang", "")
        self.headings += tag == "h1"
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        self.texts += [given[name] for name in WORDY & set(given)]
        if tag in SILENT | {"title"}:
            self._open.append(tag)
        if tag == "form" and given.get("method", "get").lower() == "get":
            self._form = (given.get("action", ""), [])
        elif self._form and tag == "input" and given.get("name"):
            self._answer(given)

    def _answer(self, given: dict[str, str]) -> None:
        """A form that asks leads somewhere too: to one page for each of its radio buttons."""
        assert self._form is not None
        groups, kind = self._form[1], given.get("type", "text")
        pair = (given["name"], given.get("value", ""))
        if kind == "radio":
            group = next((one for one in groups if one[0][0] == pair[0]), None)
            if group is None:
                groups.append([pair])
            else:
                group.append(pair)
        elif kind not in {"checkbox", "submit"}:
            groups.append([pair])

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        if tag == "form" and self._form:
            action, groups = self._form
            self.links += [f"{action}?{urlencode(chosen)}" for chosen in product(*groups)]
            self._form = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title":
            self.title += data
        if not set(self._open) & SILENT and data.strip():
            self.texts.append(" ".join(data.split()))


@dataclass
class Place:
    """One kind of page: the first address of its kind, what it holds, what is wrong on any of them, and whether it is a page at all."""

    path: str
    html: str = ""
    wrong: list[str] = field(default_factory=list)
    is_page: bool = True


@dataclass
class Walk:
    """Everything that one role reached."""

    places: dict[str, Place] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def wrong(self) -> list[str]:
        return [sentence for place in self.places.values() for sentence in place.wrong]


def matched(path: str) -> ResolverMatch:
    """What an address leads to. Django only knows those of the language that is spoken now."""
    with translation.override(path.split("/")[1]):
        return resolve(urlsplit(path).path)


def pattern(path: str) -> str:
    """The kind of page that an address leads to, as a short name that a file may carry."""
    url, match = urlsplit(path), matched(path)
    parts = [match.url_name or "", *(str(value) for name, value in match.captured_kwargs.items() if name in TOLD_APART)]
    section, _, rest = str(match.captured_kwargs.get("path", "")).partition("/")  # of a page that an editor wrote
    parts += [section, *(["page"] if rest else [])] if section else []
    query = {f"{name}={value}" if name in VALUES_TOLD_APART else name for name, value in parse_qsl(url.query, keep_blank_values=True)}
    return "_".join([*parts, *sorted(query)])


@cache
def untranslated(language: str) -> frozenset[str]:
    """Sentences of the source that are something else in this language: on its pages they have no place."""
    if language == SOURCE:
        return frozenset()
    with (settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as handle:
        catalogue = read_po(handle)
    pairs = ((one.id, one.string) for one in catalogue if isinstance(one.id, str))
    return frozenset(" ".join(text.split()) for text, said in pairs if " " in text and said and said != text and "%(" not in text)


def faults(document: Document, language: str) -> list[str]:
    """What can be told from the HTML alone."""
    wrong = []
    if document.lang != language:
        wrong.append(f"its language is {document.lang or 'not said'}")
    if document.headings != 1:
        wrong.append(f"{document.headings} headings of the first order")
    title = " ".join(document.title.split())
    if not re.search(r"\w.* – Ingång$", title):
        wrong.append(f"its title is {title!r}")
    wrong += [f"left over: {text[:80]!r}" for text in document.texts if LEFTOVER.search(text)]
    wrong += [f"not translated: {text!r}" for text in document.texts if text in untranslated(language)]
    return wrong


def walk(client: Client, starts: list[str], language: str) -> Walk:
    """Every kind of page that links lead to from where one starts, within the language."""
    found, counted, queue, asked = Walk(), Counter[str](), deque((start, "") for start in starts), set(starts)
    while queue:
        path, linked_from = queue.popleft()
        counted[pattern(path)] += 1
        if counted[pattern(path)] > INSTANCES:
            continue
        for link in _visit(client, path, linked_from, language, found):
            if link not in asked:
                asked.add(link)
                queue.append((link, path))
    return found


def _visit(client: Client, path: str, linked_from: str, language: str, found: Walk) -> list[str]:
    """Ask for one address, note what is there, and return where it leads."""
    answer = client.get(path, follow=True)
    steps = [path, *(urljoin(path, where) for where, _ in answer.redirect_chain)]
    found.names |= {matched(step).url_name or "" for step in steps}
    place = found.places.setdefault(pattern(steps[-1]), Place(steps[-1]))
    if answer.status_code >= 400:
        place.wrong.append(f"{steps[-1]} answers {answer.status_code}; the link is on {linked_from or 'no page'}")
        return []
    if not answer.headers["Content-Type"].startswith("text/html") or "attachment" in answer.headers.get("Content-Disposition", ""):
        place.is_page = False
        return []
    place.html = place.html or answer.content.decode()
    document = Document(answer.content.decode())
    place.wrong += [f"{steps[-1]}: {sentence}" for sentence in faults(document, language)]
    return [link for link in (_ours(steps[-1], one, language) for one in document.links) if link]


def _ours(page: str, link: str, language: str) -> str:
    """The link as an address of the site in the same language, or nothing."""
    path = urljoin(page, link).partition("#")[0]
    if urlsplit(link).scheme or not path.startswith(f"/{language}/"):
        return ""
    return path
