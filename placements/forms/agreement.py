"""The agreement as the advisor writes it: one page of questions, and one block for each adaptation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from matching.forms import CheckedForm
from placements.access import day_name
from placements.actions import Written
from placements.fields import DAYS, Agreed, Contact, Goal, Step, Terms
from placements.models import Doer, GoalKind, MeasureVersion, Payer, Safety, Version
from taxonomy.forms import TWO_YEARS, Day, Email, HeldForm, Name, Number, Phone, Words, picked, some_of, tick

GOALS, STEPS = (1, 2, 3), (1, 2)
MOST_HOURS = 48  # a week, in both countries
CHECK_INS = (2, 4, 8)  # weeks between check-ins, after the first four
LONG_AGO, FAR = -60, 2 * TWO_YEARS
A_DAY_NEAR = _("Choose a day from two months ago to four years ahead")


@dataclass(frozen=True)
class Row:
    """The fields of one adaptation, for the page."""

    code: str
    label: str
    on: forms.BoundField
    how: forms.BoundField
    who: forms.BoundField
    by: forms.BoundField
    pays: forms.BoundField


def _day(label: Any) -> Day:
    return Day(label=label, first=LONG_AGO, last=FAR, outside=A_DAY_NEAR, required=False)


def _line(label: Any, longest: int, **more: Any) -> Words:
    return Words(label=label, max_length=longest, required=False, **more)


class AgreementForm(HeldForm, CheckedForm):
    """`codes` are the adaptations that have a block of their own: what is agreed, and what the person needs.

    Nothing is required here: a draft may be saved half written, and `queries.missing` says what has to be there before anybody signs.
    """

    checked: ClassVar[tuple[str, ...]] = ("tasks", "times", "safety_words")
    not_held: ClassVar[tuple[str, ...]] = ("add",)

    longer = tick(_("The reason for a longer time holds"))
    starts = _day(_("First day"))
    ends = _day(_("Last day"))
    hours = Number(label=_("Hours a week from the first day"), least=1, most=MOST_HOURS, required=False)
    days = some_of(_("Days of the week"), lambda: [(one, day_name(one)) for one in DAYS])
    times = _line(_("Times, for example 9.00–12.20"), 60)
    tasks = _line(_("What the person does"), 1000, rows=5)
    supervisor_title = _line(_("What the supervisor works with"), 80)
    supervisor_name = Name(label=_("Supervisor"), asks=_("Write the name of the supervisor"), required=False)
    supervisor_phone = Phone(label=_("The supervisor's phone, also to call when ill"), required=False)
    supervisor_email = Email(label=_("The supervisor's e-mail"), required=False)
    safety = some_of(_("In place before the first day"), Safety.choices)
    safety_words = _line(_("More about safety, if needed"), 300, rows=2)
    emergency_name = Name(label=_("Whom to call if something happens"), asks=_("Write a name"), required=False)
    emergency_phone = Phone(label=_("Their phone"), required=False)
    check_in_weeks = picked(
        _("Check-ins after the first four weeks"),
        [(str(n), pgettext_lazy("check-ins", "Every second week") if n == CHECK_INS[0] else _("Every %d weeks") % n) for n in CHECK_INS],
        required=False,
    )
    add = picked(_("One more adaptation"), (), required=False)

    def __init__(
        self,
        *args: Any,
        measures: Sequence[MeasureVersion],
        supervisors: Sequence[Any],
        codes: dict[str, str],
        catalogue: Sequence[tuple[str, Any]],
        apprenticeship: bool = False,
        asks_age: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes, self.apprenticeship = codes, apprenticeship
        kinds = [("", _("Choose")), *((one.measure_type_id, one.name) for one in measures)]
        at_work = [("", _("Somebody else")), *((str(one.pk), one.name) for one in supervisors)]
        self.fields["measure"] = picked(_("Kind of placement"), kinds, required=False)
        self.fields["supervisor"] = picked(_("Supervisor at the workplace"), at_work, required=False)
        self.fields["add"].choices = [("", _("Choose an adaptation")), *catalogue]  # type: ignore[attr-defined]
        for number in GOALS:
            self.fields[f"goal{number}"] = picked(_("Goal %d") % number, [("", _("None")), *GoalKind.choices], required=False)
            self.fields[f"goal{number}_words"] = _line(_("Goal %d in the person's words") % number, 200, signs_alone=True)
        for number in STEPS:
            self.fields[f"step{number}_on"] = _day(_("Change %d of the hours, from") % number)
            self.fields[f"step{number}_hours"] = Number(label=_("Hours a week then"), least=1, most=MOST_HOURS, required=False)
        if asks_age:
            self.fields["born"] = Day(label=_("Date of birth"), first=-100 * 366, last=0, required=False)
        if apprenticeship:
            self._ask_for_the_school()
        for code, label in codes.items():
            self._ask_for(code, label)

    def _ask_for_the_school(self) -> None:
        self.fields["other_name"] = Name(label=_("Contact at the school or the county"), asks=_("Write a name"), required=False)
        self.fields["other_title"] = _line(_("School or county"), 120)
        self.fields["other_phone"] = Phone(label=_("Their phone"), required=False)
        self.fields["other_email"] = Email(label=_("Their e-mail"), required=False)

    def _ask_for(self, code: str, label: str) -> None:
        self.fields[f"a-{code}"] = tick(label)
        self.fields[f"a-{code}-how"] = _line(_("How it is done here"), 200)
        self.fields[f"a-{code}-who"] = picked(_("Who sees to it"), [("", _("Choose")), *Doer.choices], required=False)
        self.fields[f"a-{code}-by"] = _day(_("In place by"))
        self.fields[f"a-{code}-pays"] = picked(_("Who pays"), [("", _("Choose")), *Payer.choices], required=False)

    @property
    def rows(self) -> Iterator[Row]:
        for code, label in self.codes.items():
            parts = (self[f"a-{code}{part}"] for part in ("", "-how", "-who", "-by", "-pays"))
            yield Row(code, label, *parts)

    @property
    def goals(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"goal{number}"], self[f"goal{number}_words"]) for number in GOALS]

    @property
    def steps(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"step{number}_on"], self[f"step{number}_hours"]) for number in STEPS]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("starts"), data.get("ends")
        if first and last and last < first:
            self.add_error("ends", _("The last day comes before the first day."))
        for code in self.codes:
            if data.get(f"a-{code}") and not data.get(f"a-{code}-who"):
                self.add_error(f"a-{code}-who", _("Say who sees to it"))
        for number in STEPS:
            self._check_step(number, data)
        return data

    def _check_step(self, number: int, data: dict[str, Any]) -> None:
        day, first, last = data.get(f"step{number}_on"), data.get("starts"), data.get("ends")
        if bool(day) != bool(data.get(f"step{number}_hours")):
            self.add_error(f"step{number}_hours", _("A change of the hours has a day and a number"))
        elif day and ((first and day <= first) or (last and day > last)):
            self.add_error(f"step{number}_on", _("A change of the hours comes after the first day, and before the end"))

    def written(self) -> Written:
        """What the action takes."""
        data = self.cleaned_data
        return Written(
            terms=self._terms(data),
            starts=data["starts"],
            ends=data["ends"],
            measure_key=data["measure"],
            supervisor_id=int(data["supervisor"]) if data["supervisor"] else None,
            longer=data["longer"],
            born=data.get("born"),
        )

    def _terms(self, data: dict[str, Any]) -> Terms:
        adaptations = [self._agreed(code, data) for code in self.codes if data[f"a-{code}"]]
        if data["add"] and data["add"] not in self.codes:
            adaptations.append(Agreed(data["add"], who=Doer.EMPLOYER.value, pays=Payer.UNKNOWN.value))
        steps = [Step(data[f"step{n}_on"].isoformat(), data[f"step{n}_hours"]) for n in STEPS if data[f"step{n}_on"]]
        other = ("other_name", "other_title", "other_phone", "other_email")
        return Terms(
            hours=data["hours"] or 0,
            days=tuple(data["days"]),
            times=data["times"],
            steps=tuple(sorted(steps, key=lambda step: step.day)),
            tasks=data["tasks"],
            goals=tuple(Goal(data[f"goal{n}"], data[f"goal{n}_words"]) for n in GOALS if data[f"goal{n}"]),
            supervisor=self._supervisor(data),
            safety=tuple(data["safety"]),
            safety_words=data["safety_words"],
            emergency=Contact(data["emergency_name"], "", data["emergency_phone"]),
            adaptations=tuple(adaptations),
            check_in_weeks=int(data["check_in_weeks"] or CHECK_INS[1]),
            other=Contact(*(data[name] for name in other)) if self.apprenticeship else Contact(),
        )

    def _supervisor(self, data: dict[str, Any]) -> Contact:
        """A supervisor of the workplace by name; of somebody else, and how to reach either, what was typed."""
        chosen = dict(self.fields["supervisor"].choices).get(data["supervisor"], "") if data["supervisor"] else ""  # type: ignore[attr-defined]
        return Contact(str(chosen) or data["supervisor_name"], data["supervisor_title"], data["supervisor_phone"], data["supervisor_email"])

    def _agreed(self, code: str, data: dict[str, Any]) -> Agreed:
        by = data[f"a-{code}-by"]
        return Agreed(code, data[f"a-{code}-how"], data[f"a-{code}-who"], by.isoformat() if by else "", data[f"a-{code}-pays"])


def initial_of(version: Version, supervisor_id: int | None, born: str | None, proposed: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows of a version. What is proposed (code -> how) stands there in its words, not ticked."""
    terms = version.terms
    held: dict[str, Any] = {f"a-{code}-how": how for code, how in proposed.items()}
    held |= {
        "measure": version.measure.measure_type_id if version.measure else "",
        "longer": version.longer,
        "starts": version.starts,
        "ends": version.ends,
        "hours": terms.hours or None,
        "days": list(terms.days),
        "times": terms.times,
        "tasks": terms.tasks,
        "supervisor": str(supervisor_id or ""),
        "safety": list(terms.safety),
        "safety_words": terms.safety_words,
        "check_in_weeks": str(terms.check_in_weeks),
        "born": date.fromisoformat(born) if born else None,
    }
    for name in ("name", "title", "phone", "email"):
        held |= {f"supervisor_{name}": getattr(terms.supervisor, name), f"other_{name}": getattr(terms.other, name)}
    held |= {"emergency_name": terms.emergency.name, "emergency_phone": terms.emergency.phone}
    for number, goal in zip(GOALS, terms.goals, strict=False):
        held |= {f"goal{number}": goal.category, f"goal{number}_words": goal.words}
    for number, step in zip(STEPS, terms.steps, strict=False):
        held |= {f"step{number}_on": date.fromisoformat(step.day), f"step{number}_hours": step.hours}
    for one in terms.adaptations:
        by = date.fromisoformat(one.by) if one.by else None
        held |= {f"a-{one.code}": True, f"a-{one.code}-how": one.how, f"a-{one.code}-who": one.who}
        held |= {f"a-{one.code}-by": by, f"a-{one.code}-pays": one.pays}
    return held


class ChangeForm(forms.Form):
    """An approved placement becomes longer or shorter, or rests for a while: only the days, the words stay."""

    ends = Day(label=_("Last day"), first=0, last=FAR, outside=_("Choose a day from today on"), required=False)
    pause_from = _day(_("Rests from"))
    pause_until = _day(_("Rests until"))
    longer = tick(_("The reason for a longer time holds"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("pause_from"), data.get("pause_until")
        if bool(first) != bool(last):
            self.add_error("pause_until", _("A pause has a first and a last day"))
        elif first and last and last < first:
            self.add_error("pause_until", _("The last day comes before the first day."))
        return data
