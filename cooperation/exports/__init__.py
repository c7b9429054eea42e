"""What this app keeps of one person, as plain data: for the person alone."""

from datetime import datetime
from typing import Any

from cooperation.exports import meetings, plans
from jobseekers.models import Profile


def whole(profile: Profile, at: datetime) -> dict[str, Any]:
    """Plan, steps, contacts and meetings."""
    return plans.whole(profile, at) | meetings.whole(profile, at)
