"""Which letters come to somebody who has an account."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleKind

NEWS = ("news", _("When there is something new to read"))
REMINDERS = ("reminders", _("A reminder when the time to answer runs out"))


class LettersForm(forms.Form):
    """A tick for each kind of letter that comes. `quiet` are the kinds that are turned off, `kinds` the roles of the account:
    reminders go to jobseekers only, and an account without a role may become one."""

    def __init__(self, *args: Any, quiet: Collection[str], kinds: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [NEWS, REMINDERS] if not kinds or RoleKind.JOBSEEKER in kinds else [NEWS]
        self.codes, self.others = [code for code, _words in shown], [code for code in quiet if code not in dict(shown)]
        self.fields["wanted"] = forms.MultipleChoiceField(
            label=_("I want a letter"),
            choices=shown,
            required=False,
            initial=[code for code in self.codes if code not in quiet],
            widget=forms.CheckboxSelectMultiple(attrs={"class": "ds-input"}),
            error_messages={"invalid_choice": _("Choose among the answers")},
        )

    def quiet(self) -> list[str]:
        """What is turned off from now on; what this form does not show stays as it is."""
        return sorted([*self.others, *(code for code in self.codes if code not in self.cleaned_data["wanted"])])
