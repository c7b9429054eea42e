"""The default index: words in the database's own full-text search, every filter as a column in memory."""

import uuid
from collections.abc import Collection
from functools import reduce

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from search.documents import EVIDENCE, LEVELS, LICENCES, TIERS, Document, Filters, asked
from search.index import text
from search.index.base import EARTH_KM, Answer
from search.index.columns import KINDS, TIMES, Columns, Held, Mask
from search.models import PostingEntry, Turn
from taxonomy.models import Place


class Database:
    """One instance a process; see `base.PostingIndex`."""

    def __init__(self) -> None:
        self._columns = Columns()

    def read_ahead(self) -> None:
        self._columns.current()

    def forget(self) -> None:
        """Read the columns anew."""
        self._columns.forget()

    def find(self, filters: Filters, *, start: int, size: int, without: Collection[uuid.UUID] = ()) -> Answer:
        held = self._columns.current()
        tiers = _tiers(held, filters)
        kept = np.ones(len(held.rows), bool) if tiers is None else tiers >= 0
        for one in without:
            kept &= ~(held.rows["id"] == divmod(one.int, 1 << 64)).all(axis=1)
        masks = {name: mask for name, mask in _masks(held, filters).items() if mask is not None}
        fitting = _all(kept, masks)
        places = _ordered(held, filters, fitting, tiers)
        return Answer(
            ids=held.ids(places[start : start + size]),
            total=len(places),
            kinds=_counted(held.rows["kind"][_all(kept, masks, but="kinds")], KINDS),
            fields=_by_field(held.rows["field"][_all(kept, masks, but="field")]),
            times=_bits(held.rows["times"][_all(kept, masks, but="times")], dict(zip(TIMES, range(len(TIMES)), strict=True))),
            offers=_bits(_offered(held, filters)[fitting], held.codes),
        )

    def put(self, document: Document) -> None:
        with transaction.atomic():
            entry, _ = PostingEntry.objects.update_or_create(
                posting_id=document.posting_id, defaults={**columns_of(document), "changed": next_turn()}
            )
            text.keep([(entry.pk, entry.stems)])

    def drop(self, posting_id: uuid.UUID) -> None:
        """The entry stays without its words, and says that it is gone."""
        with transaction.atomic():
            turn = next_turn()
            for entry in PostingEntry.objects.filter(posting_id=posting_id, gone=False):
                entry.gone, entry.stems, entry.changed = True, "", turn
                entry.save(update_fields=["gone", "stems", "changed"])
                text.keep([(entry.pk, "")])


def columns_of(document: Document) -> dict[str, object]:
    """The fields of an entry."""
    least, most = document.hours
    return {
        "gone": False,
        "kind": document.kind,
        "field": document.field,
        "latitude": document.place[0] if document.place else None,
        "longitude": document.place[1] if document.place else None,
        "hours_min": least,
        "hours_max": most,
        "times": " ".join(document.times),
        "starts_on": document.starts_on,
        "level": document.level,
        "licence": document.licence,
        "for_anyone": document.for_anyone,
        "offers": " ".join(f"{code}:{evidence}" for code, evidence in document.offers.items()),
        "published_at": document.published_at,
        "stems": " ".join(document.words),
    }


def next_turn() -> int:
    """Counted up under the row's lock, which is held to the end of the transaction."""
    turn, _ = Turn.objects.select_for_update().get_or_create(pk=1)
    turn.number += 1
    turn.save(update_fields=["number"])
    return turn.number


def _tiers(held: Held, filters: Filters) -> NDArray[np.int8] | None:
    """Of each row how strongly it holds all words of the question, -1 where it does not; None where nothing is asked.

    2 in the title, 1 in title or occupation, 0 anywhere. The two upper ones are looked up only where the order needs them.
    """
    words = asked(filters.q)
    if not words:
        return None if not filters.q.strip() else np.full(len(held.rows), -1, np.int8)
    tiers = np.full(len(held.rows), -1, np.int8)
    for strength, tier in enumerate(reversed(TIERS)):
        if strength == 0 or filters.sort == "best":
            tiers[held.holding(text.holding(words, tier))] = strength
    return tiers


