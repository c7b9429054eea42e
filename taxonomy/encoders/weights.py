"""The weights file of the Nordic encoder: 2 or 4 bits a number, one scale a row, a hash over every byte.

Layout: magic (8 bytes) · sha256 of all that follows (32) · length of the header (4, little endian) · header (JSON) · zeros up to
a multiple of 4096 · scales (float16, one a row) · what the word of a row counts (the same) · numbers (the first dimension in the
lowest bits of the first byte).
A number q stands for LEVELS[bits][q] x scale. Format 1 hashed its n-grams in another way, format 2 counted every word alike, format 3
the forms of a word one by one: they are refused.
"""

import hashlib
import json
import mmap
import struct
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taxonomy.encoders.base import EncoderUnavailable, Vectors
from taxonomy.encoders.ngrams import Numbers

MAGIC = b"NORDICEN"
FORMAT = 4
PAGE = 4096
TINY = 1e-6
START = len(MAGIC) + 32 + 4
BYTE = 8
# 4 bits: even steps, 0 unused so that they lie around zero. 2 bits: the four levels that lose least of a normal distribution (Max, 1960).
LEVELS = {4: np.arange(-8, 8, dtype=np.float32), 2: np.array([-1.510, -0.4528, 0.4528, 1.510], np.float32)}
# The spread of a row, in levels, that is tried; the one with the least squared error is kept.
SPREADS = {4: (2.2, 2.5, 2.8, 3.2, 3.6), 2: (0.85, 0.95, 1.05, 1.15)}


@dataclass(frozen=True, slots=True)
class Header:
    """What a reader must know, and what a person wants to know about where the numbers come from."""

    format: int
    rows: int
    dimensions: int
    bits: int
    seed: int
    steps: int
    trained_on: str


@dataclass(frozen=True, slots=True)
class Weights:
    """The opened file; `numbers` (rows, bytes), `scales` and `word_weights` (rows,) lie in the page cache, not in our memory."""

    header: Header
    sha256: str
    scales: NDArray[np.float16]
    word_weights: NDArray[np.float16]
    numbers: NDArray[np.uint8]

    @property
    def rows(self) -> int:
        return self.header.rows

    @property
    def dimensions(self) -> int:
        return self.header.dimensions

    def sums(self, rows: Numbers) -> Vectors:
        """The vectors of each line of `rows` (n, count) added up: shape (n, dimensions)."""
        decoded = np.take(_bytes(self.header.bits), self.numbers[rows]).view(np.float32)
        added: Vectors = np.matmul(self.scales[rows].astype(np.float32)[:, None, :], decoded)[:, 0]
        return added

    def table(self) -> Vectors:
        """All rows as floats, shape (rows, dimensions): for a reader that has the memory."""
        return self.sums(np.arange(self.rows)[:, None])


@lru_cache(maxsize=len(LEVELS))
def _bytes(bits: int) -> NDArray[np.generic]:
    """What each of the 256 bytes stands for: its 2 or 4 levels as one item, so that one look-up decodes a byte."""
    shifts = np.arange(0, BYTE, bits)
    levels = LEVELS[bits][(np.arange(256)[:, None] >> shifts) & ((1 << bits) - 1)]
    decoded: NDArray[np.generic] = levels.view(np.complex128 if len(shifts) > 2 else np.float64)[:, 0]  # noqa: PLR2004 (two floats or four)
    return decoded


def quantise(table: Vectors, bits: int) -> tuple[NDArray[np.float16], NDArray[np.uint8]]:
    """A float table (rows, dimensions) as scales and packed numbers."""
    levels = LEVELS[bits]
    middles = (levels[1:] + levels[:-1]) / 2
    scales = np.zeros(len(table), np.float32)
    chosen = np.zeros(table.shape, np.uint8)
    least = np.full(len(table), np.inf, np.float32)
    spread = np.sqrt(np.square(table).mean(axis=1))
    for wide in SPREADS[bits]:
        scale = np.maximum(spread / wide, TINY)
        numbers = np.maximum(np.searchsorted(middles, table / scale[:, None]), int(bits > 2)).astype(np.uint8)  # noqa: PLR2004
        stood = levels[numbers]
        scale = (
            np.maximum((stood * table).sum(axis=1) / np.maximum(np.square(stood).sum(axis=1), TINY), 0)
            .astype(np.float16)
            .astype(np.float32)
        )
        error = np.square(stood * scale[:, None] - table).sum(axis=1)
        better = error < least
        scales[better], chosen[better], least[better] = scale[better], numbers[better], error[better]
    return scales.astype(np.float16), _packed(chosen, bits)


