"""What an advisor says when answering for a person: how they spoke, and why it was not the person who wrote."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from jobseekers.models import BehalfReason, Channel
from taxonomy.forms import HeldForm, one_of


class PersonForm(HeldForm):
    """A form that the person fills in, or the advisor for them: then two questions come along, and nothing is chosen."""

    not_held: ClassVar[tuple[str, ...]] = ("channel", "why")

    def __init__(self, *args: Any, on_behalf: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on_behalf = on_behalf
        if on_behalf:
            asks = _("Choose how the person told you")
            self.fields["channel"] = one_of(_("How did the person tell you?"), Channel.choices, asks=asks)
            asks = _("Choose why you answer for the person")
            self.fields["why"] = one_of(_("Why do you answer for the person?"), BehalfReason.choices, asks=asks)

    @property
    def behalf(self) -> dict[str, str]:
        """`channel` and `why` for the action; empty when the person answers."""
        return {name: self.cleaned_data.get(name, "") for name in ("channel", "why")}
