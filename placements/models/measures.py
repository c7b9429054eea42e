"""The kinds of placement that a country has, and what each allows when: rules as data, kept by editors and never in code."""

import re
from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from placements.fields import KindsField
from placements.models.texts import Country, Errors, Worded, text
from placements.scoring import AgeOn, Length, Limits, Season, Unit

TEXTS = ("name", "decides", "insurance", "longer_if", "note")
A_DAY = _("A day of the year: 06-01 is 1 June. Empty: any day.")


def a_day(words: str) -> None:
    """Validates a day of the year. 29 February is none: it is not in every year."""
    if not re.fullmatch("[0-9]{2}-[0-9]{2}", words):
        raise ValidationError(A_DAY)
    try:
        date(2027, int(words[:2]), int(words[3:]))
    except ValueError:
        raise ValidationError(A_DAY) from None


class Party(models.TextChoices):
    """Who signs an agreement before the advisor, who is always the last."""

    JOBSEEKER = "jobseeker", pgettext_lazy("signs", "The jobseeker")
    EMPLOYER = "employer", pgettext_lazy("signs", "The employer")
    SUPERVISOR = "supervisor", pgettext_lazy("signs", "The supervisor")


class MeasureType(ClusterableModel):
    """A kind of placement that a country has. What it is called and allows stands in its versions."""

    key = models.SlugField(_("Key"), primary_key=True, max_length=40, help_text=_("Short and lasting: it is never shown."))
    country = models.CharField(_("Country"), max_length=2, choices=Country.choices)
    kinds = KindsField(_("Kinds of posting"))
    shipped = models.CharField(max_length=64, blank=True, editable=False)  # a hash of the rows as they came with the product

    class Meta:
        ordering: ClassVar = ["country", "key"]
        verbose_name = _("kind of placement")
        verbose_name_plural = _("kinds of placement")

    def __str__(self) -> str:
        newest = self.newest
        return f"{newest.name} ({self.country})" if newest else self.key

    @property
    def newest(self) -> "MeasureVersion | None":
        return max(self.versions.all(), key=lambda one: one.valid_from, default=None)


