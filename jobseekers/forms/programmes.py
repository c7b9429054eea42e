"""Taking part in a programme: how to be reached, the programme where it is to be chosen, and the team's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobseekers.forms.behalf import PersonForm
from jobseekers.forms.people import LETTERS_IN
from jobseekers.models import NotNow, Reach, Referred
from jobseekers.states import Asked
from taxonomy.forms import one_of, picked


class ProgrammeForm(PersonForm):
    """Nothing is asked about the person: the team calls and asks what it needs."""

    language = picked(_("Which language shall we speak?"), [*LETTERS_IN, ("other", _("Another language, with an interpreter"))])
    reach = one_of(_("How do you want to be reached?"), Reach.choices)

    def __init__(self, *args: Any, programmes: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if programmes is not None:
            asks = _("Choose a programme")
            self.fields["programme"] = one_of(_("Which programme?"), programmes, asks=asks)
            self.order_fields(["programme", "language", "reach", "channel", "why"])
        if self.on_behalf:
            self.fields["reach"].label = _("How does the person want to be reached?")
            self.fields["language"].label = _("Which language does the person speak with the team?")


class AnswerForm(forms.Form):
    """The team's answer; what is not "enrolled" has a reason, and each reason belongs to one answer."""

    answer = one_of(
        _("What is your answer?"),
        [
            (Asked.ENROLLED.value, pgettext_lazy("programme request", "Enrolled")),
            *((f"{Asked.NOT_NOW}:{code}", label) for code, label in NotNow.choices),
            *((f"{Asked.REFERRED}:{code}", label) for code, label in Referred.choices),
        ],
        asks=_("Choose an answer"),
    )

    @property
    def chosen(self) -> dict[str, str]:
        """`answer` and `reason` for the action."""
        answer, _colon, reason = self.cleaned_data["answer"].partition(":")
        return {"answer": answer, "reason": reason}
