"""From running text to the concepts that it names: labels word for word, and stretches of words that mean what a label means.

Measured on development data and real ads in docs/decisions/linker.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from taxonomy.encoders import Vectors
from taxonomy.linker.links import AHEAD, EXACT, LONGEST_PHRASE, Link, LinkKind, exactly, linked, only_of
from taxonomy.linker.nearest import best_two
from taxonomy.linker.reading import MOST_LETTERS, Word, language_of, phrases, same_start
from taxonomy.linker.vocabulary import Vocabulary, current, spelled

SHORTEST_NAME = 3  # letters: "C", "R" and "go" mean something else in running text
# Nouns of some concept that running text uses as everyday words: sheep, things, play, letters, goals.
EVERYDAY = {"får", "saker", "lek", "brev", "mål", "team", "service", "verktyg", "vilja", "personer", "arbete", "arbeid", "work", "plan"}
# A stretch of words is sure when it scores this, its words and the label's answer each other, and no other concept is as near.
SURE_STRETCH, SURE_ANSWERED = 0.72, 0.8
ASK_STRETCH, ASK_ANSWERED = 0.68, 0.6
SAME_WORD = 0.6  # cosine of two words that answer each other
SHORTEST_STEM, LONGEST_ENDING = 5, 3  # letters
MOST_TELLING = 5  # words of a stretch that are not small; hardly a label has more
FLOOR = 0.6  # cosine to a centroid below which no score can reach ASK_STRETCH


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring words of one phrase."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def span(self) -> tuple[int, int]:
        return self.words[0].start, self.words[-1].end


def link_text(text: str, *, kind: LinkKind, limit: int = 20, vocabulary: Vocabulary | None = None) -> list[Link]:
    """Concepts that running text names, in the order in which it names them, each once, with the words that it was read from.

    Labels word for word, the longest first, are exact and sure. What is left is read in stretches of up to eight words: one that
    means what a label means is sure, or not sure, and then somebody must be asked. No word is used twice.
    """
    known, text = vocabulary or current(), text[:MOST_LETTERS]
    language = language_of(text)
    found: list[Link] = []
    left: list[Stretch] = []
    for phrase in phrases(text):
        named = list(_named(known, kind, phrase, language))
        found += [link for link, _ in named]
        left += _left(phrase, [place for _, places in named for place in places])
    found += _meant(known, kind, left, language)
    first: dict[str, Link] = {}
    for one in sorted(found, key=lambda one: (not one.sure, one.start)):
        first.setdefault(one.concept, one)
    return sorted(first.values(), key=lambda one: (one.start, one.end))[:limit]


def _named(known: Vocabulary, kind: LinkKind, phrase: list[Word], language: str) -> Iterator[tuple[Link, range]]:
    """Labels word for word, each word used once; a label of several concepts is left out. With the places of the words used."""
    at, texts = 0, [word.text for word in phrase]
    while at < len(phrase):
        for size in range(min(LONGEST_PHRASE, len(phrase) - at), 0, -1):
            name = " ".join(texts[at : at + size])
            only = only_of(exactly(known, kind, name))
            if only is not None and (size > 1 or _telling(known, only, name, language)):
                span = phrase[at].start, phrase[at + size - 1].end
                yield linked(known, only, known.encoder.encode([name])[0], EXACT, span, exact=True, sure=True), range(at, at + size)
                at += size
                break
        else:
            at += 1


def _telling(known: Vocabulary, concept: int, word: str, language: str) -> bool:
    """Whether one word alone names the concept in running text: no everyday verb, and a label in the text's own language.

    A Swedish "driver" (runs) is no English driver. A name such as Java is spelled alike in all languages and has a Swedish label.
    """
    if len(word) < SHORTEST_NAME or word in EVERYDAY:
        return False
    start, end = np.searchsorted(known.label_owner, [concept, concept + 1]).tolist()
    own = [i for i in range(start, end) if word in spelled(known.label_texts[i]).split()]
    return not language or any(known.label_languages[i] == language or _is_name(known.label_texts[i]) for i in own)


def _is_name(label: str) -> bool:
    """English labels write names alone with a capital: Java, Excel, SQL."""
    return label[:1].isupper()


def _left(phrase: list[Word], used: list[int]) -> list[Stretch]:
    """Every stretch of at most LONGEST_PHRASE words around the used ones that begins and ends with a telling word."""
    taken, found = set(used), []
    for start, word in enumerate(phrase):
        if word.small or start in taken:
            continue
        telling = 0
        for end in range(start, min(start + LONGEST_PHRASE, len(phrase))):
            telling += not phrase[end].small
            if end in taken or telling > MOST_TELLING:
                break
            if not phrase[end].small:
                found.append(Stretch(tuple(phrase[start : end + 1])))
    return found


def _meant(known: Vocabulary, kind: LinkKind, stretches: list[Stretch], language: str) -> list[Link]:
    """The best stretches that do not overlap, each with the concept that it means."""
    texts = list(dict.fromkeys(stretch.text for stretch in stretches))
    if not texts:
        return []
    guesses = _guesses(known, kind, texts, language)
    ranked = sorted((stretch for stretch in stretches if stretch.text in guesses), key=lambda one: -guesses[one.text].score)
    found: list[Link] = []
    used: set[int] = set()
    for stretch in ranked:
        places = {word.start for word in stretch.words}
        if places.isdisjoint(used):
            used |= places
            guess = guesses[stretch.text]
            found.append(linked(known, guess.concept, guess.vector, guess.score, stretch.span, exact=False, sure=guess.sure))
    return found


@dataclass(frozen=True, slots=True)
class _Guess:
    concept: int
    score: float
    sure: bool
    vector: Vectors


def _guesses(known: Vocabulary, kind: LinkKind, texts: list[str], language: str) -> dict[str, _Guess]:
    """For each text that is near enough to a concept, and whose words that concept's label answers: the concept."""
    first, space = known.spaces[kind]
    vectors = known.encoder.encode(texts)
    near = best_two(space, vectors, known.allowed[kind], floor=FLOOR)
    by_row: dict[int, list[tuple[float, int, int]]] = {}
    for row, *pair in zip(near.rows.tolist(), near.scores.tolist(), near.concepts.tolist(), near.labels.tolist(), strict=True):
        by_row.setdefault(row, []).append((pair[0], pair[1], pair[2]))
    offset = int(np.searchsorted(known.label_owner, first))
    wanted = {row: sorted(pairs, reverse=True) for row, pairs in by_row.items() if max(pairs)[0] >= ASK_STRETCH}
    labels = {row: known.label_texts[offset + pairs[0][2]] for row, pairs in wanted.items()}
    answered = Answers(known, [*(texts[row] for row in wanted), *labels.values()])
    found = {}
    for row, pairs in wanted.items():
        score, concept, _ = pairs[0]
        both, alone = answered.both_ways(texts[row], labels[row]), len(answered.telling(texts[row])) == 1
        if both >= ASK_ANSWERED and not (alone and not _another_form(texts[row], labels[row])):
            sure = not alone and score >= SURE_STRETCH and both >= SURE_ANSWERED and score - pairs[1][0] >= AHEAD
            found[texts[row]] = _Guess(first + concept, score, sure, vectors[row])
    return found


