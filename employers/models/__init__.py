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

__all__ = [
    "Answer",
    "Employer",
    "Evidence",
    "Invitation",
    "JoinRequest",
    "Kind",
    "LeadTime",
    "LeadsToJob",
    "Posting",
    "PostingQuestion",
    "PostingStatus",
    "QuestionCode",
    "Supervisor",
    "Workplace",
    "WorkplaceOffer",
]
