"""People in Elasticsearch, where one worker's memory is outgrown: it finds the first few hundred, which are then scored exactly.

Needs are not in the index: who has a must that the workplace says no to is sorted out among those that were found. Postings are
few and stay in memory.
"""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import numpy as np
from django.db.models import Max
from elasticsearch import Elasticsearch
from numpy.typing import NDArray

from matching.index import build
from matching.index.base import IndexUnavailable, Near, packed
from matching.index.elastic_query import MAPPING, document, queries, rows_in, who
from matching.index.lease import Lease
from matching.index.memory import Lists
from matching.index.world import World
from matching.models import ListedPerson, Turn
from matching.scoring import WEIGHTS_VERSION, Job, People, Person
from outbox.index import AT_ONCE, Copies

FOUND, WOULD = 500, 200  # asked for, of those that pass the conditions and of the others
DEEPER = (FOUND, 4 * FOUND, 16 * FOUND)
ENOUGH = FOUND // 2  # eligible ones: the best fifty are among them, even if half of those that were found have a refused must
FIRST_NUMBER = 1000  # an index carries the number of the Turn that says up to where it has been brought
ALIAS = "ingang-people"
PATIENCE, TRIES = 20, 2
log = logging.getLogger(__name__)


class Elastic:
    """The same contract as `memory.Lists`. `alias` names the index; the real one carries a hash of its mapping and of the versions
    that it was built for."""

    def __init__(self, lists: Lists, alias: str = ALIAS, shards: int = 1) -> None:
        self._lists, self._shards, self._copies = lists, shards, Copies(alias, IndexUnavailable)

    def _server(self) -> AbstractContextManager[Elasticsearch]:
        return self._copies.server(PATIENCE, TRIES)

    def people_for(self, job: Job, country: str, world: World, *, most: int, seed: int) -> Near:
        """The best of those that were found, scored exactly with conditions and needs. Where more pass than are scored, the
        conditions alone say which of the others were eligible."""
        with self._server() as server:
            self._bring_up(server, world)
            return self._look_up(server, job, country, world, most, seed)

    def bring_up(self, world: World) -> None:
        """What has changed since the last run goes into the index. Raises IndexUnavailable."""
        with self._server() as server:
            self._bring_up(server, world)

    def _look_up(self, server: Elasticsearch, job: Job, country: str, world: World, most: int, seed: int) -> Near:
        """Looks further down where more than half of those that were found have a must that the workplace says no to."""
        for size in DEEPER:
            rows, scored, passed = self._search(server, job, country, world, size, seed)
            few = People(world.space, world.codes)
            few.read([build.people_of(rows)])
            best = few.against(job, country, most=most, seed=seed)
            eligible = _known(passed, rows, best.eligible)
            if np.count_nonzero(best.eligible) >= ENOUGH or np.count_nonzero(passed) <= size:
                break
        return replace(Near.of(replace(best, scored=scored, eligible=eligible)), said=packed(passed))

    def postings_for(self, person: Person, country: str, world: World, *, most: int, seed: int) -> Near:
        """In memory, as by default."""
        return self._lists.postings_for(person, country, world, most=most, seed=seed)

    def forget(self) -> None:
        self._lists.forget()

    def _search(
        self, server: Elasticsearch, job: Job, country: str, world: World, size: int, seed: int
    ) -> tuple[list[int], int, NDArray[np.bool_]]:
        """Rows to be scored, how many people there are in the country, and who passes the conditions, by row."""
        last = ListedPerson.objects.aggregate(last=Max("row"))["last"] or 0
        bodies = [
            {"query": query, "size": many, "_source": False, "track_total_hits": False}
            for query, many in zip(queries(job, country, world.space, seed), (size, WOULD), strict=True)
        ]
        everyone = {"query": {"bool": {"filter": [{"term": {"country": country}}]}}, "size": 0, "track_total_hits": True}
        asked = [*bodies, everyone, *who(job, country, world.space, last=last)]
        answers = self._copies.ask(server, asked)
        ids = [hit["_id"] for answer in answers[:2] for hit in answer["hits"]["hits"]]
        rows = ListedPerson.objects.filter(profile__index_id__in=ids).values_list("row", flat=True)
        scored, passed = int(answers[2]["hits"]["total"]["value"]), rows_in(answers[3:], last)
        every = np.flatnonzero(passed).tolist() if np.count_nonzero(passed) <= size else []
        return list({*rows, *every}), scored, passed

    def _bring_up(self, server: Elasticsearch, world: World) -> None:
        """What has changed since the last run goes into the index, and can be found when this returns."""
        live = self._copies.live(server)
        number = live.rpartition("-")[2]
        if not live.startswith(self._named(world)):
            self._rebuild(server, world, build.say)
            return
        turn, indexed = _turn(1), _turn(int(number))
        if indexed == turn:
            return
        self._copies.send(server, self._changes(world, indexed))
        server.indices.refresh(index=self._copies.alias)
        Turn.objects.filter(pk=number, number__lt=turn).update(number=turn)

    def _changes(self, world: World, since: int) -> Iterator[dict[str, Any]]:
        """Each with the turn of its change: of two processes that send the same person, the newer one stays."""
        rows = ListedPerson.objects.filter(changed__gt=since).values_list("row", "profile__index_id", "changed")
        known = {row: {"_id": str(index_id), "version": changed, "version_type": "external_gte"} for row, index_id, changed in rows}
        for row, person, country in build.changed_people(since):
            if row not in known:  # new since the line above: its turn comes with the next run
                continue
            if person:
                yield {"_op_type": "index", **known[row], "_source": document(row, person, country, world.space)}
            else:
                yield {"_op_type": "delete", **known[row]}

    def rebuild(self, world: World, *, progress: Callable[[int, int], None] = build.say) -> int:
        """Fill a new index beside the old one, then move the alias in one step. Returns how many people. Raises IndexUnavailable."""
        with self._server() as server:
            return self._rebuild(server, world, progress)

    def _rebuild(self, server: Elasticsearch, world: World, progress: Callable[[int, int], None]) -> int:
        lease = Lease()
        try:
            number = FIRST_NUMBER + secrets.randbelow(1 << 31)
            name = f"{self._named(world)}{number}"
            Turn.objects.create(pk=number, number=_turn(1))
            count = self._copies.fill(server, name, MAPPING, _everyone(world, progress, lease), number_of_shards=self._shards)
            lease.renew()  # from here on nobody else can have begun
            self._copies.move(server, name, [one for one in self._copies.every(server) if one != name])
            Turn.objects.filter(pk__gte=FIRST_NUMBER).exclude(pk=number).delete()
        finally:
            lease.free()
        log.info("the index of people holds %d", count)
        return count

    def _named(self, world: World) -> str:
        """How an index of today's mapping and versions begins."""
        return self._copies.named(MAPPING, self._shards, WEIGHTS_VERSION, world.version)

    def remove(self) -> None:
        """Take the index away."""
        with self._server() as server:
            self._copies.remove(server)


def _known(passed: NDArray[np.bool_], rows: list[int], eligible: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Who was eligible: as the exact scores say of `rows`, else as the index says."""
    found = np.zeros(max([len(passed), len(eligible), *(row + 1 for row in rows)]), bool)
    exact = found.copy()
    found[: len(passed)] = passed
    exact[: len(eligible)] = eligible
    found[rows] = exact[rows]
    return found


def _everyone(world: World, progress: Callable[[int, int], None], lease: Lease) -> Iterator[dict[str, Any]]:
    for count, (row, person, country) in enumerate(build.everyone(progress), 1):
        if count % AT_ONCE == 0:
            lease.renew()
        yield {"_op_type": "index", "_id": person.key, "_source": document(row, person, country, world.space)}


def _turn(pk: int) -> int:
    return Turn.objects.filter(pk=pk).values_list("number", flat=True).first() or 0
