"""What the index keeps of a posting, and how words become tokens: the same for every server that keeps it."""

from search.documents.filters import SORTS, Filters
from search.documents.folding import fold
from search.documents.posting import EVIDENCE, LEVELS, LICENCES, TIERS, Document, Names, document_of
from search.documents.words import Word, asked, forms, tokens

__all__ = [
    "EVIDENCE",
    "LEVELS",
    "LICENCES",
    "SORTS",
    "TIERS",
    "Document",
    "Filters",
    "Names",
    "Word",
    "asked",
    "document_of",
    "fold",
    "forms",
    "tokens",
]
