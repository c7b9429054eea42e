"""Days that are promised: working days of the country, how long a yes holds."""

from datetime import date, datetime, timedelta

import holidays
from django.conf import settings
from django.utils.timezone import localdate

SATURDAY = 5


def working_days_after(start: date, days: int, country: str) -> date:
    """The day that lies `days` working days after `start` in Sweden ("SE") or Norway ("NO")."""
    # Sundays are in Sweden's list; Saturdays are never working days.
    closed = holidays.country_holidays(country, years=(start.year, start.year + 1))
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY and day not in closed:
            days -= 1
    return day


def is_working_day(day: date, country: str) -> bool:
    """Neither a Saturday, a Sunday nor a holiday of the country."""
    return day.weekday() < SATURDAY and day not in holidays.country_holidays(country, years=day.year)


def consent_until(at: datetime) -> date:
    """The day a yes given now would hold to."""
    return localdate(at) + timedelta(weeks=settings.ANSWER_DAYS["consent_weeks"])
