"""What becomes of typed text before it is kept: composed letters, no hidden signs; and whether a personal number stands in it."""

import re
import unicodedata

from stdnum import luhn

HIDDEN_SIGNS = {"Cc", "Cf", "Co", "Cs"}
JOINERS = "\u200c\u200d"  # zero-width, but part of how Persian words and family emoji are written
LATIN_ENDS = 0x24F
MOBILE = 10  # digits

# Swedish: six or eight digits of the day of birth and four more. Norwegian: six and five.
_SWEDISH = re.compile(r"(?<!\d)(?:(?:\d{2})?(\d{6})|\d{2}(\d{2})-(\d{2})-(\d{2}))[-+ ]?\d{4}(?!\d)")
_NORWEGIAN = re.compile(r"(?<!\d)(\d{6})[- ]?\d{5}(?!\d)")
_MONTHS, _DAYS = 12, 31
_COORDINATION, _D_NUMBER, _TEST_SERIES = 60, 40, (0, 40, 65, 80)  # what is added to day or month in numbers of other kinds


def plain(text: str, *, lines: bool = False) -> str:
    """Letters composed (NFC), signs that cannot be seen taken away, spaces single and none at the ends. `lines` keeps line breaks."""
    kept, before = [], " "
    for sign in unicodedata.normalize("NFC", text.replace("\r\n", "\n")):
        joins = sign in JOINERS and ord(before) > LATIN_ENDS
        if sign.isspace():
            kept.append(sign if lines and sign == "\n" else " ")
        elif joins or unicodedata.category(sign) not in HIDDEN_SIGNS:
            kept.append(sign)
        before = sign
    text = re.sub(r" {2,}", " ", "".join(kept)).strip()
    return re.sub(r"\n{3,}", "\n\n", text).strip(JOINERS)


def latin_digits(text: str) -> str:
    """The digits of any script as 0 to 9; every other sign as it is."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def has_personal_number(text: str) -> bool:
    """Whether a Swedish or Norwegian personal number stands in a text, right or wrong in its check digits: also coordination
    numbers, D-numbers and the series for tests. The day and month must be possible, or every long number would be one."""
    digits = unicodedata.normalize("NFKC", text)
    for found in _SWEDISH.finditer(digits):
        born = found.group(1) or "".join(found.group(2, 3, 4))
        if _possible(int(born[2:4]), int(born[4:6]), _COORDINATION) and not _is_mobile(found.group()):
            return True
    return any(
        _possible(int(born[2:4]) - added, int(born[:2]), _D_NUMBER)
        for born in (found.group(1) for found in _NORWEGIAN.finditer(digits))
        for added in _TEST_SERIES
    )


def _is_mobile(found: str) -> bool:
    """Ten digits that begin like a Swedish mobile number and fail the check that every real personal number passes."""
    return len(found) == MOBILE and found.isdecimal() and found.startswith("07") and not luhn.is_valid(latin_digits(found))


def _possible(month: int, day: int, added: int) -> bool:
    return 1 <= month <= _MONTHS and (1 <= day <= _DAYS or 1 <= day - added <= _DAYS)
