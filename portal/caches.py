"""The two caches that all processes share: a file on one machine, and Redis where there is one. Limits are counted in them.

Neither stops anything: what cannot be kept or counted now is not kept and not counted (docs/decisions/shared-cache.md). `add` says that
it has kept it even then: allauth takes its locks by it, and a lock that nobody gets would let nobody sign in.
"""

import hashlib
import logging
import os
import pickle
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as NoAnswer

T = TypeVar("T")
PATIENCE = 1.0  # seconds for another process that writes
RESTS = 5.0  # seconds for which a server that did not answer is not asked
SWEEP = 1000  # of so many writes one takes away what is over
MOST = 200_000  # entries
TABLE = "CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, value BLOB, number INTEGER, until REAL NOT NULL) WITHOUT ROWID"
PUT = (
    "INSERT INTO entries VALUES (?, ?, ?, ?) ON CONFLICT (key) "
    "DO UPDATE SET value = excluded.value, number = excluded.number, until = excluded.until"
)
ADD = f"{PUT} WHERE entries.until <= ?"
GET = "SELECT value, number FROM entries WHERE key = ? AND until > ?"
COUNT = "UPDATE entries SET number = number + ? WHERE key = ? AND until > ?"
TOUCH = "UPDATE entries SET until = ? WHERE key = ? AND until > ?"
DELETE = "DELETE FROM entries WHERE key = ? AND until > ?"
OVER = "DELETE FROM entries WHERE until <= ?"
TOO_MANY = "DELETE FROM entries WHERE key IN (SELECT key FROM entries ORDER BY until DESC LIMIT -1 OFFSET ?)"
FOREVER = 1e12
log = logging.getLogger(__name__)


class FileCache(BaseCache):
    """One table in a file of its own. A key lies there as a keyed digest, for it may name a reader's address."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path, self._local = Path(location), threading.local()

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._put(True, ADD, key, value, timeout, version, time.time())

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._put(False, PUT, key, value, timeout, version)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = self._asked(GET, self._where(key, version))
        if found is None:
            return default
        value, number = found
        return number if value is None else pickle.loads(value)  # noqa: S301 (only this site writes the file)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """In one step, whoever counts at the same time. Raises ValueError where there is no number to count on."""
        where = self._where(key, version)

        def count(held: sqlite3.Connection) -> Any:
            held.execute("BEGIN IMMEDIATE")
            try:
                held.execute(COUNT, (delta, *where))
                return held.execute(GET, where).fetchone()
            finally:
                held.execute("COMMIT")

        found = self._kept(count, None)
        if found is None or found[1] is None:
            raise ValueError("there is nothing to count on")
        return int(found[1])

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._changed(TOUCH, (self._until(timeout), *self._where(key, version)))

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._changed(DELETE, self._where(key, version))

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._asked(GET, self._where(key, version)) is not None

    def clear(self) -> None:
        self._changed("DELETE FROM entries", ())

    def _put(self, away: bool, sql: str, key: str, value: Any, timeout: Any, version: int | None, *more: float) -> bool:
        counted = type(value) is int
        row = (self._digest(key, version), None if counted else pickle.dumps(value), value if counted else None, self._until(timeout))
        if random.randrange(SWEEP) == 0:  # noqa: S311 (nobody gains by guessing it)
            self._sweep()
        return self._changed(sql, (*row, *more), away)

    def _sweep(self) -> None:
        """What is over goes, and of too many the oldest."""
        self._changed(OVER, (time.time(),))
        self._changed(TOO_MANY, (MOST,))

    def _until(self, timeout: Any) -> float:
        until = self.get_backend_timeout(timeout)
        return FOREVER if until is None else float(until)

    def _digest(self, key: str, version: int | None) -> bytes:
        name = self.make_and_validate_key(key, version=version)
        return hashlib.blake2b(name.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).digest()

    def _where(self, key: str, version: int | None) -> tuple[bytes, float]:
        return self._digest(key, version), time.time()

    def _asked(self, sql: str, given: tuple[Any, ...]) -> Any:
        return self._kept(lambda held: held.execute(sql, given).fetchone(), None)

    def _changed(self, sql: str, given: tuple[Any, ...], away: bool = False) -> bool:
        return self._kept(lambda held: held.execute(sql, given).rowcount > 0, away)

    def _kept(self, do: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        try:
            return do(self._connection())
        except sqlite3.Error as error:
            log.warning("the cache cannot be used now: %s", type(error).__name__)
            return otherwise

    def _connection(self) -> sqlite3.Connection:
        """One for each thread, and after a fork its own: SQLite's do not survive one."""
        if getattr(self._local, "process", None) != os.getpid():
            held = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
            with closing(held.cursor()) as cursor:
                cursor.execute("PRAGMA journal_mode=WAL")
                cursor.execute("PRAGMA synchronous=OFF")  # what a power cut takes away is counted anew
                cursor.execute(TABLE)
            self._local.held, self._local.process = held, os.getpid()
        found: sqlite3.Connection = self._local.held
        return found


class ForgivingRedis(RedisCache):
    """Redis, but a server that is away makes a page slower, not a failure: one wait, and then it is left in peace for a while."""

    _rests_until = 0.0

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._or(True, super().add, key, value, timeout, version)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._or(default, super().get, key, default, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return self._or({}, super().get_many, keys, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._or(None, super().set, key, value, timeout, version)

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        return self._or(list(data), super().set_many, data, timeout, version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._or(False, super().touch, key, timeout, version)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._or(False, super().has_key, key, version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._or(False, super().delete, key, version)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._or(None, super().delete_many, keys, version)

    def clear(self) -> None:
        self._or(None, super().clear)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        number = self._or(None, super().incr, key, delta, version)
        if number is None:
            raise ValueError("there is nothing to count on")
        return int(number)

    def _or(self, otherwise: T, do: Callable[..., T], *given: Any) -> T:
        if time.monotonic() < self._rests_until:
            return otherwise
        try:
            return do(*given)
        except RedisError as error:
            if isinstance(error, (NoConnection, NoAnswer)):
                self._rests_until = time.monotonic() + RESTS
            log.warning("the cache does not answer: %s", type(error).__name__)
            return otherwise
