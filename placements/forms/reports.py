"""What a workplace or a school writes about three months of an apprenticeship."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from matching.forms import CheckedForm
from placements.models import Reached
from taxonomy.forms import Words, one_of


class ReportForm(CheckedForm):
    """`goals` are the agreement's, in words."""

    checked: ClassVar[tuple[str, ...]] = ("practised", "next")

    practised = Words(label=_("What has been practised?"), max_length=1000, rows=4, asks=_("Write a few words"))

    def __init__(self, *args: Any, goals: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        for number, goal in enumerate(goals):
            self.fields[f"goal{number}"] = one_of(_("Is the goal reached: %s") % goal, Reached.choices)
        self.fields["next"] = Words(label=_("What comes next?"), max_length=600, rows=3, asks=_("Write a few words"))

    @property
    def told(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        goals = [[goal, data[f"goal{number}"]] for number, goal in enumerate(self.goals)]
        return {"practised": data["practised"], "goals": goals, "next": data["next"]}
