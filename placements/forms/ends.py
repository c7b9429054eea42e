"""At the end: how it went, where the person is, and a hire."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.forms import CheckedForm
from placements.actions import Known
from placements.models import Again, Attendance, HireForm, NextStep, Reached, Source, Where
from taxonomy.forms import Day, Number, Words, one_of, some_of

MOST_HOURS = 48
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
OWN_WORDS = [(code, _("I would rather not say") if code == Where.UNKNOWN else label) for code, label in Where.choices]
LONG_AGO, AHEAD = -400, 200
NOT_LATER = _("Choose a day from the start to today")


class AssessmentForm(CheckedForm):
    """`goals` are the placement's own, in words; `adaptations` (code, label) what was agreed. `person`: their own words are theirs."""

    def __init__(self, *args: Any, goals: Sequence[str], adaptations: Sequence[tuple[str, str]], person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        if person:
            self.checked = ()  # type: ignore[misc]
        self.fields["attendance"] = one_of(_("How many of the agreed days?"), Attendance.choices)
        for number, goal in enumerate(goals):
            self.fields[f"goal{number}"] = one_of(_("Was the goal reached: %s") % goal, Reached.choices)
        if adaptations:
            self.fields["mattered"] = some_of(_("What mattered most?"), adaptations)
        self.fields["next"] = one_of(_("What should come next?"), NextStep.choices)
        self.fields["words"] = Words(label=_("In your words"), max_length=1000, rows=4, signs_alone=True, required=False)

    @property
    def told(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "attendance": data["attendance"],
            "goals": [data[f"goal{number}"] for number in range(len(self.goals))],
            "mattered": list(data.get("mattered", [])),
            "next": data["next"],
            "words": data["words"],
        }


class FeedbackForm(CheckedForm):
    again = one_of(_("Would you open your door again?"), Again.choices)
    words = Words(
        label=_("What should we do better, or the same way again?"),
        max_length=200,
        signs_alone=True,
        required=False,
        help_text=_("One line, for the advisor only."),
    )


class DisagreeForm(forms.Form):
    words = Words(label=_("What you see another way"), max_length=600, rows=3, asks=_("Write a few words"))


class CloseAssessmentForm(CheckedForm):
    words = Words(label=_("What comes now, in a few words"), max_length=600, rows=3, asks=_("Write a few words"))


class ElsewhereForm(forms.Form):
    on = Day(
        label=_("The day you got the employer's words another way"),
        first=LONG_AGO,
        last=0,
        outside=_("Choose a day from the start to today"),
    )


class OutcomeForm(forms.Form):
    """`staff`: the advisor, who says from where they know."""

    where = one_of(_("Where is the person now?"), Where.choices)
    hours = Number(label=_("Hours a week"), least=0, most=MOST_HOURS, required=False)
    same = one_of(_("At the same workplace?"), YES_NO, required=False)

    def __init__(self, *args: Any, staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if staff:
            self.fields["source"] = one_of(_("Who says so?"), Source.choices)
        else:
            self.fields["where"] = one_of(_("Where are you now?"), OWN_WORDS)

    @property
    def known(self) -> Known:
        data = self.cleaned_data
        same = {"yes": True, "no": False}.get(data["same"])
        return Known(Where(data["where"]), data["hours"], same, Source(data.get("source") or Source.PERSON))


class HiredForm(forms.Form):
    form = one_of(_("What kind of job?"), HireForm.choices)
    starts = Day(label=_("First day at work"), first=LONG_AGO, last=AHEAD, outside=_("Choose a day from a year ago to half a year ahead"))
    hours = Number(label=_("Hours a week"), least=1, most=MOST_HOURS)


class EndHireForm(forms.Form):
    on = Day(label=_("Last day at work"), first=LONG_AGO, last=0, outside=_("Choose a day from a year ago to today"))
