"""Questions to an employer about a posting: never about a person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, localtime

from accounts.access import ActiveRole
from audit.actions import record
from employers.actions.moves import SEEN, locked, own_employer, write_to_members
from employers.actions.review import publish_by_system
from employers.actions.workplaces import save_offers
from employers.models import Evidence, Posting, PostingQuestion, PostingStatus
from employers.signals import POSTING_PUBLISHED, QUESTION_ANSWERED
from employers.states import NotThere, Refused
from outbox.actions import announce


def ask_about(posting_id: UUID, *, by: ActiveRole, at: datetime, code: str, need: str = "", quote: str = "") -> PostingQuestion:
    """Ask, unless the same question already waits for its answer; the employer's members get a letter.

    The question keeps its day, not its hour, by which it could be found again beside what the advisor did about a person.
    """
    day = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        posting, _ = locked(posting_id, None)
        question, created = PostingQuestion.objects.get_or_create(
            posting=posting,
            code=code,
            need_id=need or None,
            answered_at=None,
            defaults={"asked_by_id": by.user_id, "asked_at": day, "quote": quote},
        )
        if created:
            record("question_asked", "posting", posting.pk, by=by, at=at, why=code)
            write_to_members(posting.employer_id, "answer_waiting", question.pk, at=at)
    return question


def answer_question(question_id: UUID, *, by: ActiveRole, at: datetime, answer: str = "", lead: str = "", words: str = "") -> None:
    """The employer's answer. About a need it becomes the answer of the workplace and of the posting, also of the public one."""
    with transaction.atomic():
        question = PostingQuestion.objects.filter(pk=question_id, posting__employer_id=own_employer(by)).first()
        if question is None:
            raise NotThere
        posting, status = locked(question.posting_id, by)
        question.refresh_from_db()
        if question.answered_at is not None:
            raise Refused("answered")
        question.answer, question.words, question.answered_at = answer, words, at
        question.save()
        if question.need_id and answer:
            offer = {"answer": answer, "lead": lead, "how": words[:120]}
            if posting.workplace_id:
                save_offers(posting.workplace_id, {question.need_id: offer}, by=by, at=at)
            _offer_on_posting(posting, status, question.need_id, offer, at)
        record("question_answered", "posting", posting.pk, by=by, at=at, after=answer, why=question.code)
        announce(QUESTION_ANSWERED, at=at, question_id=str(question.pk), posting_id=str(posting.pk))


def _offer_on_posting(posting: Posting, status: PostingStatus, code: str, offer: dict[str, str], at: datetime) -> None:
    """A coded answer needs no editor. Words that wait in a newer revision get it too, and go on waiting."""
    row = {**offer, "evidence": Evidence.DECLARED.value, "at": localdate(at).isoformat()}
    posting.offers = {**posting.offers, code: row}
    public = posting.live and status.state in SEEN
    if public and not posting.has_unpublished_changes:
        publish_by_system(posting, status)
        return
    posting.save(update_fields=["offers"])
    if public:
        # Publishing would end a review that goes on: the public row is changed beside it.
        status.published_hash = posting.content_hash()
        status.save(update_fields=["published_hash"])
        announce(POSTING_PUBLISHED, at=at, posting_id=str(posting.pk))
    if posting.latest_revision is not None:
        newest = posting.latest_revision
        newest.content["offers"] = {**newest.content.get("offers", {}), code: row}
        newest.save(update_fields=["content"])
