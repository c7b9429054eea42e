"""What employers type, checked: a sentence that says what to do, at the field, and nothing lost."""

from employers.forms.lasting import ExtendForm
from employers.forms.offers import OfferBlock, OffersForm
from employers.forms.organisations import EmployerForm, MemberForm, PersonForm, SupervisorForm, WorkplaceForm
from employers.forms.postings import SKILL, STEP_FORMS, AnswerForm, StepForm
from employers.forms.starts import StartForm
from employers.forms.wording import KeepForm

__all__ = [
    "SKILL",
    "STEP_FORMS",
    "AnswerForm",
    "EmployerForm",
    "ExtendForm",
    "KeepForm",
    "MemberForm",
    "OfferBlock",
    "OffersForm",
    "PersonForm",
    "StartForm",
    "StepForm",
    "SupervisorForm",
    "WorkplaceForm",
]
