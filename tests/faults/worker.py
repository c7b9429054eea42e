"""A Celery application for the fault tests: the product's own, with one slow receiver to be killed in."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.utils import timezone  # noqa: E402 (after setup)

from audit.actions import record  # noqa: E402 (the same)
from content.actions import newsletter  # noqa: E402 (the same)
from matching.actions import suggestions  # noqa: E402 (the same)
from outbox.signals import receives  # noqa: E402 (the same)
from portal import celery_app  # noqa: E402 (the same)

app = celery_app

MARKS = Path(os.environ["FAULT_MARKS"])
PAUSE_AT = os.environ.get("FAULT_PAUSE_AT", "")


def pause(step: str) -> None:
    """Say that this step is reached, and stay there when the test wants to kill here."""
    (MARKS / step).touch()
    if step == PAUSE_AT:
        time.sleep(60)


drop_unfound = suggestions._drop_unfound


def stored(*given: Any) -> None:
    """In the middle of a run that is being stored: its row and its suggestions are written, and not committed."""
    pause("storing")
    drop_unfound(*given)


suggestions._drop_unfound = stored

take, mark = newsletter._take, newsletter._mark


def taken(*given: Any) -> Any:
    """Letters of a mailing are held, and none has left."""
    found = take(*given)
    pause("taken")
    return found


def handed_over(*given: Any) -> None:
    """The mail server has a letter, and nobody has noted it."""
    pause("handed_over")
    mark(*given)


newsletter._take, newsletter._mark = taken, handed_over


@receives("slow_fact")
def slow(number: str) -> Callable[[], None]:
    pause("computing")

    def effect() -> None:
        record("carried", "slow_fact", number, by=None, at=timezone.now())
        pause("changing")

    return effect
