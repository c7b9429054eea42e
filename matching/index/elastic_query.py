"""The same sum in Elasticsearch's words: what a person's document holds, and the query that one posting asks. Pure functions.

Source: finding 7 of the matching design. A document holds concepts, coarse filters, a random id and the person's row in the lists: no
name, no contact, no need. The row stands as a block and one bit of it: added up they say who is in a block, in one number.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.scoring import LEVELS, Job, Person, Space
from matching.scoring.parts import FIT, NEAR_OCCUPATION, OCCUPATION, SIMILAR, UNKNOWN
from matching.scoring.prints import token_of

STEPS = 16  # a value between 0 and 1 as one of so many boosts
REACHES = (5, 10, 20, 30, 40, 60, 80, 100, 150, 200, 300, 500)  # kilometres: each asked as one circle
NO_LIMIT, NOT_BELOW = 10_000, -1
ANY = "any"
CHANCE = 1e-4  # far less than what STEPS leave out, and more than a score of the server can lose
BITS = 52  # rows in a block: a double adds up so many powers of two without a loss
BLOCKS = 50_000  # asked for at once; the server makes 65,536 groups at most

MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    "_meta": {"form": 2},  # of the tokens below
    "properties": {
        "country": {"type": "keyword"},
        "skills": {"type": "keyword"},
        "wishes": {"type": "keyword"},
        "refused": {"type": "keyword"},
        "own": {"type": "float"},  # the weight of all skills together
        "place": {"type": "geo_point"},
        "travel": {"type": "integer"},
        "highest": {"type": "integer"},
        "now": {"type": "integer"},
        "available": {"type": "integer"},
        "times": {"type": "keyword"},
        "kinds": {"type": "keyword"},
        "licences": {"type": "keyword"},
        "spoken": {"type": "keyword"},  # "sv:B1" and every level below it
        "block": {"type": "integer"},
        "bit": {"type": "double"},
    },
}

Query = dict[str, Any]
Floats = NDArray[np.float32]
Numbers = NDArray[np.intp]


def document(row: int, person: Person, country: str, space: Space) -> dict[str, Any]:
    """What the index keeps of a person."""
    highest = person.hours_goal or person.hours_now
    found: dict[str, Any] = {
        "block": row // BITS,
        "bit": 2.0 ** (row % BITS),
        "country": country,
        "skills": [token_of(key) for key in sorted(person.skills)],
        "wishes": [token_of(key) for key in sorted(person.wishes)],
        "refused": [token_of(key) for key in sorted(person.not_again)],
        "own": max(float(space.weight(sorted(person.skills)).sum()), 0.001),
        "highest": NO_LIMIT if highest is None else highest,
        "now": NOT_BELOW if person.hours_now is None else person.hours_now,
        "available": _day(person.available_from),
        "times": sorted(person.times) or [ANY],
        "kinds": sorted(person.kinds) or [ANY],
        "licences": sorted(person.entitled),
        "spoken": _spoken(person),
    }
    if person.place and person.travel_km is not None:
        found |= {"place": {"lat": person.place[0], "lon": person.place[1]}, "travel": person.travel_km}
    return found


def _spoken(person: Person) -> list[str]:
    """Each language with its level and every level below it; who has told of none may know any."""
    known = person.languages.items()
    return [f"{language}:{one}" for language, level in known for one in LEVELS[1 : LEVELS.index(level) + 1]] if known else [ANY]


def fits(job: Job, space: Space) -> list[Query]:
    """The hard conditions as filters; the reach a little wider than it is."""
    found: list[Query] = [*({"term": {"licences": one}} for one in sorted(job.licences)), {"terms": {"kinds": [job.kind, ANY]}}]
    least, most = job.hours
    if job.level:
        found.append({"terms": {"spoken": [f"{job.language}:{job.level}", ANY]}})
    if least is not None:
        found.append({"range": {"highest": {"gte": least}}})
    if most is not None:
        found.append({"range": {"now": {"lte": most}}})
    if job.times:
        found.append({"terms": {"times": [*sorted(job.times), ANY]}})
    if job.ends_on:
        found.append({"range": {"available": {"lte": _day(job.ends_on)}}})
    if job.place:
        found.append(_in_reach(job.place))
    if job.occupation:
        alike = _tokens(space, np.flatnonzero(space.cosines([job.occupation]) >= SIMILAR))
        found.append({"bool": {"must_not": [{"terms": {"refused": alike}}]}})
    return found


def who(job: Job, country: str, space: Space, *, last: int) -> list[Query]:
    """Searches for the rows of everyone in the country who passes the conditions, `last` being the highest row there is."""
    passing = [{"term": {"country": country}}, *fits(job, space)]
    summed = {"blocks": {"histogram": {"field": "block", "interval": 1, "min_doc_count": 1}, "aggs": {"bits": {"sum": {"field": "bit"}}}}}
    pieces = ({"range": {"block": {"gte": start, "lt": start + BLOCKS}}} for start in range(0, last // BITS + 1, BLOCKS))
    return [{"query": {"bool": {"filter": [*passing, piece]}}, "size": 0, "track_total_hits": False, "aggs": summed} for piece in pieces]


def rows_in(answers: Iterable[Mapping[str, Any]], last: int) -> NDArray[np.bool_]:
    """What the answers to `who` say, one truth value by row."""
    found = np.zeros((last // BITS + 1, BITS), bool)
    for answer in answers:
        buckets = answer["aggregations"]["blocks"]["buckets"]
        blocks = np.array([int(one["key"]) for one in buckets], np.intp)
        bits = np.array([int(one["bits"]["value"]) for one in buckets], np.uint64)
        here = blocks < len(found)  # who has come since belongs to the next run
        found[blocks[here]] = (bits[here, None] >> np.arange(BITS, dtype=np.uint64)) & np.uint64(1)
    return found.ravel()


def _in_reach(place: tuple[float, float]) -> Query:
    unknown = {"bool": {"must_not": [{"exists": {"field": "travel"}}]}}
    circles = []
    for nearer, reach in zip((-1, *REACHES), REACHES, strict=False):
        around = {"geo_distance": {"distance": f"{reach + 1}km", "place": {"lat": place[0], "lon": place[1]}}}
        circles.append({"bool": {"filter": [{"range": {"travel": {"gt": nearer, "lte": reach}}}, around]}})
    return {"bool": {"should": [unknown, *circles, {"range": {"travel": {"gt": REACHES[-1]}}}], "minimum_should_match": 1}}


def queries(job: Job, country: str, space: Space, seed: int) -> tuple[Query, Query]:
    """Everyone in the country by the sum of both sides and the occupation: those that pass the conditions, and the others.

    `seed` draws who comes first among equals.
    """
    near = space.near_all(job.wanted)
    asked = [*_employers_side(job, near, space), *_occupation(job, space), *_persons_side(near, space)]
    here, conditions = {"term": {"country": country}}, fits(job, space)
    least = 1 if job.wanted else 0
    passing = {"filter": [here, *conditions]}
    others = {"filter": [here], "must_not": [{"bool": {"filter": conditions}}]}
    fitting, would = ({"bool": {**which, "should": asked, "minimum_should_match": least}} for which in (passing, others))
    return _by_chance(fitting, seed), _by_chance(would, seed)


def _by_chance(asked: Query, seed: int) -> Query:
    drawn = {"random_score": {"seed": seed % (1 << 31), "field": "_seq_no"}, "weight": CHANCE}
    return {"function_score": {"query": asked, "functions": [drawn], "boost_mode": "sum"}}


def _employers_side(job: Job, near: Floats, space: Space) -> list[Query]:
    """One `dis_max` for each wanted skill: the nearest concept that a person holds counts."""
    if not job.wanted:
        return []
    weight = space.weight(job.wanted) * job.importance
    weight = weight / weight.sum()
    return [{"dis_max": {"queries": _stepped("skills", row * heavy, space)}} for row, heavy in zip(near, weight, strict=True)]


def _persons_side(near: Floats, space: Space) -> list[Query]:
    """What a person's skills are worth here, divided by the weight of all of them."""
    if not len(near):
        return []
    worth = near.max(axis=0) * space.weights()
    most = float(worth.max()) or 1.0
    sums = {"bool": {"should": _stepped("skills", worth / most, space)}}
    by_own = {"field_value_factor": {"field": "own", "modifier": "reciprocal", "factor": 1, "missing": 1}, "boost_mode": "multiply"}
    return [{"function_score": {"query": sums, **by_own, "boost": most}}]