def _another_form(word: str, label: str) -> bool:
    """Whether a label is the same one word with another ending: "databaser", "databas"; not "parkering", "parkeringsvakt"."""
    other = spelled(label)
    same = same_start(word, other)
    return other != word and same >= SHORTEST_STEM and max(len(word), len(other)) - same <= LONGEST_ENDING


class Answers:
    """How much of two short texts is the same word by word, rare words counting more. Their words are encoded once."""

    def __init__(self, known: Vocabulary, texts: list[str]) -> None:
        self._known = known
        self._telling = {text: [word for word in spelled(text).split() if not Word(word, 0, 0).small] for text in texts}
        read = list(dict.fromkeys(word for own in self._telling.values() for word in own))
        self._place = {word: i for i, word in enumerate(read)}
        self._vectors = known.encoder.encode(read)
        self._weights = np.array([known.rarity(word) for word in read], np.float32)

    def telling(self, text: str) -> list[str]:
        return self._telling[text]

    def both_ways(self, one: str, other: str) -> float:
        """0 to 1: the smaller of the two shares of words that have an answer in the other text."""
        here, there = ([self._place[word] for word in self._telling[text]] for text in (one, other))
        if not here or not there:
            return 0.0
        same = self._vectors[here] @ self._vectors[there].T >= SAME_WORD
        return min(self._share(here, same.max(axis=1)), self._share(there, same.max(axis=0)))

    def _share(self, places: list[int], answered: np.typing.NDArray[np.bool_]) -> float:
        weights = self._weights[places]
        return float(weights[answered].sum() / weights.sum())
