"""What advisors, jobseekers and employers write about a suggestion or an introduction, checked."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from employers.models import QuestionCode
from jobseekers.models import BehalfReason, Channel
from matching.actions import Behalf
from matching.models import DismissReason
from matching.models.introductions import DeclineReason, EndReason
from taxonomy.linker import private_words

LONGEST_WAIT = timedelta(days=180)


def _input(kind: str, **attrs: str) -> dict[str, Any]:
    """The widget of one field; an area is as wide as its place, so its own width stays small."""
    if kind == "date":
        return {"widget": forms.DateInput(attrs={"class": "ds-input", "type": "date", **attrs}, format="%Y-%m-%d")}
    if kind == "area":
        return {"widget": forms.Textarea(attrs={"class": "ds-input", "cols": "20", **attrs})}
    return {"widget": forms.TextInput(attrs={"class": "ds-input", **attrs})}


def _radio(choices: Any) -> dict[str, Any]:
    return {
        "choices": choices,
        "widget": forms.RadioSelect(attrs={"class": "ds-input"}),
        "error_messages": {"required": _("Choose one of the answers")},
    }


class CheckedForm(forms.Form):
    """A form whose words are read once more before they go on: what speaks of health, family, belief or origin is pointed out.

    The words may still be right, so whoever wrote them can keep them: by a box that only then is there.
    """

    checked: ClassVar[tuple[str, ...]] = ("words",)
    keep = forms.BooleanField(
        label=_("I have read it again. It tells and asks about nothing private."),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "ds-input"}),
    )
    found_private = False

    @property
    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "keep"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in self.checked:
            found = private_words(data.get(name, ""))
            self.found_private |= bool(found)
            if found and not data.get("keep"):
                said = ", ".join(one.words for one in found[:3])
                self.add_error(
                    name, _("Never write or ask about health, family, belief or origin. Read again: %(words)s") % {"words": said}
                )
        return data


class ApproveForm(CheckedForm):
    seen = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(label=_("What the person will read from you"), max_length=1000, required=False, **_input("area", rows="4"))
    answer_by = forms.DateField(label=_("Answer by"), **_input("date"))

    def clean_answer_by(self) -> date:
        chosen: date = self.cleaned_data["answer_by"]
        if not localdate() < chosen <= localdate() + timedelta(days=60):
            raise forms.ValidationError(_("Choose a day from tomorrow and at most 60 days ahead"))
        return chosen


class DismissForm(CheckedForm):
    reason = forms.ChoiceField(label=_("Why does it not suit?"), **_radio(DismissReason.choices))
    words = forms.CharField(label=_("Other reason, in one line"), max_length=200, required=False, **_input("text"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reason") == DismissReason.OTHER and not data.get("words", "").strip():
            self.add_error("words", _("Write the reason in one line"))
        return data


class WaitForm(forms.Form):
    until = forms.DateField(label=_("Wait until"), **_input("date"))

    def clean_until(self) -> date:
        chosen: date = self.cleaned_data["until"]
        if not localdate() < chosen <= localdate() + LONGEST_WAIT:
            raise forms.ValidationError(_("Choose a day from tomorrow and at most six months ahead"))
        return chosen


class AskForm(forms.Form):
    code = forms.ChoiceField(label=_("What do you want to ask?"), **_radio(QuestionCode.choices))
    need = forms.ChoiceField(label=_("About what?"), required=False, widget=forms.Select(attrs={"class": "ds-input"}))

    def __init__(self, *args: Any, needs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [("", _("Nothing in particular")), *needs]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("code") in {QuestionCode.ARRANGE, QuestionCode.TAKES} and not data.get("need"):
            self.add_error("need", _("Choose what the question is about"))
        return data


class InterestForm(forms.Form):
    words = forms.CharField(label=_("One line to your advisor, if you want"), max_length=200, required=False, **_input("text"))


class AnswerForm(CheckedForm):
    checked = ("proposal",)
    choice = forms.ChoiceField(widget=forms.HiddenInput, choices=[("meet", ""), ("talk", ""), ("decline", "")])
    proposal = forms.CharField(label=_("When could you meet?"), max_length=500, required=False, **_input("area", rows="3"))
    reason = forms.ChoiceField(label=_("Why not this time?"), required=False, **_radio(DeclineReason.choices))
    share_reason = forms.BooleanField(
        label=_("The person may know the reason"), required=False, widget=forms.CheckboxInput(attrs={"class": "ds-input"})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("choice") == "decline" and not data.get("reason"):
            self.add_error("reason", _("Choose one of the answers"))
        if data.get("choice") == "meet" and not data.get("proposal", "").strip():
            self.add_error("proposal", _("Write one or more times, for example Tuesday at 13"))
        return data


class MessageForm(forms.Form):
    """A message of the jobseeker, whose own words about themselves are theirs to choose."""

    words = forms.CharField(label=_("Message"), max_length=2000, **_input("area", rows="3"))


class CheckedMessageForm(CheckedForm, MessageForm):
    """A message of the employer or of the advisor."""


class BehalfForm(forms.Form):
    """The advisor answers for the person: how they spoke, and why the person did not answer themselves. Nothing is chosen beforehand."""

    channel = forms.ChoiceField(label=_("How did the person tell you?"), **_radio(Channel.choices))
    why = forms.ChoiceField(label=_("Why do you answer for the person?"), **_radio(BehalfReason.choices))

    @property
    def behalf(self) -> Behalf:
        return Behalf(**self.cleaned_data)


class CloseForm(forms.Form):
    """Why the advisor closes a contact. The two parties are told that it has ended, not why."""

    reason = forms.ChoiceField(label=_("Why does it end?"), **_radio(EndReason.choices))
