"""A posting in words, question by question: for the page of all answers and for the editor."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_lazy, pgettext, pgettext_lazy

from employers.models import Answer, Kind, Posting
from employers.queries.offers import answered, hints_of
from employers.queries.steps import LABELS
from taxonomy.models import Concept, Need

TIMES = {
    "day": gettext_lazy("Day"),
    "evening": gettext_lazy("Evening"),
    "night": gettext_lazy("Night"),
    "weekend": gettext_lazy("Weekend"),
}
LEVELS = {
    "": gettext_lazy("No demand"),
    "A1": gettext_lazy("A1: a few words"),
    "A2": gettext_lazy("A2: simple sentences"),
    "B1": gettext_lazy("B1: everyday talk"),
    "B2": gettext_lazy("B2: most things at work"),
    "C1": gettext_lazy("C1: advanced"),
}
LICENCES = {
    "AM": gettext_lazy("Driving licence AM, moped"),
    "B": gettext_lazy("Driving licence B"),
    "BE": gettext_lazy("Driving licence BE"),
    "C": gettext_lazy("Driving licence C"),
    "CE": gettext_lazy("Driving licence CE"),
    "D": gettext_lazy("Driving licence D"),
    "truck": gettext_lazy("Forklift licence"),
    "hygiene": gettext_lazy("Food hygiene"),
}
UNPAID = {Kind.TRIAL, Kind.ACTIVITY}  # kinds where nobody asks about pay
LANGUAGES = {"sv": gettext_lazy("Swedish"), "nb": gettext_lazy("Norwegian Bokmål"), "en": gettext_lazy("English")}


@dataclass(frozen=True)
class Row:
    """One question with its answer; an empty answer is one that has not been given.

    `form` is "own" for the employer's own words (in the posting's language), "date" for a day, else "".
    """

    field: str
    label: str
    value: Any
    form: str = ""


@dataclass(frozen=True)
class Section:
    step: int
    title: str
    rows: tuple[Row, ...]


TITLES = {
    1: gettext_lazy("Workplace"),
    2: pgettext_lazy("question", "Kind"),
    3: gettext_lazy("Title and tasks"),
    4: gettext_lazy("Time"),
    5: gettext_lazy("Knowledge and language"),
    6: gettext_lazy("How you adapt"),
    7: gettext_lazy("Supervisor and contact"),
}


def summary(posting: Posting) -> list[Section]:
    """Every question of the seven steps with its answer, in the reader's language."""
    rows: dict[int, list[Row]] = {
        1: [_row("workplace", _workplace(posting))],
        2: [_row("kind", posting.get_kind_display()), _row("leads_to_job", posting.get_leads_to_job_display())],
        3: [
            _row("title", posting.title, form="own"),
            _row("tasks", posting.tasks, form="own"),
            _row("day", posting.day, form="own"),
            _row("language", LANGUAGES.get(posting.language, "")),
            _row("occupation", posting.occupation.label_in() if posting.occupation else ""),
        ],
        4: _times(posting),
        5: _knowledge(posting),
        6: _offers(posting),
        7: _people(posting),
    }
    return [Section(step, str(title), tuple(rows[step])) for step, title in TITLES.items()]


def _row(field: str, value: Any, *, form: str = "") -> Row:
    return Row(field, str(LABELS[field]), value, form)


def _workplace(posting: Posting) -> str:
    found = posting.workplace
    return ", ".join(part for part in (found.name, found.place.name if found.place else "") if part) if found else ""


def _times(posting: Posting) -> list[Row]:
    when = ", ".join(str(TIMES[code]) for code in posting.times if code in TIMES)
    return [
        Row("hours_min", gettext("Hours a week"), span(posting.hours_min, posting.hours_max)),
        _row("times", when),
        _row("starts_on", posting.starts_on, form="date"),
        Row("weeks_min", gettext("How long"), _weeks(posting)),
        _row("places", posting.places),
        _row("last_day", posting.last_day, form="date"),
    ]


def span(least: int | None, most: int | None) -> str:
    """ "10–20", "20", "at least 10" or ""."""
    if least and most:
        return str(least) if least == most else f"{least}–{most}"
    if least:
        return gettext("at least %(n)s") % {"n": least}
    return gettext("at most %(n)s") % {"n": most} if most else ""


def _weeks(posting: Posting) -> str:
    weeks = span(posting.weeks_min, posting.weeks_max)
    return gettext("%(weeks)s weeks") % {"weeks": weeks} if weeks else ""


def skill_rows(posting: Posting) -> list[Row]:
    """What one has to know, and what is good to know."""
    wanted = {one["key"]: one["importance"] for one in posting.skills}
    labels = [(concept.label_in(), wanted[concept.key]) for concept in Concept.objects.filter(key__in=wanted).with_labels()]
    musts = ", ".join(label for label, importance in labels if importance == "must")
    goods = ", ".join(label for label, importance in labels if importance != "must")
    return [
        Row("skills", pgettext("skill", "Needed"), musts or gettext("Nothing. You show it on site.")),
        Row("skills", pgettext("skill", "Good to have"), goods),
    ]


def _knowledge(posting: Posting) -> list[Row]:
    return [
        *skill_rows(posting),
        _row("language_level", LEVELS.get(posting.language_level, posting.language_level)),
        _row("licences", ", ".join(str(LICENCES.get(code, code)) for code in posting.licences)),
    ]


def _offers(posting: Posting) -> list[Row]:
    """How many questions have an answer, and the needs of each answer by name."""
    counted = gettext("%(n)s of %(all)s questions have an answer") % {
        "n": answered(posting.offers.values()),
        "all": Need.objects.count(),
    }
    needs = list(Need.objects.filter(code__in=posting.offers))
    rows = [Row("offers", gettext("Answers"), counted)]
    for answer in (Answer.YES, Answer.CAN, Answer.NO):
        named = "; ".join(need.label for need in needs if posting.offer(need.code) == answer)
        if named:
            rows.append(Row("offers", str(answer.label), named))
    said = "; ".join(gettext("%(need)s: “%(quote)s”") % {"need": need.label, "quote": quote} for need, quote in hints_of(posting, needs))
    return [*rows, Row("offers", gettext("What the text says"), said)] if said else rows


def _people(posting: Posting) -> list[Row]:
    supervisor = posting.supervisor
    who = supervisor.name if supervisor else ""
    if supervisor and supervisor.hours_per_week:
        who = gettext("%(name)s, %(n)s hours a week") % {"name": supervisor.name, "n": supervisor.hours_per_week}
    fields = ["contact_name", "contact_phone", "contact_email"]
    if posting.kind not in UNPAID:
        fields += ["pay", "agreement"]
    return [_row("supervisor", who), *(_row(field, getattr(posting, field)) for field in fields)]
