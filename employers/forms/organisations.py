"""The employer, who acts for it, its workplaces and supervisors."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.no import orgnr as norwegian
from stdnum.se import orgnr as swedish

from outbox.letters import phone_of
from taxonomy.forms import INPUT, AsksPlace, Code, Email, HeldForm, Name, Number, Phone, PlaceField, Words, one_of, plain, tick

COUNTRIES = [("SE", _("Sweden")), ("NO", _("Norway"))]
WRONG = _("The number is not right. Check the digits: ten in Sweden, nine in Norway.")
USUAL_AT_ONCE, MOST_AT_ONCE = 2, 20  # placements at one workplace
FULL_LENGTH = 12  # digits of a Swedish number with its century, 16 for organisations


def organisation_number(typed: str, country: str) -> str:
    """The digits of a right organisation number. Spaces, hyphens and the Swedish prefix 16 may be there.

    Raises ValidationError; a Swedish number whose third digit is 0 or 1 is a person's own (months end at 12), which we never store.
    """
    digits = plain(typed).translate(str.maketrans("", "", " -.–\u00a0\u202f"))
    if not (digits.isascii() and digits.isdecimal()):
        raise ValidationError(WRONG)
    if country == "NO":
        return _checked(norwegian, digits)
    if len(digits) == FULL_LENGTH and digits.startswith("16"):
        digits = digits[2:]
    ten = digits[2:] if len(digits) == FULL_LENGTH and digits[:2] in {"19", "20"} else digits
    number = _checked(swedish, ten)
    if number[2] in "01":
        raise ValidationError(
            _("This is a personal number. Do you run a business in your own name? Call us at %(phone)s and we help you."),
            params={"phone": phone_of(get_language())},
        )
    if ten != digits:
        raise ValidationError(WRONG)
    return number


def _checked(register: Any, digits: str) -> str:
    try:
        return str(register.validate(digits))
    except WrongNumber:
        raise ValidationError(WRONG) from None


class EmployerForm(forms.Form):
    """Page 1 of joining."""

    country = one_of(_("In which country is the organisation registered?"), COUNTRIES)
    number = Code(label=_("Organisation number"), max_length=40, asks=WRONG, help_text=_("Ten digits in Sweden, nine in Norway"))
    name = Words(label=_("Name of the organisation"), max_length=200, asks=_("Write the name of the organisation"))
    street = Words(label=_("Street address"), max_length=120, required=False)
    city = Words(label=_("Town"), max_length=80, asks=_("Write the town"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("number") and data.get("country"):
            try:
                data["number"] = organisation_number(data["number"], data["country"])
            except ValidationError as error:
                self.add_error("number", error)
        return data


class PersonForm(forms.Form):
    """Page 2 of joining: who you are and that you may."""

    first_name = Name(label=_("First name"), asks=_("Write your first name"))
    last_name = Name(label=_("Last name"), asks=_("Write the last name, or leave it empty"), required=False)
    phone = Phone(own=True)
    right = tick(
        _("I may act for the organisation"), asks=_("Tick the box if you may act for the organisation. Otherwise ask somebody who may.")
    )


class WorkplaceForm(AsksPlace, HeldForm):
    name = Words(label=pgettext_lazy("of a workplace", "Name"), max_length=120, asks=_("Write what you call the workplace"))
    street = Words(label=_("Street address"), max_length=120, required=False)
    postal_code = forms.RegexField(
        r"^\d{3} ?\d{2}$|^\d{4}$",
        label=_("Postal code"),
        required=False,
        error_messages={"invalid": _("Write five digits in Sweden, four in Norway")},
        widget=forms.TextInput(attrs={**INPUT, "inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    place = PlaceField(label=_("Town"), asks=_("Write the town"))
    directions = Words(
        label=_("How to get there"),
        max_length=600,
        rows=3,
        required=False,
        help_text=_("Bus stop, which door, where to ask. What a visitor needs to know."),
    )
    description = Words(label=_("What it is like at the workplace"), max_length=1200, rows=5, required=False)
    most_at_once = Number(
        label=_("Placements at the same time, at most"),
        least=1,
        most=MOST_AT_ONCE,
        required=False,
        initial=USUAL_AT_ONCE,
        help_text=_(
            "So that everyone gets a supervisor with time for them, and nobody does the work of somebody you should have employed."
        ),
    )

    def clean_most_at_once(self) -> int:
        """Left empty, it stays as it is."""
        return int(self.cleaned_data["most_at_once"] or self.get_initial_for_field(self.fields["most_at_once"], "most_at_once"))


class SupervisorForm(HeldForm):
    name = Words(label=pgettext_lazy("of a person", "Name"), max_length=120, asks=_("Write the supervisor's name"))
    title = Words(label=_("Role at work"), max_length=80, required=False)
    hours_per_week = Number(
        label=_("Hours a week for supervising"), least=1, most=40, required=False, help_text=_("Time that is set aside for one person")
    )


class MemberForm(forms.Form):
    email = Email(help_text=_("They get a letter, and act for you when they have said yes."))
