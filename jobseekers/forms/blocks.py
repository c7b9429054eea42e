"""The question pages of the profile: one form per block."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobseekers.forms.behalf import PersonForm
from jobseekers.models import Language, Licence, Profile, TimeOfDay, WishedKind
from jobseekers.queries import block_version, languages_in_words
from jobseekers.states import BLOCKS, LEVELS
from taxonomy.forms import TWO_YEARS, AsksPlace, Day, Held, Number, PlaceField, Words, picked, place_words, some_of

FEWEST_ROWS = 4


class BlockForm(PersonForm):
    """One block. `values` is what the action saves."""

    block = ""

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        kwargs["initial"] = {**self.held(profile), **kwargs.get("initial", {})}
        super().__init__(*args, now=block_version(profile, self.block), **kwargs)

    def held(self, profile: Profile) -> dict[str, Any]:
        return {name: getattr(profile, name) for name in BLOCKS[self.block]}

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in BLOCKS[self.block]}


class PlaceForm(AsksPlace, BlockForm):
    block = "place"
    place = PlaceField(label=_("Where do you live?"), help_text=_("A town is enough"), required=False)
    travel_km = Number(label=_("How many kilometres can you travel?"), help_text=_("One way, from home"), least=1, most=500, required=False)

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, profile=profile, **kwargs)
        self.place_field.country = profile.country

    def held(self, profile: Profile) -> dict[str, Any]:
        return {"place": place_words(profile.place), "travel_km": profile.travel_km}


class HoursForm(BlockForm):
    block = "hours"
    hours_now = Number(label=_("How many hours a week can you work now?"), least=1, most=40, required=False)
    hours_goal = Number(
        label=_("How many hours can it become?"), help_text=_("Leave empty if you do not know"), least=1, most=40, required=False
    )
    available_from = Day(label=_("From which day?"), first=-TWO_YEARS, outside=_("Choose a day within two years"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        now, goal = data.get("hours_now"), data.get("hours_goal")
        if now and goal and goal < now:
            self.add_error("hours_goal", ValidationError(_("The later hours are fewer than the hours now. Change one of them.")))
        return data


class TimesForm(BlockForm):
    block = "times"
    times = some_of(_("Which times suit you?"), TimeOfDay.choices, help_text=_("Choose none if all are fine"))


class LanguagesForm(BlockForm):
    """A few rows of language and level; an empty row is none, and two more are always free."""

    block = "languages"

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, profile=profile, **kwargs)
        self.known = held = profile.languages
        sent = sum(name.startswith("code_") for name in self.data)  # a page made when there were more has more rows
        self.rows = min(max(FEWEST_ROWS, len(held) + 2, sent), len(Language) + 2)
        names = [("", _("Choose a language")), *Language.choices]
        levels = [("", _("Choose a level")), *zip(LEVELS, LEVEL_WORDS, strict=True)]
        for i in range(self.rows):
            one = held[i] if i < len(held) else {"code": "", "level": ""}
            for name, label, choices in (("code", _("Language"), names), ("level", _("How well?"), levels)):
                self.fields[f"{name}_{i}"] = picked(label, choices, required=False, initial=one.get(name, ""))

    def pairs(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        return ((self[f"code_{i}"], self[f"level_{i}"]) for i in range(self.rows))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        spoken: dict[str, str] = {}
        for i in range(self.rows):
            code, level = data.get(f"code_{i}", ""), data.get(f"level_{i}", "")
            if level and not code:
                self.add_error(f"code_{i}", ValidationError(_("Choose which language it is")))
            if code in spoken:
                self.add_error(f"code_{i}", ValidationError(_("This language stands twice. Take one of them away.")))
            elif code:
                spoken[code] = level
        data["languages"] = [{"code": code, "level": level} for code, level in spoken.items()]
        return data

    def held_now(self) -> list[Held]:
        """All of them as one line: in which row a language stands says nothing."""
        return [Held(gettext("Languages"), languages_in_words(self.known), self["code_0"].auto_id)]


LEVEL_WORDS = (
    _("A1: a few words"),
    _("A2: simple everyday talk"),
    _("B1: most things at work"),
    _("B2: talk and write freely"),
    _("C1: almost everything"),
    _("C2: like a first language"),
)


class LicencesForm(BlockForm):
    block = "licences"
    licences = some_of(_("Which of these do you have?"), Licence.choices)


class KindsForm(BlockForm):
    block = "kinds"
    kinds = some_of(_("What are you looking for?"), WishedKind.choices, help_text=_("Choose none if all are fine"))


class WordsForm(BlockForm):
    block = "words"
    words = Words(
        label=_("Tell with your own words what you like and can"),
        help_text=_("The employer can read this if you say yes to a card. Write nothing about your health."),
        max_length=600,
        rows=6,
        signs_alone=True,
        required=False,
    )


BLOCK_FORMS: dict[str, type[BlockForm]] = {
    form.block: form for form in (PlaceForm, HoursForm, TimesForm, LanguagesForm, LicencesForm, KindsForm, WordsForm)
}


class ConceptForm(PersonForm):
    """A word of the vocabulary to add or take away."""

    concept = forms.CharField(max_length=120, required=False)
