"""A template of an agreement: its name, and the words that are read over before they are kept."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.forms import CheckedForm
from taxonomy.forms import Words


class TemplateForm(CheckedForm):
    checked: ClassVar[tuple[str, ...]] = ("name", "tasks", "safety_words")

    name = Words(
        label=_("What the template is called"), max_length=80, asks=_("Write a name"), help_text=_("For example: Kitchen, first weeks")
    )
    tasks = Words(label=_("What the person does"), max_length=1000, rows=5, required=False)
    safety_words = Words(label=_("More about safety, if needed"), max_length=300, rows=2, required=False)

    @property
    def told(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in self.checked}

    def refuse(self, code: str) -> None:
        """What the action has answered, beside the words that it is about."""
        if code == "taken":
            self.add_error("name", _("The team has a template of that name. Choose another one."))
        else:
            self.add_error("tasks", _("The person's name stands in the words. Take it away, here and in the name of the template."))


class DropForm(forms.Form):
    drop = forms.UUIDField()
