"""What is missing is said in one sentence, whichever program starts, and gunicorn does not try again for ever."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings

BIN = Path(sys.executable).parent
PROGRAMS = {
    "manage.py": [sys.executable, "manage.py", "check"],
    "gunicorn": [str(BIN / "gunicorn"), "portal.wsgi", "-b", "127.0.0.1:0", "--no-control-socket"],
    "celery": [str(BIN / "celery"), "-A", "portal", "worker"],
}
NEEDED = ("SECRET_KEY", "NEEDS_KEYS", "SUPPORT_PHONE")


def start(program: str, folder: Path, missing: str) -> subprocess.CompletedProcess[str]:
    given = {"SECRET_KEY": "only for this test", "NEEDS_KEYS": Fernet.generate_key().decode(), "SUPPORT_PHONE": "033-17 40 00"}
    env = {name: value for name, value in os.environ.items() if name not in NEEDED}
    env |= {name: value for name, value in given.items() if name != missing}
    env |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "INGANG_VAR_DIR": str(folder), "DEBUG": "0", "INGANG_DEMO": "0"}
    return subprocess.run(PROGRAMS[program], env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_missing_key_is_one_sentence(program: str, tmp_path: Path) -> None:
    done = start(program, tmp_path, "SECRET_KEY")
    said = done.stdout + done.stderr
    assert done.returncode not in {0, None}
    assert said.count("SECRET_KEY is not set. Make one with: ") == 1
    assert "Traceback" not in said


@pytest.mark.parametrize("missing", NEEDED[1:])
def test_whatever_else_is_missing_is_said_as_well(missing: str, tmp_path: Path) -> None:
    done = start("manage.py", tmp_path, missing)
    assert done.returncode == 4
    assert done.stderr.startswith(f"{missing} is not set. ")
    assert done.stderr.count("\n") == 1
