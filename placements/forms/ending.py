"""The end of a placement: who wanted it, a coded reason, the last day."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from placements.models import EndWhy
from placements.states import Party
from taxonomy.forms import Day, Number, one_of

WANTED = [
    (Party.JOBSEEKER.value, _("The person")),
    (Party.EMPLOYER.value, _("The employer")),
    (Party.ADVISOR.value, _("I, as the advisor")),
]
MOST_HOURS = 5000
OUTSIDE = _("Choose a day from the first day of the placement to today")


class StopForm(forms.Form):
    """`staff`: the advisor, who says for whom."""

    def __init__(self, *args: Any, staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if staff:
            self.fields["wanted_by"] = one_of(_("Who wanted it?"), WANTED)
        self.fields["why"] = one_of(_("Why does it end?"), EndWhy.choices)

    @property
    def told(self) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.cleaned_data)
        wanted = data.pop("wanted_by", "")
        return {**data, "wanted_by": Party(wanted) if wanted else None}


class EndForm(StopForm):
    """`starts` is the first day: an end lies between it and today."""

    def __init__(self, *args: Any, starts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = (starts - localdate()).days
        self.fields["last_day"] = Day(
            label=_("Last day at the workplace"),
            first=first,
            last=0,
            outside=OUTSIDE,
        )
        self.fields["hours"] = Number(label=_("Hours done in all, if you know"), least=0, most=MOST_HOURS, required=False)