def _packed(numbers: NDArray[np.uint8], bits: int) -> NDArray[np.uint8]:
    """(rows, dimensions) of small numbers as (rows, bytes)."""
    apart = numbers.reshape(len(numbers), -1, BYTE // bits)
    packed: NDArray[np.uint8] = np.bitwise_or.reduce(apart << np.arange(0, BYTE, bits, dtype=np.uint8), axis=2)
    return packed


def write(path: Path, table: Vectors, word_weights: Vectors, *, bits: int, seed: int, steps: int, trained_on: str) -> str:
    """Quantise and write `table`, with what the words of its rows count, whole or not at all; returns the sha256 that names the weights."""
    header = Header(FORMAT, table.shape[0], table.shape[1], bits, seed, steps, trained_on)
    text = json.dumps(asdict(header), sort_keys=True).encode()
    scales, numbers = quantise(table, bits)
    body = struct.pack("<I", len(text)) + text
    body += (
        b"\0" * (-(len(MAGIC) + 32 + len(body)) % PAGE) + scales.tobytes() + word_weights.astype(np.float16).tobytes() + numbers.tobytes()
    )
    digest = hashlib.sha256(body)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(MAGIC + digest.digest() + body)
    unfinished.replace(path)
    return digest.hexdigest()


def read(path: Path) -> Weights:
    """Open a weights file, every byte of it checked; raises EncoderUnavailable with the reason in one sentence."""
    try:
        with path.open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            file.seek(len(MAGIC) + 32)
            digest = hashlib.file_digest(file, "sha256").digest()  # read, not mapped: pages that nobody looks up stay out of memory
    except (OSError, ValueError) as error:  # an empty file can't be mapped: ValueError
        raise EncoderUnavailable(f"The weights file {path} can't be read: {error}. Make it with manage.py train_encoder.") from error
    if content[: len(MAGIC)] != MAGIC or len(content) < START:
        raise EncoderUnavailable(f"{path} is not a weights file of the Nordic encoder.")
    if digest != content[len(MAGIC) : len(MAGIC) + 32]:
        raise EncoderUnavailable(f"{path} is damaged or not whole: its content does not match its own sha256. Fetch or train it again.")
    length = struct.unpack_from("<I", content, len(MAGIC) + 32)[0]
    header = _header(path, content[START : START + length])
    return _arrays(path, header, digest.hex(), content, START + length)


def _header(path: Path, text: bytes) -> Header:
    try:
        fields: dict[str, Any] = json.loads(text)
        version = fields["format"]
        if version != FORMAT:
            raise EncoderUnavailable(
                f"{path} has format {version}, and this program reads format {FORMAT}. Train it again or update the program."
            )
        return Header(**fields)
    except (ValueError, KeyError, TypeError) as error:
        raise EncoderUnavailable(f"The header of {path} can't be understood: {error}.") from error


def _arrays(path: Path, header: Header, sha256: str, content: mmap.mmap, end: int) -> Weights:
    start = end + -end % PAGE
    width = header.dimensions * header.bits // BYTE if header.bits in LEVELS else 0
    if not width or header.dimensions * header.bits % BYTE or len(content) != start + header.rows * (4 + width):
        raise EncoderUnavailable(f"{path} does not hold the {header.rows} rows of {header.dimensions} that its header promises.")
    scales, word_weights = np.frombuffer(content, np.float16, 2 * header.rows, start).reshape(2, header.rows)
    if not (np.isfinite(scales).all() and np.isfinite(word_weights).all()):
        raise EncoderUnavailable(f"{path} holds numbers that are not finite. Train it again.")
    numbers = np.frombuffer(content, np.uint8, header.rows * width, start + 4 * header.rows).reshape(header.rows, width)
    return Weights(header, sha256, scales, word_weights, numbers)
