"""The scripts as somebody at a keyboard meets them: each is started as a program, and what it says is read."""

import http.server
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts.shell import SCRIPTS, alive, environment, free_port, inside, script

HOLDS = """
import fcntl, sys
held = open("run.lock", "a+")
fcntl.flock(held, fcntl.LOCK_EX)
held.write("4711")
held.flush()
print("held", flush=True)
sys.stdin.read()
"""
GATES = """
import check
results = [check.passes("fine", [sys.executable, "-c", ""]), check.passes("broken", [sys.executable, "-c", "print(1/0)"])]
print(*results)
"""
TIES = f"""
import subprocess, sys, time
print(subprocess.Popen([sys.executable, {str(SCRIPTS / "tied.py")!r}, "KILL", "sleep", "60"]).pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


@pytest.mark.parametrize("port", ["eight", "0", "70000"])
def test_run_refuses_a_port_that_is_none(port: str, tmp_path: Path) -> None:
    done = script("run.py", var=tmp_path, PORT=port)
    assert done.returncode == 1
    assert done.stderr.strip() == f"PORT is '{port}'; a number from 1 to 65535 is needed, as in: PORT=8123 make run"


def test_run_says_that_a_port_is_taken(tmp_path: Path, taken: int) -> None:
    done = script("run.py", var=tmp_path, PORT=str(taken))
    assert done.returncode == 1
    assert f"Port {taken} is taken by another program" in done.stderr
    assert "Traceback" not in done.stderr


def test_run_does_not_start_twice_in_one_folder(tmp_path: Path) -> None:
    held = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLDS,
        ],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert held.stdout is not None
    held.stdout.readline()
    done = script("run.py", var=tmp_path, PORT=str(free_port()))
    held.communicate()
    assert "Ingång already runs from this folder (process 4711)" in done.stderr


def test_command_runs_manage_with_keys_that_are_made_once(tmp_path: Path) -> None:
    words = ["shell", "-v", "0", "-c", "from django.conf import settings; print(settings.SECRET_KEY, settings.DEMO)"]
    first, second = (script("command.py", *words, var=tmp_path) for _ in range(2))
    assert first.returncode == 0, first.stderr
    key, demo = first.stdout.split()
    assert second.stdout.split() == [key, "True"]
    assert (len(key) > 50, demo) == (True, "True")
    assert stat.S_IMODE((tmp_path / "dev.env").stat().st_mode) == 0o600


def test_command_passes_on_how_it_ended(tmp_path: Path) -> None:
    assert script("command.py", "no_such_command", var=tmp_path).returncode == 1


@pytest.mark.parametrize("words", [[], ["begin"], ["start", "stop"]])
def test_services_asks_for_one_of_three_words(words: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [str(SCRIPTS / "services"), *words],
        env=environment(tmp_path, PYTHON=sys.executable),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == "Say what to do: scripts/services start, stop or status"


def test_services_leaves_alone_what_it_did_not_start(tmp_path: Path) -> None:
    done = script("local_services.py", "stop", var=tmp_path, INGANG_SERVICES_DIR=str(tmp_path / "services"))
    assert done.returncode == 0
    assert done.stdout.splitlines() == [f"{name} was not started here; left alone." for name in ("PostgreSQL", "Redis", "Elasticsearch")]


def test_services_tells_what_answers(tmp_path: Path) -> None:
    done = script("local_services.py", "status", var=tmp_path, INGANG_SERVICES_DIR=str(tmp_path / "services"))
    lines = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    assert [name for name, _port, _state in lines] == ["PostgreSQL", "Redis", "Elasticsearch"]
    assert {state for _name, _port, state in lines} <= {"down", "not started here"}
    assert done.returncode == (1 if "down" in done.stdout else 0)


def test_check_shows_one_line_a_gate_and_what_a_red_one_said(tmp_path: Path) -> None:
    said = inside(GATES, tmp_path).stdout
    assert "  ok  fine" in said
    assert "  red broken" in said
    assert "      ZeroDivisionError: division by zero" in said
    assert said.rstrip().endswith("True False")


def test_every_gate_is_a_program_that_is_there(tmp_path: Path) -> None:
    code = "import shutil, check; print([n for n, c in check.gates() if c and not shutil.which(c[0], path=house.environment()['PATH'])])"
    assert inside(code, tmp_path).stdout.strip() == "[]"


def test_a_failed_step_is_a_sentence_with_its_last_lines(tmp_path: Path) -> None:
    code = "house.main(lambda: house.call([sys.executable, '-c', 'print(1/0)'], 'try', 'It did not work.'))"
    done = inside(code, tmp_path)
    assert done.returncode == 1
    assert "It did not work. The last lines" in done.stderr
    assert "    ZeroDivisionError: division by zero" in done.stderr
    assert (tmp_path / "log" / "try.log").is_file()


@pytest.mark.parametrize(
    ("work", "status", "said"),
    [
        ("raise OSError(28, 'No space left on device')", 1, "The disk is full: free some space on it and start again; nothing is lost."),
        ("raise KeyboardInterrupt", 130, "Stopped. The next start goes on from here."),
        ("raise house.TroubleError('Do this.')", 1, "Do this."),
        ("house.need_space(10**12)", 1, "The disk is too full: "),
    ],
)
def test_trouble_is_one_sentence(work: str, status: int, said: str, tmp_path: Path) -> None:
    done = inside(f"def work():\n    {work}\nhouse.main(work)", tmp_path)
    assert done.returncode == status
    assert done.stderr.strip().startswith(said)
    assert "Traceback" not in done.stderr


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    code = "house.write('a/b', 'first')\ntry: house.write('a/b', '\\ud800')\nexcept UnicodeEncodeError: print(house.read('a/b'))"
    assert inside(code, tmp_path).stdout.strip() == "first"


def test_what_is_tied_ends_with_whoever_started_it(tmp_path: Path) -> None:
    starter = subprocess.Popen([sys.executable, "-c", TIES], stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    number = int(starter.stdout.readline())
    while Path(f"/proc/{number}/comm").read_text().strip() != "sleep":
        time.sleep(0.05)
    starter.send_signal(signal.SIGKILL)
    starter.communicate()
    until = time.monotonic() + 10
    while alive(number):
        assert time.monotonic() < until
        time.sleep(0.05)


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked = dict(self.headers)  # type: ignore[attr-defined] # read by the test
        self.send_response(200 if self.path == "/health/" else 500)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on the screen."""


