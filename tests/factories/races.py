"""Two who act in the same moment, each over a connection of their own: for tests on PostgreSQL."""

import threading
from collections.abc import Callable

from django.db import connection

import content.states
import employers.states
import jobseekers.states
import matching.states
import placements.states

APPS = (employers.states, jobseekers.states, matching.states, placements.states)
REFUSALS = (content.states.Refused, *(app.Refused for app in APPS), *(app.NotThere for app in APPS))


def at_once(*steps: Callable[[], object]) -> list[object]:
    """Run the steps in threads that start together; returns what each returned, or the refusal that it raised."""
    barrier, answers = threading.Barrier(len(steps)), [None] * len(steps)

    def run(place: int) -> None:
        barrier.wait()
        try:
            answers[place] = steps[place]()
        except REFUSALS as refused:
            answers[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(steps))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers
