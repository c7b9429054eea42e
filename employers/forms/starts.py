"""What a new posting begins with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.queries.starts import starts
from taxonomy.forms import one_of


class StartForm(forms.Form):
    """Nothing chosen is an empty posting."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ready = [(one.slug, f"{one.title} ({one.kind.label})") for one in starts(language)]
        choices = [("empty", _("Empty, I write it all myself")), *ready]
        self.fields["start"] = one_of(_("What do you want to start from?"), choices, required=False)
