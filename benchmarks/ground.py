"""What benchmarks stand on: the product's settings with a folder and a database of their own, gone when the command ends."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
FOLDER = Path(tempfile.mkdtemp(prefix="ingang-benchmark-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
sys.path.insert(0, str(BASE))
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'benchmark.sqlite3'}")
os.environ.update(
    {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "INGANG_VAR_DIR": str(FOLDER),
        "CELERY_BROKER_URL": "memory://",
        "INGANG_DEMO": "1",
        "DEBUG": "0",
        "SECRET_KEY": "of a database that is gone in a minute",
        "SUPPORT_PHONE": "033-17 40 00",
        "NEEDS_KEYS": "YmVuY2htYXJrcy1vbmx5LW5lZWRzLWtleS1hLXNlY3I=",
    }
)

import django  # noqa: E402 (the environment above has to be there first)

django.setup()
