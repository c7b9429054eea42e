"""What anyone may browse, and what a jobseeker keeps of it."""

from search.views.browse import postings, suggestions
from search.views.feeds import feeds
from search.views.posting import easy, posting, preview
from search.views.reports import report, reports
from search.views.saved import change_saved_search, favourite, leave_saved, save_search, saved_search

__all__ = [
    "change_saved_search",
    "easy",
    "favourite",
    "feeds",
    "leave_saved",
    "posting",
    "postings",
    "preview",
    "report",
    "reports",
    "save_search",
    "saved_search",
    "suggestions",
]
