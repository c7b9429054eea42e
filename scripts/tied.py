"""Runs a command that ends when the process that started it does, even by SIGKILL: `tied.py TERM|KILL COMMAND ...`.

Linux only; elsewhere the next start tidies up.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def run(how: str, command: "list[str]") -> None:
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, getattr(signal, "SIG" + how))
        if os.getppid() != parent:  # it ended before we asked
            sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606 (the same process has to become the command)


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2:])
