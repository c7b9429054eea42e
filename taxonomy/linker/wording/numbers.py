"""What is not words: person numbers, telephone numbers, addresses of mail and web, and a name beside a number. Nothing is kept of them."""

import re
from collections.abc import Callable, Iterator

from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.no import fodselsnummer
from stdnum.se import personnummer

Places = Iterator[tuple[int, int]]
_DIGITS = re.compile(r"(?<![\w.,-])\+?\d[\d \u00a0\u202f()./–-]{5,22}\d(?![\w-])")
_BORN = re.compile(r"(?<!\d)(?:\d{8}|\d{6})(?:[-+ ]?\d{4,5})(?!\d)")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_AT = r"[(\[](?:snabel-?a|at|krøllalfa|alfakrøll)[)\]]"
_MAIL_IN_WORDS = re.compile(rf"(?<!\w)[\w.-]{{2,40}} ?{_AT} ?[\w-]{{2,40}}\.[a-z]{{2,6}}(?!\w)", re.IGNORECASE)
_WEB = re.compile(r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"”»]{3,200}", re.IGNORECASE)
_NORWEGIAN = re.compile(r"[2-9]\d(?:[ \u00a0]\d{2}){3}|[2-9]\d{2}[ \u00a0]\d{2}[ \u00a0]\d{3}|[2-9]\d{7}")
_NAME = re.compile(r"(?<![\w.])[A-ZÅÄÖÆØ][a-zåäöæøé]{1,20}(?:-[A-ZÅÄÖÆØ][a-zåäöæøé]{1,20})? [A-ZÅÄÖÆØ][a-zåäöæøé]{1,24}(?!\w)")
_OTHER = re.compile(
    r"\b(?:(?:order|artikel|vare|varu|serie|org|konto|ref|ean|saks?|ärende|post|kunde?)[\w-]*(?:nummer|numret|nr|number)|siffror|siffer|digits)"
    r"[\s.,:#=–(-]*(?:(?:är|er|is|till exempel|t\.? ?ex|for eksempel|f\.? ?eks|for example|e\.g)\b[\s.,:]*)?$",
    re.IGNORECASE,
)  # right before a number that is not one to call: with other words between, it is one
_DATE = re.compile(r"(?:19|20)\d{2}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])\b")
SWEDISH_LENGTHS, BESIDE = range(8, 12), 40  # digits of a Swedish number; letters between a name and a number


def person_numbers(text: str) -> Places:
    """Swedish and Norwegian ones whose check digits are right."""
    for hit in _BORN.finditer(text):
        if _is_right(personnummer.validate, hit.group().replace(" ", "-")) or _is_right(fodselsnummer.validate, hit.group()):
            yield hit.span()


def _is_right(validate: Callable[[str], str], written: str) -> bool:
    try:
        validate(written)
    except (WrongNumber, ValueError):
        return False
    return True


def phones(text: str) -> Places:
    """Numbers that one can call in Sweden or Norway; pay, years, dates and hours are not."""
    born = list(person_numbers(text))
    for hit in _DIGITS.finditer(text):
        named = _OTHER.search(text, max(0, hit.start() - 60), hit.start())
        if not named and _can_be_called(hit.group()) and not any(start < hit.end() and hit.start() < end for start, end in born):
            yield hit.span()


def _can_be_called(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if written.startswith("+") or digits.startswith(("0046", "0047")):
        return len(digits) >= SWEDISH_LENGTHS[0]
    if digits.startswith("0"):
        return len(digits) in SWEDISH_LENGTHS and not _DATE.match(written) and "." not in written
    return bool(_NORWEGIAN.fullmatch(written))


def mails(text: str) -> Places:
    if "@" in text:
        yield from (hit.span() for hit in _MAIL.finditer(text))
    if "(" in text or "[" in text:
        yield from (hit.span() for hit in _MAIL_IN_WORDS.finditer(text))


def webs(text: str) -> Places:
    yield from (hit.span() for hit in _WEB.finditer(text))


def named_phones(text: str) -> Places:
    """Somebody's name close to a telephone number, whichever stands first."""
    names = [hit.span() for hit in _NAME.finditer(text)] if any(sign.isdigit() for sign in text) else []
    at = 0
    for start, end in phones(text) if names else ():
        while at < len(names) and names[at][1] < start - BESIDE:
            at += 1
        if at < len(names) and names[at][0] <= end + BESIDE:
            yield min(names[at][0], start), max(names[at][1], end)


def lone_phones(text: str) -> Places:
    """Numbers without a name beside them."""
    named = list(named_phones(text))
    yield from (span for span in phones(text) if not any(start <= span[0] < end for start, end in named))


FINDERS: dict[str, Callable[[str], Places]] = {
    "person number": person_numbers,
    "phone": lone_phones,
    "mail": mails,
    "web": webs,
    "named phone": named_phones,
}
