"""What helps to pay for a placement: schemes of each country, with the day on which somebody has to read them again."""

from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from placements.fields import KindsField, NeedsField
from placements.models.texts import Country, Errors, Worded, text
from placements.scoring import Support

TEXTS = ("name", "pays", "applies", "note")


class Scheme(Worded, models.Model):
    """One scheme. It says where it belongs by the codes that it serves, by supervision, or by the kind of posting alone."""

    key = models.SlugField(_("Key"), primary_key=True, max_length=40, help_text=_("Short and lasting: it is never shown."))
    country = models.CharField(_("Country"), max_length=2, choices=Country.choices)
    kinds = KindsField(_("Kinds of posting"))
    codes = NeedsField(_("Serves these adaptations"), blank=True)
    supervision = models.BooleanField(_("Serves the time of a supervisor or a mentor"), default=False)
    always = models.BooleanField(_("Belongs to every placement of these kinds"), default=False)
    valid_from = models.DateField(_("Holds from"))
    valid_to = models.DateField(_("Holds until"), null=True, blank=True)

    name_sv, name_nb, name_en = text(_("Name"), 80)
    pays_sv, pays_nb, pays_en = text(_("What it pays for"), 300)
    applies_sv, applies_nb, applies_en = text(_("Who applies, and where"), 200)
    note_sv, note_nb, note_en = text(_("Good to know"), 300)
    source = models.URLField(_("Source"), blank=True)
    sure = models.BooleanField(_("Read in the source"), default=False)
    checked_on = models.DateField(_("Checked on"))
    review_on = models.DateField(_("To be reviewed again by"))
    shipped = models.CharField(max_length=64, blank=True, editable=False)  # a hash of the row as it came with the product

    class Meta:
        ordering: ClassVar = ["country", "key"]
        verbose_name = _("helper scheme")
        verbose_name_plural = _("helper schemes")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="scheme_ends_after_it_begins",
                violation_error_message=_("It ends on the day it begins or later."),
            ),
            models.CheckConstraint(
                condition=Q(review_on__gt=F("checked_on")),
                name="scheme_is_reviewed_after_it_was_checked",
                violation_error_message=_("The day of the next review comes after the day it was checked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.country})"

    def clean(self) -> None:
        errors: Errors = self.unsaid("name", "pays", "applies")
        if any(self.words("note").values()):
            errors |= self.unsaid("note")
        if not (self.codes or self.supervision or self.always):
            errors["codes"] = _("Say where the scheme belongs: an adaptation, supervision, or every placement of its kinds.")
        if errors:
            raise ValidationError(errors)

    def overdue(self, today: date) -> bool:
        """Whether it should have been read again by now."""
        return self.review_on < today

    @property
    def name(self) -> str:
        """In the reader's language; so are the three below."""
        return self.told("name")

    @property
    def pays(self) -> str:
        return self.told("pays")

    @property
    def applies(self) -> str:
        return self.told("applies")

    @property
    def note(self) -> str:
        return self.told("note")

    @property
    def support(self) -> Support:
        """For `scoring.fits`."""
        return Support(
            country=self.country,
            kinds=frozenset(self.kinds),
            codes=frozenset(self.codes),
            supervision=self.supervision,
            always=self.always,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )
