"""From typed words to concepts: exact labels first, then the nearest ones, with an honest "not sure"."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from taxonomy.encoders import Vectors
from taxonomy.encoders.ngrams import words
from taxonomy.linker.vocabulary import Vocabulary, current, spelled

LinkKind = Literal["skill", "occupation"]

# Below SURE, or this near to the next concept, the caller must ask the person. Measured with starter and ESCO in place: a sure link
# without exact words names the reference's own concept for 84 % of occupations (Danish and US sets) and 59 % of JobTech skills, where exact
# words themselves reach 89 % and 85 %: ESCO's skills have near twins. Higher thresholds do not help skills.
SURE, AHEAD = 0.85, 0.05
WORTH_SHOWING = 0.35
REPAIR = 0.97  # what a guess at the spelling costs; a repaired word can lead the list, but is never sure
MOST = 20
EXACT = 1.0
INFINITIVE_MARKS = {"att", "å", "to"}

LONGEST_PHRASE = 8  # words
SHORTEST_NAME = 3  # letters: "C", "R" and "go" mean something else in running text
PIECES_AT_ONCE = 64
# Nouns of some concept that running text uses as everyday words: sheep, things, play, letters, goals.
_EVERYDAY = {"får", "saker", "lek", "brev", "mål", "team", "service", "verktyg", "vilja", "personer", "arbete", "arbeid", "work", "plan"}
_SMALL_WORDS = {
    "sv": {"och", "att", "är", "för", "ett", "till", "av", "vi", "inte", "eller"},
    "nb": {"og", "å", "er", "for", "et", "til", "av", "vi", "ikke", "eller"},
    "en": {"and", "to", "is", "for", "the", "of", "with", "we", "not", "or"},
}
_BETWEEN_PHRASES = re.compile(r"[\n\r\t.!?;:,•·|()\[\]\"”“]+|\s[-–—*/]\s")


@dataclass(frozen=True, slots=True)
class Link:
    """A concept that a text may mean. `score` is near 1 for the same words; `sure` means no question is needed."""

    concept: str
    score: float
    exact: bool
    sure: bool
    label: str
    language: str


def link(text: str, *, kind: LinkKind, limit: int = 8, vocabulary: Vocabulary | None = None) -> list[Link]:
    """The concepts nearest to a few typed words in any of the languages, best first; empty when nothing is near.

    Concepts that have exactly these words as a label come first. At most one link is sure, and then it is the first.
    """
    known = vocabulary or current()
    read = words(text)
    if not read:
        return []
    repaired = known.speller.repaired(read) if len(read) <= LONGEST_PHRASE else read
    vectors = known.encoder.encode([text, " ".join(repaired)])
    return _ranked(known, kind, _Asked(vectors, _scores(known, kind, vectors), _exact(known, kind, text)))[:limit]


def link_text(text: str, *, kind: LinkKind, limit: int = 20, vocabulary: Vocabulary | None = None) -> list[Link]:
    """Concepts named in running text, in the order in which they are named: labels inside it word for word, the longest first,
    and whole short lines that are surely a concept. What only a whole sentence means is not found here."""
    known, language = vocabulary or current(), _language(text)
    found: dict[str, Link] = {}
    pieces = [piece.strip() for piece in _BETWEEN_PHRASES.split(text) if piece.strip()]
    for start in range(0, len(pieces), PIECES_AT_ONCE):
        for one in _links_of(known, kind, pieces[start : start + PIECES_AT_ONCE], language):
            found.setdefault(one.concept, one)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One text as typed, and perhaps with its spelling repaired: a row of `vectors` and of `scores` each. And its exact concepts."""

    vectors: Vectors
    scores: Vectors
    exact: dict[int, int]


def _links_of(known: Vocabulary, kind: LinkKind, pieces: Sequence[str], language: str) -> Iterator[Link]:
    named = [_named(known, kind, words(piece), language) for piece in pieces]
    short = [i for i, piece in enumerate(pieces) if not named[i] and 0 < len(words(piece)) <= LONGEST_PHRASE]
    asked = known.encoder.encode([pieces[i] for i in short])
    scores = _scores(known, kind, asked)
    nearest = {i: _Asked(asked[row : row + 1], scores[row : row + 1], {}) for row, i in enumerate(short)}
    for i, phrases in enumerate(named):
        if i in nearest:
            yield from (one for one in _ranked(known, kind, nearest[i])[:1] if one.sure)
        for phrase, concept in phrases:
            yield _link(known, concept, known.encoder.encode([phrase])[0], EXACT, exact=True, sure=True)


