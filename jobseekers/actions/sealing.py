"""Seals every sealed row of every app again with the newest key."""

from collections.abc import Iterator
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models, transaction

from accounts.fields import SealedJSONField, fernet

AT_ONCE = 200
Row = tuple[Any, bytes]


def sealed_fields() -> list[tuple[type[models.Model], SealedJSONField]]:
    """Every sealed field of the installed apps, so that an app that comes later is turned with the rest."""
    found = [(model, field) for model in apps.get_models() for field in model._meta.local_fields if isinstance(field, SealedJSONField)]
    return sorted(found, key=lambda pair: (pair[0]._meta.db_table, pair[1].column))


def reseal(model: type[models.Model], field: SealedJSONField) -> Iterator[int]:
    """Turn one field to the first key, a few hundred rows to a transaction; yields how many rows each batch changed.

    A row that the first key already opens is left alone: a run that was stopped goes on where it was.
    Raises ImproperlyConfigured, with nothing of the batch written, when no key opens a row.
    """
    newest = Fernet(settings.NEEDS_KEYS[0])
    last: Any = None
    while rows := _rows(model, field, last):
        with transaction.atomic():
            turned = sum(_write(model, field, row) for row in rows if not _opens(newest, row[1]))
        last = rows[-1][0]
        yield turned  # outside the transaction: whoever stops listening here keeps what is done


def _opens(key: Fernet, sealed: bytes) -> bool:
    try:
        key.decrypt(sealed)
    except InvalidToken:
        return False
    return True


def _rows(model: type[models.Model], field: SealedJSONField, after: Any) -> list[Row]:
    """The next sealed rows as the database holds them: the field itself would open them."""
    table, pk, column = _names(model, field)
    where = f"{column} IS NOT NULL" + ("" if after is None else f" AND {pk} > %s")
    with connection.cursor() as cursor:
        query = f"SELECT {pk}, {column} FROM {table} WHERE {where} ORDER BY {pk} LIMIT {AT_ONCE}"  # noqa: S608 (names of our own tables)
        cursor.execute(query, [] if after is None else [after])
        return [(row_pk, bytes(sealed)) for row_pk, sealed in cursor.fetchall()]


def _write(model: type[models.Model], field: SealedJSONField, row: Row) -> int:
    """1, or 0 when somebody saved the row since it was read: then the newest key has sealed it already."""
    table, pk, column = _names(model, field)
    try:
        turned = fernet().rotate(row[1])
    except InvalidToken as error:
        raise ImproperlyConfigured(f"NEEDS_KEYS holds no key that opens a row of {model._meta.label}") from error
    with connection.cursor() as cursor:
        query = f"UPDATE {table} SET {column} = %s WHERE {pk} = %s AND {column} = %s"  # noqa: S608 (names of our own tables)
        cursor.execute(query, [turned, row[0], row[1]])
        return int(cursor.rowcount)


def _names(model: type[models.Model], field: SealedJSONField) -> tuple[str, str, str]:
    quote = connection.ops.quote_name
    return quote(model._meta.db_table), quote(str(model._meta.pk.column)), quote(str(field.column))
