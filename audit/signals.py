"""Rules that the database itself holds, as triggers on SQLite and PostgreSQL; and the first of them: no row of the log changes.

Installed after every migrate, because SQLite drops the triggers of a table that Django remakes (docs/decisions/database-rules.md).
"""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

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


class Rule(NamedTuple):
    """A row for which `refused_when` is true is refused: SQL that both databases understand, in which `{day X}` is the day of the time X.

    `first` is what PostgreSQL locks before it looks, so that what is on its way is waited for and seen; SQLite has one writer.
    """

    name: str
    table: str
    verb: str
    refused_when: str
    first: str = ""


def _on_sqlite(rule: Rule) -> list[str]:
    condition = re.sub(r"\{day (\S+)\}", r"date(\1)", rule.refused_when)
    return [
        f"DROP TRIGGER IF EXISTS {rule.name}",
        f"CREATE TRIGGER {rule.name} BEFORE {rule.verb} ON {rule.table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{rule.name}'); END",
    ]


def _on_postgresql(rule: Rule) -> list[str]:
    condition = re.sub(r"\{day (\S+)\}", r"\1::date", rule.refused_when)
    return [
        f"""CREATE OR REPLACE FUNCTION ingang_{rule.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        {rule.first}
        IF {condition} THEN RAISE EXCEPTION '{rule.name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{rule.name}'; END IF;
        RETURN NEW; END $$""",
        f"CREATE OR REPLACE TRIGGER {rule.name} BEFORE {rule.verb} ON {rule.table} FOR EACH ROW EXECUTE FUNCTION ingang_{rule.name}()",
    ]


class Guard:
    """The rules of one app: `remove` before a migrate, `install` after it.

    `tables` have to be there for the rules to make sense. `more` gives statements of triggers that are no refusal, named in `also`.
    """

    def __init__(
        self, rules: Sequence[Rule], *, tables: Collection[str], more: Callable[[str], list[str]] | None = None, also: Sequence[str] = ()
    ) -> None:
        self.rules, self.tables, self.more, self.also = rules, set(tables), more, also

    def statements(self, vendor: str) -> list[str]:
        words = _on_postgresql if vendor == "postgresql" else _on_sqlite
        return [one for rule in self.rules for one in words(rule)] + (self.more(vendor) if self.more else [])

    def remove(self, *, using: str, plan: Sequence[Any], **_: Any) -> None:
        """SQLite changes a table by making it anew, and refuses while a rule names the old one."""
        connection = connections[using]
        if connection.vendor == "sqlite" and plan:
            with connection.cursor() as cursor:
                for name in (*self.also, *(rule.name for rule in self.rules)):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")

    def install(self, *, using: str, **_: Any) -> None:
        """Idempotent, and newer words of a rule replace older ones."""
        connection = connections[using]
        if not self.tables <= set(connection.introspection.table_names()):
            return
        with connection.cursor() as cursor:
            for statement in self.statements(connection.vendor):
                cursor.execute(statement, None)
