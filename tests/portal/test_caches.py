"""What all processes share: the same contract in a file and in Redis, counts that nobody loses, and a site that goes on without either."""

import os
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.redis import RedisCache
from django.test import Client
from django.urls import reverse
from redis.exceptions import TimeoutError as RedisTimeout

from portal import caches
from portal.caches import FileCache, ForgivingRedis
from search.api import limits
from tests.needed import redis

AWAY = [FileCache("/nowhere/at/all/cache", {}), ForgivingRedis("redis://127.0.0.1:9/1", {})]
COUNT = """
import sys
from django.conf import settings
settings.configure(SECRET_KEY="the same for both")
from portal.caches import FileCache
cache = FileCache(sys.argv[1], {})
for _ in range(300):
    cache.add("reads", 0, 60)
    cache.incr("reads")
"""


@pytest.fixture(params=["file", "redis"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BaseCache]:
    if request.param == "file":
        yield FileCache(str(tmp_path / "cache"), {})
        return
    held = ForgivingRedis(redis(), {"KEY_PREFIX": uuid.uuid4().hex})
    yield held
    for key in ("a", "n"):
        held.delete(key)


def test_one_contract(shared: BaseCache) -> None:
    assert shared.get("a", "nothing") == "nothing"
    shared.set("a", {"å": [1, 2.5, None]}, 60)
    assert shared.get("a") == {"å": [1, 2.5, None]}
    assert shared.get_or_set("a", "another") == {"å": [1, 2.5, None]}
    assert (shared.add("a", 1, 60), shared.add("n", 1, 60)) == (False, True)
    assert (shared.incr("n"), shared.incr("n", 3), shared.get("n")) == (2, 5, 5)
    assert (shared.has_key("n"), shared.delete("n"), shared.delete("n"), shared.has_key("n")) == (True, True, False, False)
    assert shared.touch("a", 60)
    for key in ("n", "never"):
        with pytest.raises(ValueError, match=r"."):
            shared.incr(key)


def test_what_is_over_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.caches.SWEEP", 1)
    held = FileCache(str(tmp_path / "cache"), {})
    with time_machine.travel("2026-11-24T09:30:00Z", tick=False) as clock:
        held.set("short", 1, 60)
        held.set("long", 2, None)
        clock.shift(61)
        assert (held.get("short"), held.get("long"), held.add("short", 3, 60)) == (None, 2, True)
        clock.shift(61)
        held.set("other", 1, 60)
        assert held.get_many(["short", "long", "other"]) == {"long": 2, "other": 1}
    assert len(rows(tmp_path / "cache")) == 2, "nothing is kept that is over"


def test_too_many_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.caches.SWEEP", 1)
    monkeypatch.setattr("portal.caches.MOST", 5)
    held = FileCache(str(tmp_path / "cache"), {})
    for n in range(20):
        held.set(str(n), n, 60 + n)
    assert held.get("19") == 19
    assert len(rows(tmp_path / "cache")) <= 6


def test_two_processes_count_as_one(tmp_path: Path) -> None:
    words = [sys.executable, "-c", COUNT, str(tmp_path / "cache")]
    both = [subprocess.Popen(words, cwd=settings.BASE_DIR, env=dict(os.environ)) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    (count,) = [number for _, _, number, _ in rows(tmp_path / "cache")]
    assert count == 600


@pytest.mark.django_db
def test_case_80_the_limit_holds_across_processes(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Each process has a cache of its own in memory; in the file they are one. The reader's address does not lie there."""
    settings.READS_A_MINUTE = {"api": 3}
    told = []
    for _ in range(4):
        monkeypatch.setattr(limits, "cache", FileCache(str(tmp_path / "cache"), {}))
        told.append(client.get("/api/v1/needs", REMOTE_ADDR="192.0.2.177").status_code)
    assert told == [200, 200, 200, 429]
    assert not [one for one in tmp_path.iterdir() if b"192.0.2" in one.read_bytes()]


@pytest.mark.parametrize("away", AWAY, ids=["file", "redis"])
@pytest.mark.django_db
def test_a_cache_that_is_away_stops_nothing(client: Client, monkeypatch: pytest.MonkeyPatch, away: BaseCache) -> None:
    monkeypatch.setattr(limits, "cache", away)
    assert [client.get("/api/v1/needs").status_code for _ in range(2)] == [200, 200]
    away.set("a", 1)
    away.delete_many(["a"])
    assert (away.get("a"), away.add("a", 1), away.delete("a")) == (None, True, False)
    assert (away.get_many(["a"]), away.touch("a"), away.has_key("a"), away.get_or_set("a", 2)) == ({}, False, False, 2)
    away.set_many({"a": 1})


@pytest.mark.parametrize("away", AWAY, ids=["file", "redis"])
@pytest.mark.django_db
def test_a_cache_that_is_away_lets_people_sign_in(client: Client, monkeypatch: pytest.MonkeyPatch, away: BaseCache) -> None:
    """allauth counts under a lock in the cache, and refuses whoever does not get it."""
    monkeypatch.setattr(ratelimit, "cache", away)
    began = time.monotonic()
    answer = client.post(reverse("account_login"), {"login": "nobody@example.org", "password": "no such word"})
    assert answer.status_code == 200
    assert "login" not in answer.context["form"].errors
    assert time.monotonic() - began < ratelimit.CACHE_LOCK_WAIT_TIMEOUT


def test_a_server_that_does_not_answer_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page asks several times, and each of them would wait a second."""
    asked: list[str] = []
    now = [1000.0]

    def silent(_self: BaseCache, key: str, *_: Any) -> None:
        asked.append(key)
        raise RedisTimeout

    monkeypatch.setattr(RedisCache, "get", silent)
    monkeypatch.setattr(caches, "time", SimpleNamespace(monotonic=lambda: now[0]))
    held = ForgivingRedis("redis://127.0.0.1:9/1", {})
    assert [held.get(key, "nothing") for key in "ab"] == ["nothing", "nothing"]
    now[0] += caches.RESTS
    assert held.get("c") is None
    assert asked == ["a", "c"]


def rows(path: Path) -> list[Any]:
    with sqlite3.connect(path) as held:
        return held.execute("SELECT * FROM entries").fetchall()
