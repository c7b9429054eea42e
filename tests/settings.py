"""The settings of the tests: the product's own, in a small strict world. Of the machine's environment only DATABASE_URL counts."""

import os
from pathlib import Path
from typing import Any

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
_VAR = Path(__file__).resolve().parent.parent / ".cache" / "test-var" / _WORKER
_GIVEN = {
    "SECRET_KEY": "a fixed key that only tests know, long enough for every check of Django",
    "NEEDS_KEYS": "dGVzdHMtb25seS1uZWVkcy1rZXktbm90LWEtc2VjcmU=",
    "DEBUG": "0",
    "INGANG_DEMO": "0",
    "INGANG_PLAIN_HTTP": "1",
    "INGANG_VAR_DIR": str(_VAR),
    "REQUIRE_SECOND_FACTOR": "0",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "PUBLIC_URL": "http://testserver",
    "CELERY_BROKER_URL": "memory://",
    "SUPPORT_PHONE": "033-17 40 00",
}
for _name in (
    "ELASTICSEARCH_URL",  # tests that want it name it themselves
    "EMAIL_HOST",
    "EMAIL_BACKEND",
    "BEHIND_PROXY",
    "CSRF_TRUSTED_ORIGINS",
    "SUPPORT_PHONE_NB",
):
    os.environ.pop(_name, None)
os.environ.update(_GIVEN)
(_VAR / "collected").mkdir(parents=True, exist_ok=True)

from portal.settings import *  # noqa: E402, F403 (the environment above has to be there first)
from portal.settings import DATABASES, STORAGES, TEMPLATES  # noqa: E402 (as above)
from tests.templates import LoudVariable  # noqa: E402 (as above)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # what is tested is never the hash, and Argon2 costs 50 ms
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a test database is dropped under a connection that was kept
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
_options: dict[str, Any] = TEMPLATES[0]["OPTIONS"]
_options["string_if_invalid"] = LoudVariable("%s")
WHITENOISE_AUTOREFRESH = False
PAGE_LANGUAGES: list[str] = []  # most tests need a page in one language; those of the rule name the languages themselves
