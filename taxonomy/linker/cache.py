"""What a process would compute from the vocabulary at every start, on disk: label vectors, memory-mapped by all, and small tables.

Written once per encoder and vocabulary, made again when anything is odd. A full disk only costs time.
"""

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from taxonomy.encoders import Encoder, Vectors

KEPT = 4  # files: an older one may still be mapped by a process that has not looked up yet
log = logging.getLogger(__name__)


def label_vectors(encoder: Encoder, texts: Sequence[str], folder: Path) -> Vectors:
    """Shape (len(texts), dimensions), read-only; from the folder's file, or encoded now. A full disk only costs time."""
    if not texts:
        return np.zeros((0, encoder.dimensions), np.float32)
    digest = hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
    path = folder / f"{encoder.name.replace('/', '_')}-{digest[:16]}.npy"
    vectors = _read(path, (len(texts), encoder.dimensions))
    if vectors is not None:
        return vectors
    made = encoder.encode(texts)
    made.flags.writeable = False
    try:
        _write(path, made)
    except OSError as error:
        log.warning("label vectors are not kept: %s", error)
    return made


def _checksum(path: Path) -> Path:
    return path.with_suffix(".sha256")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path, shape: tuple[int, int]) -> Vectors | None:
    try:
        if _hash(path) != _checksum(path).read_text():
            raise ValueError("its content does not match its checksum")
        vectors: Vectors = np.load(path, mmap_mode="r", allow_pickle=False)
        if vectors.shape != shape or vectors.dtype != np.float32:
            raise ValueError("it holds something else")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, EOFError) as error:
        log.warning("label vectors in %s are made again: %s", path.name, error)
        return None
    return vectors


def kept(folder: Path, name: str, version: Any, make: Callable[[], Any]) -> Any:
    """What `make` returns, which JSON must be able to hold; from the folder's file if that was written for the same `version`."""
    digest = hashlib.sha256(json.dumps(version).encode()).hexdigest()
    path = folder / f"{name}-{digest[:16]}.json"
    try:
        text = path.read_text(encoding="utf-8")
        checksum, _, body = text.partition("\n")
        if checksum == hashlib.sha256(body.encode()).hexdigest():
            return json.loads(body)
        log.warning("%s is made again: its content does not match its checksum", path.name)
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        log.warning("%s is made again: %s", path.name, error)
    body = json.dumps(make())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = path.with_suffix(f".{os.getpid()}.part")
        written.write_text(f"{hashlib.sha256(body.encode()).hexdigest()}\n{body}", encoding="utf-8")
        written.replace(path)
        for old in sorted(folder.glob(f"{name}-*.json"), key=lambda file: file.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError as error:
        log.warning("%s is not kept: %s", path.name, error)
    return json.loads(body)


def _write(path: Path, vectors: Vectors) -> None:
    """The vectors first, then their checksum, each moved into place whole: a process killed between the two costs a rebuild."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.save(file, vectors, allow_pickle=False)
        checksum = _hash(Path(unfinished))
        os.replace(unfinished, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished)
        raise
    written = _checksum(path).with_suffix(f".{os.getpid()}.part")
    written.write_text(checksum)
    written.replace(_checksum(path))
    for old in sorted(path.parent.glob("*.npy"), key=lambda file: file.stat().st_mtime, reverse=True)[KEPT:]:
        with suppress(OSError):
            old.unlink()
            _checksum(old).unlink()
