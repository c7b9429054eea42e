"""Days that count: working days with the holidays of the two countries."""

from datetime import date, timedelta

import holidays


def working_days_after(start: date, days: int, country: str) -> date:
    """The day that lies `days` working days after `start` in Sweden ("SE") or Norway ("NO")."""
    # Sundays are in Sweden's list; Saturdays are never working days.
    closed = holidays.country_holidays(country, years=(start.year, start.year + 1))
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in closed:
            days -= 1
    return day
