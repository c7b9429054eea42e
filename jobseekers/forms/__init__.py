"""What people tell, checked: a sentence at the field in the person's language, what was typed kept, nothing half saved."""

from jobseekers.forms.blocks import BLOCK_FORMS, BlockForm, ConceptForm
from jobseekers.forms.needs import NeedsForm
from jobseekers.forms.people import CallForm, EnrolForm, JoinForm, NoteForm, OverrideForm, SettingsForm, StaffForm, StageForm, TransferForm
from jobseekers.forms.programmes import AnswerForm, ProgrammeForm

__all__ = [
    "BLOCK_FORMS",
    "AnswerForm",
    "BlockForm",
    "CallForm",
    "ConceptForm",
    "EnrolForm",
    "JoinForm",
    "NeedsForm",
    "NoteForm",
    "OverrideForm",
    "ProgrammeForm",
    "SettingsForm",
    "StaffForm",
    "StageForm",
    "TransferForm",
]
