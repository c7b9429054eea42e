"""A typed town becomes a row of our own table of places. Where several have the name, the person is asked which one is meant."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from taxonomy.forms.fields import INPUT, Uncut
from taxonomy.forms.text import plain
from taxonomy.models import Place
from taxonomy.queries import folded, places_like

MOST_PLACES = 8
LONGEST_NAME = 200


class PlaceField(Uncut):
    """A typed place. The form's `AsksPlace` finds the row, because a choice among several comes beside the field."""

    def __init__(self, *, asks: Any = None, **kwargs: Any) -> None:
        self.country = ""  # where to look; everywhere if empty
        self.meant: list[Place] = []  # what the person may choose among, when one must be chosen
        self.found: Place | None = None
        messages = {
            "required": asks or _("Write something here"),
            "max_length": _("Write at most %(limit_value)d characters. Now there are %(show_value)d."),
        }
        widget = forms.TextInput(attrs={**INPUT, "autocomplete": "address-level2"})
        super().__init__(max_length=LONGEST_NAME, error_messages=messages, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        return plain(str(super().to_python(value) or ""))

    def find(self, typed: str, chosen: str) -> Place:
        """Raises ValidationError with `meant` filled when the typed name is not exactly one place."""
        name, *municipality = typed.split(" (", 1)  # as `place_words` writes it
        found = places_like(name, country=self.country, most=MOST_PLACES)
        named = [place for place in found if folded(typed) == folded(place_words(place) if municipality else place.name)]
        picked = [place for place in found if str(place.pk) == chosen]
        if picked or len(named) == 1:
            self.found = (picked or named)[0]
            return self.found
        self.meant = named or list(found)
        if self.meant:
            raise ValidationError(_("Choose the place that you mean"), code="several")
        raise ValidationError(_("We do not know that place. Try a larger town nearby."), code="unknown")

    def bound_data(self, data: Any, initial: Any) -> Any:
        """A place that was chosen comes back with its municipality, so that nobody is asked twice."""
        return place_words(self.found) if self.found else super().bound_data(data, initial)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return folded(str(initial or "")) != folded(place_words(self.found) if self.found else str(data or ""))


class AsksPlace(forms.Form):
    """A form with a `place`: its cleaned value is the row, and `meant` what to choose among (components/meant.html)."""

    @property
    def place_field(self) -> PlaceField:
        return self.fields["place"]  # type: ignore[return-value] # it is one in every form that is built on this

    @property
    def meant(self) -> list[tuple[int, str]]:
        """The places to choose among when the typed name was not exactly one."""
        return [(place.pk, place_words(place)) for place in self.place_field.meant]

    def clean_place(self) -> Place | None:
        typed: str = self.cleaned_data["place"]
        return self.place_field.find(typed, self.data.get("meant", "")) if typed else None


def place_words(place: Place | None) -> str:
    """The name, with the municipality where the name does not say it already; empty for no place."""
    if place is None:
        return ""
    return place.name if not place.municipality or place.municipality in place.name else f"{place.name} ({place.municipality})"