def _occupation(job: Job, space: Space) -> list[Query]:
    """Beside both sides, whose sum stands for their harmonic mean. Where no skill is asked for, the work itself is the person's side."""
    if not job.occupation:
        return []
    cosines = space.cosines([job.occupation])
    if job.wanted:
        near = np.where(cosines >= NEAR_OCCUPATION / 2, cosines, 0) * OCCUPATION / (FIT / 2)
        return [{"dis_max": {"queries": _stepped("wishes", near.astype(np.float32), space)}}]
    worth = FIT * 2 * cosines / (1 + cosines) + OCCUPATION * cosines
    wishes_nothing = {"bool": {"must_not": [{"exists": {"field": "wishes"}}]}}
    unknown = {"constant_score": {"filter": wishes_nothing, "boost": FIT * 2 * UNKNOWN / (1 + UNKNOWN)}}
    return [{"dis_max": {"queries": [*_stepped("wishes", worth.astype(np.float32), space), unknown]}}]


def _stepped(field: str, value: Floats, space: Space) -> list[Query]:
    """Concepts with a value, in STEPS groups of about the same value, each group one boost."""
    concepts = np.flatnonzero(value > 0)
    if not len(concepts):
        return [{"match_none": {}}]
    worth = value[concepts]
    step = np.ceil(worth / worth.max() * STEPS).astype(int)
    groups = ((concepts[step == number], worth[step == number]) for number in range(1, STEPS + 1))
    return [
        {"constant_score": {"filter": {"terms": {field: _tokens(space, group)}}, "boost": float(each.mean())}}
        for group, each in groups
        if len(group)
    ]


def _tokens(space: Space, numbers: Numbers) -> list[str]:
    keys = space.keys
    return [token_of(keys[number]) for number in numbers.tolist()]


def _day(day: date | None) -> int:
    return day.toordinal() if day else 0
