"""What a plan breaks, in a sentence for whoever writes or approves the agreement."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from placements.models import MeasureVersion
from placements.scoring import AgeOn, Breach, Broken

DATES = {"nb": "j. F Y"}
Bound = tuple[date | int, ...]


def in_words(breach: Breach, version: MeasureVersion | None) -> str:
    """One breach in the reader's language. `version` is the one that the plan was compared with."""
    told = {"name": version.name if version else "", **_bounds(breach.bound)}
    if breach.code == Broken.LONG and version and version.longer and version.longer_if:
        return gettext("It may last until %(first)s. A longer time holds only where this is so: %(why)s") % {
            **told,
            "why": version.longer_if,
        }
    if breach.code in {Broken.YOUNG, Broken.OLD} and version and version.age_on == AgeOn.END:
        return _on_the_last_day(breach.code) % told
    return _sentence(breach.code) % told


def _bounds(bound: Bound) -> dict[str, str]:
    words = [str(one) if isinstance(one, int) else _day(one) for one in bound]
    return dict(zip(("first", "last"), words, strict=False))


def _day(day: date) -> str:
    return date_format(day, DATES.get((get_language() or "sv")[:2], "j F Y"))


def _on_the_last_day(code: Broken) -> str:
    return {
        Broken.YOUNG: gettext("The person must be at least %(first)s years old on the last day."),
        Broken.OLD: gettext("The person may be at most %(first)s years old on the last day."),
    }[code]


def _sentence(code: Broken) -> str:
    return {
        Broken.CLOSED: gettext("This kind of placement is not there on the first day. Choose another kind, or another first day."),
        Broken.ORDER: gettext("The last day comes before the first day."),
        Broken.FAR: gettext("Write a year between %(first)s and %(last)s."),
        Broken.LONG: gettext("It may last until %(first)s at the longest."),
        Broken.YOUNG: gettext("The person must be at least %(first)s years old on the first day."),
        Broken.OLD: gettext("The person may be at most %(first)s years old on the first day."),
        Broken.SEASON_START: gettext("The first day must lie between %(first)s and %(last)s."),
        Broken.SEASON_END: gettext("The last day may be %(first)s at the latest."),
        Broken.BACK: gettext("The first day may be %(first)s at the earliest."),
    }[code]
