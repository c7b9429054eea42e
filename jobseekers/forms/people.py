"""What advisors and coordinators write: enrolment, notes, stages, transfers, exceptions. And the code and the settings of a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Colours, RoleKind, TextSize
from jobseekers.models import Stage
from taxonomy.forms import Code, Day, Email, HeldForm, Name, Number, Phone, Words, one_of, picked

LETTERS_IN = [("sv", "Svenska"), ("nb", "Norsk bokmål"), ("en", "English")]  # each in its own words, as in the footer
WHICH_ADVISOR = _("Choose one of the advisors")


class EnrolForm(forms.Form):
    first_name = Name(label=_("First name"), asks=_("Write the first name"))
    last_name = Name(label=_("Last name"), asks=_("Write the last name, or leave it empty"), required=False)
    email = Email(label=_("E-mail, if the person has one"), required=False)
    phone = Phone(required=False)
    language = picked(_("Letters in"), LETTERS_IN)


class StaffForm(forms.Form):
    """One more in the team."""

    first_name = Name(label=_("First name"), asks=_("Write the first name"))
    last_name = Name(label=_("Last name"), asks=_("Write the last name, or leave it empty"), required=False)
    email = Email()
    kind = one_of(_("Role"), [(kind.value, kind.label) for kind in (RoleKind.ADVISOR, RoleKind.COORDINATOR)])


class CallForm(forms.Form):
    """Name and number, and nothing else: who asks to be called tells nothing about health, work or benefits."""

    name = Name(label=_("Your name"), asks=_("Write your name"))
    phone = Phone(own=True)
    team = picked(_("Which office is nearest to you?"), (), asks=_("Choose an office"))
    language = picked(_("Which language shall we speak?"), [*LETTERS_IN, ("other", _("Another language, with an interpreter"))])

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", _("Choose")), *teams]  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    code = Code(
        label=_("Your code"),
        help_text=_("Ten letters and digits. Spaces and small letters do not matter."),
        max_length=40,
        attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
        asks=_("Write the code you have got"),
        error_messages={"max_length": _("Write the code you have got")},
    )


class NoteForm(HeldForm):
    words = Words(label=_("Your note"), max_length=4000, rows=4, signs_alone=True, required=False)


class StageForm(forms.Form):
    stage = picked(_("Stage"), Stage.choices)


class SettingsForm(HeldForm):
    language = picked(_("Letters in"), LETTERS_IN)
    phone = Phone(own=True, required=False)
    colours = one_of(_("Colours"), Colours.choices, required=False)
    text_size = one_of(_("Size of the text"), TextSize.choices, required=False)

    @property
    def values(self) -> dict[str, str]:
        """What the action saves: a choice that was not sent stays as it is."""
        return {name: value for name, value in self.cleaned_data.items() if value or name == "phone"}


class TransferForm(forms.Form):
    to = one_of(_("To whom?"), (), coerce=int, asks=WHICH_ADVISOR)
    handover = Words(
        label=_("What does the new advisor need to know?"),
        help_text=_("It is sealed, and only the new advisor can read it. Write nothing that the person would not want to be written."),
        max_length=2000,
        rows=4,
        signs_alone=True,
        required=False,
    )

    def __init__(self, *args: Any, advisors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = advisors  # type: ignore[attr-defined]


class OverrideForm(forms.Form):
    advisor_id = picked(_("Advisor"), (), coerce=int, asks=WHICH_ADVISOR)
    extra = Number(label=_("How many more people?"), least=1, most=10)
    grounds = Words(label=_("Why?"), max_length=200, asks=_("Write the reason in one line"))
    until = Day(label=_("Until which day?"))

    def __init__(self, *args: Any, advisors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["advisor_id"].choices = advisors  # type: ignore[attr-defined]
