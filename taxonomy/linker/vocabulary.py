"""The vocabulary in memory: concepts, labels and their vectors as arrays, built from the database and shared by a whole process."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db.models import Max

from taxonomy.encoders import Encoder, NordicEncoder, SentenceTransformerEncoder, Vectors
from taxonomy.encoders.ngrams import words
from taxonomy.linker import cache
from taxonomy.linker.ranking import Indexes, Marks, Space, centroids
from taxonomy.linker.spelling import Speller
from taxonomy.models import Kind, Label, Release

WEIGHTS = Path(__file__).resolve().parent.parent / "weights" / "nordic.bin"
LANGUAGES = ("sv", "nb", "da", "en")  # Danish stands in where ESCO has no Norwegian; more languages were measured to add nothing
PREFERRED, OTHER, PART = range(3)  # how a label names its concept: strongest first

Version = tuple[int, datetime | None, int]  # newest release, when, newest label


@dataclass(frozen=True, slots=True)
class Row:
    """One label with its concept, as the database has it."""

    key: str
    kind: str
    isco: str
    active: bool
    language: str
    text: str
    preferred: bool


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Everything that linking and scoring read. Concepts stand in the order group, occupation, skill, then by key.

    `label_vectors` (labels, dimensions) may be a memory-mapped file; `label_owner[i]` is the concept of label i. `spaces` holds what is
    ranked together: skills, and occupations with their groups. What only the linker reads is made when it is first read: a worker that
    matches reads none of it.
    """

    release: int
    encoder: Encoder
    keys: tuple[str, ...]
    kinds: np.typing.NDArray[np.str_]
    isco: tuple[str, ...]
    active: np.typing.NDArray[np.bool_]
    label_texts: tuple[str, ...]
    label_languages: tuple[str, ...]
    label_preferred: np.typing.NDArray[np.bool_]
    label_owner: Indexes
    label_vectors: Vectors
    centroids: Vectors
    spaces: Mapping[str, tuple[int, Space]]  # kind -> (place of its first concept, space)
    allowed: Mapping[str, np.typing.NDArray[np.bool_]]  # kind -> which concepts of its space may be linked to
    place: Mapping[str, int]

    @cached_property
    def exact(self) -> Mapping[str, tuple[tuple[int, int], ...]]:
        """From the words of a label to (concept, strength) pairs."""
        return _exact(self)

    @cached_property
    def speller(self) -> Speller:
        return Speller.of(words(text) for text in self.label_texts)

    def rarity(self, word: str) -> float:
        """How much one folded word tells: from about 1 for a word of every tenth label to 10 and more for one of no label."""
        uses = self.speller.uses[self.speller.place[word]] if word in self.speller.place else 0
        return float(np.log((len(self.label_texts) + 1) / (uses + 0.5)))

    def vectors_of(self, keys: Sequence[str]) -> Vectors:
        """One centroid per key, shape (len(keys), dimensions). A key that is not in the vocabulary gives zeros: near nothing."""
        vectors = np.zeros((len(keys), self.encoder.dimensions), np.float32)
        known = [i for i, key in enumerate(keys) if key in self.place]
        vectors[known] = self.centroids[[self.place[keys[i]] for i in known]]
        return vectors


def encoder() -> Encoder:
    """The encoder that the settings name; raises EncoderUnavailable."""
    return _opened(settings.ENCODER)


@lru_cache(maxsize=4)
def _opened(name: str) -> Encoder:
    """`nordic` is the one that ships, `*.bin` another weights file of its kind, anything else a sentence-transformers model."""
    if name == "nordic" or name.endswith(".bin"):
        return NordicEncoder.open(WEIGHTS if name == "nordic" else name)
    return SentenceTransformerEncoder(name)


_lock = threading.Lock()
_held: dict[str, tuple[Version, Vocabulary]] = {}  # by the encoder's setting


def current() -> Vocabulary:
    """The process's own vocabulary, rebuilt when a release or a label was added since. Costs two index look-ups when nothing was.

    Raises EncoderUnavailable.
    """
    version, name = _version(), settings.ENCODER
    held = _held.get(name)
    if held is None or held[0] != version:
        with _lock:
            held = _held.get(name)
            if held is None or held[0] != version:
                held = _held[name] = (version, build(_rows(), encoder(), release=version[0]))
    return held[1]


