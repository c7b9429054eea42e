"""Reasons as codes with what they speak of, computed from what a suggestion stores. Words are made in templates. Plain Python.

A question and a condition say `whom` to talk to: the employer, the person, or the advisor themself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from matching.scoring.parts import ASK, CAN, MET, NOT_MET, Job, Parts, Person

Reason = Mapping[str, Any]
NEAR = 0.5  # a value from here up is said as "close to", below it a skill counts as not in the profile
EMPLOYER, PERSON, ADVISOR = "employer", "person", "advisor"
CHANGED_BY = {  # who can make a hard condition fit
    **dict.fromkeys(("language", "hours", "times", "dates"), EMPLOYER),
    **dict.fromkeys(("licence", "distance", "kind", "similar"), PERSON),
}


def of(parts: Parts, person: Person, job: Job) -> dict[str, Any]:
    """What a suggestion stores beside its parts: the four lists of `from_parts`, and under "beside" all that they need besides."""
    beside = beside_of(person, job)
    return {"beside": beside, **from_parts(parts, beside)}


def from_stored(sealed: Mapping[str, Any]) -> dict[str, list[Reason]]:
    """The reasons again from a stored suggestion alone: neither person nor posting is read."""
    known = {field.name for field in fields(Parts)}
    given = {name: _tuples(value) for name, value in sealed["parts"].items() if name in known}
    return from_parts(Parts(**given), sealed["beside"])


def from_parts(parts: Parts, beside: Mapping[str, Any]) -> dict[str, list[Reason]]:
    """{"for": [...], "against": [...], "ask": [...], "if": [...]}: each reason is {"code": ..., and what it speaks of}."""
    return {
        "for": [*_skills_for(parts), *_occupation_for(parts), *_musts_for(parts), *_way_for(parts, beside)],
        "against": [*_skills_against(parts, beside), *_occupation_against(parts, beside), *_soft_against(parts)],
        "ask": [*_ask_needs(parts), *_ask_skills(parts, beside), *_ask_gaps(beside)],
        "if": [
            *({"code": "if_need", "need": code, "whom": EMPLOYER} for code in parts.conflicts),
            *({"code": f"if_{name}", "what": what, "whom": CHANGED_BY.get(name, EMPLOYER)} for name, what in parts.conditions),
        ],
    }


def beside_of(person: Person, job: Job) -> dict[str, Any]:
    """What reasons speak of that is in no part: how far the person travels, which skills are musts, what nobody has told."""
    return {
        "travel_km": person.travel_km,
        "musts": sorted(job.musts),
        "wish": bool(person.wishes and job.occupation),
        "gaps": list(_gaps(person, job)),
    }


def _gaps(person: Person, job: Job) -> Iterator[str]:
    """Blocks of the profile that are empty, where the posting asks for them, and the place that the posting does not tell."""
    if job.place is None:
        yield "posting_place"
    elif person.place is None:
        yield "place"
    if any(hours is not None for hours in job.hours) and person.hours_now is None and person.hours_goal is None:
        yield "hours"
    if (job.musts or job.goods) and not person.skills:
        yield "skills"
    if job.level and not person.languages:
        yield "languages"


def _tuples(value: Any) -> Any:
    """JSON has lists where the parts have tuples."""
    return tuple(map(_tuples, value)) if isinstance(value, list | tuple) else value


def _skills_for(parts: Parts) -> list[Reason]:
    if not parts.skills:
        return [{"code": "no_skill_asked"}]
    held = [pair for pair in parts.skills if pair[2] >= NEAR]
    if not held:
        return []
    return [{"code": "skills", "n": len(held), "of": len(parts.skills), "pairs": [[wanted, own] for wanted, own, _ in held]}]


def _occupation_for(parts: Parts) -> list[Reason]:
    return [{"code": "near_wish"}] if parts.occupation >= NEAR else []


def _musts_for(parts: Parts) -> list[Reason]:
    musts = [result for _, must, result in parts.need_results if must]
    fine = [result for result in musts if result in {MET, CAN}]
    if not fine:
        return []
    return [{"code": "musts", "n": len(fine), "of": len(musts), "met": fine.count(MET), "can": fine.count(CAN)}]


def _way_for(parts: Parts, beside: Mapping[str, Any]) -> list[Reason]:
    travels = beside["travel_km"]
    if parts.distance_km is None or travels is None or parts.distance_km > travels:
        return []
    return [{"code": "near", "km": round(parts.distance_km), "of": travels}]


def _skills_against(parts: Parts, beside: Mapping[str, Any]) -> list[Reason]:
    missing = (wanted for wanted, _, value in parts.skills if value < NEAR)
    return [{"code": "skill_missing", "skill": wanted, "must": wanted in beside["musts"]} for wanted in missing]


def _occupation_against(parts: Parts, beside: Mapping[str, Any]) -> list[Reason]:
    return [{"code": "far_from_wish"}] if beside["wish"] and parts.occupation < NEAR else []


def _soft_against(parts: Parts) -> list[Reason]:
    return [{"code": "soft_not_met", "need": code} for code, must, result in parts.need_results if not must and result == NOT_MET]


def _ask_needs(parts: Parts) -> Iterator[Reason]:
    """What has no answer is asked of the employer; what the workplace offers near it, of the person. Near is never met."""
    near: dict[str, str] = {}
    for code, offer, _ in sorted(parts.near_offers, key=lambda one: (-one[2], one[1])):
        near.setdefault(code, offer)
    for code, must, result in parts.need_results:
        if result == ASK:
            yield {"code": "ask_need", "need": code, "must": must, "whom": EMPLOYER}
            if code in near:
                yield {"code": "ask_near", "need": code, "offer": near[code], "must": must, "whom": PERSON}


def _ask_skills(parts: Parts, beside: Mapping[str, Any]) -> Iterator[Reason]:
    """A must that the person has something like, but not enough like it to count: the advisor knows which it is."""
    for wanted, own, value in parts.skills:
        if own and 0 < value < NEAR and wanted in beside["musts"]:
            yield {"code": "ask_skill", "skill": wanted, "own": own, "whom": ADVISOR}


def _ask_gaps(beside: Mapping[str, Any]) -> Iterator[Reason]:
    for what in beside["gaps"]:
        yield {"code": f"ask_{what}", "whom": EMPLOYER if what == "posting_place" else PERSON}
