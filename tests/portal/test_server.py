"""How gunicorn serves the site."""

import importlib
import threading
from typing import Any

import pytest
from django.conf import settings
from gunicorn.config import Config

from portal import server
from search import index
from search.documents import Filters
from tests.search.shelf import put


def test_gunicorn_reads_the_list_ahead_in_each_process(monkeypatch: pytest.MonkeyPatch) -> None:
    read = threading.Event()
    monkeypatch.setattr(index, "read_ahead", read.set)
    hooks = {name: value for name, value in vars(importlib.import_module("portal.server")).items() if name in Config().settings}
    assert set(hooks) == {"post_worker_init"}, "nothing else in the file is taken for a setting"
    hooks["post_worker_init"](None)
    assert read.wait(10)
    for started_by in ("Dockerfile", "scripts/run.py"):
        assert f"python:{server.__name__}" in (settings.BASE_DIR / started_by).read_text()


@pytest.mark.django_db
def test_the_first_question_then_reads_no_entries(django_assert_num_queries: Any) -> None:
    put(title="Odla")
    index.forget()
    index.read_ahead()
    with django_assert_num_queries(1):  # whether anything has changed
        assert index.database().find(Filters(), start=0, size=12).total == 1
