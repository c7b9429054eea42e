"""What people tell, checked: sentences that a person can act on, at the field, and nothing lost."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobseekers.states import CHANNELS, LEVELS
from taxonomy.models import Place
from taxonomy.queries import places_like

TEXT, SELECT = {"class": "ds-input"}, {"class": "ds-input", "data-width": "auto"}
# A Swedish personal number (10 or 12 digits) or a Norwegian one (11): never to be written here.
PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:(?:19|20)?\d{2}[01]\d[0-7]\d[-+ ]?\d{4}|[0-7]\d[0-9]\d\d{2}[ ]?\d{5})(?!\d)")
LONGEST_NUMBER = 9  # digits
LONGEST_WAIT = timedelta(days=730)
TIMES = [("day", _("Day")), ("evening", _("Evening")), ("night", _("Night")), ("weekend", _("Weekend"))]
KINDS = [
    ("trial", pgettext_lazy("kind of posting", "Trial placement")),
    ("job", pgettext_lazy("kind of posting", "Job")),
    ("apprenticeship", pgettext_lazy("kind of posting", "Apprenticeship")),
    ("activity", pgettext_lazy("kind of posting", "Open activity")),
]
LANGUAGES = [
    *(("sv", _("Swedish")), ("nb", _("Norwegian Bokmål")), ("en", _("English")), ("ar", _("Arabic")), ("so", _("Somali"))),
    *(("fa", _("Persian")), ("ti", _("Tigrinya")), ("uk", _("Ukrainian")), ("es", _("Spanish")), ("pl", _("Polish")), ("fi", _("Finnish"))),
]
LICENCES = [("B", _("Driving licence B")), ("C", _("Driving licence C")), ("truck", _("Forklift licence")), ("hygiene", _("Food hygiene"))]


def plain(text: str) -> str:
    """Composed letters, no control signs but line breaks, no zero-width signs, no spaces around."""
    composed = unicodedata.normalize("NFC", text)
    kept = (c for c in composed if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cn", "Cs"})
    return "".join(kept).strip()


class PlainField(forms.CharField):
    """Text of a person, without signs that cannot be seen and without personal numbers."""

    def __init__(self, *, asks: Any = None, **kwargs: Any) -> None:
        self.asks = asks or _("Write something here")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return plain(str(super().to_python(value) or ""))

    def validate(self, value: Any) -> None:
        if self.required and not any(c.isalnum() for c in value):
            raise ValidationError(self.asks)
        if PERSONAL_NUMBER.search(value):
            raise ValidationError(_("Do not write personal numbers here. Take away the number and send again."))


class NumberField(forms.IntegerField):
    """A whole number in digits; decimals, signs and other numerals are answered with a sentence."""

    default_error_messages = {"invalid": _("Write a whole number with digits, for example 10")}

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        self.span = (least, most)
        super().__init__(**kwargs)
        self.widget = forms.TextInput(attrs={**TEXT, "inputmode": "numeric", "size": "6"})

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not self.span[0] <= value <= self.span[1]:
            raise ValidationError(_("Write a number from %(least)s to %(most)s") % {"least": self.span[0], "most": self.span[1]})


class PlaceField(forms.CharField):
    """A typed place becomes a row of our own table."""

    def to_python(self, value: Any) -> Any:
        typed = plain(str(value or ""))[:80]
        if not typed:
            return None
        found = places_like(typed, most=1)
        if not found:
            raise ValidationError(_("We do not know that place. Try a larger town nearby."))
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        return Place.objects.filter(pk=value).values_list("name", flat=True).first() if isinstance(value, int) else value


class BlockForm(forms.Form):
    """One block of the profile. An advisor says through which channel the person asked."""

    def __init__(self, *args: Any, on_behalf: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if on_behalf:
            self.fields["channel"] = channel_field()


def channel_field() -> forms.ChoiceField:
    words = {"phone": _("By phone"), "meeting": _("In a meeting"), "letter": _("By letter")}
    return forms.ChoiceField(
        label=_("How did the person tell you?"),
        choices=[(code, words[code]) for code in CHANNELS],
        widget=forms.RadioSelect(attrs=TEXT),
        error_messages={"required": _("Choose one of the answers")},
    )


class PlaceForm(BlockForm):
    place = PlaceField(label=_("Where do you live?"), help_text=_("A town is enough"), required=False, widget=forms.TextInput(attrs=TEXT))
    travel_km = NumberField(label=_("How many kilometres can you travel?"), least=0, most=500, required=False)


class HoursForm(BlockForm):
    hours_now = NumberField(label=_("How many hours a week can you work now?"), least=1, most=60, required=False)
    hours_goal = NumberField(
        label=_("How many hours can it become?"), help_text=_("Leave empty if you do not know"), least=1, most=60, required=False
    )
    times = forms.MultipleChoiceField(
        label=_("Which times suit you?"), choices=TIMES, required=False, widget=forms.CheckboxSelectMultiple(attrs=TEXT)
    )
    available_from = forms.DateField(
        label=_("From which day?"),
        required=False,
        widget=forms.DateInput(attrs={**TEXT, "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, for example 2027-02-01")},
    )

    def clean_available_from(self) -> date | None:
        day: date | None = self.cleaned_data["available_from"]
        if day and not localdate() - LONGEST_WAIT < day < localdate() + LONGEST_WAIT:
            raise ValidationError(_("Choose a day within two years"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        now, goal = data.get("hours_now"), data.get("hours_goal")
        if now and goal and goal < now:
            self.add_error("hours_goal", _("The later hours are fewer than the hours now. Change one of them."))
        return data


class LanguagesForm(BlockForm):
    """One select per language; empty means none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        held = {one["code"]: one["level"] for one in kwargs.pop("initial", {}).get("languages", [])}
        super().__init__(*args, **kwargs)
        levels = [("", _("Not at all")), *((level, level) for level in LEVELS if level)]
        for code, name in LANGUAGES:
            field = forms.ChoiceField(
                label=name, choices=levels, required=False, widget=forms.Select(attrs=SELECT), initial=held.get(code, "")
            )
            self.fields[f"language_{code}"] = field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [(code, data.get(f"language_{code}")) for code, _name in LANGUAGES]
        return {**data, "languages": [{"code": code, "level": level} for code, level in chosen if level]}


