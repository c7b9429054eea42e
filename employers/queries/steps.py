"""The eight steps of a posting, what is still missing, and the copy that is worked on."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from employers.models import Kind, Posting

# The eight steps of pages.md 3.4 and the answers that each of them saves; the eighth is the page of all answers.
STEPS: dict[int, tuple[str, ...]] = {
    1: ("workplace",),
    2: ("kind", "leads_to_job"),
    3: ("title", "tasks", "day", "language", "occupation"),
    4: ("hours_min", "hours_max", "times", "starts_on", "weeks_min", "weeks_max", "places", "last_day"),
    5: ("skills", "language_level", "licences"),
    6: ("offers",),
    7: ("supervisor", "contact_name", "contact_phone", "contact_email", "pay", "agreement"),
}
LAST_STEP = 8
STEP_OF = {field: step for step, fields in STEPS.items() for field in fields}

# What an editor needs before a posting can be read. Employment law asks for pay; an open activity has no hours of its own.
ALWAYS = ("workplace", "kind", "title", "tasks", "contact_name")
NEEDED: dict[str, tuple[str, ...]] = {
    Kind.TRIAL: ("leads_to_job", "hours_min", "hours_max", "places"),
    Kind.JOB: ("hours_min", "hours_max", "places", "pay"),
    Kind.APPRENTICESHIP: ("hours_min", "hours_max", "places", "pay"),
    Kind.ACTIVITY: (),
}
LABELS = {
    "workplace": _("Workplace"),
    "directions": _("How to get there"),
    "kind": pgettext_lazy("question", "Kind"),
    "leads_to_job": _("May it lead to a job?"),
    "title": pgettext_lazy("question", "Title"),
    "tasks": _("What you do here"),
    "day": _("A day with us"),
    "language": _("Language of the text"),
    "occupation": _("Occupation"),
    "hours_min": _("Hours a week, at least"),
    "hours_max": _("Hours a week, at most"),
    "times": _("When in the day and week"),
    "starts_on": _("Start, at the earliest"),
    "weeks_min": _("Weeks, at least"),
    "weeks_max": _("Weeks, at most"),
    "places": _("How many people"),
    "last_day": _("Last day the posting is open"),
    "skills": _("What one needs to know"),
    "language_level": _("Working language"),
    "licences": _("Driving licence"),
    "offers": _("How you adapt"),
    "supervisor": _("Supervisor"),
    "contact_name": _("Contact person"),
    "contact_phone": _("Phone"),
    "contact_email": _("E-mail"),
    "pay": _("Pay"),
    "agreement": _("Collective agreement"),
}


def missing(posting: Posting) -> tuple[str, ...]:
    """The answers that must be there before an editor reads, in the order of the steps."""
    wanted = {*ALWAYS, *NEEDED.get(posting.kind, ())}
    return tuple(field for field in STEP_OF if field in wanted and _is_empty(posting, field))


def _is_empty(posting: Posting, field: str) -> bool:
    if field == "workplace":
        return posting.workplace is None or posting.workplace.place_id is None
    return getattr(posting, field) in (None, "", [])


def working_copy(posting: Posting) -> Any:
    """The newest words: the row itself before the first publication, the newest revision after it."""
    return posting.get_latest_revision_as_object() if posting.live else posting
