"""What an employer does about a sentence that the text check has found: puts ours in its place, or keeps it with a reason."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from employers.actions.moves import locked, refuse_while_in_review
from employers.actions.postings import save_step
from employers.models import KeptReason, Posting, WordingKept
from employers.queries import working_copy
from employers.queries.wording import Finding, findings
from employers.states import Refused


def use_wording(posting_id: UUID, key: str, *, by: ActiveRole, at: datetime) -> Posting:
    """Put our sentence in the place of the one that was found, or take it away. Refused("changed_words") when it stands there no more."""
    with transaction.atomic():
        posting, status = locked(posting_id, by)
        refuse_while_in_review(status)
        copy = working_copy(posting)
        finding = _finding(copy, key)
        if finding.better is None:
            raise Refused("changed_words")
        text = getattr(copy, finding.field)
        left, right = text[: finding.start], text[finding.end :]
        words = left + finding.better + right if finding.better else closed_up(left, right)
        record("wording_changed", "posting", posting_id, by=by, at=at, before=finding.rule)
        return save_step(posting_id, finding.step, {finding.field: words}, by=by, at=at)


def keep_wording(posting_id: UUID, key: str, *, reason: str, by: ActiveRole, at: datetime) -> None:
    """The sentence stays, whatever rules have found in it; an editor reads the reason. The log holds each rule and the code, never words.

    Refused("cannot_keep") when it holds something that may never be public.
    """
    with transaction.atomic():
        posting, status = locked(posting_id, by)
        refuse_while_in_review(status)
        copy = working_copy(posting)
        place = _finding(copy, key).place
        stays = [one for one in findings(copy) if one.place == place]
        if reason not in KeptReason.values or not all(one.can_keep for one in stays):
            raise Refused("cannot_keep")
        for one in stays:
            held = {"rule": one.rule, "reason": reason, "by_id": by.user_id, "at": at}
            WordingKept.objects.update_or_create(posting=posting, key=one.key, defaults=held)
            record("wording_kept", "posting", posting_id, by=by, at=at, before=one.rule, why=reason)


def _finding(copy: Posting, key: str) -> Finding:
    found = next((one for one in findings(copy) if one.key == key), None)
    if found is None:
        raise Refused("changed_words")
    return found


def closed_up(left: str, right: str) -> str:
    """The text without a sentence, and without the gap that it leaves."""
    joint = " " if right.strip() and not right.startswith("\n") else ""
    return re.sub(r"\n{3,}", "\n\n", left.rstrip(" ") + joint + right.lstrip(" ")).strip()
