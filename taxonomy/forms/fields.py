"""The fields that forms of every app are made of. Each takes what people really type, and answers what is wrong with a sentence."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from taxonomy.forms.text import has_personal_number, latin_digits, plain

INPUT = {"class": "ds-input"}
SELECT = {"class": "ds-input", "data-width": "auto"}
LONGEST_NUMBER = 9  # digits; more is never meant
LONGEST_ADDRESS = 254
FEWEST_DIGITS = 5  # of a phone number
TWO_YEARS = 730  # days
_PHONE = re.compile(r"\+?[\d ()./-]{5,29}")


class Uncut(forms.CharField):
    """Without maxlength in the browser: a pasted text would be cut there without a word."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class Words(Uncut):
    """A line, or with `rows` a text, in somebody's own words. Personal numbers are refused: no text of ours keeps one.

    `asks` is the sentence for a field that is empty. Signs without a letter or digit among them say nothing, unless `signs_alone`
    lets them: 🌻 is a fine answer to what one likes, and none to what one does at work.
    """

    def __init__(self, *, rows: int = 0, asks: Any = None, signs_alone: bool = False, attrs: Any = None, **kwargs: Any) -> None:
        self.lines, self.signs_alone = bool(rows), signs_alone
        self.wordless: Any = _("Write it with letters")
        given = {**INPUT, **(attrs or {})}
        widget = forms.Textarea(attrs={**given, "rows": str(rows)}) if rows else forms.TextInput(attrs=given)
        longest = _("Write at most %(limit_value)d characters. Now there are %(show_value)d.")
        kwargs["error_messages"] = {
            "required": asks or _("Write something here"),
            "max_length": longest,
            **kwargs.get("error_messages", {}),
        }
        super().__init__(strip=False, widget=widget, **kwargs)
        self.widget.attrs.pop("cols", None)  # a text is as wide as its column

    def to_python(self, value: Any) -> str:
        return plain(str(super().to_python(value) or ""), lines=self.lines)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not self.says_something(value):
            raise ValidationError(self.wordless, code="required")
        self.refuse_personal_number(value)

    def says_something(self, value: str) -> bool:
        return self.signs_alone or any(sign.isalnum() for sign in value)

    def refuse_personal_number(self, value: str) -> None:
        if has_personal_number(value):
            raise ValidationError(_("Do not write personal numbers here. Take away the number and send again."), code="personal_number")


class Name(Words):
    """A name as its owner writes it, in any script; it needs a letter."""

    def __init__(self, *, asks: Any, **kwargs: Any) -> None:
        super().__init__(asks=asks, max_length=255, **kwargs)
        self.wordless = asks

    def says_something(self, value: str) -> bool:
        return any(unicodedata.category(sign).startswith("L") for sign in value)


class Code(Words):
    """A number or a code, whole as it is typed. What it is, and whether it is right, its form finds out."""

    def refuse_personal_number(self, value: str) -> None:
        """It may look like one and be none."""


class Number(forms.IntegerField):
    """A whole number in the digits of any script. Signs, decimals and exponents are answered with a sentence."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        self.wrong = _("Write a whole number with digits, for example 10")
        kwargs["error_messages"] = {"required": self.wrong, **kwargs.get("error_messages", {})}
        kwargs.setdefault("widget", forms.TextInput(attrs={**INPUT, "inputmode": "numeric", "size": "6", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        typed = plain(str(value if value is not None else ""))
        if not typed:
            return None
        if not typed.isdecimal():
            raise ValidationError(self.wrong, code="invalid")
        if len(typed) > LONGEST_NUMBER or not self.least <= int(typed) <= self.most:
            span = {"least": self.least, "most": self.most}
            raise ValidationError(_("Write a number from %(least)s to %(most)s"), code="span", params=span)
        return int(typed)


class Day(forms.DateField):
    """A day from `first` to `last`, counted in days from today. `outside` is the sentence for any other."""

    def __init__(self, *, first: int = 0, last: int = TWO_YEARS, outside: Any = None, **kwargs: Any) -> None:
        self.first, self.last = first, last
        self.outside = outside or _("Choose a day from today to two years ahead")
        wrong = _("Write the day as year-month-day, for example 2027-02-01")
        widget = forms.DateInput(attrs={**INPUT, "type": "date", "data-width": "auto"}, format="%Y-%m-%d")
        super().__init__(input_formats=["%Y-%m-%d"], widget=widget, error_messages={"invalid": wrong, "required": wrong}, **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        today = localdate()
        if value is not None and not today + timedelta(self.first) <= value <= today + timedelta(self.last):
            raise ValidationError(self.outside, code="outside")


class Phone(Uncut):
    """A phone number with the signs that people write between its digits. `own`: the reader's, which the browser may fill in."""

    def __init__(self, *, own: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Phone"))
        attrs = {**INPUT, "type": "tel", **({"autocomplete": "tel"} if own else {})}
        self.wrong = _("Write the phone number with digits, for example 070-174 06 05")
        super().__init__(error_messages={"required": _("Write a phone number")}, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        typed = latin_digits(plain(str(super().to_python(value) or "")))
        if typed and not (_PHONE.fullmatch(typed) and sum(sign.isdecimal() for sign in typed) >= FEWEST_DIGITS):
            raise ValidationError(self.wrong, code="invalid")
        return typed


class Email(Uncut, forms.EmailField):
    """An e-mail address. `own`: the reader's, which the browser may fill in."""

    def __init__(self, *, own: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("E-mail"))
        wrong = _("Write the whole address, for example anna@example.org")
        super().__init__(
            max_length=LONGEST_ADDRESS,
            error_messages={"required": _("Write an e-mail address"), "invalid": wrong, "max_length": wrong},
            widget=forms.EmailInput(attrs={**INPUT, **({"autocomplete": "email"} if own else {})}),
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return plain(str(super().to_python(value) or ""))


def one_of(label: Any, choices: Any, *, asks: Any = None, **kwargs: Any) -> forms.TypedChoiceField:
    """One answer of a few, nothing chosen beforehand. `asks` is the sentence when none of them is chosen."""
    return _choice(label, choices, asks, forms.RadioSelect(attrs=INPUT), **kwargs)


def picked(label: Any, choices: Any, *, asks: Any = None, **kwargs: Any) -> forms.TypedChoiceField:
    """One of a longer list."""
    return _choice(label, choices, asks, forms.Select(attrs=SELECT), **kwargs)


def _choice(label: Any, choices: Any, asks: Any, widget: forms.Widget, **kwargs: Any) -> forms.TypedChoiceField:
    messages = dict.fromkeys(("required", "invalid_choice"), asks or _("Choose one of the answers"))
    kwargs.setdefault("coerce", str)
    return forms.TypedChoiceField(label=label, choices=choices, widget=widget, error_messages=messages, **kwargs)


def some_of(label: Any, choices: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    """Any number of a few."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=INPUT),
        error_messages={"invalid_choice": _("Choose among the answers")},
        **kwargs,
    )


def tick(label: Any, *, asks: Any = None, **kwargs: Any) -> forms.BooleanField:
    """One box. With `asks` it has to be ticked, and that is the sentence when it is not."""
    messages = {"required": asks} if asks else None
    return forms.BooleanField(
        label=label, required=asks is not None, widget=forms.CheckboxInput(attrs=INPUT), error_messages=messages, **kwargs
    )
