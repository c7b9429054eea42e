"""Who is near whom: the engine's lists of everyone, in memory by default, in Elasticsearch where one machine is outgrown."""

import importlib
from functools import lru_cache
from typing import Any

from django.conf import settings

from matching.index.base import Index, IndexUnavailable, Near, members_of
from matching.index.build import these
from matching.index.memory import Lists
from matching.index.world import World, catalogue_hash, world

_memory = Lists()  # of this process


def chosen() -> Index:
    """Elasticsearch where the settings name one, else this process's memory."""
    return _elastic() if settings.ELASTICSEARCH_URL else _memory


@lru_cache(maxsize=1)
def _elastic() -> Any:
    """The client takes 40 MB: it is loaded only where there is a server."""
    return importlib.import_module("matching.index.elastic").Elastic(_memory)


def bring_up() -> None:
    """Tell the server where there is one, what has changed, without a run. Raises IndexUnavailable, EncoderUnavailable."""
    if settings.ELASTICSEARCH_URL:
        _elastic().bring_up(world())


def forget() -> None:
    """Read everything anew at the next run."""
    _memory.forget()


__all__ = [
    "Index",
    "IndexUnavailable",
    "Lists",
    "Near",
    "World",
    "bring_up",
    "catalogue_hash",
    "chosen",
    "forget",
    "members_of",
    "these",
    "world",
]
