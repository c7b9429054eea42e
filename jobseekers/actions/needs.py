"""What a person needs at work, and the advisor's note: sealed, and never in an event, a letter or an address."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from jobseekers.actions.profiles import changeable, noted
from jobseekers.models import NeedsRecord, PrivateNote
from jobseekers.states import NotThere

Answers = dict[str, tuple[str, str]]  # code -> (importance, parameter)


def save_needs(
    profile_id: UUID, group: str, answers: Answers, *, by: ActiveRole, at: datetime, review_on: date | None = None, channel: str = ""
) -> None:
    """Save the answers of one group, whole: a code that is not in `answers` is unanswered from now on."""
    with transaction.atomic():
        profile = changeable(profile_id, by, channel)
        record = NeedsRecord.objects.select_for_update().filter(profile=profile).first()
        sealed = record.sealed if record else {"needs": {}, "review_on": {}}
        kept = {code: need for code, need in sealed["needs"].items() if code.split(".")[0] != group}
        stated_by = "advisor" if by.kind == "advisor" else "self"
        for code, (importance, parameter) in answers.items():
            kept[code] = {"importance": importance, "parameter": parameter if importance != "none" else "", "stated_by": stated_by}
        sealed = {"needs": kept, "review_on": {**sealed["review_on"], group: review_on.isoformat() if review_on else ""}}
        NeedsRecord.objects.update_or_create(profile=profile, defaults={"sealed": sealed, "changed_at": at})
        noted(profile, "needs_saved", by=by, at=at, channel=channel)


def save_note(profile_id: UUID, words: str, *, by: ActiveRole, at: datetime) -> None:
    """The advisor's private note."""
    if by.kind != "advisor":
        raise NotThere
    with transaction.atomic():
        profile = changeable(profile_id, by, "meeting")
        PrivateNote.objects.update_or_create(profile=profile, defaults={"sealed": {"words": words}, "changed_at": at})
