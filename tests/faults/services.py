"""PostgreSQL and Redis of a test's own, started and stopped by the project's own script, and a mail server that can be told to wait."""

import email
import os
import shutil
import socketserver
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.scripts.shell import free_port

SCRIPT = """
import sys
sys.path.insert(0, {scripts!r})
import local_services
postgres, redis = local_services.Postgres(), local_services.Redis()
postgres.port, redis.port = {ports}
if postgres.missing() or redis.missing():
    sys.exit(3)
for one in (postgres, redis):
    if {word!r} == "start":
        one.start()
        local_services.wait_for(one.name, one.port)
    elif one.ours():
        one.stop()
"""
MISSING = 3


@contextmanager
def services() -> Iterator[dict[str, str]]:
    """What of the environment leads to them. Where their programs are missing the test is left out, but not in CI."""
    home = tempfile.mkdtemp(prefix="ingang-faults-")
    Path(home).chmod(0o755)  # PostgreSQL runs as another user
    ports = free_port(), free_port()

    def say(word: str) -> int:
        code = SCRIPT.format(scripts=str(settings.BASE_DIR / "scripts"), ports=ports, word=word)
        env = os.environ | {"INGANG_SERVICES_DIR": f"{home}/services", "INGANG_VAR_DIR": f"{home}/var"}
        return subprocess.run([sys.executable, "-c", code], env=env, check=False, timeout=120).returncode

    try:
        status = say("start")
        if status == MISSING and not os.environ.get("CI"):
            pytest.skip("PostgreSQL and Redis are not installed here")
        assert status == 0, "the services did not start"
        yield {"DATABASE_URL": f"postgres://ingang@127.0.0.1:{ports[0]}/ingang", "CELERY_BROKER_URL": f"redis://127.0.0.1:{ports[1]}/0"}
    finally:
        say("stop")
        shutil.rmtree(home, ignore_errors=True)


class Talk(socketserver.StreamRequestHandler):
    """One conversation of SMTP."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode().strip().upper():
            if line.startswith("DATA"):
                self._say("354 go on")
                if not self._take():
                    return
            elif line.startswith("QUIT"):
                self._say("221 bye")
                return
            self._say("250 fine")

    def _take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        mail: Any = self.server
        return bool(mail.took(str(email.message_from_bytes(b"".join(lines))["Message-ID"])))

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Mail(socketserver.ThreadingTCPServer):
    """Counts what it took, by Message-ID. It may wait in the middle of one: taken, but the sender does not know yet."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.counted: Counter[str] = Counter()
        self.hold_at, self.held, self.free = 0, threading.Event(), threading.Event()
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def took(self, message: str) -> bool:
        """False when its sender is gone meanwhile."""
        with self.lock:
            self.counted[message] += 1
            waits = self.hold_at and sum(self.counted.values()) == self.hold_at and not self.held.is_set()
        if waits:
            self.held.set()
            self.free.wait(60)
        return not waits


@contextmanager
def mail_server() -> Iterator[Mail]:
    with Mail() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.free.set()
            server.shutdown()
            thread.join()