def test_a_container_is_healthy_when_its_page_answers(tmp_path: Path) -> None:
    try:
        server = http.server.HTTPServer(("127.0.0.1", 8000), Page)
    except OSError:
        pytest.skip("port 8000, which the container has, is somebody else's here")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        assert script("healthy.py", "web", var=tmp_path, ALLOWED_HOSTS="ingang.example, other").returncode == 0
        assert server.asked["Host"] == "ingang.example"  # type: ignore[attr-defined] # put there by the page
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert script("healthy.py", "web", var=tmp_path).returncode == 1


def test_beat_is_healthy_while_it_writes(tmp_path: Path) -> None:
    (tmp_path / "queue").mkdir()
    assert script("healthy.py", "beat", var=tmp_path).returncode == 1
    written = tmp_path / "queue" / "beat.db"
    written.touch()
    assert script("healthy.py", "beat", var=tmp_path).returncode == 0
    os.utime(written, (1, 1))
    assert script("healthy.py", "beat", var=tmp_path).returncode == 1


def test_the_tests_need_postgresql_in_ci_only(tmp_path: Path) -> None:
    code = "import test; print(test.answers('postgres://ingang@127.0.0.1:{port}/ingang'))"
    assert inside(code.format(port=free_port()), tmp_path).stdout.strip() == "False"
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        assert inside(code.format(port=held.getsockname()[1]), tmp_path).stdout.strip() == "True"


def test_cleaning_takes_what_can_be_built_again_and_nothing_else(tmp_path: Path) -> None:
    """In a copy of the scripts: what they take away is beside them."""
    copy = tmp_path / "clone"
    (copy / "scripts").mkdir(parents=True)
    for path in SCRIPTS.glob("*.py"):
        (copy / "scripts" / path.name).write_bytes(path.read_bytes())
    kept = ["var/ingang.sqlite3", "var/dev.env", ".venv/x", "accounts/models.py"]
    gone = ["static/ingang.css", ".cache/x", "var/stamps/x", "accounts/__pycache__/x.pyc", "locale/sv/LC_MESSAGES/django.mo"]
    for name in kept + gone:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).touch()
    env = environment(copy / "var")
    subprocess.run([sys.executable, str(copy / "scripts" / "clean.py")], env=env, check=True, capture_output=True, timeout=60)
    assert [name for name in kept if not (copy / name).exists()] == []
    assert [name for name in gone if (copy / name).exists()] == []
