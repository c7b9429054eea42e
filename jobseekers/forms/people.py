"""What advisors and coordinators write: enrolment, notes, stages, transfers, exceptions. And the code and the settings of a person."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleKind
from jobseekers.forms.fields import INPUT, SELECT, DayField, NameField, NumberField, PlainField
from jobseekers.models import Stage

LETTERS_IN = [("sv", "Svenska"), ("nb", "Norsk bokmål"), ("en", "English")]  # each in its own words, as in the footer


class PhoneField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        wrong = _("Write the number with digits, for example 070-174 06 05")
        super().__init__(
            max_length=30,
            required=False,
            validators=[RegexValidator(r"^\+?[\d ()/-]{5,30}$", wrong)],
            error_messages={"max_length": wrong},
            widget=forms.TextInput(attrs={**INPUT, "type": "tel"}),
            **kwargs,
        )
        self.widget.attrs.pop("maxlength", None)


class EnrolForm(forms.Form):
    first_name = NameField(label=_("First name"), asks=_("Write the first name"))
    last_name = NameField(label=_("Last name"), asks=_("Write the last name, or leave it empty"), required=False)
    email = forms.EmailField(
        label=_("E-mail, if the person has one"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs=INPUT),
        error_messages=dict.fromkeys(("invalid", "required", "max_length"), _("Write an e-mail address, for example name@example.org")),
    )
    phone = PhoneField(label=_("Phone"))
    language = forms.ChoiceField(label=_("Letters in"), choices=LETTERS_IN, widget=forms.Select(attrs=SELECT))


class StaffForm(forms.Form):
    """One more in the team."""

    first_name = NameField(label=_("First name"), asks=_("Write the first name"))
    last_name = NameField(label=_("Last name"), asks=_("Write the last name, or leave it empty"), required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs=INPUT),
        error_messages=dict.fromkeys(("invalid", "required", "max_length"), _("Write an e-mail address, for example name@example.org")),
    )
    kind = forms.ChoiceField(
        label=_("Role"),
        choices=[(kind.value, kind.label) for kind in (RoleKind.ADVISOR, RoleKind.COORDINATOR)],
        widget=forms.RadioSelect(attrs=INPUT),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the answers")),
    )


class JoinForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Ten letters and digits. Spaces and small letters do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={**INPUT, "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages=dict.fromkeys(("required", "max_length"), _("Write the code you have got")),
    )


class NoteForm(forms.Form):
    words = PlainField(
        label=_("Your note"), max_length=4000, lines=True, required=False, widget=forms.Textarea(attrs={**INPUT, "rows": "4", "cols": "20"})
    )


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices, widget=forms.Select(attrs=SELECT))


class SettingsForm(forms.Form):
    language = forms.ChoiceField(label=_("Letters in"), choices=LETTERS_IN, widget=forms.Select(attrs=SELECT))
    phone = PhoneField(label=_("Phone"))


class TransferForm(forms.Form):
    to = forms.TypedChoiceField(
        label=_("To whom?"),
        coerce=int,
        widget=forms.RadioSelect(attrs=INPUT),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the advisors")),
    )
    handover = PlainField(
        label=_("What does the new advisor need to know?"),
        help_text=_("It is sealed, and only the new advisor can read it. Write nothing that the person would not want to be written."),
        max_length=2000,
        lines=True,
        required=False,
        widget=forms.Textarea(attrs={**INPUT, "rows": "4", "cols": "20"}),
    )

    def __init__(self, *args: Any, advisors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = advisors  # type: ignore[attr-defined]


class OverrideForm(forms.Form):
    advisor_id = forms.TypedChoiceField(
        label=_("Advisor"),
        coerce=int,
        widget=forms.Select(attrs=SELECT),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the advisors")),
    )
    extra = NumberField(
        label=_("How many more people?"),
        least=1,
        most=10,
        error_messages={"required": _("Write a whole number with digits, for example 10")},
    )
    reason = PlainField(label=_("Why?"), max_length=200, asks=_("Write the reason in one line"))
    until = DayField(label=_("Until which day?"))

    def __init__(self, *args: Any, advisors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["advisor_id"].choices = advisors  # type: ignore[attr-defined]
