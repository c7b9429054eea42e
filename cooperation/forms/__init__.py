"""What is written about meetings, checked."""

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

__all__ = ["AgencyForm", "AgendaForm", "AttendanceForm", "MeetingForm", "MemberForm", "NoteForm", "TaskForm", "TermsForm", "terms_of"]
