"""Fields that take what people really type: composed letters, no hidden signs, no personal numbers, sentences that help."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from taxonomy.models import Place
from taxonomy.queries import folded, places_like

INPUT = {"class": "ds-input"}
SELECT = {"class": "ds-input", "data-width": "auto"}
HIDDEN_SIGNS = {"Cc", "Cf", "Co", "Cs"}
JOINERS = "\u200c\u200d"  # zero-width, but part of how Persian words and family emoji are written
LATIN_ENDS = 0x24F
LONGEST_NUMBER = 9  # digits
TWO_YEARS = timedelta(days=730)
MOST_PLACES = 8

# Swedish: six or eight digits of the day of birth and four more. Norwegian: six and five.
_SWEDISH = re.compile(r"(?<!\d)(?:(?:\d{2})?(\d{6})|\d{2}(\d{2})-(\d{2})-(\d{2}))[-+ ]?\d{4}(?!\d)")
_NORWEGIAN = re.compile(r"(?<!\d)(\d{6})[- ]?\d{5}(?!\d)")
_MONTHS, _DAYS = 12, 31
_COORDINATION, _D_NUMBER, _TEST_SERIES = 60, 40, (0, 40, 65, 80)  # what is added to day or month in numbers of other kinds


def plain(text: str, *, lines: bool = False) -> str:
    """Letters composed (NFC), signs that cannot be seen taken away, spaces single and none at the ends."""
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


def has_personal_number(text: str) -> bool:
    """Whether a Swedish or Norwegian personal number stands in a text, right or wrong in its check digits: also coordination
    numbers, D-numbers and the series for tests. The day and month must be possible, or every long number would be one."""
    digits = unicodedata.normalize("NFKC", text)
    for found in _SWEDISH.finditer(digits):
        born = found.group(1) or "".join(found.group(2, 3, 4))
        if _possible(int(born[2:4]), int(born[4:6]), _COORDINATION):
            return True
    return any(
        _possible(int(born[2:4]) - added, int(born[:2]), _D_NUMBER)
        for born in (found.group(1) for found in _NORWEGIAN.finditer(digits))
        for added in _TEST_SERIES
    )


def _possible(month: int, day: int, added: int) -> bool:
    return 1 <= month <= _MONTHS and (1 <= day <= _DAYS or 1 <= day - added <= _DAYS)


class PlainField(forms.CharField):
    """Text of a person. `asks` is the sentence for a field that is empty or holds no letter."""

    def __init__(self, *, asks: Any = None, lines: bool = False, **kwargs: Any) -> None:
        self.asks, self.lines = asks or _("Write something here"), lines
        longest = _("Write at most %(limit_value)d characters. Now there are %(show_value)d.")
        kwargs["error_messages"] = {"required": self.asks, "max_length": longest, **kwargs.get("error_messages", {})}
        kwargs.setdefault("widget", forms.TextInput(attrs=INPUT))
        super().__init__(**kwargs)
        # The browser must not cut what was typed: the sentence says how long it may be.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        return plain(str(super().to_python(value) or ""), lines=self.lines)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if has_personal_number(value):
            raise ValidationError(_("Do not write personal numbers here. Take away the number and send again."), code="personal_number")


class NameField(PlainField):
    """A name as its owner writes it, in any script; it needs a letter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=255, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not any(unicodedata.category(sign).startswith("L") for sign in value):
            raise ValidationError(self.asks, code="required")


class NumberField(forms.IntegerField):
    """A whole number in the digits of any script; everything else is answered with a sentence."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        self.span = (least, most)
        kwargs.setdefault("widget", forms.TextInput(attrs={**INPUT, "inputmode": "numeric", "size": "6", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        if not (text.isdecimal() and len(text) <= LONGEST_NUMBER):
            raise ValidationError(_("Write a whole number with digits, for example 10"), code="invalid")
        return int(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not self.span[0] <= value <= self.span[1]:
            raise ValidationError(_("Write a number from %(least)s to %(most)s") % {"least": self.span[0], "most": self.span[1]})


class DayField(forms.DateField):
    """A day within two years from today; before today only if `past`."""

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        self.past = past
        kwargs.setdefault("widget", forms.DateInput(attrs={**INPUT, "type": "date"}, format="%Y-%m-%d"))
        wrong = _("Write the day as year-month-day, for example 2027-02-01")
        super().__init__(input_formats=["%Y-%m-%d"], error_messages={"invalid": wrong, "required": wrong}, **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        today = localdate()
        if value is not None and not (today - TWO_YEARS if self.past else today) <= value <= today + TWO_YEARS:
            raise ValidationError(
                _("Choose a day within two years") if self.past else _("Choose a day from today and at most two years ahead")
            )


class PlaceField(forms.CharField):
    """A typed place becomes a row of our own table. Where several have the name, it asks for the one that is meant."""

    def __init__(self, **kwargs: Any) -> None:
        self.country = ""
        self.meant: list[Place] = []  # what the person may choose among, when one must be chosen
        super().__init__(widget=forms.TextInput(attrs={**INPUT, "autocomplete": "address-level2"}), **kwargs)

    def find(self, typed: str, chosen: str) -> Place | None:
        """Raises ValidationError with `meant` filled when the typed name is not exactly one place."""
        name, *municipality = typed.split(" (", 1)  # as `place_words` writes it
        found = places_like(name, country=self.country, most=MOST_PLACES)
        named = [place for place in found if folded(typed) == folded(place_words(place) if municipality else place.name)]
        picked = [place for place in found if str(place.pk) == chosen]
        if picked or len(named) == 1:
            return (picked or named)[0]
        self.meant = named or list(found)
        if self.meant:
            raise ValidationError(_("Choose the place that you mean"), code="several")
        raise ValidationError(_("We do not know that place. Try a larger town nearby."), code="unknown")


def place_words(place: Place) -> str:
    """The name, with the municipality where the name does not say it already."""
    return place.name if not place.municipality or place.municipality in place.name else f"{place.name} ({place.municipality})"
