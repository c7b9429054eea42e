"""Concepts as prints: eight bytes that say which key it is, whatever the vocabulary. Plain Python and NumPy."""

import base64
import hashlib
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

PRINT = 8  # bytes

Prints = NDArray[np.uint64]


@lru_cache(maxsize=1 << 16)
def print_of(key: str) -> bytes:
    """Eight bytes that stand for a concept's key."""
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=PRINT).digest()


def prints_of(keys: Iterable[str]) -> Prints:
    """Shape (keys,)."""
    return np.frombuffer(b"".join(map(print_of, keys)), "<u8")


@lru_cache(maxsize=1 << 16)
def token_of(key: str) -> str:
    """The print as eleven letters, for who reads text."""
    return base64.urlsafe_b64encode(print_of(key)).rstrip(b"=").decode()
