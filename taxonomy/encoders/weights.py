"""The weights file of the Nordic encoder: 4 bits a number, one scale a row, a hash over every byte.

Layout: magic (8 bytes) · sha256 of all that follows (32) · length of the header (4, little endian) · header (JSON) · zeros up to
a multiple of 4096 · scales (float16, one a row) · numbers (two a byte: the low half holds the first half of the dimensions).
A number q stands for (q - 8) x scale, q in 1..15.
"""

import hashlib
import json
import mmap
import struct
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taxonomy.encoders.base import EncoderUnavailable, Vectors

MAGIC = b"NORDICEN"
FORMAT = 1
PAGE = 4096
START = len(MAGIC) + 32 + 4
MIDDLE = 8
LARGEST = 7
HIGH = 16  # moves a number into the upper half of its byte
CLIPS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)


@dataclass(frozen=True, slots=True)
class Header:
    """What a reader must know, and what a person wants to know about where the numbers come from."""

    format: int
    rows: int
    dimensions: int
    seed: int
    steps: int
    trained_on: str


@dataclass(frozen=True, slots=True)
class Weights:
    """The opened file; `numbers` (rows, dimensions / 2) and `scales` (rows,) lie in the page cache, not in our memory."""

    header: Header
    sha256: str
    scales: NDArray[np.float16]
    numbers: NDArray[np.uint8]

    @property
    def rows(self) -> int:
        return self.header.rows

    @property
    def dimensions(self) -> int:
        return self.header.dimensions

    def vectors(self, rows: NDArray[np.intp]) -> Vectors:
        """The numbers of these rows as floats, shape (len(rows), dimensions)."""
        packed = self.numbers[rows]
        scales = self.scales[rows].astype(np.float32)[:, None]
        return np.concatenate([(half.astype(np.float32) - MIDDLE) * scales for half in (packed & 15, packed >> 4)], axis=1)


def quantise(table: Vectors) -> tuple[NDArray[np.float16], NDArray[np.uint8]]:
    """A float table (rows, dimensions) as scales and packed numbers; each row takes the clip with the least squared error."""
    scales = np.zeros(len(table), np.float32)
    chosen = np.zeros(table.shape, np.int8)
    least = np.full(len(table), np.inf, np.float32)
    peak = np.abs(table).max(axis=1)
    for clip in CLIPS:
        scale = np.maximum(peak * clip / LARGEST, 1e-6).astype(np.float16).astype(np.float32)
        numbers = np.clip(np.rint(table / scale[:, None]), -LARGEST, LARGEST)
        error = np.square(numbers * scale[:, None] - table).sum(axis=1)
        better = error < least
        scales[better], chosen[better], least[better] = scale[better], numbers[better].astype(np.int8), error[better]
    shifted: NDArray[np.uint8] = (chosen + MIDDLE).astype(np.uint8)
    half = table.shape[1] // 2
    packed: NDArray[np.uint8] = np.bitwise_or(shifted[:, :half], shifted[:, half:] * np.uint8(HIGH))
    return scales.astype(np.float16), packed


def write(path: Path, table: Vectors, *, seed: int, steps: int, trained_on: str) -> str:
    """Quantise and write `table`, whole or not at all; returns the sha256 that names the weights."""
    header = Header(FORMAT, table.shape[0], table.shape[1], seed, steps, trained_on)
    text = json.dumps(asdict(header), sort_keys=True).encode()
    scales, numbers = quantise(table)
    body = struct.pack("<I", len(text)) + text
    body += b"\0" * (-(len(MAGIC) + 32 + len(body)) % PAGE) + scales.tobytes() + numbers.tobytes()
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
    except (OSError, ValueError) as error:  # an empty file can't be mapped: ValueError
        raise EncoderUnavailable(f"The weights file {path} can't be read: {error}. Make it with manage.py train_encoder.") from error
    if content[: len(MAGIC)] != MAGIC or len(content) < START:
        raise EncoderUnavailable(f"{path} is not a weights file of the Nordic encoder.")
    with memoryview(content) as view:
        digest = hashlib.sha256(view[len(MAGIC) + 32 :]).digest()
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
    half = header.dimensions // 2
    if header.dimensions % 2 or len(content) != start + header.rows * (2 + half):
        raise EncoderUnavailable(f"{path} does not hold the {header.rows} rows of {header.dimensions} that its header promises.")
    scales = np.frombuffer(content, np.float16, header.rows, start)
    if not np.isfinite(scales).all():
        raise EncoderUnavailable(f"{path} holds numbers that are not finite. Train it again.")
    numbers = np.frombuffer(content, np.uint8, header.rows * half, start + 2 * header.rows).reshape(header.rows, half)
    return Weights(header, sha256, scales, numbers)
