"""Everyone at once says what one pair says: the lists and columns against the plain score, whatever people and postings are like."""

from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring import Job, Need, People, Person, Postings, Space, picking, score
from matching.scoring.packed import Packed

COUNTRIES = ["SE", "NO"]
CODES = [f"need.{i}" for i in range(70)]  # more than one word of bits
FEW = ["need.0", "need.1", "need.63", "need.64", "need.69", "need.of-later"]
KEYS = [f"c{i}" for i in range(12)]
UNKNOWN = "not-in-the-vocabulary"
PLACES = [None, (57.72, 12.94), (57.7, 11.97), (59.33, 18.06)]
_chance = np.random.default_rng(1)
_vectors = _chance.normal(size=(len(KEYS), 8)).astype(np.float32)
_vectors[1::2] = _vectors[::2] + 0.6 * _vectors[1::2]  # pairs that are near each other
SPACE_OF = (KEYS, _vectors / np.linalg.norm(_vectors, axis=1, keepdims=True), np.linspace(0.2, 3, len(KEYS)).astype(np.float32))

concepts = st.lists(st.sampled_from([*KEYS, UNKNOWN]), unique=True, max_size=5).map(tuple)
some = lambda *names: st.frozensets(st.sampled_from(names))  # noqa: E731
hours = st.none() | st.integers(0, 40)
days = st.none() | st.dates(date(2026, 11, 1), date(2027, 2, 1))
levels = st.sampled_from(["", "A1", "B1", "C2"])
needs = st.lists(st.sampled_from(FEW), unique=True, max_size=4).flatmap(
    lambda codes: st.tuples(*(st.booleans().map(lambda must, code=code: Need(code, must)) for code in codes))
)
people = st.builds(
    Person,
    key=st.just(""),
    skills=concepts,
    wishes=concepts,
    needs=needs,
    place=st.sampled_from(PLACES),
    travel_km=st.none() | st.sampled_from([0, 20, 57, 58, 400]),
    hours_now=hours,
    hours_goal=hours,
    times=some("day", "evening", "night"),
    available_from=days,
    languages=st.dictionaries(st.sampled_from(["sv", "nb", "so"]), levels),
    licences=some("B", "BE", "C", "CE", "D", "truck"),
    kinds=some("trial", "job"),
    not_again=some(*KEYS),
)
jobs = st.builds(
    Job,
    key=st.just(""),
    kind=st.sampled_from(["trial", "job", "activity"]),
    language=st.sampled_from(["sv", "nb"]),
    musts=concepts,
    goods=concepts,
    occupation=st.sampled_from(["", UNKNOWN, *KEYS]),
    offers=st.dictionaries(st.sampled_from(FEW), st.sampled_from(["yes", "can", "no", "unknown"])),
    place=st.sampled_from(PLACES),
    hours=st.tuples(hours, hours),
    times=some("day", "evening", "night"),
    ends_on=days,
    level=levels,
    licences=some("AM", "B", "BE", "C", "D", "truck"),
)
countries = st.sampled_from(COUNTRIES)
EQUAL = 2e-5  # a sum of float32 against the rounded parts of one pair


def _says_the_same(found: picking.Best, expected: dict[int, Any]) -> None:
    """`expected`: row -> Parts of everyone in the country."""
    assert found.scored == len(expected)
    assert set(np.flatnonzero(found.eligible).tolist()) == {row for row, parts in expected.items() if parts.eligible}
    worth = {row: parts for row, parts in expected.items() if parts.worth_reading}
    edge = {row for row, parts in expected.items() if abs(parts.fit - 0.15) < EQUAL or abs(parts.occupation - 0.5) < EQUAL}
    for rows, eligible in ((found.fitting, True), (found.would_fit, False)):
        wanted = {row for row, parts in worth.items() if parts.eligible == eligible}
        assert set(rows.tolist()) ^ wanted <= edge
        orders = [expected[row].order for row in rows.tolist()]
        assert all(one >= other - EQUAL for one, other in pairwise(orders))


