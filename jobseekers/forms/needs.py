"""One group of needs as a form: an answer and what stands beside it for each, and when to look again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from jobseekers.access import GroupOfNeeds, NeedLine
from jobseekers.forms.behalf import PersonForm
from jobseekers.queries import PARAMETERS, Parameter
from jobseekers.states import REVIEW_MONTHS
from taxonomy.forms import INPUT, Held, Number, Uncut, one_of, picked, plain, some_of

MONTHS_OF_A_YEAR, SHORTEST_MONTH, LAST_HOUR = 12, 28, 24
ANSWERS = [("must", _("Has to work")), ("helps", _("Helps me")), ("none", _("Not for me"))]
AGAIN = [("m3", _("In 3 months")), ("m6", _("In 6 months")), ("no", _("Do not ask"))]


class SpanField(Uncut):
    """Two hours of the day, "8-16": kept as "8–16"."""

    def to_python(self, value: Any) -> str:
        text = plain(str(value or ""))
        found = re.fullmatch(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})", text)
        if text and (found is None or not int(found[1]) < int(found[2]) <= LAST_HOUR):
            raise ValidationError(_("Write two hours with a line between, for example 8–16"), code="invalid")
        return f"{int(found[1])}–{int(found[2])}" if found else ""


@dataclass(frozen=True)
class Question:
    """One need as the page asks it."""

    line: NeedLine
    answer: forms.BoundField
    beside: forms.BoundField | None
    unit: Any
    several: bool


class NeedsForm(PersonForm):
    """Nothing is chosen beforehand but what the person has answered; a need without an answer stays without."""

    def __init__(self, *args: Any, group: GroupOfNeeds, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", now=group.version, **kwargs)
        self.group = group
        for line in group.lines:
            self.fields[line.code] = one_of(line.label, ANSWERS, required=False, initial=line.importance or None)
            if line.asks in PARAMETERS:
                self.fields[f"{line.code}:parameter"] = _beside(PARAMETERS[line.asks], line.parameter)
        help_text = _("What is needed can change. We ask you, nothing changes by itself.")
        self.fields["again"] = one_of(_("When shall we look at the answers again?"), AGAIN, help_text=help_text, required=False)

    def questions(self) -> Iterator[Question]:
        for line in self.group.lines:
            asked = PARAMETERS.get(line.asks)
            beside = self[f"{line.code}:parameter"] if asked else None
            yield Question(line, self[line.code], beside, asked.unit if asked else "", bool(asked and asked.several))

    @property
    def answers(self) -> dict[str, tuple[str, str]]:
        """What the action saves: {code: (importance, parameter)}."""
        given = ((line.code, self.cleaned_data[line.code]) for line in self.group.lines)
        return {code: (answer, self._parameter(code)) for code, answer in given if answer}

    def review_on(self, today: date) -> date | None:
        """The day that was chosen now, or the one that stands when nothing was chosen."""
        chosen = self.cleaned_data["again"]
        if not chosen:
            return self.group.review_on
        return months_after(today, REVIEW_MONTHS[chosen]) if REVIEW_MONTHS[chosen] else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for line in self.group.lines:
            # What stands beside "not for me" is not shown, so it may not be in error either.
            if data.get(line.code) not in {"must", "helps"}:
                self.errors.pop(f"{line.code}:parameter", None)
        return data

    def held_now(self) -> list[Held]:
        """One line per need: its answer with what stands beside it; and the day to look at the group again."""
        if not self.is_valid():
            return []
        given = self.answers
        lines = (line for line in self.group.lines if _tidy(*given.get(line.code, ("", ""))) != (line.importance, line.parameter))
        held = [Held(line.label, _in_words(line), line.code) for line in lines]
        if self.review_on(localdate()) != self.group.review_on:
            held.append(Held(str(self.fields["again"].label), link="again", day=self.group.review_on))
        return held

    def _parameter(self, code: str) -> str:
        value = self.cleaned_data.get(f"{code}:parameter")
        if isinstance(value, list):
            return ",".join(value)
        return "" if value is None else str(value)


def _tidy(importance: str, parameter: str) -> tuple[str, str]:
    """What is saved: nothing stands beside a need that is not the person's."""
    return importance, "" if importance == "none" else parameter


def _in_words(line: NeedLine) -> str:
    answer = str(dict(ANSWERS).get(line.importance, ""))
    return f"{answer} ({line.beside})" if line.beside else answer


def _beside(asked: Parameter, held: str) -> forms.Field:
    help_text = _("Leave empty if you do not know")
    given: dict[str, Any] = {"label": asked.question, "required": False, "help_text": help_text, "initial": held}
    if asked.several:
        return some_of(asked.question, asked.choices, help_text=help_text, initial=[code for code in held.split(",") if code])
    if asked.choices:
        return picked(choices=[("", _("Choose")), *asked.choices], **given)
    if asked.span:
        return SpanField(widget=forms.TextInput(attrs={**INPUT, "size": "8", "autocomplete": "off"}), **given)
    return Number(least=asked.least, most=asked.most, **given)


def months_after(day: date, months: int) -> date:
    """The same day of a later month; a day that the month does not have becomes its 28th."""
    whole = day.month - 1 + months
    year, month = day.year + whole // MONTHS_OF_A_YEAR, whole % MONTHS_OF_A_YEAR + 1
    try:
        return day.replace(year=year, month=month)
    except ValueError:
        return day.replace(year=year, month=month, day=SHORTEST_MONTH)
