"""Runs manage.py with the keys of this machine's demo: `python3 scripts/command.py shell`."""

import os
import sys

import house


def run() -> None:
    if not os.path.exists(house.PYTHON):
        raise house.TroubleError("There is no environment yet: run `make install` first.")
    os.execve(house.PYTHON, [house.PYTHON, house.path("manage.py"), *sys.argv[1:]], house.environment())  # noqa: S606 (the same process goes on)


if __name__ == "__main__":
    house.main(run)
