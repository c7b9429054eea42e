"""Reads that are not one row's business: reasons in words, needs against answers, working days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import holidays
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from employers.models import Answer, Evidence, LeadTime
from jobseekers.models import Profile
from matching.models import Suggestion
from taxonomy.models import Concept, Need

SATURDAY = 5


def working_days_after(start: date, days: int, country: str) -> date:
    """The day that lies `days` working days after `start` in Sweden ("SE") or Norway ("NO")."""
    # Sundays are in Sweden's list; Saturdays are never working days.
    closed = holidays.country_holidays(country, years=(start.year, start.year + 1))
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY and day not in closed:
            days -= 1
    return day


@dataclass(frozen=True)
class Words:
    """The reasons of one suggestion in the reader's language."""

    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    ask: tuple[str, ...]
    would_fit_if: tuple[str, ...]


def reasons_in_words(sealed: Mapping[str, Any], *, audience: str) -> Words:
    """Sentences from the stored reasons. `audience` is "advisor" (words and counts) or "jobseeker" (plain words, no numbers)."""
    labels = labels_of([sealed])

    def sentences(part: str) -> tuple[str, ...]:
        said = (render_to_string("matching/reason.txt", _with_labels(one, labels) | {"audience": audience}).strip() for one in sealed[part])
        return tuple(sentence for sentence in said if sentence)

    return Words(sentences("for"), sentences("against"), sentences("ask"), sentences("if"))


def labels_of(all_sealed: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Labels of every need and concept that the reasons speak of, in two queries however many suggestions there are."""
    reasons = [one for sealed in all_sealed for part in ("for", "against", "ask", "if") for one in sealed[part]]
    needs = {one["need"] for one in reasons if "need" in one} | {
        need[0] for sealed in all_sealed for need in sealed["parts"]["need_results"]
    }
    concepts = {one["skill"] for one in reasons if "skill" in one}
    concepts |= {key for one in reasons for pair in one.get("pairs", []) for key in pair if key}
    found = {need.code: need.label for need in Need.objects.filter(code__in=needs)}
    return found | {concept.key: concept.label_in() for concept in Concept.objects.filter(key__in=concepts).with_labels()}


def _with_labels(reason: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    spoken = dict(reason)
    for name in ("need", "skill"):
        if name in spoken:
            spoken[name] = labels.get(spoken[name], spoken[name])
    spoken["held"] = ", ".join(labels.get(wanted, wanted) for wanted, _ in reason.get("pairs", []))
    return spoken


@dataclass(frozen=True)
class NeedRow:
    """One need of the person against the answer of the workplace, for the advisor."""

    code: str
    label: str
    must: bool
    result: str
    answer: str
    evidence: str
    lead: str
    how: str


def needs_against_offers(suggestion: Suggestion) -> list[NeedRow]:
    """Needs in the order of weight: musts first, then those that must be asked about."""
    labels = labels_of([suggestion.sealed])
    rows = []
    for code, must, result in suggestion.sealed["parts"]["need_results"]:
        offer = suggestion.posting.offers.get(code, {})
        evidence = Evidence(offer["evidence"]).label if offer.get("evidence") else ""
        lead = LeadTime(offer["lead"]).label if offer.get("lead") else ""
        answer = offer.get("answer", Answer.UNKNOWN)
        rows.append(NeedRow(code, labels.get(code, code), must, result, answer, str(evidence), str(lead), offer.get("how", "")))
    order = ("not_met", "ask", "can", "met")
    return sorted(rows, key=lambda row: (not row.must, order.index(row.result), row.code))


@dataclass(frozen=True)
class QueueRow:
    """One row of the advisor's queue: the suggestion with three reasons in words."""

    suggestion: Suggestion
    speaks_for: tuple[str, ...]
    asks: int
    would_fit_if: tuple[str, ...]


def queue_rows(suggestions: Iterable[Suggestion]) -> list[QueueRow]:
    """Rows with words; labels for all rows are read at once, so queries do not grow with rows."""
    found = list(suggestions)
    labels = labels_of([one.sealed for one in found])

    def said(reason: Mapping[str, Any]) -> str:
        return render_to_string("matching/reason.txt", _with_labels(reason, labels) | {"audience": "advisor"}).strip()

    return [
        QueueRow(one, tuple(map(said, one.sealed["for"][:3])), len(one.sealed["ask"]), tuple(map(said, one.sealed["if"][:2])))
        for one in found
    ]


def skills_of(profile: Profile) -> list[str]:
    """The person's skills in the reader's language."""
    held = profile.skills.select_related("concept").prefetch_related("concept__labels").order_by("added_at", "pk")
    return [one.concept.label_in() for one in held]


def gaps_of(profile: Profile) -> list[str]:
    """Blocks of the profile that are still empty: skills, place, hours, languages."""
    gaps = [] if profile.skills.exists() else ["skills"]
    return gaps + [
        name for name, value in (("place", profile.place_id), ("hours", profile.hours_now), ("languages", profile.languages)) if not value
    ]


def consent_until(at: datetime) -> date:
    """The day a yes given now would hold to."""
    return localdate(at) + timedelta(weeks=settings.ANSWER_DAYS["consent_weeks"])
