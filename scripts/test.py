"""`make test`: the whole suite on SQLite, then the tests marked `train` where torch is, and those marked `postgres` on PostgreSQL.

What a machine lacks is left out with a word; CI has to have it all.
"""

import os
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import house
import install
import train

POSTGRES = "postgres://ingang@127.0.0.1:55432/ingang"  # where scripts/services puts it
NOTHING_COLLECTED = 5


def answers(url: str) -> bool:
    where = urlsplit(url)
    try:
        socket.create_connection((where.hostname, where.port or 5432), timeout=1).close()
    except OSError:
        return False
    return True


def pytest(words: "list[str]", **env: str) -> int:
    command = [house.PYTHON, "-m", "pytest", *words]
    status = subprocess.run(command, cwd=house.BASE, env={**house.environment(), **env}, check=False).returncode
    return 0 if status == NOTHING_COLLECTED and "-m" in words else status


def trained() -> int:
    """The tests marked `train`, in their own environment."""
    if not (train.make() if os.environ.get("CI") else train.python()):
        print("The tests of the training and of MiniLM were left out: `make train` makes their environment (6 GB).")
        return 0
    print("What is marked `train`, in the train environment", flush=True)
    command = [train.python(), "-m", "pytest", "-m", "train", "-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=house.BASE, env=train.environment(), check=False).returncode


def run() -> int:
    house.need_space(500)
    install.packages("dev")
    install.static_files()
    install.checker()
    install.paper_checker()
    words = sys.argv[1:]
    if words:
        return pytest(words)
    together = ["-n", "2", "--dist", "loadgroup"]
    postgres = os.environ.pop("DATABASE_URL", POSTGRES)
    print("The whole suite on SQLite", flush=True)
    status = pytest(together)
    status = trained() or status
    if answers(postgres):
        print("What is marked `postgres`, on PostgreSQL", flush=True)
        return pytest([*together, "-m", "postgres"], DATABASE_URL=postgres) or status
    if os.environ.get("CI"):
        raise house.TroubleError("PostgreSQL does not answer, and CI has to test on it: scripts/services start")
    print("The PostgreSQL part was left out: `scripts/services start` brings one up.")
    return status


if __name__ == "__main__":
    house.main(run)
