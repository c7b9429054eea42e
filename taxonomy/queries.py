"""Reads of the vocabulary that are not one model's business: finding places by a typed name."""

import unicodedata
from collections.abc import Sequence

from django.db.models import Case, IntegerField, Value, When

from taxonomy.models import Place

# Letters that Unicode does not take apart into a plain letter and a sign above it.
_WHOLE_LETTERS = str.maketrans({"ø": "o", "æ": "a", "ß": "ss", "ð": "d", "đ": "d", "þ": "th", "ł": "l"})


def folded(name: str) -> str:
    """A name as it is kept for finding: lower case, without diacritics, single spaces. "Sjöbo (Borås)" gives "sjobo (boras)"."""
    apart = unicodedata.normalize("NFKD", name.casefold().translate(_WHOLE_LETTERS))
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())


def places_like(typed: str, *, country: str = "", most: int = 10) -> Sequence[Place]:
    """Places whose name begins with what was typed, the exact name first; å, ä, ö, ø and æ may be typed as a and o."""
    wanted = folded(typed)
    if not wanted:
        return []
    found = Place.objects.filter(folded__startswith=wanted)
    if country:
        found = found.filter(country=country)
    exact = Case(When(folded=wanted, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(found.order_by(exact, "folded", "municipality")[:most])
