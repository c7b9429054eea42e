"""Seal everything anew with the first of NEEDS_KEYS: `manage.py rotate_needs_key`. Resumable: run it again."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, models, transaction

from jobseekers.fields import SealedJSONField, fernet


def sealed_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every sealed column of every app."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, SealedJSONField):
                yield model, str(field.column)


class Command(BaseCommand):
    help = "Re-seal every sealed column with the newest key. Afterwards the older keys can be taken out of NEEDS_KEYS."

    def handle(self, **options: Any) -> None:
        for model, column in sealed_columns():
            self.stdout.write(f"{model._meta.db_table}: {rotate(model, column)} rows")


def rotate(model: type[models.Model], column: str) -> int:
    """Rotate one column, each row in a transaction of its own. The rows' other columns are not touched."""
    quote, table = connection.ops.quote_name, model._meta.db_table
    key = str(model._meta.pk.column)
    rows = 0
    for pk in list(model._default_manager.values_list("pk", flat=True)):
        with transaction.atomic(), connection.cursor() as cursor:
            value = model._meta.pk.get_db_prep_value(pk, connection)
            cursor.execute(f"SELECT {quote(column)} FROM {quote(table)} WHERE {quote(key)} = %s", [value])  # noqa: S608 (names of our own tables)
            found = cursor.fetchone()
            if found and found[0] is not None:
                sealed = fernet().rotate(bytes(found[0]))
                cursor.execute(f"UPDATE {quote(table)} SET {quote(column)} = %s WHERE {quote(key)} = %s", [sealed, value])  # noqa: S608 (the same)
                rows += 1
    return rows
