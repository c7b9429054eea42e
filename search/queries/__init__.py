"""Pure reads of what anyone may browse: filters in, open postings out. Nothing about the visitor is kept."""

from search.documents import Filters
from search.queries.alternatives import Alternative, alternatives
from search.queries.browse import Hits, fetch, instead, ordered, window
from search.queries.postings import counts_by_kind, newest
from search.queries.similar import similar
from search.queries.typing import occupations_and_skills, places

__all__ = [
    "Alternative",
    "Filters",
    "Hits",
    "alternatives",
    "counts_by_kind",
    "fetch",
    "instead",
    "newest",
    "occupations_and_skills",
    "ordered",
    "places",
    "similar",
    "window",
]