def _masks(held: Held, filters: Filters) -> dict[str, Mask | None]:
    """Which rows pass each filter that is set. Hours, times and levels that a posting does not tell never exclude it."""
    rows = held.rows
    times = sum(1 << TIMES.index(one) for one in filters.times)
    wanted = np.uint64(sum(1 << held.codes[code] for code in filters.offers if code in held.codes))
    least, most = filters.hours_from, filters.hours_to
    return {
        "kinds": np.isin(rows["kind"], [KINDS.index(one) for one in filters.kinds if one in KINDS]) if filters.kinds else None,
        "field": rows["field"] == int(filters.field) if filters.field else None,
        "hours": ((rows["hours_max"] >= (least or 0)) & (rows["hours_min"] <= (most or 99))) if least or most else None,
        "times": (((rows["times"] & times) > 0) | (rows["times"] == 0)) if times else None,
        "level": rows["level"] <= LEVELS.index(filters.level) if filters.level else None,
        "licence": rows["licence"] <= LICENCES.index(filters.licence) if filters.licence else None,
        "offers": (_offered(held, filters) & wanted) == wanted if filters.offers else None,
        "starts": (rows["starts"] <= filters.starts_by.toordinal()) if filters.starts_by else None,
        "anyone": rows["anyone"] if filters.for_anyone else None,
        "place": _km(held, filters.place) <= filters.km if filters.place else None,
    }


def _offered(held: Held, filters: Filters) -> NDArray[np.uint64]:
    """The offers of each row that are as sure as asked for."""
    offered: NDArray[np.uint64] = held.rows["offers"][:, EVIDENCE.index(filters.evidence) if filters.evidence else 0]
    return offered


def _all(kept: Mask, masks: dict[str, Mask], *, but: str = "") -> Mask:
    return reduce(np.logical_and, (mask for name, mask in masks.items() if name != but), kept)


def _km(held: Held, place: Place) -> NDArray[np.float64]:
    """Great circle from a place; infinite where the posting has none."""
    lat, lon = np.radians(held.rows["lat"]), np.radians(held.rows["lon"])
    here, there = np.radians(place.latitude), np.radians(place.longitude)
    bent = np.sin((lat - here) / 2) ** 2 + np.cos(lat) * np.cos(here) * np.sin((lon - there) / 2) ** 2
    km: NDArray[np.float64] = np.nan_to_num(2 * EARTH_KM * np.arcsin(np.sqrt(bent)), nan=np.inf)
    return km


def _ordered(held: Held, filters: Filters, fitting: Mask, tiers: NDArray[np.int8] | None) -> NDArray[np.intp]:
    """Places of the rows that fit, in the order asked for."""
    places = held.order[fitting[held.order]]
    if filters.sort == "nearest" and filters.place:
        return places[np.argsort(_km(held, filters.place)[places], kind="stable")]
    if filters.sort == "best" and tiers is not None:
        return places[np.argsort(-tiers[places], kind="stable")]
    return places


def _counted(numbers: NDArray[np.int8], names: tuple[str, ...]) -> dict[str, int]:
    counts = np.bincount(numbers[numbers >= 0], minlength=len(names))
    return {name: int(n) for name, n in zip(names, counts, strict=True) if n}


def _by_field(numbers: NDArray[np.int8]) -> dict[str, int]:
    return {f"{field:02}": int(n) for field, n in enumerate(np.bincount(numbers[numbers >= 0])) if n}


def _bits(held: NDArray[np.integer], names: dict[str, int]) -> dict[str, int]:
    """How many rows have each bit."""
    wide = np.ascontiguousarray(held, np.uint64).view(np.uint8).reshape(len(held), 8)
    counts = np.unpackbits(wide, axis=1, bitorder="little").sum(axis=0, dtype=np.int64)
    return {name: int(counts[bit]) for name, bit in names.items() if counts[bit]}
