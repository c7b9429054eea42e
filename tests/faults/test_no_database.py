"""A database that does not answer, for real: every page says so in the reader's language, also to somebody with a session."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings

ASK = """
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
client.cookies["sessionid"] = "somebodysomebodysomebodysomebody"
for path in ("/sv/", "/nb/me/", "/en/postings/"):
    answer = client.get(path)
    print(answer.status_code, answer.headers.get("Content-Language"), " ".join(answer.content.decode().split()))
"""
AWAY = {
    "PostgreSQL that is not there": "postgres://ingang@127.0.0.1:1/ingang",
    "a file that cannot be opened": "sqlite:////nowhere/at/all/ingang.sqlite3",
}


@pytest.mark.parametrize("database", AWAY.values(), ids=AWAY)
def test_a_database_that_does_not_answer_is_said(tmp_path: Path, database: str) -> None:
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": database,
        "INGANG_VAR_DIR": str(tmp_path),
        "SECRET_KEY": "only for this test",
        "SUPPORT_PHONE": "033-17 40 00",
        "NEEDS_KEYS": Fernet.generate_key().decode(),
        "ALLOWED_HOSTS": "testserver",
        "INGANG_PLAIN_HTTP": "1",
        "DEBUG": "0",
    }
    words = [sys.executable, "-c", ASK]
    said = subprocess.run(words, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True, timeout=120)
    swedish, norwegian, english = said.stdout.strip().splitlines()
    assert swedish.startswith("503 sv ")
    assert norwegian.startswith("503 nb ")
    assert english.startswith("503 en ")
    assert "Ingång är stängt en stund" in swedish
    assert re.search(r"Det har vært stengt siden .* klokka .*\. Det du har lagret, er der fortsatt\.", norwegian)
    assert "Ingång is closed for a while" in english
