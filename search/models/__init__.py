"""What browsing asks, what other machines follow, and how far we have come in following others."""

from search.models.changes import PostingChange
from search.models.entries import EntryOffer, PostingEntry
from search.models.feeds import FeedAd, FeedCursor

__all__ = ["EntryOffer", "FeedAd", "FeedCursor", "PostingChange", "PostingEntry"]
