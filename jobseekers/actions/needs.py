"""Changes of what is sealed: what a person needs at work, and the advisor's private note."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from audit.queries import overtaken
from jobseekers.actions.whose import advised, held, note_change, source_of
from jobseekers.models import NeedsRecord, PrivateNote
from jobseekers.queries import needs_version, note_version
from jobseekers.states import IMPORTANCE, Refused
from taxonomy.models import Need

WISHED = {"must", "helps"}
Answers = Mapping[str, tuple[str, str]]  # code: (importance, parameter)


def save_needs(
    profile_id: UUID,
    group: str,
    answers: Answers,
    *,
    review_on: date | None = None,
    by: ActiveRole,
    at: datetime,
    channel: str = "",
    why: str = "",
    seen: str | None = None,
) -> bool:
    """Replace the answers of one group; a code that is left out is no answer. False when nothing has changed.

    Who stated an answer stays with the answer until it changes. Neither the event nor the fact says what was answered,
    or in which group: the log outlives the profile. Raises Refused("unknown") for a code of another group,
    Refused("changed") if the group is no longer the one that was `seen`.
    """
    known = set(Need.objects.filter(group=group).values_list("code", flat=True))
    if not known.issuperset(answers) or any(importance not in IMPORTANCE for importance, _ in answers.values()):
        raise Refused("unknown")
    with transaction.atomic():
        profile = held(profile_id, by=by, channel=channel, why=why)
        record_of = NeedsRecord.objects.select_for_update().filter(profile=profile).first()
        before = record_of.sealed if record_of else {"needs": {}, "review_on": {}}
        needs = {code: need for code, need in before["needs"].items() if code not in known}
        for code, (importance, parameter) in answers.items():
            needs[code] = _kept(before["needs"].get(code), importance, parameter if importance != "none" else "", source_of(by))
        after = {"needs": needs, "review_on": {**before["review_on"], group: review_on.isoformat() if review_on else ""}}
        if after == before:
            return False
        if overtaken(seen, before=needs_version(profile_id, group, known, before), after=needs_version(profile_id, group, known, after)):
            raise Refused("changed")
        NeedsRecord.objects.update_or_create(profile=profile, defaults={"sealed": after, "changed_at": at})
        note_change(profile, "needs_saved", by=by, at=at, channel=channel, why=why)
    return True


def add_needs(
    profile_id: UUID, codes: Collection[str], importance: str, *, by: ActiveRole, at: datetime, channel: str = "", why: str = ""
) -> bool:
    """Add what the person picked, all with one importance ("must" or "helps"); every other answer stays. False when nothing has changed.

    Raises Refused("unknown") for a code that is not in the catalogue or an importance that is no wish.
    """
    if importance not in WISHED or Need.objects.filter(code__in=codes).count() != len(set(codes)):
        raise Refused("unknown")
    with transaction.atomic():
        profile = held(profile_id, by=by, channel=channel, why=why)
        record_of = NeedsRecord.objects.select_for_update().filter(profile=profile).first()
        before = record_of.sealed if record_of else {"needs": {}, "review_on": {}}
        needs = dict(before["needs"])
        for code in codes:
            needs[code] = _kept(needs.get(code), importance, needs.get(code, {}).get("parameter", ""), source_of(by))
        if needs == before["needs"]:
            return False
        NeedsRecord.objects.update_or_create(profile=profile, defaults={"sealed": {**before, "needs": needs}, "changed_at": at})
        note_change(profile, "needs_saved", by=by, at=at, channel=channel, why=why)
    return True


def save_note(profile_id: UUID, words: str, *, by: ActiveRole, at: datetime, seen: str | None = None) -> None:
    """The advisor's own note about one of their people; empty words remove it. Refused("changed") if it is not the one that was `seen`."""
    with transaction.atomic():
        profile = advised(profile_id, by=by)
        note = PrivateNote.objects.select_for_update().filter(profile=profile).first()
        before = note.sealed if note else {}
        if overtaken(seen, before=note_version(profile.pk, before.get("words", "")), after=note_version(profile.pk, words)):
            raise Refused("changed")
        sealed = {**before, "words": words}
        PrivateNote.objects.update_or_create(profile=profile, defaults={"sealed": sealed, "changed_at": at})
        record("note_saved", "profile", profile.pk, by=by, at=at)


def _kept(before: dict[str, str] | None, importance: str, parameter: str, stated_by: str) -> dict[str, str]:
    same = before is not None and (before["importance"], before.get("parameter", "")) == (importance, parameter)
    if before is not None and same:
        return before
    return {"importance": importance, "parameter": parameter, "stated_by": stated_by}
