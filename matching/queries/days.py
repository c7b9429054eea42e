"""Days that are promised: working days of the country, how long a yes holds."""

from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays
from django.conf import settings
from django.utils.timezone import localdate

SATURDAY = 5


def working_days_after(start: date, days: int, country: str) -> date:
    """The day that lies `days` working days after `start` in Sweden ("SE") or Norway ("NO")."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day, country)
    return day


def is_working_day(day: date, country: str) -> bool:
    """Neither a Saturday, a Sunday nor a holiday of the country."""
    return day.weekday() < SATURDAY and day not in _closed(country, day.year)


@lru_cache(maxsize=32)
def _closed(country: str, year: int) -> frozenset[date]:
    """Holidays, and in Sweden the eves on which nobody is at work (Midsummer, Christmas, New Year)."""
    kinds = ("public", "de_facto") if country == "SE" else ("public",)
    return frozenset(holidays.country_holidays(country, years=year, categories=kinds))


def consent_until(at: datetime) -> date:
    """The day a yes given now would hold to."""
    return localdate(at) + timedelta(weeks=settings.ANSWER_DAYS["consent_weeks"])
