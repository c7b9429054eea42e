"""How many came to an open activity on a day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from taxonomy.forms import Day, Number

LONG_AGO, MOST = -90, 500


class DropInForm(forms.Form):
    day = Day(label=_("Day"), first=LONG_AGO, last=0, outside=_("Choose a day from three months ago to today"))
    came = Number(label=_("How many came?"), least=0, most=MOST)
