"""The steps of a posting. Nothing is required on the way: what is missing is said before it is sent."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from employers.forms.offers import ANSWERS, LEAD_TIMES
from employers.models import Answer, Kind, LeadsToJob, Posting, Supervisor, Workplace
from employers.queries.steps import LABELS
from employers.queries.summary import LANGUAGES, LEVELS, LICENCES, TIMES, UNPAID, skill_rows
from taxonomy.forms import Day, Email, Held, HeldForm, Number, Phone, Words, one_of, picked, some_of
from taxonomy.models import Concept

SKILL = "skill:"  # begins the name of a concept's radio buttons
IMPORTANCE = {"must", "good"}
MOST_SKILLS = 30


class StepForm(HeldForm):
    """One step. `posting` is the copy that is worked on."""

    def __init__(self, *args: Any, posting: Posting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posting = posting

    def _ordered(self, least: str, most: str, sentence: Any) -> None:
        low, high = self.cleaned_data.get(least), self.cleaned_data.get(most)
        if low and high and high < low:
            self.add_error(most, sentence)


class WorkplaceStep(StepForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Workplace.objects.of(self.posting.employer_id).select_related("place")
        choices = [(str(one.pk), f"{one.name}, {one.place.name}" if one.place else one.name) for one in own]
        self.fields["workplace"] = one_of(_("Which workplace?"), choices, required=False)

    def clean_workplace(self) -> Workplace | None:
        chosen = self.cleaned_data["workplace"]
        return Workplace.objects.of(self.posting.employer_id).get(pk=chosen) if chosen else None


class KindStep(StepForm):
    kind = one_of(_("What do you offer?"), Kind.choices, required=False)
    leads_to_job = one_of(LABELS["leads_to_job"], LeadsToJob.choices, required=False)


class TasksStep(StepForm):
    title = Words(
        label=LABELS["title"], max_length=120, required=False, help_text=_("What one does, for example “Grow and care for plants”")
    )
    tasks = Words(
        label=LABELS["tasks"],
        max_length=6000,
        rows=7,
        required=False,
        help_text=_("Write what the task demands, not what the person should be like. For example “lift up to 15 kg”."),
    )
    day = Words(label=LABELS["day"], max_length=2000, rows=5, required=False, help_text=_("When you begin, breaks, who one meets"))
    language = picked(LABELS["language"], list(LANGUAGES.items()), required=False)
    words = Words(
        label=_("What is the occupation called?"),
        max_length=120,
        required=False,
        help_text=_("One or two words, for example gardener. It helps people find the posting."),
    )


class TimeStep(StepForm):
    hours_min = Number(label=LABELS["hours_min"], least=1, most=48, required=False)
    hours_max = Number(label=LABELS["hours_max"], least=1, most=48, required=False)
    times = some_of(LABELS["times"], list(TIMES.items()))
    starts_on = Day(label=LABELS["starts_on"], required=False)
    weeks_min = Number(label=LABELS["weeks_min"], least=1, most=104, required=False)
    weeks_max = Number(label=LABELS["weeks_max"], least=1, most=104, required=False)
    places = Number(label=LABELS["places"], least=1, most=50, required=False)
    last_day = Day(label=LABELS["last_day"], required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._ordered("hours_min", "hours_max", _("The most hours are fewer than the least. Change one of them."))
        self._ordered("weeks_min", "weeks_max", _("The most weeks are fewer than the least. Change one of them."))
        return data


class KnowledgeStep(StepForm):
    language_level = one_of(LABELS["language_level"], list(LEVELS.items()), required=False)
    licences = some_of(LABELS["licences"], list(LICENCES.items()))

    def clean(self) -> dict[str, Any]:
        """The skills come as radio buttons of their own, one set per concept that the page shows."""
        data = super().clean() or {}
        known = set(Concept.objects.skills().filter(key__in=self.rated).values_list("key", flat=True))
        wanted = [{"key": key, "importance": value} for key, value in self.rated.items() if key in known and value in IMPORTANCE]
        return {**data, "skills": wanted[:MOST_SKILLS]}

    @property
    def rated(self) -> dict[str, str]:
        """What was sent about each concept: needed, good to have, or take it away."""
        return {name.removeprefix(SKILL): str(value) for name, value in self.data.items() if name.startswith(SKILL)}

    def held_now(self) -> list[Held]:
        held = super().held_now()
        if self.is_valid() and self.cleaned_data["skills"] != self.posting.skills:
            return [*(Held(row.label, row.value, "skills") for row in skill_rows(self.posting)), *held]
        return held


class ContactStep(StepForm):
    contact_name = Words(label=LABELS["contact_name"], max_length=120, required=False)
    contact_phone = Phone(label=LABELS["contact_phone"], own=True, required=False)
    contact_email = Email(label=LABELS["contact_email"], own=True, required=False)
    pay = Words(label=LABELS["pay"], max_length=120, required=False, help_text=_("The pay or the range, for example 26 000–28 000 a month"))
    agreement = Words(label=LABELS["agreement"], max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.posting.workplace.supervisors.order_by("name") if self.posting.workplace else Supervisor.objects.none()
        choices = [("", pgettext_lazy("supervisor", "Not decided yet")), *((str(one.pk), one.name) for one in people)]
        self.fields["supervisor"] = picked(LABELS["supervisor"], choices, required=False)
        self.order_fields(["supervisor"])
        if self.posting.kind in UNPAID:
            del self.fields["pay"], self.fields["agreement"]

    def clean_supervisor(self) -> Supervisor | None:
        chosen = self.cleaned_data["supervisor"]
        return Supervisor.objects.get(pk=chosen, workplace=self.posting.workplace_id) if chosen else None

    def clean_pay(self) -> str:
        """Words are fine; a zero is not pay, and a range goes from the lower to the higher."""
        pay: str = self.cleaned_data["pay"]
        amounts = [int(re.sub(r"\D", "", part)) for part in re.findall(r"\d[\d \u00a0\u202f.]*", pay)]
        if amounts and not any(amounts):
            raise ValidationError(_("Write what the pay is. Nobody works for zero."))
        if re.fullmatch(r"\D*\d[\d \u00a0\u202f.]*\s*[-–]\s*\d[\d \u00a0\u202f.]*\D*", pay) and amounts[0] > amounts[1]:
            raise ValidationError(_("Write the lower pay first"))
        return pay


STEP_FORMS: dict[int, type[StepForm]] = {
    1: WorkplaceStep,
    2: KindStep,
    3: TasksStep,
    4: TimeStep,
    5: KnowledgeStep,
    7: ContactStep,
}


class AnswerForm(forms.Form):
    """The answer to a question about a posting. About a need: one of the four answers; else a line of words."""

    answer = one_of(_("Your answer"), ANSWERS)
    lead = picked(_("How long in advance?"), LEAD_TIMES, required=False)
    words = Words(label=_("In your own words"), max_length=300, rows=3, required=False)

    def __init__(self, *args: Any, about_need: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not about_need:
            del self.fields["answer"], self.fields["lead"]
            self.fields["words"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return {**data, "answer": data.get("answer") or ("" if "answer" not in self.fields else Answer.UNKNOWN)}