def _version() -> Version:
    newest = Release.objects.order_by("-pk").values_list("pk", "at").first() or (0, None)
    return (*newest, Label.objects.aggregate(newest=Max("pk"))["newest"] or 0)


def _rows() -> Iterator[Row]:
    fields = ("concept_id", "concept__kind", "concept__isco", "concept__active", "language", "text", "preferred")
    found = (
        Label.objects.filter(language__in=LANGUAGES)
        .order_by("concept__kind", "concept_id", "-preferred", "language", "text")
        .values_list(*fields)
    )
    return (Row(*values) for values in found.iterator(chunk_size=10_000))


def build(rows: Iterable[Row], encoder: Encoder, *, release: int) -> Vocabulary:
    """A vocabulary from labels that come sorted by kind, then concept."""
    labels = list(rows)
    places: dict[str, int] = {}
    firsts: list[int] = []
    for i, row in enumerate(labels):
        if row.key not in places:
            places[row.key] = len(places)
            firsts.append(i)
    heads = [labels[i] for i in firsts]
    owner = np.array([places[row.key] for row in labels], np.intp)
    texts = tuple(row.text for row in labels)
    vectors = cache.label_vectors(encoder, texts, Path(settings.VAR_DIR) / "vectors")
    starts = np.array(firsts, np.intp)
    middles = centroids(vectors, starts)
    preferred = np.array([row.preferred for row in labels], np.bool_)
    spaces = {
        str(Kind.OCCUPATION): _space(heads, starts, (vectors, preferred), middles, {Kind.GROUP, Kind.OCCUPATION}),
        str(Kind.SKILL): _space(heads, starts, (vectors, preferred), middles, {Kind.SKILL}),
    }
    return Vocabulary(
        release=release,
        encoder=encoder,
        keys=tuple(places),
        kinds=np.array([row.kind for row in heads], np.str_),
        isco=tuple(row.isco for row in heads),
        active=np.array([row.active for row in heads], np.bool_),
        label_texts=texts,
        label_languages=tuple(row.language for row in labels),
        label_preferred=preferred,
        label_owner=owner,
        label_vectors=vectors,
        centroids=middles,
        spaces=spaces,
        allowed={kind: _allowed(heads[first : first + len(space.starts)], kind) for kind, (first, space) in spaces.items()},
        place=places,
    )


def _space(heads: list[Row], starts: Indexes, labels: tuple[Vectors, Marks], middles: Vectors, kinds: set[Kind]) -> tuple[int, Space]:
    """The kinds of one space stand next to each other, so its arrays are views, not copies."""
    vectors, preferred = labels
    inside = [i for i, row in enumerate(heads) if row.kind in kinds]
    first, end = (inside[0], inside[-1] + 1) if inside else (0, 0)
    low = int(starts[first]) if inside else 0
    high = int(starts[end]) if end < len(starts) else len(vectors)
    isco = [row.isco for row in heads[first:end]]
    group = [row.kind == Kind.GROUP for row in heads[first:end]]
    own = slice(low, high if inside else low)
    return first, Space.of((vectors[own], preferred[own]), starts[first:end] - low, middles[first:end], (isco, group))


def _allowed(heads: list[Row], kind: str) -> np.typing.NDArray[np.bool_]:
    return np.array([row.active and row.kind == kind for row in heads], np.bool_)


def spelled(text: str) -> str:
    """How exact labels are compared: the folded words, without signs between them."""
    return " ".join(words(text))


def _exact(known: Vocabulary) -> dict[str, tuple[tuple[int, int], ...]]:
    found: dict[str, dict[int, int]] = defaultdict(dict)
    work = (known.kinds == Kind.OCCUPATION).tolist()
    for text, preferred, concept in zip(known.label_texts, known.label_preferred.tolist(), known.label_owner.tolist(), strict=True):
        if not known.active[concept]:
            continue
        names = [(text, PREFERRED if preferred else OTHER), *((part, PART) for part in _parts(text, work=work[concept]))]
        for name, strength in names:
            held = found[spelled(name)]
            held[concept] = min(strength, held.get(concept, strength))
    found.pop("", None)
    return {name: tuple(held.items()) for name, held in found.items()}


def _parts(text: str, *, work: bool) -> list[str]:
    """Names inside a label: "Java (computer programming)" also says Java, "kock/kokerska" says both occupations."""
    plain = text.partition(" (")[0]
    found = [plain] if plain != text else []
    if work and "/" in plain and " " not in plain:
        found += plain.split("/")
    return found
