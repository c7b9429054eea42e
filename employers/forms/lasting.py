"""How long a posting stays open."""

from django import forms
from django.utils.translation import gettext_lazy as _

from taxonomy.forms import Day

HALF_A_YEAR = 183  # days


class ExtendForm(forms.Form):
    last_day = Day(
        label=_("Last day the posting is open"),
        last=HALF_A_YEAR,
        outside=_("Choose a day within half a year."),
        required=False,
        help_text=_("Leave it empty if you do not know. Then we ask you after six weeks."),
    )
