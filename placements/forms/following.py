"""How it goes: three questions with three answers each, and a line."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.forms import CheckedForm
from placements.models import Decision, DoTheyWork, How, ToChange, Told
from placements.scoring import Answers
from taxonomy.forms import Words, one_of, picked

QUESTIONS = (("how", How), ("works", DoTheyWork), ("change", ToChange))
LONGEST_LINE = 400


class TapsForm(forms.Form):
    """One question after the other: each page carries the answers before it. `question` is the first without one, empty at the end."""

    def __init__(self, given: Any) -> None:
        self.taken = {name: given.get(name, "") for name, choices in QUESTIONS if given.get(name) in choices.values}
        super().__init__()

    @property
    def question(self) -> str:
        return next((name for name, _choices in QUESTIONS if name not in self.taken), "")

    @property
    def number(self) -> int:
        return len(self.taken) + 1

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return next(list(choices.choices) for name, choices in QUESTIONS if name == self.question)

    @property
    def answers(self) -> Answers:
        return Answers(**self.taken)


class LineForm(forms.Form):
    """The person's line, in any words; only the advisor reads it unless they let the other side."""

    words = Words(label=_("One line, if you want"), max_length=LONGEST_LINE, rows=3, signs_alone=True, required=False)


class CheckedLineForm(CheckedForm):
    """The supervisor's line: what speaks of somebody's health is pointed out."""

    words = Words(label=_("One line, if you want"), max_length=LONGEST_LINE, rows=3, signs_alone=True, required=False)


class RecordForm(forms.Form):
    """What the advisor has heard, by phone or on a visit."""

    told = one_of(_("How did you hear it?"), Told.choices)
    how = one_of(_("How is it going at work?"), How.choices)
    works = one_of(_("Does what you agreed on work?"), DoTheyWork.choices)
    change = one_of(_("Is there something to change?"), ToChange.choices)
    words = Words(label=_("One line, if you want"), max_length=LONGEST_LINE, rows=3, required=False)

    @property
    def answers(self) -> Answers:
        return Answers(*(self.cleaned_data[name] for name, _choices in QUESTIONS))


class ReviewForm(forms.Form):
    decision = one_of(_("What comes of it?"), Decision.choices)


class IncidentForm(forms.Form):
    words = Words(label=_("What has happened, or does not work?"), max_length=1000, rows=4, asks=_("Write a few words"))


class CheckedIncidentForm(CheckedForm):
    words = Words(label=_("What has happened, or does not work?"), max_length=1000, rows=4, asks=_("Write a few words"))


class ProposalForm(forms.Form):
    """`catalogue`: adaptations by group. The person's own words are theirs."""

    code = picked(_("What would help?"), (), asks=_("Choose an adaptation"))
    how = Words(label=_("How could it be done here?"), max_length=200, rows=2, required=False)

    def __init__(self, *args: Any, catalogue: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", _("Choose an adaptation")), *catalogue]  # type: ignore[attr-defined]


class CheckedProposalForm(ProposalForm, CheckedForm):
    """Of others: what speaks of somebody's health is pointed out."""

    checked: ClassVar[tuple[str, ...]] = ("how",)


class FollowUpForm(forms.Form):
    then = Words(label=_("What was done about it?"), max_length=1000, rows=3, asks=_("Write a few words"))
