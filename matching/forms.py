"""What advisors, jobseekers and employers write about a suggestion or an introduction, checked."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.models import QuestionCode
from jobseekers.models import BehalfReason, Channel
from matching.actions import Behalf
from matching.models import DismissReason, StopReason
from matching.models.introductions import DeclineReason, EndReason
from taxonomy.forms import Day, Words, one_of, picked, tick
from taxonomy.linker import private_words

LONGEST_ANSWER, LONGEST_WAIT = 60, 180  # days


class CheckedForm(forms.Form):
    """A form whose words are read once more before they go on: what speaks of health, family, belief or origin is pointed out.

    The words may still be right, so whoever wrote them can keep them: by a box that only then is there.
    """

    checked: ClassVar[tuple[str, ...]] = ("words",)
    keep = tick(_("I have read it again. It tells and asks about nothing private."))
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
    words = Words(label=_("What the person will read from you"), max_length=1000, rows=4, signs_alone=True, required=False)
    answer_by = Day(label=_("Answer by"), first=1, last=LONGEST_ANSWER, outside=_("Choose a day from tomorrow and at most 60 days ahead"))


class DismissForm(CheckedForm):
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
    code = one_of(_("What do you want to ask?"), [pair for pair in QuestionCode.choices if pair[0] != QuestionCode.TEXT])
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


class AnswerForm(CheckedForm):
    checked = ("proposal",)
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
    """A message of the jobseeker, whose own words about themselves are theirs to choose."""

    words = Words(label=_("Message"), max_length=2000, rows=3, signs_alone=True)


class CheckedMessageForm(CheckedForm, MessageForm):
    """A message of the employer or of the advisor."""


class BehalfForm(forms.Form):
    """The advisor answers for the person: how they spoke, and why the person did not answer themselves. Nothing is chosen beforehand."""

    channel = one_of(_("How did the person tell you?"), Channel.choices)
    why = one_of(_("Why do you answer for the person?"), BehalfReason.choices)

    @property
    def behalf(self) -> Behalf:
        return Behalf(**self.cleaned_data)


class CloseForm(forms.Form):
    """Why the advisor closes a contact. The two parties are told that it has ended, not why."""

    reason = one_of(_("Why does it end?"), EndReason.choices)


class StopForm(CheckedForm):
    """Why the engine is stopped: every advisor reads it."""

    reason = one_of(_("Why should it rest?"), StopReason.choices)
    words = Words(label=_("What advisors should know, in one line"), max_length=200, required=False)
