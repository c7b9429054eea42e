"""What an advisor says when answering for a person: how they spoke, and why it was not the person who wrote."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobseekers.forms.fields import INPUT
from jobseekers.models import BehalfReason, Channel


class PersonForm(forms.Form):
    """A form that the person fills in, or the advisor for them: then two questions come along, and nothing is chosen."""

    def __init__(self, *args: Any, on_behalf: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on_behalf = on_behalf
        if on_behalf:
            self.fields["channel"] = _radio(_("How did the person tell you?"), Channel.choices, _("Choose how the person told you"))
            self.fields["why"] = _radio(
                _("Why do you answer for the person?"), BehalfReason.choices, _("Choose why you answer for the person")
            )

    @property
    def behalf(self) -> dict[str, str]:
        """`channel` and `why` for the action; empty when the person answers."""
        return {name: self.cleaned_data.get(name, "") for name in ("channel", "why")}


def _radio(label: Any, choices: Any, asks: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect(attrs=INPUT),
        error_messages={"required": asks, "invalid_choice": asks},
    )
