"""What browsing asks, what other machines follow, and how far we have come in following others."""

from search.models.changes import PostingChange
from search.models.entries import PostingEntry, Turn
from search.models.feeds import FeedAd, FeedCursor

__all__ = ["FeedAd", "FeedCursor", "PostingChange", "PostingEntry", "Turn"]
