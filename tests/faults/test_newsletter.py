"""A worker killed in the middle of a mailing: every reader gets exactly one letter."""

import email
import signal
import sqlite3
import time
from collections import Counter

import pytest

from tests.faults.test_killed_worker import World, wait_for, world  # noqa: F401 (`world` is a fixture)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]
READERS = 30
START = f"""
import tests.faults.worker
from django.conf import settings
from django.utils import timezone
from content import actions
from content.models import IssuePage, Subscriber
from tests.factories.content import write
settings.PAGE_LANGUAGES = ["sv"]  # every reader here has the same
now = timezone.now()
Subscriber.objects.bulk_create(
    Subscriber(email=f"reader{{n}}@example.org", language="sv", audience="anyone", asked_at=now, confirmed_at=now) for n in range({READERS})
)
issue = write(IssuePage, "Höstens brev", slug="host")
actions.start_mailing(issue.pk, by=None, at=now)
"""
GO_ON = """
import tests.faults.worker
from content.tasks import go_on
go_on()
"""


def letters(world: World) -> Counter[str]:  # noqa: F811 (the fixture)
    """How many letters lie in the folder, by address."""
    found = (email.message_from_bytes(path.read_bytes()) for path in (world.database.parent / "mail").glob("*.eml"))
    return Counter(str(message["To"]) for message in found)


def states(world: World) -> dict[str, int]:  # noqa: F811 (the fixture)
    with sqlite3.connect(world.database) as connection:
        return dict(connection.execute("SELECT state, count(*) FROM content_delivery GROUP BY state").fetchall())


@pytest.mark.parametrize("step", ["taken", "handed_over"])
def test_a_worker_killed_in_a_mailing_neither_loses_nor_doubles(world: World, step: str) -> None:  # noqa: F811 (the fixture)
    first = world.worker(pause_at=step)
    world.python(START)
    wait_for((world.marks / step).exists, seconds=90)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert states(world) == {"waiting": READERS}
    time.sleep(2.1)  # the lease of the killed worker runs out
    world.worker()
    world.python(GO_ON)
    world.python(GO_ON)  # a bell too many changes nothing
    wait_for(lambda: states(world) == {"sent": READERS}, seconds=90)
    assert letters(world) == {f"reader{n}@example.org": 1 for n in range(READERS)}
