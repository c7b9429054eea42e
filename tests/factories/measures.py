"""Kinds of placement for tests."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from placements.models import MeasureType, MeasureVersion


class MeasureTypeFactory(DjangoModelFactory[MeasureType]):
    """A Norwegian trial with one version, whose fields are given as `version__longest=3`; `version=False` makes none."""

    class Meta:
        model = MeasureType
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"type-{n}")
    country = "NO"
    kinds = ["trial"]

    @factory.post_generation
    def version(self, create: bool, extracted: Any, **fields: Any) -> None:
        if extracted is not False:
            MeasureVersionFactory(measure_type=self, **fields)


class MeasureVersionFactory(DjangoModelFactory[MeasureVersion]):
    class Meta:
        model = MeasureVersion

    valid_from = date(2020, 1, 1)
    checked_on = date(2026, 11, 23)
    basis = "En regel"
    name_sv = name_nb = name_en = factory.Sequence(lambda n: f"Praktik {n}")
    signs_first = "jobseeker"
    signs_second = "employer"
