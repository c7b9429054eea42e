"""What advisors, jobseekers and employers write about a suggestion or an introduction, checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.models import QuestionCode
from matching.models import DismissReason
from matching.models.introductions import DeclineReason
from taxonomy.forms import Day, Words, one_of, picked, tick

LONGEST_ANSWER, LONGEST_WAIT = 60, 180  # days


class ApproveForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    words = Words(label=_("What the person will read from you"), max_length=1000, rows=4, signs_alone=True, required=False)
    answer_by = Day(label=_("Answer by"), first=1, last=LONGEST_ANSWER, outside=_("Choose a day from tomorrow and at most 60 days ahead"))


class DismissForm(forms.Form):
    reason = one_of(_("Why does it not suit?"), DismissReason.choices)
    words = Words(label=_("Other reason, in one line"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reason") == DismissReason.OTHER and not data.get("words", "") and "words" not in self.errors:
            self.add_error("words", _("Write the reason in one line"))
        return data


class WaitForm(forms.Form):
    until = Day(label=_("Wait until"), first=1, last=LONGEST_WAIT, outside=_("Choose a day from tomorrow and at most six months ahead"))


class AskForm(forms.Form):
    code = one_of(_("What do you want to ask?"), QuestionCode.choices)
    need = picked(_("About what?"), (), required=False)

    def __init__(self, *args: Any, needs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [("", _("Nothing in particular")), *needs]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("code") in {QuestionCode.ARRANGE, QuestionCode.TAKES} and not data.get("need"):
            self.add_error("need", _("Choose what the question is about"))
        return data


class InterestForm(forms.Form):
    words = Words(label=_("One line to your advisor, if you want"), max_length=200, signs_alone=True, required=False)


class AnswerForm(forms.Form):
    choice = forms.ChoiceField(widget=forms.HiddenInput, choices=[("meet", ""), ("talk", ""), ("decline", "")])
    proposal = Words(label=_("When could you meet?"), max_length=500, rows=3, required=False)
    reason = one_of(_("Why not this time?"), DeclineReason.choices, required=False)
    share_reason = tick(_("The person may know the reason"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("choice") == "decline" and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Choose one of the answers"))
        if data.get("choice") == "meet" and not data.get("proposal", "") and "proposal" not in self.errors:
            self.add_error("proposal", _("Write one or more times, for example Tuesday at 13"))
        return data


class MessageForm(forms.Form):
    words = Words(label=_("Message"), max_length=2000, rows=3, signs_alone=True)
