"""Which licences a licence includes. Plain Python.

Source: directive 2006/126/EC, article 6(1) (C and D are issued only to holders of B, each E only to holders of its own category) and
6(2)(a) (CE is valid for BE). AM is left out: a state may limit which categories are valid for it (6(2)(d)).
"""

from functools import lru_cache

INCLUDED = {"BE": {"B"}, "C": {"B"}, "D": {"B"}, "CE": {"B", "BE", "C"}}


@lru_cache(maxsize=1024)
def with_included(licences: frozenset[str]) -> frozenset[str]:
    """These and all that they include; certificates and unknown codes stay as they are."""
    return frozenset(licences).union(*(INCLUDED.get(one, frozenset()) for one in licences))
