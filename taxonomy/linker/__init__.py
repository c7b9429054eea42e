"""The linker: typed words and running text to concepts of the vocabulary, in any of its languages."""

from taxonomy.linker.links import Link, link
from taxonomy.linker.private import Private, private_words
from taxonomy.linker.running import link_text
from taxonomy.linker.vocabulary import Vocabulary, current, encoder

__all__ = ["Link", "Private", "Vocabulary", "current", "encoder", "link", "link_text", "private_words"]