def _named(known: Vocabulary, kind: LinkKind, text: list[str], language: str) -> list[tuple[str, int]]:
    """Labels word for word in a phrase, each stretch of words used once; a label of several concepts is left out."""
    found, at = [], 0
    while at < len(text):
        for size in range(min(LONGEST_PHRASE, len(text) - at), 0, -1):
            phrase = " ".join(text[at : at + size])
            only = _only(_exact(known, kind, phrase))
            if only is not None and (size > 1 or _telling(known, only, phrase, language)):
                found.append((phrase, only))
                at += size
                break
        else:
            at += 1
    return found


def _telling(known: Vocabulary, concept: int, word: str, language: str) -> bool:
    """Whether one word alone names the concept in running text: no everyday verb, and a label in the text's own language.

    A Swedish "driver" (runs) is no English driver. A name such as Java is spelled alike in all languages and has a Swedish label.
    """
    if len(word) < SHORTEST_NAME or word in _EVERYDAY:
        return False
    start, end = np.searchsorted(known.label_owner, [concept, concept + 1]).tolist()
    own = [i for i in range(start, end) if word in spelled(known.label_texts[i]).split()]
    return not language or any(known.label_languages[i] == language or _is_name(known.label_texts[i]) for i in own)


def _is_name(label: str) -> bool:
    """English labels write names alone with a capital: Java, Excel, SQL."""
    return label[:1].isupper()


def _language(text: str) -> str:
    """The language whose small words are commonest in the text, or nothing when it has none."""
    count = Counter(words(text))
    told = {language: sum(count[word] for word in small) for language, small in _SMALL_WORDS.items()}
    best = max(told, key=lambda language: told[language])
    return best if told[best] else ""


def _exact(known: Vocabulary, kind: LinkKind, text: str) -> dict[int, int]:
    """Concepts of the kind that have these words as a label, with how strongly it names them; "to clean" is also "clean"."""
    name = spelled(text)
    mark, _, rest = name.partition(" ")
    pairs = known.exact.get(name) or (known.exact.get(rest, ()) if mark in INFINITIVE_MARKS else ())
    return {concept: strength for concept, strength in pairs if known.kinds[concept] == kind}


def _only(exact: dict[int, int]) -> int | None:
    """The one concept that has the words as its strongest name, or none when two have."""
    strongest = [concept for concept, strength in exact.items() if strength == min(exact.values())]
    return strongest[0] if len(strongest) == 1 else None


def _scores(known: Vocabulary, kind: LinkKind, asked: Vectors) -> Vectors:
    """(asked, concepts of the space); what may not be linked to is put last."""
    first, space = known.spaces[kind]
    scores = space.scores(asked)
    end = first + scores.shape[1]
    allowed = known.active[first:end] & (known.kinds[first:end] == kind)
    scores[:, ~allowed] = -np.inf
    return scores


def _ranked(known: Vocabulary, kind: LinkKind, asked: _Asked) -> list[Link]:
    first, exact = known.spaces[kind][0], asked.exact
    guesses = asked.scores * np.array([1.0, REPAIR], np.float32)[: len(asked.scores), None]
    way, best = guesses.argmax(axis=0), guesses.max(axis=0)
    near = (first + np.argsort(-best, kind="stable")[:MOST]).tolist()
    others = [concept for concept in near if concept not in exact and best[concept - first] >= WORTH_SHOWING]
    leading = sorted(exact, key=lambda concept: (exact[concept], -asked.scores[0, concept - first]))
    sure = {_only(exact)} if exact else {first + place for place in _clear(asked.scores[0])}
    links = [_link(known, one, asked.vectors[0], EXACT, exact=True, sure=one in sure) for one in leading]
    return links + [
        _link(known, one, asked.vectors[way[one - first]], float(best[one - first]), exact=False, sure=one in sure) for one in others
    ]


def _clear(scores: Vectors) -> list[int]:
    """The place of the best concept where it is good enough and far enough ahead that nobody needs to be asked."""
    if not len(scores):
        return []
    best, *next_best = np.argsort(-scores, kind="stable")[:2].tolist()
    ahead = scores[best] - scores[next_best[0]] if next_best else np.inf
    return [best] if scores[best] >= SURE and ahead >= AHEAD else []


def _link(known: Vocabulary, concept: int, asked: Vectors, score: float, *, exact: bool, sure: bool) -> Link:
    first, space = known.spaces[str(known.kinds[concept])]
    offset = int(np.searchsorted(known.label_owner, first))
    label = offset + space.best_label(asked, concept - first)
    return Link(known.keys[concept], round(score, 4), exact, sure, known.label_texts[label], known.label_languages[label])
