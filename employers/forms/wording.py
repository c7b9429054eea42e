"""Why a sentence stays as it is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.models import KeptReason
from taxonomy.forms import one_of


class KeepForm(forms.Form):
    reason = one_of(_("Why is the sentence needed?"), KeptReason.choices, asks=_("Choose why the sentence is needed"))
