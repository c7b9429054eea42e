"""Running text cut into phrases and words, each word with the place where it stands in the text as it was written."""

import re
from collections import Counter
from dataclasses import dataclass

from taxonomy.encoders.ngrams import words

MOST_LETTERS = 20_000  # of one text; what comes after is not read, so that the time is bounded
SMALL_WORDS = {
    "sv": (
        *("och", "att", "är", "för", "ett", "en", "till", "av", "vi", "inte", "eller", "i", "på", "som", "med", "du", "den", "det", "de"),
        *("om", "har", "kan", "ska", "din", "ditt", "dina", "dig", "vår", "våra", "oss", "hos", "vid", "från", "under", "så", "samt"),
        *("sin", "sitt", "sina", "där", "när", "hur", "vad", "blir", "får", "andra", "även", "inom", "jag", "min", "mitt", "mina"),
    ),
    "nb": (
        *("og", "å", "er", "for", "et", "en", "ei", "til", "av", "vi", "ikke", "eller", "i", "på", "som", "med", "du", "den", "det", "de"),
        *("om", "har", "kan", "skal", "din", "ditt", "dine", "deg", "vår", "våre", "oss", "hos", "ved", "fra", "under", "så", "samt"),
        *("sin", "sitt", "sine", "der", "når", "hva", "blir", "får", "andre", "også", "innen", "jeg", "min", "mitt", "mine"),
    ),
    "en": (
        *("and", "to", "is", "for", "the", "of", "with", "we", "not", "or", "a", "an", "in", "on", "as", "you", "your", "our", "us"),
        *("be", "are", "that", "this", "by", "at", "have", "has", "will", "can", "from", "it", "its", "their", "other", "i", "my"),
    ),
}
_SMALL = {word for own in SMALL_WORDS.values() for text in own for word in words(text)}
_BETWEEN_PHRASES = re.compile(r"[\n\r\t.!?;:,•·|()\[\]\"”“«»]+|\s[-–—*/]\s")
# Invisible signs and loose accents belong to the word that they stand in.
_RUN = re.compile("(?:[^\\W_]|[+#\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f])+")
_TELLING = {language: {word for text in own for word in words(text)} for language, own in SMALL_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, and where it stands: text[start:end]."""

    text: str
    start: int
    end: int

    @property
    def small(self) -> bool:
        """Whether it only joins other words."""
        return self.text in _SMALL


def phrases(text: str) -> list[list[Word]]:
    """The words between full stops, commas, brackets and new lines; a stretch without a readable word is left out."""
    found, start = [], 0
    for gap in [*_BETWEEN_PHRASES.finditer(text), None]:
        end = gap.start() if gap else len(text)
        read = words_at(text[start:end], start)
        if read:
            found.append(read)
        start = gap.end() if gap else end
    return found


def words_at(text: str, offset: int = 0) -> list[Word]:
    """Every word of a text with its place. A run of signs that folds to several words gives each of them the whole run."""
    return [Word(one, offset + run.start(), offset + run.end()) for run in _RUN.finditer(text) for one in words(run.group())]


def language_of(text: str) -> str:
    """The language whose small words are commonest in the text, or nothing when it has none."""
    count = Counter(words(text))
    told = {language: sum(count[word] for word in small) for language, small in _TELLING.items()}
    best = max(told, key=lambda language: told[language])
    return best if told[best] else ""


def same_start(one: str, other: str) -> int:
    """How many letters two words have in common from their beginning."""
    return next((i for i, (here, there) in enumerate(zip(one, other, strict=False)) if here != there), min(len(one), len(other)))
