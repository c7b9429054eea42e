"""Runs a command that ends when the process that started it does, even by SIGKILL. Linux only; elsewhere the next start tidies up."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def run(command: "list[str]") -> None:
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it ended before we asked
            sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606 (the same process has to become the command)


if __name__ == "__main__":
    run(sys.argv[1:])
