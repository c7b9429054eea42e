"""Somebody says that something is wrong with a posting; an editor looks at it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from employers.models import Posting
from search.models import PostingReport, Wrong
from search.states import NotThere


def report(posting_id: UUID, wrong: str, *, words: str, at: datetime) -> None:
    """From anyone. The same words about the same posting that still wait are not kept twice. Raises NotThere."""
    with transaction.atomic():
        posting = Posting.objects.open().filter(pk=posting_id).first()
        if posting is None:
            raise NotThere
        waiting = PostingReport.objects.waiting().filter(posting=posting, wrong=wrong)
        if any((one.sealed or {}).get("words") == words for one in waiting):
            return
        made = PostingReport.objects.create(posting=posting, wrong=Wrong(wrong), sealed={"words": words}, at=at)
        record("posting_reported", "posting_report", made.pk, by=None, at=at, why=wrong)


def finish_report(report_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """An editor has dealt with it: it goes, and the log keeps that it was there. Raises NotThere, also when another was faster."""
    with transaction.atomic():
        held = PostingReport.objects.select_for_update().filter(pk=report_id, done_at=None).first()
        if held is None or by.kind != RoleKind.EDITOR:
            raise NotThere
        record("posting_report_done", "posting_report", held.pk, by=by, at=at, before=held.wrong)
        held.delete()