class LicencesForm(BlockForm):
    licences = forms.MultipleChoiceField(
        label=_("Which of these do you have?"), choices=LICENCES, required=False, widget=forms.CheckboxSelectMultiple(attrs=TEXT)
    )


class KindsForm(BlockForm):
    kinds = forms.MultipleChoiceField(
        label=_("What are you looking for?"),
        help_text=_("Choose none if all are fine"),
        choices=KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=TEXT),
    )


class WordsForm(BlockForm):
    words = PlainField(
        label=_("Tell with your own words what you like and can"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={**TEXT, "rows": "5"}),
        help_text=_("The employer can read this if you say yes to a card. Write nothing about your health."),
        error_messages={"max_length": _("Write at most %(limit_value)d characters. Now there are %(show_value)d.")},
    )


BLOCK_FORMS: dict[str, type[BlockForm]] = {
    "place": PlaceForm,
    "hours": HoursForm,
    "languages": LanguagesForm,
    "licences": LicencesForm,
    "kinds": KindsForm,
    "words": WordsForm,
}


class EnrolForm(forms.Form):
    first_name = PlainField(label=_("First name"), max_length=255, asks=_("Write the first name"), widget=forms.TextInput(attrs=TEXT))
    last_name = PlainField(label=_("Last name"), max_length=255, required=False, widget=forms.TextInput(attrs=TEXT))
    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs=TEXT),
        error_messages={
            "invalid": _("Write an e-mail address, for example name@example.org"),
            "required": _("Write an e-mail address, for example name@example.org"),
        },
    )
    phone = forms.RegexField(
        r"^\+?[\d ()-]{5,20}$",
        label=_("Phone"),
        required=False,
        widget=forms.TextInput(attrs=TEXT),
        error_messages={"invalid": _("Write the number with digits, for example 070-174 06 05")},
    )
    language = forms.ChoiceField(
        label=_("Letters in"), choices=[("sv", "Svenska"), ("nb", "Norsk bokmål"), ("en", "English")], widget=forms.Select(attrs=SELECT)
    )


class JoinForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=30,
        widget=forms.TextInput(attrs={**TEXT, "autocomplete": "off"}),
        error_messages={"required": _("Write the code you have got")},
    )


class NoteForm(forms.Form):
    words = PlainField(label=_("Your note"), max_length=4000, required=False, widget=forms.Textarea(attrs={**TEXT, "rows": "4"}))


class OverrideForm(forms.Form):
    advisor_id = forms.TypedChoiceField(label=_("Advisor"), coerce=int, widget=forms.Select(attrs=SELECT))
    extra = NumberField(label=_("How many more people?"), least=1, most=10)
    reason = PlainField(label=_("Why?"), max_length=200, asks=_("Write the reason in one line"), widget=forms.TextInput(attrs=TEXT))
    until = forms.DateField(label=_("Until which day?"), widget=forms.DateInput(attrs={**TEXT, "type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, advisors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["advisor_id"].choices = advisors  # type: ignore[attr-defined]
