"""Pure reads of what anyone may browse: filters in, open postings out. Nothing about the visitor is kept."""

from search.documents import Filters
from search.queries.browse import Hits, fetch, freed, instead, ordered, window
from search.queries.postings import counts_by_kind, newest, similar
from search.queries.typing import occupations_and_skills, places

__all__ = [
    "Filters",
    "Hits",
    "counts_by_kind",
    "fetch",
    "freed",
    "instead",
    "newest",
    "occupations_and_skills",
    "ordered",
    "places",
    "similar",
    "window",
]
