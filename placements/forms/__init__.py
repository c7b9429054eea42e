"""What people write about a placement, checked. The editors' form of the rules is in `measures`, which only the admin loads."""

from placements.forms.agreement import AgreementForm, ChangeForm, initial_of
from placements.forms.attendance import DropInForm
from placements.forms.ending import EndForm, StopForm
from placements.forms.ends import (
    AssessmentForm,
    CloseAssessmentForm,
    DisagreeForm,
    ElsewhereForm,
    EndHireForm,
    FeedbackForm,
    HiredForm,
    OutcomeForm,
)
from placements.forms.following import (
    CheckedIncidentForm,
    CheckedLineForm,
    CheckedProposalForm,
    FollowUpForm,
    IncidentForm,
    LineForm,
    ProposalForm,
    RecordForm,
    ReviewForm,
    TapsForm,
)
from placements.forms.reports import ReportForm
from placements.forms.templates import DropForm, TemplateForm

__all__ = [
    "AgreementForm",
    "AssessmentForm",
    "ChangeForm",
    "CheckedIncidentForm",
    "CheckedLineForm",
    "CheckedProposalForm",
    "CloseAssessmentForm",
    "DisagreeForm",
    "DropForm",
    "DropInForm",
    "ElsewhereForm",
    "EndForm",
    "EndHireForm",
    "FeedbackForm",
    "FollowUpForm",
    "HiredForm",
    "IncidentForm",
    "LineForm",
    "OutcomeForm",
    "ProposalForm",
    "RecordForm",
    "ReportForm",
    "ReviewForm",
    "StopForm",
    "TapsForm",
    "TemplateForm",
    "initial_of",
]
