"""Reasons as codes with what they speak of, computed from the parts alone. Words are made in templates. Plain Python."""

from collections.abc import Mapping
from typing import Any

from matching.scoring.parts import CAN, MET, NOT_MET, Job, Parts, Person

Reason = Mapping[str, Any]
NEAR = 0.5  # a value from here up is said as "close to", below it a skill counts as not in the profile


def of(parts: Parts, person: Person, job: Job) -> dict[str, list[Reason]]:
    """{"for": [...], "against": [...], "ask": [...], "if": [...]}: each reason is {"code": ..., and what it speaks of}."""
    return {
        "for": [*_skills_for(parts), *_occupation_for(parts), *_musts_for(parts), *_way_for(parts, person)],
        "against": [*_skills_against(parts, job), *_occupation_against(parts, person, job), *_soft_against(parts)],
        "ask": [
            {"code": "ask_need", "need": code, "must": must}
            for code, must, result in parts.need_results
            if result not in {MET, CAN, NOT_MET}
        ],
        "if": [
            *({"code": "if_need", "need": code} for code in parts.conflicts),
            *({"code": f"if_{name}", "what": what} for name, what in parts.conditions),
        ],
    }


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


def _way_for(parts: Parts, person: Person) -> list[Reason]:
    if parts.distance_km is None or person.travel_km is None or parts.distance_km > person.travel_km:
        return []
    return [{"code": "near", "km": round(parts.distance_km), "of": person.travel_km}]


def _skills_against(parts: Parts, job: Job) -> list[Reason]:
    return [{"code": "skill_missing", "skill": wanted, "must": wanted in job.musts} for wanted, _, value in parts.skills if value < NEAR]


def _occupation_against(parts: Parts, person: Person, job: Job) -> list[Reason]:
    return [{"code": "far_from_wish"}] if person.wishes and job.occupation and parts.occupation < NEAR else []


def _soft_against(parts: Parts) -> list[Reason]:
    return [{"code": "soft_not_met", "need": code} for code, must, result in parts.need_results if not must and result == NOT_MET]
