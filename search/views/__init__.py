"""What anyone may browse."""

from search.views.browse import postings, suggestions
from search.views.posting import posting, preview

__all__ = ["posting", "postings", "preview", "suggestions"]
