"""From a person's own words to codes of the needs catalogue. What was typed lives in the arguments and in the answer, and nowhere else:
nothing of it is logged, cached or written, and no vector of it is kept.

A phrasing and a stretch of what was typed are each the sum of their words, a word counting the more the fewer codes use it; so "I",
"need" and "can't" say almost nothing, and "stairs" says almost everything.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings

from taxonomy.encoders import Encoder, Vectors, unit_rows
from taxonomy.encoders.ngrams import words
from taxonomy.linker import cache
from taxonomy.linker.need_words import Phrasing, phrasings
from taxonomy.linker.reading import Word, phrases
from taxonomy.linker.vocabulary import encoder as current_encoder

MOST_LETTERS = 2_000  # of what is read; a person's few sentences have a tenth of it
LONGEST_STRETCH = 8  # words
# Measured in benchmarks/link.py: see docs/decisions/linker.md.
SURE_NEED, WORTH_ASKING = 0.85, 0.6
NEAR_CODE, MOST_NEAR = 0.3, 5  # a calm pace (0.41) and a screened place are near a quiet one; below 0.25 it is chance
RARE = 0.4  # of the largest weight: a stretch needs one word that tells
SHORTEST_ALONE = 4  # letters of a stretch of one word


@dataclass(frozen=True, slots=True)
class NeedLink:
    """A code that the words may mean; text[start:end] are those words, `like` the phrasing that they are nearest to."""

    code: str
    score: float
    sure: bool
    like: str
    language: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Phrasings with their vectors, shape (phrasings, dimensions), and how much each word of them counts."""

    phrasings: tuple[Phrasing, ...]
    vectors: Vectors
    weights: dict[str, float]
    unknown: float

    def weight(self, word: str) -> float:
        return self.weights.get(word, self.unknown) if len(word) > 1 else 0.0


def link_need(text: str, *, limit: int = 5, encoder: Encoder | None = None) -> list[NeedLink]:
    """The codes nearest to what was typed, in any of the languages, best first, each once; empty when nothing is near.

    Raises EncoderUnavailable.
    """
    using = encoder or current_encoder()
    known, read = catalogue(using), phrases(text[:MOST_LETTERS])
    stretches = [stretch for phrase in read for stretch in _stretches(phrase, known)]
    if not stretches:
        return []
    near = _sums(using, known, [[word.text for word in stretch] for stretch in stretches]) @ known.vectors.T
    found: dict[str, NeedLink] = {}
    for place in np.argsort(-near.max(axis=0), kind="stable").tolist():
        row = int(near[:, place].argmax())
        score, phrasing, stretch = float(near[row, place]), known.phrasings[place], stretches[row]
        if score < WORTH_ASKING or len(found) >= limit:
            break
        span = stretch[0].start, stretch[-1].end
        link = NeedLink(phrasing.code, round(score, 4), score >= SURE_NEED, phrasing.text, phrasing.language, *span)
        found.setdefault(phrasing.code, link)
    return list(found.values())


_held: dict[str, Catalogue] = {}  # by the encoder's name; of the phrasings alone, never of what somebody typed


def catalogue(encoder: Encoder) -> Catalogue:
    """The phrasings under one encoder, made once per process in about half a second."""
    if encoder.name not in _held:
        _held[encoder.name] = _made(encoder)
    return _held[encoder.name]


def _made(encoder: Encoder) -> Catalogue:
    known = phrasings()
    codes: dict[str, set[str]] = {}
    for one in known:
        for word in words(one.text):
            codes.setdefault(word, set()).add(one.code)
    count = len({one.code for one in known})
    weights = {word: float(np.log((count + 1) / (len(own) + 0.5))) for word, own in codes.items()}
    bare = Catalogue(known, np.zeros((0, encoder.dimensions), np.float32), weights, float(np.log((count + 1) / 0.5)))
    return Catalogue(known, _sums(encoder, bare, [words(one.text) for one in known]), weights, bare.unknown)


def near_codes(encoder: Encoder) -> dict[str, list[tuple[str, float]]]:
    """For each code the others whose phrasings are near its own, nearest first, at most MOST_NEAR, each with the cosine.

    What all phrasings have in common (I, need, at work) is taken away first; without that everything is near everything.
    """
    version = [encoder.name, NEAR_CODE, MOST_NEAR, [(one.code, one.text) for one in phrasings()]]
    found = cache.kept(Path(settings.VAR_DIR) / "vectors", "near-needs", version, lambda: _near_codes(encoder))
    return {code: [(other, cosine) for other, cosine in near] for code, near in found.items()}


def _near_codes(encoder: Encoder) -> dict[str, list[tuple[str, float]]]:
    known = catalogue(encoder)
    codes = sorted({one.code for one in known.phrasings})
    middles = np.zeros((len(codes), encoder.dimensions), np.float32)
    np.add.at(middles, [codes.index(one.code) for one in known.phrasings], known.vectors)
    middles = unit_rows(middles)
    middles = unit_rows(middles - middles.mean(axis=0))
    cosine = middles @ middles.T
    np.fill_diagonal(cosine, 0)
    nearest = np.argsort(-cosine, axis=1)[:, :MOST_NEAR]
    return {
        code: [(codes[j], float(cosine[i, j])) for j in nearest[i].tolist() if cosine[i, j] >= NEAR_CODE] for i, code in enumerate(codes)
    }


def _stretches(phrase: list[Word], known: Catalogue) -> list[list[Word]]:
    """Stretches of a phrase in which at least one word tells something."""
    found = []
    for start in range(len(phrase)):
        for end in range(start + 1, min(start + LONGEST_STRETCH, len(phrase)) + 1):
            stretch = phrase[start:end]
            if len(stretch) == 1 and len(phrase[start].text) < SHORTEST_ALONE:
                continue
            if any(known.weight(word.text) >= RARE * known.unknown for word in stretch):
                found.append(stretch)
    return found


def _sums(encoder: Encoder, known: Catalogue, texts: list[list[str]]) -> Vectors:
    """One row per text: its words' vectors, weighted and added, length 1."""
    read = list(Counter(word for text in texts for word in text))
    place = {word: i for i, word in enumerate(read)}
    weighted = encoder.encode(read) * np.array([known.weight(word) for word in read], np.float32)[:, None]
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    sums = np.zeros((len(texts), encoder.dimensions), np.float32)
    np.add.at(sums, owner, weighted[[place[word] for text in texts for word in text]])
    return unit_rows(sums)
