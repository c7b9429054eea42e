"""The same on PostgreSQL and Redis, with letters on their way to a mail server: no fact is lost or doubled, no letter is lost, and
the only letters that come twice are those already taken when the worker was killed, at most one of each of its processes, as the same
message."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from cryptography.fernet import Fernet
from django.conf import settings

from tests.faults.services import Mail, mail_server, services

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("processes"),
    pytest.mark.skipif(not os.environ.get("CI"), reason="a minute; test_killed_worker.py kills one on SQLite: only with CI=true"),
]
STEPS = ["computing", "changing", "sending"]
COUNT = 4
PROCESSES = 2
WRITE = f"""
import uuid
import tests.faults.worker
from django.db import transaction
from django.utils import timezone
from accounts.models import User
from outbox.actions import announce, post
at = timezone.now()
with transaction.atomic():
    reader = User.objects.create_user("anna@example.org", None)
    for number in range({COUNT}):
        announce("slow_fact", at=at, number=str(number))
        post("answer_waiting", reader_id=reader.pk, at=at, about=uuid.uuid4())
"""
SWEEP = "import tests.faults.worker; from outbox.tasks import sweep; sweep()"


class World:
    """A database and a broker of their own, a mail server, and the workers started on them."""

    def __init__(self, folder: Path, where: dict[str, str], mail: Mail) -> None:
        self.mail, self.marks, self.url = mail, folder / "marks", where["DATABASE_URL"]
        self.marks.mkdir(parents=True)
        self.workers: list[subprocess.Popen[bytes]] = []
        self.env = (
            os.environ
            | where
            | {
                "SECRET_KEY": "only for this test",
                "SUPPORT_PHONE": "033-17 40 00",
                "NEEDS_KEYS": Fernet.generate_key().decode(),
                "INGANG_VAR_DIR": str(folder),
                "DJANGO_SETTINGS_MODULE": "portal.settings",
                "EMAIL_HOST": "127.0.0.1",
                "EMAIL_PORT": str(mail.port),
                "EMAIL_USE_TLS": "0",
                "FAULT_MARKS": str(self.marks),
                "OUTBOX_LEASE_SECONDS": "3",
                "PYTHONPATH": str(settings.BASE_DIR),
            }
        )

    def python(self, *words: str) -> None:
        subprocess.run([sys.executable, *words], env=self.env, cwd=settings.BASE_DIR, check=True, timeout=180)

    def worker(self, pause_at: str = "") -> subprocess.Popen[bytes]:
        """In a session of its own: its children are killed with it."""
        words = f"-m celery -A tests.faults.worker worker -l error -c {PROCESSES} --without-gossip --without-mingle".split()
        env = self.env | {"FAULT_PAUSE_AT": pause_at}
        self.workers.append(subprocess.Popen([sys.executable, *words], env=env, cwd=settings.BASE_DIR, start_new_session=True))
        return self.workers[-1]

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()

    def ask(self, question: str) -> list[str]:
        with psycopg.connect(self.url) as connection:
            return sorted(str(row[0]) for row in connection.execute(question))  # type: ignore[call-overload] # written above

    def carried(self) -> list[str]:
        return self.ask("SELECT subject_id FROM audit_event WHERE what = 'carried'")

    def waiting(self) -> int:
        rows = "SELECT id FROM outbox_fact WHERE done_at IS NULL UNION ALL SELECT id FROM outbox_letter WHERE done_at IS NULL"
        return len(self.ask(rows))


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Both services, with a database that those of the tests are made from."""
    with services() as where, mail_server() as mail:
        World(tmp_path_factory.mktemp("migrated"), where, mail).python("manage.py", "migrate", "-v", "0")
        yield where


@pytest.fixture
def world(tmp_path: Path, migrated: dict[str, str], request: pytest.FixtureRequest) -> Iterator[World]:
    with mail_server() as mail:
        made = World(tmp_path, copied(migrated, request.node.callspec.id), mail)
        try:
            yield made
        finally:
            mail.free.set()
            for worker in made.workers:
                made.kill(worker)


def copied(where: dict[str, str], name: str) -> dict[str, str]:
    """A database of its own, and in the broker as well."""
    server, broker = where["DATABASE_URL"].rpartition("/")[0], where["CELERY_BROKER_URL"].rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE ingang")  # type: ignore[call-overload] # one of STEPS
    return {"DATABASE_URL": f"{server}/{name}", "CELERY_BROKER_URL": f"{broker}/{1 + STEPS.index(name)}"}


@pytest.mark.parametrize("step", STEPS)
def test_case_42_a_worker_killed_in_the_middle_loses_nothing(world: World, step: str) -> None:
    world.mail.hold_at = 2 if step == "sending" else 0
    first = world.worker(pause_at=step)
    world.python("-c", WRITE)
    wait_for(world.mail.held.is_set if step == "sending" else (world.marks / step).exists)
    world.kill(first)
    world.mail.free.set()
    before = world.carried()
    assert world.waiting() > 0
    time.sleep(3.1)  # the lease of what the killed worker held runs out
    world.worker()
    until = time.monotonic() + 60
    while world.waiting() and time.monotonic() < until:
        world.python("-c", SWEEP)  # a bell too many changes nothing
        time.sleep(1)
    assert world.waiting() == 0
    assert set(before) <= set(world.carried())
    assert world.carried() == [str(number) for number in range(COUNT)]
    letters = world.ask("SELECT id FROM outbox_letter WHERE outcome = 'sent'")
    assert len(letters) == COUNT
    assert sorted(message[1:].partition("@")[0] for message in world.mail.counted) == letters
    doubled = [count for count in world.mail.counted.values() if count > 1]
    assert len(doubled) <= PROCESSES
    assert set(doubled) <= {2}
    if step == "sending":
        assert doubled
