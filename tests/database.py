"""The test database: migrated once into a template, then copied. SQLite in memory, or PostgreSQL where DATABASE_URL says so."""

import fcntl
import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django import DjangoDbBlocker

CACHE = Path(settings.BASE_DIR) / ".cache"
SHAPES_THE_DATABASE = (b"post_migrate", b"TRIGGER")


def _fingerprint() -> str:
    """Changes when a migration, the lock or a file that acts after each migration does."""
    digest = hashlib.sha256((Path(settings.BASE_DIR) / "requirements" / "base.lock").read_bytes())
    for package in sorted(Path(settings.BASE_DIR).glob("*/__init__.py")):
        for path in sorted(package.parent.rglob("*.py")):
            content = path.read_bytes()
            if "migrations" in path.parts or any(word in content for word in SHAPES_THE_DATABASE):
                digest.update(str(path).encode() + content)
    return digest.hexdigest()[:16]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "test-database.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _migrate_into(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0, interactive=False)


class SQLite:
    """A file with the migrated database, copied into memory in about a millisecond."""

    def __init__(self, worker: str) -> None:
        self.name = f"file:test_{worker}_{os.getpid()}?mode=memory&cache=shared"
        self.template = CACHE / f"test-{_fingerprint()}.sqlite3"

    def make_template(self, *, anew: bool) -> None:
        with _one_at_a_time():
            if anew or not self.template.is_file():
                unfinished = self.template.with_suffix(".unfinished")
                unfinished.unlink(missing_ok=True)
                _migrate_into(str(unfinished))
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA journal_mode=DELETE")
                connection.close()
                unfinished.replace(self.template)

    def start(self) -> None:
        connection.settings_dict["NAME"] = self.name
        self.restore()

    def restore(self) -> None:
        connection.ensure_connection()
        until = time.monotonic() + 10
        with closing(sqlite3.connect(f"file:{self.template}?mode=ro", uri=True)) as source:
            while True:
                try:
                    return source.backup(connection.connection)
                except (SystemError, sqlite3.OperationalError):  # a page that is still being served holds a table for a moment
                    if time.monotonic() > until:
                        raise
                    time.sleep(0.05)

    def stop(self) -> None:
        connection.close()


class PostgreSQL:
    """A migrated template database, copied by the server in about a tenth of a second."""

    def __init__(self, worker: str) -> None:
        self.name = f"test_{worker}_{os.getpid()}"
        self.template = f"ingang_template_{_fingerprint()}"
        given = connection.settings_dict
        self.server = {
            "host": given["HOST"],
            "port": given["PORT"],
            "user": given["USER"],
            "password": given["PASSWORD"],
            "dbname": "postgres",
        }

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(**self.server, autocommit=True) as server:
            server.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))

    def _exists(self, name: str) -> bool:
        with psycopg.connect(**self.server, autocommit=True) as server:
            return server.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None

    def make_template(self, *, anew: bool) -> None:
        with _one_at_a_time():
            if anew or not self._exists(self.template):
                unfinished = f"{self.template}_unfinished"
                self._run("drop database if exists {} with (force)", unfinished)
                self._run("drop database if exists {} with (force)", self.template)
                self._run("create database {}", unfinished)
                _migrate_into(unfinished)
                connection.close()
                self._run("alter database {} rename to {}", unfinished, self.template)

    def start(self) -> None:
        connection.settings_dict["NAME"] = self.name
        self.restore()

    def restore(self) -> None:
        self.stop()
        self._run("create database {} template {}", self.name, self.template)

    def stop(self) -> None:
        connections.close_all()
        self._run("drop database if exists {} with (force)", self.name)


def migrated() -> Path:
    """The file with the migrated database, for tests that give processes one of their own. It is there after `django_db_setup`."""
    return SQLite("").template


def _teardown(restore: Callable[[], None]) -> Callable[[TransactionTestCase], None]:
    def fixture_teardown(_case: TransactionTestCase) -> None:
        """Copies the template again. Django's own way deletes every row, which append-only triggers refuse, and migrated rows with it."""
        restore()
        ContentType.objects.clear_cache()

    return fixture_teardown


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's set-up, which would migrate for eight seconds in every process."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    kinds: dict[str, Any] = {"sqlite": SQLite, "postgresql": PostgreSQL}
    database = kinds[connection.vendor](worker)
    with django_db_blocker.unblock():
        database.make_template(anew=request.config.getoption("--create-db") and worker in {"main", "gw0"})
        database.start()
    TransactionTestCase._fixture_teardown = _teardown(database.restore)  # type: ignore[attr-defined,method-assign] # the stubs leave it out
    yield
    with django_db_blocker.unblock():
        database.stop()
