"""One process at a time fills an index of people; who waits for it tries again later."""

import time

from matching.index.base import IndexUnavailable
from matching.models import Turn

LEASE = 2  # the Turn whose number says when whoever holds it was last seen, in milliseconds; 0: nobody
HELD = 120_000  # milliseconds after which it can be taken over: longer than one request with its retries


class Lease:
    """Raises IndexUnavailable when another process holds it, and at `renew` when another has taken it over."""

    def __init__(self) -> None:
        Turn.objects.get_or_create(pk=LEASE)
        self._seen = _now()
        if not Turn.objects.filter(pk=LEASE, number__lt=self._seen - HELD).update(number=self._seen):
            raise IndexUnavailable("another process fills the index")

    def renew(self) -> None:
        before, self._seen = self._seen, max(_now(), self._seen + 1)
        if not Turn.objects.filter(pk=LEASE, number=before).update(number=self._seen):
            raise IndexUnavailable("another process has begun to fill the index")

    def free(self) -> None:
        Turn.objects.filter(pk=LEASE, number=self._seen).update(number=0)


def _now() -> int:
    return time.time_ns() // 1_000_000
