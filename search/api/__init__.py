"""What other machines read: postings in three forms, a feed per search, and the files that crawlers look for."""

from search.api.atom import PostingsFeed, SavedFeed

__all__ = ["PostingsFeed", "SavedFeed"]
