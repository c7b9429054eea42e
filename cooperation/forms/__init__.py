"""What is written about plans, contacts and meetings, checked."""

from cooperation.forms.contacts import CorrectForm, EmployerContactForm, FindForm, PersonContactForm
from cooperation.forms.meetings import (
    AgencyForm,
    AgendaForm,
    AttendanceForm,
    MeetingForm,
    MemberForm,
    NoteForm,
    TaskForm,
    TermsForm,
    terms_of,
)
from cooperation.forms.plans import ADVISORS, OTHERS, OWN, GoalForm, StepForm

__all__ = [
    "ADVISORS",
    "OTHERS",
    "OWN",
    "AgencyForm",
    "AgendaForm",
    "AttendanceForm",
    "CorrectForm",
    "EmployerContactForm",
    "FindForm",
    "GoalForm",
    "MeetingForm",
    "MemberForm",
    "NoteForm",
    "PersonContactForm",
    "StepForm",
    "TaskForm",
    "TermsForm",
    "terms_of",
]
