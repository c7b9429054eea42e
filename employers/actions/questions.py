"""Questions to an employer about a posting: never about a person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from accounts.models import Membership
from audit.actions import record
from employers.models import Posting, PostingQuestion
from outbox.actions import post


def ask_about(posting_id: UUID, *, by: ActiveRole, at: datetime, code: str, need: str = "", quote: str = "") -> PostingQuestion:
    """Ask, unless the same question already waits for its answer; the employer's members get a letter."""
    with transaction.atomic():
        posting = Posting.objects.get(pk=posting_id)
        question, created = PostingQuestion.objects.get_or_create(
            posting=posting,
            code=code,
            need_id=need or None,
            answered_at=None,
            defaults={"asked_by_id": by.user_id, "asked_at": at, "quote": quote},
        )
        if created:
            record("question_asked", "posting", posting.pk, by=by, at=at, why=code)
            for reader_id in Membership.objects.filter(employer_id=posting.employer_id).valid(at).values_list("user_id", flat=True):
                post("answer_waiting", reader_id=reader_id, at=at, about=question.pk)
    return question
