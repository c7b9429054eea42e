"""Helper schemes for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from placements.models import Scheme


class SchemeFactory(DjangoModelFactory[Scheme]):
    """A Norwegian scheme for the time of a supervisor."""

    class Meta:
        model = Scheme

    key = factory.Sequence(lambda n: f"scheme-{n}")
    country = "NO"
    kinds = ["trial"]
    supervision = True
    valid_from = date(2020, 1, 1)
    checked_on = date(2026, 11, 23)
    review_on = date(2027, 5, 31)
    sure = True
    name_sv = name_nb = name_en = factory.Sequence(lambda n: f"Støtte {n}")
    pays_sv = pays_nb = pays_en = "Tid."
    applies_sv = applies_nb = applies_en = "Søk."
