"""A worker from nothing to its first match, in a database that another benchmark has made (BENCHMARK_FOLDER): its time and memory."""

import time
from pathlib import Path

import ground

from employers.models import Posting
from matching import tasks


def main() -> None:
    before = highest()
    posting = Posting.objects.open().order_by("pk").first()
    if posting:
        tasks.suggest(posting_id=str(posting.pk))
    took = time.perf_counter() - ground.STARTED
    print(f"a worker from its start to the first match: {took:.1f} s; memory before {before:.0f} MB, at its highest {highest():.0f} MB")


def highest() -> float:
    """Megabytes of this process, at its highest."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(one.split()[1]) for one in lines if one.startswith("VmHWM")) / 1e3


if __name__ == "__main__":
    main()
