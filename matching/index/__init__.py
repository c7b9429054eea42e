"""Who is near whom: the engine's lists of everyone, in memory by default, in Elasticsearch where one machine is outgrown."""

from typing import Protocol

from django.conf import settings

from matching.index.elastic import Elastic, IndexUnavailable
from matching.index.memory import Lists, Near, members_of
from matching.index.world import World, catalogue_hash, world
from matching.scoring import Job, Person


class Index(Protocol):
    """Who is near whom; both ways the best `most` and a few more, scored with all conditions and needs."""

    def people_for(self, job: Job, country: str, world: World, *, most: int, seed: int) -> Near: ...

    def postings_for(self, person: Person, country: str, world: World, *, most: int, seed: int) -> Near: ...

    def forget(self) -> None: ...


_memory = Lists()  # of this process
_elastic = Elastic(_memory)


def chosen() -> Index:
    """Elasticsearch where the settings name one, else this process's memory."""
    return _elastic if settings.ELASTICSEARCH_URL else _memory


def forget() -> None:
    """Read everything anew at the next run."""
    _memory.forget()


__all__ = ["Elastic", "Index", "IndexUnavailable", "Lists", "Near", "World", "catalogue_hash", "chosen", "forget", "members_of", "world"]
