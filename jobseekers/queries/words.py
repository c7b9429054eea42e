"""A profile in words, and what may stand beside a need: numbers and choices, never free text."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jobseekers.models import Language, Licence, Profile, ProfileSkill, ProfileWish, TimeOfDay, WishedKind
from jobseekers.states import LEVELS, ON_CARD, PARTS

Text = str | Promise
Held = ProfileSkill | ProfileWish
DATES = {"nb": "j. F Y"}


@dataclass(frozen=True)
class Parameter:
    """What is asked beside a need: a whole number from `least` to `most`, a span of hours, or one or several `choices`."""

    question: Text
    least: int = 0
    most: int = 0
    unit: Text = ""
    span: bool = False
    choices: tuple[tuple[str, Text], ...] = ()
    several: bool = False


DAYS = (
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
)
INTERPRETERS = (
    ("sign", _("Sign language interpreter")),
    ("written", _("Speech-to-text interpreter")),
    ("deafblind", _("Interpreter for deafblind people")),
    ("spoken", _("Interpreter of a spoken language")),
)
FORMATS = (
    ("large", _("Large print")),
    ("audio", _("Sound")),
    ("braille", _("Braille")),
    ("captions", _("Captions")),
    ("easy", _("Easy read")),
)
SHARES = (("some", _("Some days")), ("half", _("About half the time")), ("most", _("Most of the time")))
_HOURS = pgettext_lazy("unit", "hours")

# By the catalogue's own name of the parameter (taxonomy/starter/needs.csv).
PARAMETERS: dict[str, Parameter] = {
    "max hours/week": Parameter(_("At most how many hours a week?"), 1, 40, _HOURS),
    "start/target hours, weeks": Parameter(_("How many hours a week to begin with?"), 1, 40, _HOURS),
    "weekdays/hours": Parameter(_("Which days?"), choices=DAYS, several=True),
    "earliest/latest hour": Parameter(_("Between which hours? For example 8–16"), span=True),
    "days of notice": Parameter(_("How many days ahead?"), 1, 60, pgettext_lazy("unit", "days")),
    "share of hours": Parameter(_("How much of the time?"), choices=SHARES),
    "max kg": Parameter(_("At most how many kilos?"), 1, 50, pgettext_lazy("unit", "kg")),
    "metres": Parameter(_("At most how many metres?"), 5, 5000, pgettext_lazy("unit", "metres")),
    "weeks": Parameter(_("How many weeks?"), 1, 52, pgettext_lazy("unit", "weeks")),
    "CEFR level": Parameter(_("Which level is enough?"), choices=tuple((level, level) for level in LEVELS)),
    "language code": Parameter(_("Which language?"), choices=tuple((code, label) for code, label in Language.choices)),
    "hours/week": Parameter(_("How many hours a week?"), 1, 40, _HOURS),
    "type": Parameter(_("What kind of interpreter?"), choices=INTERPRETERS),
    "format": Parameter(_("In which form?"), choices=FORMATS, several=True),
    "people": Parameter(_("At most how many people?"), 1, 50, pgettext_lazy("unit", "people")),
    "max minutes": Parameter(_("At most how many minutes?"), 5, 180, pgettext_lazy("unit", "minutes")),
    "per week": Parameter(_("How many times a week?"), 1, 14, pgettext_lazy("unit", "times")),
    "hours/day": Parameter(_("How many hours a day?"), 1, 12, _HOURS),
}


def parameter_in_words(name: str, value: str) -> str:
    """ "10 kg", "Monday, Friday": what the person answered beside a need."""
    asked = PARAMETERS.get(name)
    if asked is None or not value:
        return ""
    if asked.choices:
        words = dict(asked.choices)
        return ", ".join(str(words.get(code, code)) for code in value.split(","))
    return f"{value} {asked.unit}".strip()


@dataclass(frozen=True)
class Line:
    """One row of the profile: the block it belongs to and what stands there; empty words where nothing is answered."""

    block: str
    title: str
    words: str


def in_words(profile: Profile) -> list[Line]:
    """The question blocks of a profile, in the order in which they are asked."""
    return [
        Line("words", gettext("What I like, in my own words"), profile.words),
        Line("kinds", gettext("What I am looking for"), _labels(WishedKind, profile.kinds)),
        Line("languages", gettext("Languages"), languages_in_words(profile.languages)),
        Line("hours", gettext("Hours a week"), _hours(profile)),
        Line("times", gettext("Times that suit me"), _labels(TimeOfDay, profile.times)),
        Line("place", gettext("Where I live"), _place(profile)),
        Line("licences", gettext("Licences and certificates"), _labels(Licence, profile.licences)),
    ]


@dataclass(frozen=True)
class Part:
    """Lines of the profile that the same people may see."""

    code: str
    lines: tuple[Line, ...]
    on_card: bool  # an employer may read it after the person's yes


def parts_of(profile: Profile, skills: Iterable[Held], wishes: Iterable[Held]) -> list[Part]:
    """The page of a profile: strengths first. Takes skills and wishes with their labels fetched along."""
    lines = {line.block: line for line in in_words(profile)}
    lines["skills"] = Line("skills", pgettext("card", "What I can do"), _concepts(skills))
    lines["wishes"] = Line("wishes", gettext("What I want to do"), _concepts(wishes))
    return [Part(code, tuple(lines[name] for name in names), ON_CARD.issuperset(names)) for code, names in PARTS.items()]


def _concepts(held: Iterable[Held]) -> str:
    return ", ".join(one.concept.label_in() for one in held)


def _place(profile: Profile) -> str:
    where = profile.place.name if profile.place else ""
    km = gettext("up to %(km)s km from home") % {"km": profile.travel_km} if profile.travel_km else ""
    return ", ".join(filter(None, (where, km)))


def _hours(profile: Profile) -> str:
    now, goal, start = profile.hours_now, profile.hours_goal, profile.available_from
    hours = gettext("%(n)s hours") % {"n": now or goal} if now or goal else ""
    if now and goal and goal != now:
        hours = gettext("%(now)s hours now, %(goal)s later") % {"now": now, "goal": goal}
    day = gettext("from %(day)s") % {"day": date_format(start, DATES.get(get_language() or "sv", "j F Y"))} if start else ""
    return ", ".join(filter(None, (hours, day)))


def _labels(choices: type[TimeOfDay] | type[Licence] | type[WishedKind], codes: Iterable[str]) -> str:
    words = dict(choices.choices)
    return ", ".join(str(words.get(code, code)) for code in codes)


def languages_in_words(held: Iterable[dict[str, str]]) -> str:
    names = dict(Language.choices)
    return ", ".join(f"{names.get(one['code'], one['code'])} {one.get('level', '')}".strip() for one in held)
