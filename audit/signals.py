"""The database refuses to change or delete a row of the log. Installed after every migrate: SQLite drops
triggers whenever Django remakes a table (docs/decisions/database-rules.md)."""

from typing import Any

from django.db import connections

TABLES = ("audit_event", "audit_read")

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION ingang_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION ingang_append_only();
"""


def guard_the_log(*, using: str, **_: Any) -> None:
    """Install the triggers; idempotent."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in present.intersection(TABLES):
            if connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL.format(table=table), None)
            else:
                for verb in ("UPDATE", "DELETE"):
                    cursor.execute(SQLITE.format(table=table, verb=verb))
