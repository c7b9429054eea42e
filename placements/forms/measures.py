"""The editors' forms: a kind of placement with its versions, and a helper scheme."""

from datetime import date
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from placements.models import Version

IN_USE = _("Agreements name this version, so it cannot go. Say until when it holds instead.")
OVERLAP = _("This version begins before the one above it in time has ended. Say until when the earlier one holds.")


class KeyedForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail has no types
    """The key stays what it is: another would be another row."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if not self.instance._state.adding:
            self.fields["key"].disabled = True


class MeasureTypeForm(KeyedForm):
    """Versions follow each other in time, and one that an agreement names stays."""

    def clean(self) -> Any:
        found = super().clean()
        versions = self.formsets["versions"].forms
        for late in overlapping([form for form in versions if _stands(form)]):
            late.add_error("valid_from", OVERLAP)
        gone = [form.instance.pk for form in versions if form.is_valid() and form.cleaned_data.get("DELETE") and form.instance.pk]
        if gone and Version.objects.filter(measure__in=gone).exists():
            self.add_error(None, IN_USE)
        return found


def overlapping(forms_of_versions: list[forms.ModelForm]) -> list[forms.ModelForm]:  # type: ignore[type-arg]
    """The later of each two versions that hold on the same day."""
    in_time = sorted(forms_of_versions, key=lambda form: form.cleaned_data["valid_from"])
    return [later for earlier, later in pairwise(in_time) if (_until(earlier)) >= later.cleaned_data["valid_from"]]


def _stands(form: Any) -> bool:
    return bool(form.is_valid() and form.cleaned_data.get("valid_from") and not form.cleaned_data.get("DELETE"))


def _until(form: Any) -> date:
    return form.cleaned_data.get("valid_to") or date.max
