"""What is built once and read by every run: kept away from the collector of garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """What is built in here stays until the next thing is built. Otherwise one run in twenty would wait 200 ms for the collector,
    which walks through the millions of parts of a vocabulary and finds nothing."""
    gc.unfreeze()  # what came before may go
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
