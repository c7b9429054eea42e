"""Employers, workplaces with what they can arrange, postings with their workflow, and questions about a posting."""

from employers.models.organisations import (
    Answer,
    Employer,
    Evidence,
    Invitation,
    JoinRequest,
    LeadTime,
    Supervisor,
    Workplace,
    WorkplaceOffer,
)
from employers.models.postings import Kind, LeadsToJob, Posting, PostingQuestion, PostingStatus, QuestionCode
from employers.models.wording import Ground, KeptReason, WordingKept, WordingRule

__all__ = [
    "Answer",
    "Employer",
    "Evidence",
    "Ground",
    "Invitation",
    "JoinRequest",
    "KeptReason",
    "Kind",
    "LeadTime",
    "LeadsToJob",
    "Posting",
    "PostingQuestion",
    "PostingStatus",
    "QuestionCode",
    "Supervisor",
    "WordingKept",
    "WordingRule",
    "Workplace",
    "WorkplaceOffer",
]
