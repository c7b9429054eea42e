"""A worker killed with SIGKILL at any step loses and doubles nothing: real worker, real database file, real broker."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings

from tests.database import migrated

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]
ANNOUNCE = """
import tests.faults.worker
from django.db import transaction
from django.utils import timezone
from outbox.actions import announce
for number in range({count}):
    with transaction.atomic():
        announce("slow_fact", at=timezone.now(), number=str(number))
"""
REGION = """
import tests.faults.worker
from django.db import transaction
from django.utils import timezone
from employers.signals import POSTING_PUBLISHED
from outbox.actions import announce
from taxonomy.actions import load_needs, load_starter
from tests.factories.employers import PostingFactory
from tests.factories.jobseekers import ProfileFactory
load_starter(at=timezone.now())
load_needs(at=timezone.now())
for _ in range(8):
    ProfileFactory(skills=["pick-orders"])
posting = PostingFactory(skills=[{"key": "pick-orders", "importance": "must"}], published=True)
with transaction.atomic():
    announce(POSTING_PUBLISHED, at=timezone.now(), posting_id=str(posting.pk))
"""
SWEEP = """
import tests.faults.worker
from outbox.tasks import sweep
sweep()
"""


class World:
    """A database and a queue of their own, and the processes started on them."""

    def __init__(self, folder: Path) -> None:
        self.marks = folder / "marks"
        self.marks.mkdir()
        self.database = folder / "ingang.sqlite3"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.env = os.environ | {
            "SECRET_KEY": "only for this test",
            "SUPPORT_PHONE": "033-17 40 00",
            "NEEDS_KEYS": Fernet.generate_key().decode(),
            "INGANG_VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "CELERY_BROKER_URL": "filesystem://",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "FAULT_MARKS": str(self.marks),
            "OUTBOX_LEASE_SECONDS": "2",
            "PYTHONPATH": str(settings.BASE_DIR),
        }

    def python(self, code: str) -> None:
        subprocess.run([sys.executable, "-c", code], env=self.env, cwd=settings.BASE_DIR, check=True, timeout=120)

    def worker(self, pause_at: str = "") -> subprocess.Popen[bytes]:
        words = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "tests.faults.worker",
            "worker",
            "-l",
            "error",
            "--without-gossip",
            "--without-mingle",
        ]
        process = subprocess.Popen(words, env=self.env | {"FAULT_PAUSE_AT": pause_at}, cwd=settings.BASE_DIR)
        self.processes.append(process)
        return process

    def carried(self) -> list[str]:
        with sqlite3.connect(self.database) as connection:
            return sorted(row[0] for row in connection.execute("SELECT subject_id FROM audit_event WHERE what = 'carried'"))

    def runs(self) -> list[tuple[int, int]]:
        """Of every run how many suggestions it says it made, and how many there are of it."""
        with sqlite3.connect(self.database) as connection:
            found = "SELECT suggested, (SELECT count(*) FROM matching_suggestion WHERE run_id = run.id) FROM matching_run run"
            return connection.execute(found).fetchall()

    def open_facts(self) -> int:
        with sqlite3.connect(self.database) as connection:
            return int(connection.execute("SELECT count(*) FROM outbox_fact WHERE done_at IS NULL").fetchone()[0])


def wait_for(what: Callable[[], object], seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture
def world(tmp_path: Path, django_db_setup: None) -> Iterator[World]:
    made = World(tmp_path)
    shutil.copy(migrated(), made.database)
    yield made
    for process in made.processes:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.mark.parametrize("step", ["computing", "changing"])
def test_case_42_a_killed_worker_loses_and_doubles_nothing(world: World, step: str) -> None:
    first = world.worker(pause_at=step)
    world.python(ANNOUNCE.format(count=3))
    wait_for((world.marks / step).exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert world.carried() == []
    assert world.open_facts() == 3
    time.sleep(2.1)  # the lease of the killed worker runs out
    world.worker()
    world.python(SWEEP)
    world.python(SWEEP)  # a bell too many changes nothing
    wait_for(lambda: world.open_facts() == 0)
    assert world.carried() == ["0", "1", "2"]


def test_a_worker_killed_in_the_middle_of_a_run_leaves_no_half_of_it(world: World) -> None:
    first = world.worker(pause_at="storing")
    world.python(REGION)
    wait_for((world.marks / "storing").exists, seconds=90)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert world.runs() == []
    assert world.open_facts() > 0
    time.sleep(2.1)  # the lease of the killed worker runs out
    world.worker()
    world.python(SWEEP)
    wait_for(lambda: world.open_facts() == 0, seconds=90)
    assert world.runs() == [(8, 8)]
