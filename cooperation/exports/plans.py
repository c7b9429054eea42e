"""What this app keeps of one person, as plain data: for the person alone."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from cooperation import access
from cooperation.access import StepLine
from jobseekers.models import Profile

EVERYTHING = 10_000  # rows; nobody has been called so often


def whole(profile: Profile, at: datetime) -> dict[str, Any]:
    """Plan, steps and contacts. An advisor's own line is not in it, but that there is one: docs/decisions/contact-log.md."""
    plan = access.plan_of(profile, at, most_done=EVERYTHING)
    return {
        "plan": {"goal": plan.goal, "changed": plan.changed_at.isoformat() if plan.changed_at else ""},
        "steps": [_step(one) for one in (*plan.steps, *plan.done)],
        "contacts": [
            {"at": one.at.isoformat(), "advisor": one.advisor, "how": one.way, "with": one.contact_with, "whom": one.whom}
            | {"missed": one.missed, "your_advisor_has_a_line_about_it": one.has_line}
            for one in access.contacts_about(profile, most=EVERYTHING)
        ],
        "lines_about_contacts": gettext(
            "Your advisor may have written a line about a contact. Ask the agency for it: "
            "it reads it through first, because it may speak of others."
        ),
    }


def _step(one: StepLine) -> dict[str, Any]:
    return {
        "words": one.words,
        "whose": one.side,
        "who": one.who,
        "by": one.due.isoformat() if one.due else "",
        "done": one.done_at.isoformat() if one.done_at else "",
        "written": one.made_at.isoformat(),
        "written_by": one.writer,
        "written_by_you": one.by_person,
    }
