"""A field that is sealed at rest: JSON under MultiFernet with a key of its own. And bytes of which very many are opened at once."""

import base64
import hashlib
import json
import os
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

PADDING = 1024  # sealed lengths come in steps, so that the size of a row does not tell how many needs it holds


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def fernet() -> MultiFernet:
    """The keys of the settings, newest first: it seals with the first and opens with any."""
    return _fernet(tuple(settings.NEEDS_KEYS))


def seal(value: Any) -> bytes:
    clear = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return fernet().encrypt(clear + b" " * (-len(clear) % PADDING))


def pack(value: Any) -> bytes:
    """Compressed before it is sealed, for what is long: a suggestion is a fifth, the record of a run a tenth of its words."""
    clear = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), level=1)
    return fernet().encrypt(len(clear).to_bytes(4, "big") + clear + b"\0" * (-(len(clear) + 4) % PADDING))


def unseal(sealed: bytes) -> Any:
    """Of what `seal` or `pack` sealed: a field may become a packed one, or an ordinary one again, with rows in it.

    Raises ImproperlyConfigured when no key opens it: a wrong key must stop the work, never read as empty.
    """
    try:
        opened = fernet().decrypt(bytes(sealed))
    except InvalidToken as error:
        raise ImproperlyConfigured("NEEDS_KEYS holds no key that opens this row") from error
    if opened[0]:  # a character of JSON; a length begins with 0
        return json.loads(opened)
    return json.loads(zlib.decompress(opened[4 : 4 + int.from_bytes(opened[:4], "big")]))


NONCE = 12


@lru_cache(maxsize=4)
def _derived(key: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"many at once").derive(base64.urlsafe_b64decode(key))


def key_name() -> str:
    """Names the key that `seal_bytes` uses now. What was sealed under another name is made anew: rotation leaves it alone."""
    return hashlib.sha256(_derived(settings.NEEDS_KEYS[0])).hexdigest()[:8]


def seal_bytes(clear: bytes, about: int) -> bytes:
    """AES-GCM, ten times as fast to open as Fernet, under a key of its own that comes from the newest one.

    `about` is the row that it belongs to: in another row it does not open.
    """
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_derived(settings.NEEDS_KEYS[0])).encrypt(nonce, clear, str(about).encode())


def unseal_bytes(sealed: Iterable[tuple[int, bytes]]) -> list[bytes]:
    """(about, sealed) of each. Raises ImproperlyConfigured when the newest key does not open one."""
    opened = AESGCM(_derived(settings.NEEDS_KEYS[0])).decrypt
    try:
        return [opened(one[:NONCE], one[NONCE:], b"%d" % about) for about, one in sealed]
    except InvalidTag as error:
        raise ImproperlyConfigured("a row that says it is sealed with the first of NEEDS_KEYS does not open") from error


class SealedJSONField(models.BinaryField):  # type: ignore[type-arg]  # it is generic in the stubs only
    """Holds any JSON value; the database sees only ciphertext. It cannot be filtered on, and that is the point."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    sealing = staticmethod(seal)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else unseal(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = None if value is None else self.sealing(value)
        return super().get_db_prep_value(sealed, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj: models.Model) -> str:
        return ""  # never in a fixture or a revision


class PackedJSONField(SealedJSONField):
    """The same for long values, compressed. Read it with `defer` where a list does not need it."""

    sealing = staticmethod(pack)
