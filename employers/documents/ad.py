"""The one shape of an ad, and the small readers that every format uses. What is odd becomes a line in `problems`, never an error."""

import html
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import nh3

LONGEST_TITLE, LONGEST_TEXT, MOST_PLACES = 120, 6000, 50
FULL_WEEK = {"SE": 40, "NO": 37}  # hours; Norway's 37.5 rounded down
_BREAKS = re.compile(r"<\s*(?:br|/p|/li|/h\d|/div|/ul|/ol)\b[^>]*>", re.IGNORECASE)
_ITEMS = re.compile(r"<\s*li\b[^>]*>", re.IGNORECASE)
_REACHES_SOMEBODY = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|(?:\+\d{1,3}|\b0)[\d /()-]{6,}\d")
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_WORDS_OF = {
    "sv": frozenset(["och", "att", "som", "för", "är", "med", "till", "på", "vi", "av"]),
    "nb": frozenset(["og", "å", "som", "for", "er", "med", "til", "på", "vi", "av", "ikke"]),
    "en": frozenset(["and", "to", "that", "for", "is", "with", "the", "of", "we", "you"]),
}


class Unreadable(Exception):  # noqa: N818 (it says what the ad is)
    """Too little to make a posting of. The message is a sentence for the person who imports."""


@dataclass(frozen=True)
class Ad:
    """An ad without its contact persons. Empty means that the source does not say."""

    source: str
    source_id: str
    country: str
    language: str
    title: str
    text: str
    employer: str
    number: str  # the employer's number as the source writes it
    employer_key: str  # the source's own name for the employer
    workplace: str = ""
    street: str = ""
    postal_code: str = ""
    town: str = ""
    municipality: str = ""
    municipality_code: str = ""
    kind: str = "job"
    occupation: str = ""
    isco: str = ""  # as many digits as are sure
    related: tuple[str, ...] = ()  # other names that the source gives the occupation
    esco_uri: str = ""
    occupation_codes: tuple[str, ...] = ()  # the source's own for the occupation
    codes: tuple[tuple[str, str, str], ...] = ()  # (kind, the source's own code, the code that both use)
    skills: tuple[tuple[str, str], ...] = ()  # (words, "must" or "good")
    languages: tuple[tuple[str, str], ...] = ()  # the same
    hours_min: int | None = None
    hours_max: int | None = None
    times: tuple[str, ...] = ()
    starts_on: date | None = None
    places: int | None = None
    last_day: date | None = None
    licences: tuple[str, ...] = ()
    pay: str = ""
    taken_down: bool = False
    problems: tuple[str, ...] = ()


def words(value: Any, longest: int = 200) -> str:
    """Any value as one line."""
    if value is None or isinstance(value, (dict, list, bool)):
        return ""
    return " ".join(str(value).split())[:longest]


def inside(raw: Any, *names: str) -> Any:
    """The value at the end of a path of names, or None."""
    for name in names:
        raw = raw.get(name) if isinstance(raw, dict) else None
    return raw


def rows(raw: Any, *names: str) -> list[dict[str, Any]]:
    found = inside(raw, *names)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def number(value: Any, most: int) -> int | None:
    text = words(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and 0 < int(text) <= most else None


def day(value: Any) -> date | None:
    """The date at the beginning of an ISO time."""
    try:
        return date.fromisoformat(words(value)[:10])
    except ValueError:
        return None


def plain_text(value: Any, *, names: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    """HTML or text as paragraphs without markup and without the sentences that lead to a person, and what was done to it."""
    raw = str(value or "")
    marked = _ITEMS.sub("\n• ", _BREAKS.sub("\n", raw)) if "<" in raw else raw
    bare = html.unescape(nh3.clean(marked, tags=set())).replace("\u200b", "")
    lines = [_without_people(" ".join(line.split()), names) for line in bare.splitlines()]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    problems = [f"the text is cut at {LONGEST_TEXT} characters"] if len(text) > LONGEST_TEXT else []
    return text[:LONGEST_TEXT].rstrip(), problems


def _without_people(line: str, names: tuple[str, ...]) -> str:
    kept = [part for part in _SENTENCES.split(line) if not _REACHES_SOMEBODY.search(part) and not any(name in part for name in names)]
    return " ".join(kept)


def title_of(value: Any) -> str:
    title = words(value, 400)
    return title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE].rsplit(" ", 1)[0]


def language_of(text: str, *, likely: str) -> str:
    """The language with the most small words of its own; the country's when nothing speaks for another."""
    read = re.findall(r"\w+", text.lower())
    counted = {code: sum(word in small for word in read) for code, small in _WORDS_OF.items()}
    best = max(counted, key=lambda code: (counted[code], code == likely))
    return best if counted[best] > 1.5 * counted[likely] else likely


def week(percent_min: Any, percent_max: Any, country: str) -> tuple[int | None, int | None]:
    """Hours a week from a share of full time."""
    shares = [float(text) for value in (percent_min, percent_max) if re.fullmatch(r"\d{1,3}(\.\d+)?", text := words(value))]
    hours = [max(1, round(share / 100 * FULL_WEEK[country])) for share in shares if 0 < share <= 100]  # noqa: PLR2004 (percent)
    return (min(hours), max(hours)) if hours else (None, None)
