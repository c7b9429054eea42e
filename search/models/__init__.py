"""What browsing asks and what a jobseeker keeps of it, what other machines follow, and how far we have come in following others."""

from search.models.changes import PostingChange
from search.models.entries import PostingEntry, Turn
from search.models.feeds import Feed, FeedAd, FeedCursor
from search.models.reports import PostingReport, Wrong
from search.models.saved import Favourite, Often, SavedSearch

__all__ = [
    "Favourite",
    "Feed",
    "FeedAd",
    "FeedCursor",
    "Often",
    "PostingChange",
    "PostingEntry",
    "PostingReport",
    "SavedSearch",
    "Turn",
    "Wrong",
]
