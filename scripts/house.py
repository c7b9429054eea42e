"""What the other scripts stand on: paths, the development environment, one-sentence errors and stages that show their progress.

Everything in scripts/ runs before the virtual environment exists, so it uses the standard library only.
"""

import base64
import fcntl
import glob
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # an older Python has to get as far as saying that it is too old
    from collections.abc import Callable, Iterator

BASE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(BASE, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
VAR = os.environ.get("INGANG_VAR_DIR") or os.path.join(BASE, "var")
LOGS = os.path.join(VAR, "log")
STAMPS = os.path.join(VAR, "stamps")
OLDEST_PYTHON = (3, 11)
DEMO_PHONES = {"SUPPORT_PHONE": "033-17 40 00", "SUPPORT_PHONE_NB": "+47 69 00 40 00"}  # numbers that are given to nobody
DISK_FULL = "The disk is full: free some space on it and start again; nothing is lost."


class TroubleError(Exception):
    """Something that the person at the keyboard can put right, said in one sentence."""


def path(*parts: str) -> str:
    return os.path.join(BASE, *parts)


def main(work: "Callable[[], int | None]") -> None:
    """Runs a script's work; trouble becomes one sentence and exit status 1, Ctrl-C a quiet end."""
    try:
        with_new_python()
        status = work() or 0
    except TroubleError as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        status = 1
    except OSError as error:
        if error.errno not in (28, 122):  # ENOSPC, EDQUOT
            raise
        print("\n" + DISK_FULL, file=sys.stderr)
        status = 1
    except KeyboardInterrupt:
        print("\nStopped. The next start goes on from here.", file=sys.stderr)
        status = 130
    sys.exit(status)


def with_new_python() -> None:
    """Goes on in the newest Python that the machine has, where `python3` is too old."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(15, OLDEST_PYTHON[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])  # noqa: S606 (the same process goes on)
    have = ".".join(str(part) for part in sys.version_info[:3])
    raise TroubleError(f"Ingång needs Python 3.11 or newer, and this machine has {have}: install a newer one and start again.")


def write(name: str, text: str, mode: int = 0o644) -> None:
    """Writes a file whole or not at all."""
    os.makedirs(os.path.dirname(name), exist_ok=True)
    fresh = f"{name}.{os.getpid()}"
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8") as handle:
        handle.write(text)
    os.replace(fresh, name)


def read(name: str) -> str:
    try:
        with open(name, encoding="utf-8") as handle:
            return handle.read()
    except FileNotFoundError:
        return ""


def fingerprint(*patterns: str) -> str:
    """A hash of the names and contents of all files that the patterns find under the project."""
    digest = hashlib.sha256()
    for name in sorted({name for pattern in patterns for name in glob.glob(path(pattern), recursive=True)}):
        if os.path.isfile(name) and "node_modules" not in name and "__pycache__" not in name:
            digest.update(os.path.relpath(name, BASE).encode())
            with open(name, "rb") as handle:
                digest.update(hashlib.sha256(handle.read()).digest())
    return digest.hexdigest()


def need_space(megabytes: int) -> None:
    os.makedirs(VAR, exist_ok=True)
    free = shutil.disk_usage(VAR).free // 1_000_000
    if free < megabytes:
        raise TroubleError(f"The disk is too full: {free} MB are free and {megabytes} MB are needed.")


def environment() -> "dict[str, str]":
    """The environment of a development machine: keys made once and kept in var/dev.env, and the demo region."""
    name = os.path.join(VAR, "dev.env")
    kept = dict(line.split("=", 1) for line in read(name).splitlines() if "=" in line and not line.startswith("#"))
    wanted = {
        "SECRET_KEY": lambda: secrets.token_urlsafe(50),
        "NEEDS_KEYS": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }
    missing = [key for key in wanted if not kept.get(key)]
    if missing:
        kept.update({key: wanted[key]() for key in missing})
        lines = ["# Keys of this machine's own demo. A real installation gets its own (see .env.example)."]
        write(name, "\n".join(lines + ["{}={}".format(*pair) for pair in sorted(kept.items())]) + "\n", 0o600)
    bin_first = os.path.join(VENV, "bin") + os.pathsep + os.environ.get("PATH", "")
    return {"INGANG_DEMO": "1", **DEMO_PHONES, **kept, **os.environ, "PATH": bin_first, "VIRTUAL_ENV": VENV, "PYTHONUNBUFFERED": "1"}


@contextmanager
def alone(name: str, say_when_busy: "Callable[[str], None]") -> "Iterator[None]":
    """Holds a lock that ends with this process, however it ends. `say_when_busy` gets the holder's process number."""
    os.makedirs(VAR, exist_ok=True)
    with open(os.path.join(VAR, name), "a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.seek(0)
            say_when_busy(handle.read().strip() or "?")
            fcntl.flock(handle, fcntl.LOCK_EX)
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        yield


@contextmanager
def stage(title: str) -> "Iterator[None]":
    """One line per stage: its name while it runs, with the seconds ticking on a terminal, and how long it took."""
    began, done = time.monotonic(), threading.Event()
    live = sys.stdout.isatty()

    def line(end: str) -> None:
        seconds = time.monotonic() - began
        print("{}{:<46}{:6.1f} s".format("\r" if live else "", title, seconds), end=end, flush=True)

    def tick() -> None:
        while not done.wait(0.2):
            line("")

    if live:
        threading.Thread(target=tick, daemon=True).start()
    try:
        yield
    finally:
        done.set()
        line("\n")


def call(command: "list[str]", log: str, sentence: str, cwd: str = BASE, env: "dict[str, str] | None" = None) -> None:
    """Runs one command with its output in var/log; when it fails, says `sentence`, the last lines and where the rest is."""
    os.makedirs(LOGS, exist_ok=True)
    name = os.path.join(LOGS, log + ".log")
    env = env or environment()
    if not shutil.which(command[0], path=env.get("PATH")):
        raise TroubleError(f"{sentence} ({command[0]} was not found)")
    tied = [sys.executable, path("scripts", "tied.py"), "KILL", *command]  # a killed start leaves nothing at work behind
    with open(name, "wb") as handle:
        status = subprocess.run(tied, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=handle, stderr=handle, check=False).returncode
    if not status:
        return
    with open(name, encoding="utf-8", errors="replace") as handle:
        said = handle.read()
    if "No space left on device" in said or "ENOSPC" in said:
        raise TroubleError(DISK_FULL)
    last = "\n".join("    " + line for line in said.strip().splitlines()[-8:])
    raise TroubleError(f"{sentence} The last lines, all of it is in {os.path.relpath(name, BASE)}:\n{last}")


def fresh(name: str, mark: str) -> bool:
    """Whether a stage has already been done for exactly these inputs."""
    return read(os.path.join(STAMPS, name)) == mark


def stamp(name: str, mark: str) -> None:
    write(os.path.join(STAMPS, name), mark)


def unstamp(*names: str) -> None:
    for name in names:
        if os.path.exists(os.path.join(STAMPS, name)):
            os.remove(os.path.join(STAMPS, name))


def manage(command: "list[str]", log: str, sentence: str) -> None:
    call([PYTHON, path("manage.py"), *command], log, sentence)


def has_command(name: str) -> bool:
    """Whether one of our apps brings this manage.py command."""
    return bool(glob.glob(path("*", "management", "commands", name + ".py")))
