"""Scores as pure functions: the metamorphic rules of the domain, whatever the numbers."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring import Job, Need, Person, Space, distance_km, reasons_of, score

KEYS = [f"skill{i}" for i in range(8)]
CODES = ["sens.quiet", "phys.no_heavy_lifting", "time.reduced_hours", "soc.not_alone"]
_chance = np.random.default_rng(0)
_vectors = _chance.normal(size=(len(KEYS), 16)).astype(np.float32)
_vectors[1] = _vectors[0] + 0.3 * _vectors[1]
SPACE = Space(KEYS, _vectors / np.linalg.norm(_vectors, axis=1, keepdims=True), np.linspace(1, 3, len(KEYS)).astype(np.float32))

skills = st.lists(st.sampled_from(KEYS), unique=True, max_size=5).map(tuple)
needs = st.lists(st.sampled_from(CODES), unique=True, max_size=3).flatmap(
    lambda codes: st.tuples(*(st.booleans().map(lambda must, code=code: Need(code, must)) for code in codes))
)
offers = st.dictionaries(st.sampled_from(CODES), st.sampled_from(["yes", "can", "no", "unknown"]))
people = st.builds(Person, key=st.just("p"), skills=skills, wishes=skills, needs=needs)
jobs = st.builds(
    Job,
    key=st.just("j"),
    kind=st.just("trial"),
    language=st.just("sv"),
    musts=skills,
    goods=skills,
    offers=offers,
    occupation=st.sampled_from(["", *KEYS]),
)


@given(people, jobs)
def test_all_parts_lie_between_0_and_1(person: Person, job: Job) -> None:
    parts = score(person, job, SPACE)
    assert all(0 <= value <= 1 for value in (parts.fit, parts.employer_side, parts.person_side, parts.occupation, parts.needs, parts.order))


@given(people, jobs, st.randoms())
def test_case_84_the_order_of_skills_and_needs_changes_nothing(person: Person, job: Job, chance: object) -> None:
    shuffled = replace(person, skills=person.skills[::-1], needs=person.needs[::-1], wishes=person.wishes[::-1])
    turned = replace(job, musts=job.musts[::-1], goods=job.goods[::-1])
    assert score(shuffled, turned, SPACE) == score(person, job, SPACE)


@given(people, jobs, st.sampled_from(["yes"]))
def test_case_84_a_met_need_changes_no_order(person: Person, job: Job, answer: str) -> None:
    other = replace(person, needs=(*person.needs, Need("sup.buddy", True)))
    offered = replace(job, offers={**job.offers, "sup.buddy": answer})
    assert score(other, offered, SPACE).order == score(person, offered, SPACE).order
    assert score(other, offered, SPACE).eligible == score(person, offered, SPACE).eligible


@given(people, jobs, st.sampled_from(["no", "unknown"]))
def test_a_soft_need_never_removes_an_opportunity(person: Person, job: Job, answer: str) -> None:
    other = replace(person, needs=(*person.needs, Need("sup.buddy", False)))
    offered = replace(job, offers={**job.offers, "sup.buddy": answer})
    assert score(other, offered, SPACE).eligible == score(person, offered, SPACE).eligible


@given(people, jobs)
def test_a_must_with_no_answer_is_a_question_and_removes_nothing(person: Person, job: Job) -> None:
    other = replace(person, needs=(*person.needs, Need("sup.buddy", True)))
    parts = score(other, job, SPACE)
    assert parts.eligible == score(person, job, SPACE).eligible
    assert {"code": "ask_need", "need": "sup.buddy", "must": True, "whom": "employer"} in reasons_of(parts, other, job)["ask"]


@given(people, jobs)
def test_a_must_with_no_is_always_a_conflict_that_names_the_code(person: Person, job: Job) -> None:
    other = replace(person, needs=(*person.needs, Need("sup.buddy", True)))
    offered = replace(job, offers={**job.offers, "sup.buddy": "no"})
    parts = score(other, offered, SPACE)
    assert not parts.eligible
    assert "sup.buddy" in parts.conflicts
    assert {"code": "if_need", "need": "sup.buddy", "whom": "employer"} in reasons_of(parts, other, offered)["if"]


@given(people, jobs, st.sampled_from(KEYS))
def test_another_skill_never_lowers_the_employers_side(person: Person, job: Job, key: str) -> None:
    more = replace(person, skills=tuple({*person.skills, key}))
    assert score(more, job, SPACE).employer_side >= score(person, job, SPACE).employer_side - 1e-5


def test_the_same_skill_counts_whole_even_without_a_vector() -> None:
    parts = score(Person("p", skills=("unheard-of",)), Job("j", "trial", "sv", musts=("unheard-of",)), SPACE)
    assert (parts.employer_side, parts.person_side, parts.fit) == (1.0, 1.0, 1.0)


PERSON = Person("p", place=(57.72, 12.94), travel_km=20, hours_now=10, hours_goal=20, languages={"sv": "A2"}, times=frozenset({"day"}))
JOB = Job("j", "trial", "sv", place=(57.72, 12.94), hours=(10, 20), times=frozenset({"day"}), level="A2")


@pytest.mark.parametrize(
    ("person", "job", "failed"),
    [
        (PERSON, JOB, []),
        (PERSON, replace(JOB, licences=frozenset({"B"})), ["licence"]),
        (PERSON, replace(JOB, level="B1"), ["language"]),
        (replace(PERSON, languages={}), replace(JOB, level=""), []),
        (PERSON, replace(JOB, place=(59.33, 18.06)), ["distance"]),
        (replace(PERSON, travel_km=None), replace(JOB, place=(59.33, 18.06)), []),
        (PERSON, replace(JOB, hours=(30, 40)), ["hours"]),
        (PERSON, replace(JOB, hours=(5, 8)), ["hours"]),
        (PERSON, replace(JOB, hours=(None, None)), []),
        (PERSON, replace(JOB, times=frozenset({"night"})), ["times"]),
        (replace(PERSON, available_from=date(2027, 5, 1)), replace(JOB, ends_on=date(2027, 4, 1)), ["dates"]),
        (replace(PERSON, kinds=frozenset({"job"})), JOB, ["kind"]),
    ],
)
def test_hard_conditions(person: Person, job: Job, failed: list[str]) -> None:
    parts = score(person, job, SPACE)
    assert [name for name, _ in parts.conditions] == failed
    assert parts.eligible == (not failed)
    assert [one["code"] for one in reasons_of(parts, person, job)["if"]] == [f"if_{name}" for name in failed]


@pytest.mark.parametrize(
    ("held", "asked", "lacking"),
    [
        ("CE", "AM B BE C CE D truck", "AM D truck"),
        ("C", "B BE C CE", "BE CE"),
        ("D", "B C D", "C"),
        ("BE", "B C", "C"),
        ("B", "AM B BE C", "AM BE C"),
        ("D CE", "B BE C CE D", ""),
        ("truck hygiene", "B truck hygiene", "B"),
        ("", "B", "B"),
    ],
)
def test_a_licence_holds_what_it_includes_by_law_and_no_more(held: str, asked: str, lacking: str) -> None:
    person, job = Person("p", licences=frozenset(held.split())), Job("j", "trial", "sv", licences=frozenset(asked.split()))
    assert score(person, job, SPACE).conditions == tuple(("licence", one) for one in lacking.split())


def test_distance_is_symmetric_and_known() -> None:
    boras, goteborg = (57.721, 12.94), (57.708, 11.974)
    assert distance_km(boras, goteborg) == distance_km(goteborg, boras) == pytest.approx(57.4, abs=1)
    assert distance_km(None, boras) is None
