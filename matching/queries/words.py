"""The reasons of a suggestion in the reader's words, needs against answers, what a profile says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.text import capfirst

from employers.models import Answer, Evidence, LeadTime, Posting
from jobseekers.models import Profile
from jobseekers.queries import parameter_in_words
from matching.access import Card
from matching.models import Suggestion
from taxonomy.models import Concept, Need

REASONS = {
    "advisor": "matching/reasons/advisor.txt",  # words and counts
    "jobseeker": "matching/reasons/jobseeker.txt",  # plain words, no numbers
    "queue": "matching/reasons/queue.txt",  # a few words for a row
}


@dataclass(frozen=True)
class Words:
    """The reasons of one suggestion in the reader's language; what to ask by whom it is asked."""

    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    ask: tuple[str, ...]  # the employer, without any person in the question
    ask_person: tuple[str, ...]
    ask_self: tuple[str, ...]  # what the advisor may know
    would_fit_if: tuple[str, ...]


def reasons_in_words(sealed: Mapping[str, Any], *, audience: str) -> Words:
    """Sentences from the stored reasons, for a reader of REASONS."""
    labels = labels_of([sealed])

    def sentences(reasons: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
        return tuple(filter(None, (said(one, labels, audience=audience) for one in reasons)))

    def asked(whom: str) -> tuple[str, ...]:
        return sentences(one for one in sealed["ask"] if one.get("whom", "employer") == whom)

    lists = (sentences(sealed["for"]), sentences(sealed["against"]))
    return Words(*lists, asked("employer"), asked("person"), asked("advisor"), sentences(sealed["if"]))


def said(reason: Mapping[str, Any], labels: Mapping[str, str], *, audience: str) -> str:
    """One reason as a sentence, or nothing where it is not this reader's. `audience` is a key of REASONS."""
    spoken = dict(reason)
    for name in ("need", "offer", "skill", "own"):
        if name in spoken:
            spoken[name] = labels.get(spoken[name], spoken[name])
    spoken["held"] = ", ".join(_held(wanted, own, labels, with_own=audience == "advisor") for wanted, own in reason.get("pairs", []))
    spoken["most"] = 2 * reason.get("n", 0) >= reason.get("of", 0)
    return str(capfirst(render_to_string(REASONS[audience], spoken).strip()))


def _held(wanted: str, own: str, labels: Mapping[str, str], *, with_own: bool) -> str:
    """A skill that the posting asks for; where the profile holds only one that is near, an advisor reads that one beside it."""
    label = labels.get(wanted, wanted)
    return f"{label} ({labels.get(own, own)})" if with_own and own not in {"", wanted} else label


def labels_of(all_sealed: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Labels of every need and concept that the reasons speak of, in two queries however many suggestions there are."""
    reasons = [one for sealed in all_sealed for part in ("for", "against", "ask", "if") for one in sealed[part]]
    needs = {one[name] for one in reasons for name in ("need", "offer") if name in one} | {
        need[0] for sealed in all_sealed for need in sealed["parts"]["need_results"]
    }
    concepts = {one[name] for one in reasons for name in ("skill", "own") if name in one}
    concepts |= {key for one in reasons for pair in one.get("pairs", []) for key in pair if key}
    found = {need.code: need.label for need in Need.objects.filter(code__in=needs)}
    return found | {concept.key: concept.label_in() for concept in Concept.objects.filter(key__in=concepts).with_labels()}


@dataclass(frozen=True)
class NeedRow:
    """One need of the person against the answer of the workplace, for the advisor."""

    code: str
    label: str
    beside: str  # what the person said beside it, in words: "10 kg"
    must: bool
    result: str
    answer: str
    evidence: str
    lead: str
    how: str
    hint: str  # what the posting's words say while there is no answer


def needs_against_offers(suggestion: Suggestion) -> list[NeedRow]:
    return needs_of_pair(suggestion.profile, suggestion.posting, suggestion.sealed)


def needs_of_pair(profile: Profile, posting: Posting, sealed: Mapping[str, Any]) -> list[NeedRow]:
    """Needs in the order of weight: musts first, then those that must be asked about. `sealed` is what a suggestion stores."""
    results = sealed["parts"]["need_results"]
    record = getattr(profile, "needs_record", None)
    given = record.needs if record else {}
    needs = {need.code: need for need in Need.objects.filter(code__in=[code for code, _, _ in results])}
    rows = []
    for code, must, result in results:
        if code not in needs:
            continue
        beside = parameter_in_words(needs[code].parameter, given.get(code, {}).get("parameter", ""))
        offer = posting.offers.get(code, {})
        evidence = Evidence(offer["evidence"]).label if offer.get("evidence") else ""
        lead = LeadTime(offer["lead"]).label if offer.get("lead") else ""
        answer = offer.get("answer", Answer.UNKNOWN)
        hint = offer.get("hint", "") if answer == Answer.UNKNOWN else ""
        rows.append(NeedRow(code, needs[code].label, beside, must, result, answer, str(evidence), str(lead), offer.get("how", ""), hint))
    order = ("not_met", "ask", "can", "met")
    return sorted(rows, key=lambda row: (not row.must, order.index(row.result), row.code))


def skills_of(profile: Profile) -> list[str]:
    """The person's skills in the reader's language."""
    return _labels(profile.skills)


def wishes_of(profile: Profile) -> list[str]:
    """The work the person would like, in the reader's language."""
    return _labels(profile.wishes)


def wanted_by(posting: Posting) -> list[str]:
    """The skills a posting asks for, in the reader's language."""
    found = {one.key: one.label_in() for one in Concept.objects.filter(key__in=[one["key"] for one in posting.skills]).with_labels()}
    return [found[one["key"]] for one in posting.skills if one["key"] in found]


def _labels(held: Any) -> list[str]:
    rows = held.select_related("concept").prefetch_related("concept__labels").order_by("added_at", "pk")
    return [one.concept.label_in() for one in rows]


def covered_by(card: Card, posting: Posting) -> tuple[str, ...]:
    """Of what a posting asks for, what stands on the card, in the posting's language: all that an employer is told of a match.

    It is read off the card's own words, so it cannot say more than the card does.
    """
    shown = f", {dict(card.fields).get('skills', '')}, "
    found = Concept.objects.filter(key__in=[one["key"] for one in posting.skills]).with_labels()
    labels = {one.key: one.label_in(posting.language) for one in found}
    wanted = (labels[one["key"]] for one in posting.skills if one["key"] in labels)
    return tuple(label for label in wanted if f", {label}, " in shown)


def gaps_of(profile: Profile) -> list[str]:
    """Blocks of the profile that are still empty: skills, place, hours, languages."""
    gaps = [] if profile.skills.exists() else ["skills"]
    return gaps + [
        name for name, value in (("place", profile.place_id), ("hours", profile.hours_now), ("languages", profile.languages)) if not value
    ]
