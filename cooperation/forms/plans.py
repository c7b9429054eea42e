"""The goal and a step, written by the person or by the advisor."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cooperation.models import NAMED, Side
from jobseekers.forms.behalf import PersonForm
from matching.forms import CheckedForm
from taxonomy.forms import Day, Words, one_of

OWN = ((Side.PERSON, pgettext_lazy("whose step", "Me")), (Side.ADVISOR, pgettext_lazy("whose step", "My advisor")))
ADVISORS = ((Side.ADVISOR, pgettext_lazy("whose step", "Me")),)
OTHERS = tuple((side, side.label) for side in NAMED)
A_WEEK = 7


class GoalForm(PersonForm):
    words = Words(label=_("Where do you want to go?"), max_length=600, rows=4, signs_alone=True, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.on_behalf:
            self.fields["words"].label = _("Where does the person want to go, in their words?")


class StepForm(CheckedForm, PersonForm):
    """`sides`: whose step it can be; empty where that is settled. What an advisor writes is read once more, the person's words are not."""

    not_held: ClassVar[tuple[str, ...]] = ("channel", "why", "keep")
    words = Words(label=_("What?"), asks=_("Write what will be done"), max_length=300)
    who = Words(
        label=_("Who at the workplace or the agency? Write the role, not the name."),
        asks=_("Write the role, for example the supervisor"),
        max_length=80,
        required=False,
    )
    due = Day(label=_("By which day?"), first=-A_WEEK, outside=_("Choose a day from a week ago to two years ahead"), required=False)

    def __init__(self, *args: Any, sides: Any = (), side: str = "", checks: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side = side
        if sides:
            self.fields["side"] = one_of(_("Whose step is it?"), sides, asks=_("Choose whose step it is"))
        elif side not in NAMED:
            del self.fields["who"]
        if not checks:
            self.checked = ()  # type: ignore[misc]  # of this form alone
            del self.fields["keep"]
        self.order_fields(["words", "side", "who", "due"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("side", self.side) in NAMED and not data.get("who", "") and "who" not in self.errors:
            self.add_error("who", _("Write the role, for example the supervisor"))
        return data

    @property
    def step(self) -> dict[str, Any]:
        """`words`, `who` and `due` for the action, with `channel` and `why`."""
        given = self.cleaned_data
        return {"words": given["words"], "who": given.get("who", ""), "due": given["due"], **self.behalf}
