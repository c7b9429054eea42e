"""The linker: typed words and running text to concepts of the vocabulary and codes of the needs catalogue, in any of the languages."""

from taxonomy.linker.hints import Hint, hints
from taxonomy.linker.links import MOST, Link, LinkKind, link
from taxonomy.linker.needs import NeedLink, link_need, near_codes
from taxonomy.linker.private import Private, private_words
from taxonomy.linker.reading import MOST_LETTERS
from taxonomy.linker.running import link_text
from taxonomy.linker.vocabulary import Vocabulary, current, encoder

__all__ = [
    "MOST",
    "MOST_LETTERS",
    "Hint",
    "Link",
    "LinkKind",
    "NeedLink",
    "Private",
    "Vocabulary",
    "current",
    "encoder",
    "hints",
    "link",
    "link_need",
    "link_text",
    "near_codes",
    "private_words",
]
