"""From typed words to concepts: exact labels first, then the nearest ones, with an honest "not sure"."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from taxonomy.encoders import Vectors
from taxonomy.encoders.ngrams import words
from taxonomy.linker.nearest import Scored, candidates
from taxonomy.linker.vocabulary import Vocabulary, current, spelled

LinkKind = Literal["skill", "occupation"]

# Below SURE, or this near to the next concept, the caller must ask the person. Measured with starter and ESCO in place (docs/measured.md):
# a sure link without exact words names one of the reference's concepts for 92 % of occupations (Danish and US sets), as exact words do.
SURE, AHEAD = 0.85, 0.05
WORTH_SHOWING = 0.35
REPAIR = 0.97  # what a guess at the spelling costs; a repaired word can lead the list, but is never sure
MOST = 20
EXACT = 1.0
INFINITIVE_MARKS = {"att", "å", "to"}
LONGEST_PHRASE = 8  # words
LONGEST_TYPED = 400  # letters, as the longest label; what comes after is not read


@dataclass(frozen=True, slots=True)
class Link:
    """A concept that a text may mean. `score` is near 1 for the same words; `sure` means no question is needed.

    text[start:end] are the words that it was read from.
    """

    concept: str
    score: float
    exact: bool
    sure: bool
    label: str
    language: str
    start: int = 0
    end: int = 0


def link(text: str, *, kind: LinkKind, limit: int = 8, vocabulary: Vocabulary | None = None) -> list[Link]:
    """The concepts nearest to a few typed words in any of the languages, best first; empty when nothing is near.

    Concepts that have exactly these words as a label come first. At most one link is sure, and then it is the first.
    """
    known, typed = vocabulary or current(), text[:LONGEST_TYPED]
    read = words(typed)
    if not read:
        return []
    repaired = known.speller.repaired(read) if len(read) <= LONGEST_PHRASE else read
    vectors = known.encoder.encode([typed] if repaired == read else [typed, " ".join(repaired)])
    exact = exact_of(known, kind, typed)
    found = candidates(known.spaces[kind][1], vectors, known.allowed[kind])
    return [*_led(known, exact, vectors, len(text)), *_near(known, kind, exact, found, len(text))][:limit]


def _led(known: Vocabulary, exact: dict[int, int], vectors: Vectors, end: int) -> list[Link]:
    """Those that have exactly the words: the strongest name first, then the nearest as a whole."""
    leading = sorted(exact, key=lambda concept: (exact[concept], -float(known.centroids[concept] @ vectors[0])))
    only = only_of(exact)
    return [linked(known, one, vectors[0], EXACT, (0, end), exact=True, sure=one == only) for one in leading]


def _near(known: Vocabulary, kind: LinkKind, exact: dict[int, int], found: Scored, end: int) -> list[Link]:
    """The rest in the order of their scores, each by the better of the two spellings."""
    first, _ = known.spaces[kind]
    offset = int(np.searchsorted(known.label_owner, first))
    guesses = np.where(found.rows == 0, found.scores, found.scores * np.float32(REPAIR))
    best: dict[int, tuple[float, int]] = {}
    for i in np.lexsort((found.concepts, -guesses)).tolist():
        best.setdefault(int(found.concepts[i]), (float(guesses[i]), offset + int(found.labels[i])))
    sure = None if exact else clear(found.concepts[found.rows == 0], found.scores[found.rows == 0])
    shown = [
        (one, score, label) for one, (score, label) in list(best.items())[:MOST] if score >= WORTH_SHOWING and first + one not in exact
    ]
    return [_link(known, first + one, label, score, (0, end), exact=False, sure=one == sure) for one, score, label in shown]


def exact_of(known: Vocabulary, kind: LinkKind, text: str) -> dict[int, int]:
    """Concepts of the kind that have these words as a label, with how strongly it names them; "to clean" is also "clean"."""
    return exactly(known, kind, spelled(text))


def exactly(known: Vocabulary, kind: LinkKind, name: str) -> dict[int, int]:
    """The same for words that are folded already."""
    mark, _, rest = name.partition(" ")
    pairs = known.exact.get(name) or (known.exact.get(rest, ()) if mark in INFINITIVE_MARKS else ())
    return {concept: strength for concept, strength in pairs if known.kinds[concept] == kind}


def only_of(exact: dict[int, int]) -> int | None:
    """The one concept that has the words as its strongest name, or none when two have."""
    strongest = [concept for concept, strength in exact.items() if strength == min(exact.values())]
    return strongest[0] if len(strongest) == 1 else None


def clear(concepts: np.typing.NDArray[np.intp], scores: Vectors) -> int | None:
    """The best concept where it is good enough and far enough ahead that nobody needs to be asked."""
    if not len(scores):
        return None
    best, *next_best = np.argsort(-scores, kind="stable")[:2].tolist()
    ahead = scores[best] - scores[next_best[0]] if next_best else np.inf
    return int(concepts[best]) if scores[best] >= SURE and ahead >= AHEAD else None


def linked(known: Vocabulary, concept: int, vector: Vectors, score: float, span: tuple[int, int], *, exact: bool, sure: bool) -> Link:
    """A link with the label that is nearest to the vector."""
    first, space = known.spaces[str(known.kinds[concept])]
    label = int(np.searchsorted(known.label_owner, first)) + space.best_label(vector, concept - first)
    return _link(known, concept, label, score, span, exact=exact, sure=sure)


def _link(known: Vocabulary, concept: int, label: int, score: float, span: tuple[int, int], *, exact: bool, sure: bool) -> Link:
    return Link(known.keys[concept], round(score, 4), exact, sure, known.label_texts[label], known.label_languages[label], *span)