class MeasureVersionQuerySet(models.QuerySet["MeasureVersion"]):
    def valid_on(self, day: date) -> Self:
        """What holds on a day: of each kind of placement one version at most, because versions do not overlap."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day).select_related("measure_type")


class MeasureVersion(Worded, models.Model):
    """What a kind of placement is called and allows from one day to another. `sure`: somebody has read it in the source, on
    `checked_on`."""

    measure_type = ParentalKey(MeasureType, on_delete=models.CASCADE, related_name="versions")
    valid_from = models.DateField(_("Holds from"))
    valid_to = models.DateField(_("Holds until"), null=True, blank=True)

    name_sv, name_nb, name_en = text(_("Name"), 80)
    decides_sv, decides_nb, decides_en = text(_("Who decides"), 200)
    insurance_sv, insurance_nb, insurance_en = text(_("Insurance"), 300)
    longer_if_sv, longer_if_nb, longer_if_en = text(_("The longer time holds if"), 200)
    note_sv, note_nb, note_en = text(_("Good to know"), 400)
    basis = models.CharField(_("Legal basis"), max_length=200)
    source = models.URLField(_("Source"), blank=True)
    sure = models.BooleanField(_("Read in the source"), default=False)
    checked_on = models.DateField(_("Checked on"))

    longest = models.PositiveSmallIntegerField(_("Longest time"), null=True, blank=True)
    longer = models.PositiveSmallIntegerField(_("Longer time"), null=True, blank=True)
    unit = models.CharField(
        _("Counted in"),
        max_length=8,
        default=Unit.MONTHS,
        choices=[
            (Unit.DAYS.value, pgettext_lazy("counted in", "Days")),
            (Unit.WEEKS.value, pgettext_lazy("counted in", "Weeks")),
            (Unit.MONTHS.value, pgettext_lazy("counted in", "Months")),
        ],
    )
    min_age = models.PositiveSmallIntegerField(_("Youngest"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("Oldest"), null=True, blank=True)
    age_on = models.CharField(
        _("Age is counted"),
        max_length=8,
        default=AgeOn.START,
        choices=[
            (AgeOn.START.value, pgettext_lazy("age is counted", "On the first day")),
            (AgeOn.END.value, pgettext_lazy("age is counted", "On the last day")),
        ],
    )
    starts_after = models.CharField(_("Starts on this day at the earliest"), max_length=5, blank=True, validators=[a_day], help_text=A_DAY)
    starts_before = models.CharField(_("Starts on this day at the latest"), max_length=5, blank=True, validators=[a_day], help_text=A_DAY)
    over_by = models.CharField(_("Is over on this day"), max_length=5, blank=True, validators=[a_day], help_text=A_DAY)
    back_days = models.PositiveSmallIntegerField(_("Days that a start may lie back"), null=True, blank=True)
    signs_first, signs_second, signs_third = (
        models.CharField(words, max_length=12, blank=True, choices=Party.choices)
        for words in (_("Signs first"), _("Signs second"), _("Signs third"))
    )
    in_order = models.BooleanField(
        _("In this order"),
        default=False,
        help_text=_("Without a tick those named sign in any order. The advisor always signs last and is not named here."),
    )

    objects = MeasureVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["measure_type", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure_type", "valid_from"], name="one_version_from_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="measure_ends_after_it_begins",
                violation_error_message=_("A version ends on the day it begins or later."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from:%Y-%m-%d}"

    def clean(self) -> None:
        errors = {**self.unsaid("name"), **self._lengths(), **self._ages(), **self._signers()}
        if errors:
            raise ValidationError(errors)

    def _lengths(self) -> Errors:
        errors: Errors = {}
        if self.longer is not None and (self.longest is None or self.longer <= self.longest):
            errors["longer"] = _("The longer time is longer than the longest time without a reason.")
        if self.longer is not None and not all(self.words("longer_if").values()):
            errors["longer_if_sv"] = _("Say in each language when the longer time holds.")
        season = (self.starts_after, self.starts_before, self.over_by)
        if any(season) and not (all(season) and season[0] <= season[1] <= season[2]):
            errors["starts_after"] = _("A season has three days, one after the other.")
        return errors

    def _ages(self) -> Errors:
        if self.min_age is not None and self.max_age is not None and self.min_age > self.max_age:
            return {"max_age": _("The oldest is at least as old as the youngest.")}
        return {}

    def _signers(self) -> Errors:
        given = (self.signs_first, self.signs_second, self.signs_third)
        if len(set(self.signs)) < len(self.signs) or not all(given[: len(self.signs)]):
            return {"signs_first": _("Each signs once, and no line is left out.")}
        if not {Party.JOBSEEKER, Party.EMPLOYER} <= set(self.signs):
            return {"signs_first": _("The jobseeker and the employer always sign.")}
        return {}

    @property
    def signs(self) -> tuple[str, ...]:
        """Who of `Party` signs before the advisor; in this order where `in_order` says so."""
        return tuple(filter(None, (self.signs_first, self.signs_second, self.signs_third)))

    @property
    def name(self) -> str:
        """In the reader's language; so are the four below."""
        return self.told("name")

    @property
    def decides(self) -> str:
        return self.told("decides")

    @property
    def insurance(self) -> str:
        return self.told("insurance")

    @property
    def longer_if(self) -> str:
        return self.told("longer_if")

    @property
    def note(self) -> str:
        return self.told("note")

    def as_written(self) -> dict[str, str]:
        """What an agreement says of the measure, to keep with the agreement: every word of this row that its parties read."""
        texts = {f"{text}_{language}": words for text in TEXTS for language, words in self.words(text).items()}
        return {**texts, "basis": self.basis, "source": self.source}

    @classmethod
    def from_written(cls, held: dict[str, str]) -> "MeasureVersion":
        """Of what `as_written` gave: a row that is never stored. What an older release kept and is no longer known is left out."""
        known = {field.name for field in cls._meta.concrete_fields}
        return cls(**{name: words for name, words in held.items() if name in known})

    @property
    def limits(self) -> Limits:
        """For `scoring.breaches`."""
        season = (self.starts_after, self.starts_before, self.over_by)
        return Limits(
            longest=Length(self.longest, self.unit) if self.longest else None,
            longer=Length(self.longer, self.unit) if self.longer else None,
            min_age=self.min_age,
            max_age=self.max_age,
            age_on=self.age_on,
            season=Season(*map(_day, season)) if all(season) else None,
            back_days=self.back_days,
        )


def _day(words: str) -> tuple[int, int]:
    month, day = words.split("-")
    return int(month), int(day)
