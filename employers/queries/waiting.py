"""What waits for an employer on its start page: questions, returned postings, drafts, people who ask to join."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from employers.models import Employer, JoinRequest, Posting, PostingQuestion, Workplace
from employers.queries.lasting import ends_on
from employers.states import PostingState

MOST_SHOWN = 10


@dataclass(frozen=True)
class Waiting:
    employer: Employer
    questions: Sequence[PostingQuestion]
    returned: Sequence[Posting]
    drafts: Sequence[Posting]
    asked: Sequence[tuple[Posting, date]]  # whether it is still open, and when it ends without an answer
    asking: bool
    no_workplace: bool
    shown: Sequence[Posting]

    @property
    def any(self) -> bool:
        return bool(self.questions or self.returned or self.drafts or self.asking)


def waiting_for(employer_id: UUID, *, manages: bool) -> Waiting:
    """Everything of the employer's own; who asks to join is for those who answer for the organisation."""
    postings = list(Posting.objects.of(employer_id))
    open_questions = PostingQuestion.objects.filter(posting__employer_id=employer_id, answered_at=None)
    return Waiting(
        employer=Employer.objects.get(pk=employer_id),
        questions=list(open_questions.select_related("posting", "need").order_by("asked_at", "pk")),
        returned=[one for one in postings if one.status.comment and one.status.reviewed_revision_id is None],
        drafts=[one for one in postings if one.status.state == PostingState.DRAFT],
        asked=[(one, end) for one in postings if (end := ends_on(one.status))],
        asking=manages and JoinRequest.objects.filter(employer_id=employer_id, answered_at=None).exists(),
        no_workplace=not Workplace.objects.of(employer_id).exists(),
        shown=[one for one in postings if one.status.state != PostingState.WITHDRAWN][:MOST_SHOWN],
    )
