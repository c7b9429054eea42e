"""What browsing keeps."""

from search.models.entries import PostingEntry, Turn

__all__ = ["PostingEntry", "Turn"]
