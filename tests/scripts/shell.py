"""How tests start a script: as a program, in a place of its own."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from django.conf import settings

SCRIPTS = Path(settings.BASE_DIR) / "scripts"
DROPPED = ("SECRET_KEY", "NEEDS_KEYS", "DJANGO_SETTINGS_MODULE", "INGANG_DEMO", "SUPPORT_PHONE", "DATABASE_URL", "PORT", "CI")


def environment(var: Path, **more: str) -> dict[str, str]:
    """What a fresh machine has, with a place of its own for what the scripts write."""
    return {name: value for name, value in os.environ.items() if name not in DROPPED} | {"INGANG_VAR_DIR": str(var), **more}


def script(name: str, *words: str, var: Path, timeout: float = 60, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPTS / name), *words]
    env = environment(var, **more)
    return subprocess.run(command, env=env, cwd=var, capture_output=True, text=True, check=False, timeout=timeout)


def inside(code: str, var: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Some lines that stand on scripts/house.py, as a script of its own."""
    whole = f"import sys; sys.path.insert(0, {str(SCRIPTS)!r}); import house\n{code}"
    env = environment(var, **more)
    return subprocess.run([sys.executable, "-c", whole], env=env, cwd=var, capture_output=True, text=True, check=False, timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
