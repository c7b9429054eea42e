"""What every test stands on: a strict world (tests/settings.py), a copied database, a quiet clock, and a browser where one is asked for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
import time_machine
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from matching import index
from portal.management.commands.messages import compile_all
from search import index as browsing

pytest_plugins = ["tests.database", "tests.browser"]

TRAIN = find_spec("sentence_transformers") is not None
A_TUESDAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def pytest_configure() -> None:
    """Compiles the translations. Django has read those of the default language by now, in a fresh clone none: it forgets them."""
    compile_all()
    translation_file_changed(sender=None, file_path=Path("django.mo"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    on_postgres = connection.vendor == "postgresql"
    for item in items:
        if {"page", "visit", "axe"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
            # Two browsers at the most, on two cores: journeys stay together, and the pages one by one (`test_every_page`).
            if item.get_closest_marker("xdist_group") is None:
                item.add_marker(pytest.mark.xdist_group("browser"))
        if item.get_closest_marker("train") and not TRAIN:
            item.add_marker(pytest.mark.skip(reason="needs the train environment (make train)"))
        wants = item.get_closest_marker("postgres")
        if wants and wants.kwargs.get("only") and not on_postgres:
            item.add_marker(pytest.mark.skip(reason="says something about PostgreSQL only"))


@pytest.fixture(autouse=True)
def _own_world() -> Iterator[None]:
    """No test sees another's cache or language, or people in the engine's lists."""
    cache.clear()
    index.forget()
    browsing.forget()
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def now() -> datetime:
    """The time that tests hand to actions. It stands still, because actions take their time from the edge."""
    return A_TUESDAY


@pytest.fixture
def frozen(now: datetime) -> Iterator[time_machine.Traveller]:
    """Stops the machine's clock at `now`, for the edges that read it: `frozen.shift(3600)` lets an hour pass."""
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def eager_tasks() -> Iterator[None]:
    """Tasks run where they are called, once the transaction is done: for journeys, which have no worker."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False
