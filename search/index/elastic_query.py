"""What Elasticsearch keeps of a posting and what it is asked. Pure functions; the analysis is ours, so fields are keywords and numbers."""

from typing import Any

from employers.models import Kind
from search.documents import EVIDENCE, LEVELS, LICENCES, TIERS, Document, Filters, Word, asked
from search.index.columns import TIMES

Query = dict[str, Any]
NO_LIMIT = 32_000
MOST_FIELDS, MOST_OFFERS = 100, 200
DEEPEST = 1_000_000  # the last hit that can be asked for

MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    "_meta": {"form": 1},
    "properties": {
        **{name: {"type": "keyword"} for name in ("id", "kind", "field", "times", "words", *EVIDENCE)},
        "place": {"type": "geo_point"},
        **{name: {"type": "integer"} for name in ("hours_min", "hours_max", "starts", "level", "licence")},
        "anyone": {"type": "boolean"},
        "published": {"type": "long"},  # microseconds
    },
}


def stored(document: Document) -> Query:
    """What the index keeps of a posting. An offer stands under its evidence and everything less sure."""
    least, most = document.hours
    levels = {name: level for level, name in enumerate(EVIDENCE)}
    kept: Query = {
        "id": document.posting_id.hex,
        "kind": document.kind,
        "field": document.field,
        "times": list(document.times),
        "words": list(document.words),
        "hours_min": least or 0,
        "hours_max": NO_LIMIT if most is None else most,
        "starts": document.starts_on.toordinal() if document.starts_on else 0,
        "level": document.level,
        "licence": document.licence,
        "anyone": document.for_anyone,
        "published": round(document.published_at.timestamp() * 1e6),
        **{name: [code for code, sure in document.offers.items() if levels[sure] >= level] for name, level in levels.items()},
    }
    return kept | ({"place": {"lat": document.place[0], "lon": document.place[1]}} if document.place else {})


def searches(filters: Filters, *, start: int, size: int, without: list[str]) -> list[Query]:
    """Four searches: the window with the counts of offers, then the counts by kind, by field and by time, each without its own filter."""
    parts = conditions(filters)
    words = [_word(word, TIERS[-1]) for word in asked(filters.q)] or ([{"match_none": {}}] if filters.q.strip() else [])
    offered = EVIDENCE[0] if not filters.evidence else filters.evidence
    gone: list[Query] = [{"terms": {"id": without}}] if without else []

    def narrowed(but: str = "") -> Query:
        return {"bool": {"filter": [*words, *(one for name, many in parts.items() if name != but for one in many)], "must_not": gone}}

    def counting(name: str, field: str, most: int) -> Query:
        return {"query": narrowed(name), "size": 0, "track_total_hits": False, "aggs": {"n": {"terms": {"field": field, "size": most}}}}

    window = {
        "query": _strength(filters, narrowed()),
        "from": start,
        "size": size,
        "_source": False,
        "track_total_hits": True,
        "sort": _order(filters),
        "aggs": {"n": {"terms": {"field": offered, "size": MOST_OFFERS}}},
    }
    return [
        window,
        counting("kinds", "kind", len(Kind.values)),
        counting("field", "field", MOST_FIELDS),
        counting("times", "times", len(TIMES)),
    ]


def conditions(filters: Filters) -> dict[str, list[Query]]:
    """Each filter that is set, in the server's words. Hours and times that a posting does not tell never exclude it."""
    found: dict[str, list[Query]] = {}
    if filters.kinds:
        found["kinds"] = [{"terms": {"kind": list(filters.kinds)}}]
    if filters.field:
        found["field"] = [{"term": {"field": filters.field}}]
    if filters.times:
        untold = {"bool": {"must_not": [{"exists": {"field": "times"}}]}}
        found["times"] = [{"bool": {"should": [{"terms": {"times": list(filters.times)}}, untold], "minimum_should_match": 1}}]
    found["rest"] = [*_ranges(filters), *({"term": {filters.evidence or EVIDENCE[0]: code}} for code in filters.offers)]
    if filters.for_anyone:
        found["rest"].append({"term": {"anyone": True}})
    if filters.place:
        here = {"lat": filters.place.latitude, "lon": filters.place.longitude}
        found["rest"].append({"geo_distance": {"distance": f"{filters.km}km", "place": here}})
    return found


def _ranges(filters: Filters) -> list[Query]:
    level = LEVELS.index(filters.level) if filters.level else None
    licence = LICENCES.index(filters.licence) if filters.licence else None
    limits: list[tuple[str, str, int | None]] = [
        ("hours_max", "gte", filters.hours_from),
        ("hours_min", "lte", filters.hours_to),
        ("level", "lte", level),
        ("licence", "lte", licence),
        ("starts", "lte", filters.starts_by.toordinal() if filters.starts_by else None),
    ]
    return [{"range": {name: {which: limit}}} for name, which, limit in limits if limit is not None]


def _word(word: Word, tier: str) -> Query:
    whole: Query = {"terms": {"words": [tier + token for token in word.any_of]}}
    if not word.halves:
        return whole
    halves = [{"terms": {"words": [tier + token for token in half]}} for half in word.halves]
    return {"bool": {"should": [whole, {"bool": {"filter": halves}}], "minimum_should_match": 1}}


def _strength(filters: Filters, narrowed: Query) -> Query:
    """For the best fit: one point for all words in title or occupation, one more for all of them in the title."""
    words = asked(filters.q)
    if filters.sort != "best" or not words:
        return narrowed
    tiers = [{"constant_score": {"filter": {"bool": {"filter": [_word(word, tier) for word in words]}}}} for tier in TIERS[:-1]]
    return {"bool": {**narrowed["bool"], "should": tiers}}


def _order(filters: Filters) -> list[Query]:
    newest: list[Query] = [{"published": "desc"}, {"id": "desc"}]
    if filters.sort == "nearest" and filters.place:
        here = {"lat": filters.place.latitude, "lon": filters.place.longitude}
        return [{"_geo_distance": {"place": here, "order": "asc", "unit": "km", "distance_type": "arc"}}, *newest]
    return [{"_score": "desc"}, *newest] if filters.sort == "best" and asked(filters.q) else newest
