"""The fields that forms of employers are made of."""

import unicodedata
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from taxonomy.models import Place
from taxonomy.queries import places_like

INPUT = {"class": "ds-input"}
SELECT = {"class": "ds-input", "data-width": "auto"}
UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs"}
LONGEST_NUMBER = 6  # digits; more is never meant
FAR_AWAY = timedelta(days=730)


def plain(text: str) -> str:
    """Composed letters, line breaks, no control or invisible signs, no spaces around."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in UNSEEN).strip()


class Words(forms.CharField):
    """A line or a text in the employer's own words. Signs without a letter or digit among them say nothing."""

    def __init__(self, *, rows: int = 0, asks: Any = None, **kwargs: Any) -> None:
        attrs = {**INPUT, "rows": str(rows)} if rows else INPUT
        kwargs.setdefault("widget", forms.Textarea(attrs=attrs) if rows else forms.TextInput(attrs=attrs))
        kwargs.setdefault(
            "error_messages",
            {
                "required": asks or _("Write something here"),
                "max_length": _("Write at most %(limit_value)d characters. Now there are %(show_value)d."),
            },
        )
        super().__init__(strip=False, **kwargs)
        self.widget.attrs.pop("cols", None)  # a text is as wide as its column

    def to_python(self, value: Any) -> str:
        return plain(str(super().to_python(value) or ""))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not any(sign.isalnum() for sign in value):
            raise ValidationError(_("Write it with letters"))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength in the browser: a pasted text would be cut there without a word."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class Number(forms.IntegerField):
    """A whole number in plain digits. Signs, decimals, exponents and other numerals are answered with a sentence."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)
        self.widget = forms.TextInput(attrs={**INPUT, "inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:
        typed = plain(str(value if value is not None else ""))
        if not typed:
            return None
        if not (typed.isascii() and typed.isdecimal()):
            raise ValidationError(_("Write a whole number with digits, for example 10"))
        if len(typed) > LONGEST_NUMBER or not self.least <= int(typed) <= self.most:
            raise ValidationError(_("Write a number from %(least)s to %(most)s"), params={"least": self.least, "most": self.most})
        return int(typed)


class Day(forms.DateField):
    """A day from today to two years ahead."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(attrs={**INPUT, "type": "date", "data-width": "auto"}, format="%Y-%m-%d"),
            error_messages={"invalid": _("Write the day as year-month-day, for example 2027-02-01")},
            **kwargs,
        )

    def validate(self, value: Any) -> None:
        super().validate(value)
        today = localdate()
        if value and not today <= value <= today + FAR_AWAY:
            raise ValidationError(_("Choose a day from today to two years ahead"))


class PlaceField(Words):
    """A typed town becomes a row of our own table of places."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        if not typed:
            return None
        found = places_like(typed, most=1)
        if not found:
            raise ValidationError(_("We do not know that place. Try a larger town nearby."))
        return found[0]

    def run_validators(self, value: Any) -> None:
        """The length belongs to what was typed, not to the place that it became."""

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"])

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Place) else value


def one_of(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """One answer of a few, nothing chosen beforehand."""
    kwargs.setdefault("error_messages", {"required": _("Choose one of the answers"), "invalid_choice": _("Choose one of the answers")})
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect(attrs=INPUT), **kwargs)


def some_of(label: Any, choices: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    kwargs.setdefault("error_messages", {"invalid_choice": _("Choose among the answers")})
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple(attrs=INPUT), **kwargs
    )


def picked(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """One of a longer list."""
    kwargs.setdefault("error_messages", {"invalid_choice": _("Choose one of the answers")})
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.Select(attrs=SELECT), **kwargs)


def phone_field(**kwargs: Any) -> forms.RegexField:
    kwargs.setdefault("label", _("Phone"))
    return forms.RegexField(
        r"^\+?[\d\s()/.-]{5,24}$",
        max_length=30,
        error_messages={
            "required": _("Write a phone number"),
            "invalid": _("Write the phone number with digits, for example 070-174 06 05"),
            "max_length": _("Write the phone number with digits, for example 070-174 06 05"),
        },
        widget=forms.TextInput(attrs={**INPUT, "type": "tel", "autocomplete": "tel"}),
        **kwargs,
    )


def email_field(**kwargs: Any) -> forms.EmailField:
    return forms.EmailField(
        error_messages={"required": _("Write an e-mail address"), "invalid": _("Write the whole address, for example anna@example.org")},
        widget=forms.EmailInput(attrs={**INPUT, "autocomplete": "email"}),
        **kwargs,
    )
