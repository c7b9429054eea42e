"""What people write about a placement, checked. The editors' form of the rules is in `measures`, which only the admin loads."""

from placements.forms.agreement import AgreementForm, ChangeForm, initial_of
from placements.forms.ending import EndForm, StopForm

__all__ = ["AgreementForm", "ChangeForm", "EndForm", "StopForm", "initial_of"]