@given(st.lists(st.tuples(people, countries), max_size=6), jobs, countries, st.data())
def test_everyone_against_one_posting_is_each_pair(crowd: list[tuple[Person, str]], job: Job, country: str, data: st.DataObject) -> None:
    space = Space(*SPACE_OF)
    lists = People(space, CODES)
    before = data.draw(st.integers(0, len(crowd)))
    lists.load((row, person, where) for row, (person, where) in enumerate(crowd[:before]))
    for row, (person, where) in enumerate(crowd):
        if row >= before or data.draw(st.booleans()):
            lists.put(Packed.of([(row, *data.draw(st.tuples(people, countries)))]))  # was somebody else once
            lists.put(Packed.of([(row, person, where)]))
    gone = data.draw(st.sets(st.sampled_from(range(len(crowd))))) if crowd else set()
    for row in gone:
        lists.drop(row)
    here = {row: score(one, job, space) for row, (one, where) in enumerate(crowd) if where == country and row not in gone}
    _says_the_same(lists.against(job, country, most=50, seed=7), here)


@given(st.lists(st.tuples(jobs, countries), max_size=6), people, countries, st.data())
def test_every_posting_against_one_person_is_each_pair(
    every: list[tuple[Job, str]], person: Person, country: str, data: st.DataObject
) -> None:
    space = Space(*SPACE_OF)
    lists = Postings(space, CODES)
    lists.load((row, job, where) for row, (job, where) in enumerate(every))
    for row, (job, where) in enumerate(every):
        if data.draw(st.booleans()):
            lists.put(row, *data.draw(st.tuples(jobs, countries)))
            lists.put(row, job, where)
    gone = data.draw(st.sets(st.sampled_from(range(len(every))))) if every else set()
    for row in gone:
        lists.drop(row)
    here = {row: score(person, job, space) for row, (job, where) in enumerate(every) if where == country and row not in gone}
    _says_the_same(lists.against(person, country, most=50, seed=7), here)


@given(st.integers(0, 2**63 - 1), st.integers(3, 60))
def test_equals_are_ordered_by_the_seed_alone(seed: int, many: int) -> None:
    rows, order = np.arange(many), np.ones(many, np.float32)
    found = picking.best_of(rows, order, 50, seed)
    turned = picking.best_of(rows[::-1], order, 50, seed)
    assert found.tolist() == turned.tolist() == sorted(rows.tolist(), key=lambda row: picking.tie_of(row, seed))[: 50 + picking.SLACK]


def test_another_seed_gives_equals_another_order() -> None:
    rows, order = np.arange(500), np.ones(500, np.float32)
    assert picking.best_of(rows, order, 50, 1).tolist() != picking.best_of(rows, order, 50, 2).tolist()


def test_the_best_are_found_among_many() -> None:
    order = np.random.default_rng(3).random(5000).astype(np.float32)
    found = picking.best_of(np.arange(5000), order, 50, 1)
    assert found[:50].tolist() == np.argsort(-order, kind="stable")[:50].tolist()


def test_many_changes_are_sorted_in() -> None:
    """More changes than are kept beside the lists give the same as starting anew."""
    chance, space = np.random.default_rng(5), Space(*SPACE_OF)
    crowd = [Person("", skills=tuple(sorted(set(chance.choice(KEYS, 3)))), wishes=(KEYS[i % 12],)) for i in range(5000)]
    changed, anew = People(space, CODES), People(space, CODES)
    changed.load((row, person, "SE") for row, person in enumerate(reversed(crowd)))
    for row, person in enumerate(crowd):
        changed.put(Packed.of([(row, person, "SE")]))
    anew.load((row, person, "SE") for row, person in enumerate(crowd))
    job = Job("", "trial", "sv", musts=(KEYS[0], KEYS[3]), occupation=KEYS[1])
    one, other = (lists.against(job, "SE", most=50, seed=9) for lists in (changed, anew))
    assert one.fitting.tolist() == other.fitting.tolist()
    assert one.scored == other.scored == 5000
