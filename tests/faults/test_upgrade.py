"""A database that was in use is brought to today's tables and back, on SQLite, with the rules that stand in it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings

from matching.signals import RULES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("processes"),
    pytest.mark.skipif(not os.environ.get("CI"), reason="half a minute: only with CI=true"),
]


def _rules(database: Path) -> set[str]:
    with sqlite3.connect(database) as connection:
        return {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}


def test_tables_with_rules_are_remade_and_the_rules_come_back(tmp_path: Path) -> None:
    database = tmp_path / "ingang.sqlite3"
    env = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "INGANG_VAR_DIR": str(tmp_path),
        "CELERY_BROKER_URL": "memory://",
        "SECRET_KEY": "only for this test",
        "SUPPORT_PHONE": "033-17 40 00",
        "NEEDS_KEYS": Fernet.generate_key().decode(),
        "EMAIL_HOST": "127.0.0.1",
    }
    for words in (["migrate"], ["migrate", "matching", "0004"], ["migrate"]):
        subprocess.run([sys.executable, "manage.py", *words, "-v", "0"], env=env, cwd=settings.BASE_DIR, check=True, timeout=180)
        assert _rules(database) >= {rule.name for rule in RULES} | {"withdrawal_closes"}
