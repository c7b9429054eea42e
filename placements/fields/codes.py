"""Columns that hold a list of codes, ticked one by one in the editors' admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from employers.models import Kind
from taxonomy.models import Need, NeedGroup


class CodesField(models.JSONField):
    """A list of codes in the order of `options`. Whoever inherits says which there are."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **{"default": list, **named})

    def options(self) -> list[Any]:
        """As the choices of a form's field: pairs of code and words, or groups of them."""
        raise NotImplementedError

    def formfield(self, **named: Any) -> Any:
        return models.Field.formfield(
            self,
            form_class=forms.MultipleChoiceField,
            **{**named, "choices": self.options, "widget": forms.CheckboxSelectMultiple},
        )

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        known = {code for code, _words in _flat(self.options())}
        if not isinstance(value, list) or set(value) - known:
            raise ValidationError(_("There is no such code."))


class KindsField(CodesField):
    """Kinds of posting."""

    def options(self) -> list[Any]:
        return list(Kind.choices)


class NeedsField(CodesField):
    """Codes of the needs catalogue, by group."""

    def options(self) -> list[Any]:
        needs = list(Need.objects.all())
        return [(group.label, [(one.code, one.label) for one in needs if one.group == group]) for group in NeedGroup]


def _flat(options: list[Any]) -> list[tuple[str, Any]]:
    return [pair for code, words in options for pair in (words if isinstance(words, list) else [(code, words)])]
