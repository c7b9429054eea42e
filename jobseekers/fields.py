"""A field that is sealed at rest: JSON under MultiFernet with a key of its own."""

import json
import zlib
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
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


def unseal(sealed: bytes) -> Any:
    """Raises ImproperlyConfigured when no key opens it: a wrong key must stop the work, never read as empty."""
    try:
        return json.loads(fernet().decrypt(bytes(sealed)))
    except InvalidToken as error:
        raise ImproperlyConfigured("NEEDS_KEYS holds no key that opens this row") from error


def pack(value: Any) -> bytes:
    """Compressed before it is sealed, for what is long: the record of a run is a tenth of its words."""
    clear = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), level=6)
    return fernet().encrypt(len(clear).to_bytes(4, "big") + clear + b"\0" * (-(len(clear) + 4) % PADDING))


def unpack(sealed: bytes) -> Any:
    """Raises ImproperlyConfigured when no key opens it."""
    try:
        opened = fernet().decrypt(bytes(sealed))
    except InvalidToken as error:
        raise ImproperlyConfigured("NEEDS_KEYS holds no key that opens this row") from error
    return json.loads(zlib.decompress(opened[4 : 4 + int.from_bytes(opened[:4], "big")]))


class SealedJSONField(models.BinaryField):  # type: ignore[type-arg]  # it is generic in the stubs only
    """Holds any JSON value; the database sees only ciphertext. It cannot be filtered on, and that is the point."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    sealing, opening = staticmethod(seal), staticmethod(unseal)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else self.opening(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = None if value is None else self.sealing(value)
        return super().get_db_prep_value(sealed, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj: models.Model) -> str:
        return ""  # never in a fixture or a revision


class PackedJSONField(SealedJSONField):
    """The same for long values, compressed. Read it with `defer` where a list does not need it."""

    sealing, opening = staticmethod(pack), staticmethod(unpack)
