"""The catalogue beside what a workplace or a posting has answered: groups, the common ten, counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from employers.models import Answer, Posting, Workplace
from employers.states import PostingState
from taxonomy.models import Need, NeedGroup

WHO_PAYS_REVIEWED = date(2026, 11, 23)  # when the sentences of templates/employers/_who_pays.html were last compared with the schemes

READ = 50  # postings of a workplace that are looked through for what their words say


@dataclass(frozen=True)
class Group:
    """One of the twelve groups of the catalogue, with how many of its questions have an answer."""

    code: str
    label: str
    needs: tuple[Need, ...]
    answered: int


def groups(offers: Mapping[str, Mapping[str, str]]) -> list[Group]:
    """The catalogue in its twelve groups; `offers` maps a code to {"answer": ...}."""
    needs = list(Need.objects.all())
    counted = Counter(need.group for need in needs if is_answered(offers.get(need.code)))
    return [
        Group(code, str(label), tuple(need for need in needs if need.group == code), counted[code]) for code, label in NeedGroup.choices
    ]


def common_needs() -> list[Need]:
    """The ten that most workplaces can say something about."""
    return list(Need.objects.filter(common__gt=0).order_by("common"))


def tidy_offer(given: Mapping[str, str]) -> tuple[str, str, str]:
    """Answer, lead time, how: what belongs to another answer is left out."""
    answer = given.get("answer") or Answer.UNKNOWN
    lead = given.get("lead", "") if answer == Answer.CAN else ""
    how = given.get("how", "") if answer in {Answer.YES, Answer.CAN} else ""
    return answer, lead, how


def hints_of(posting: Posting, needs: Iterable[Need]) -> list[tuple[Need, str]]:
    """Beside each need without an answer, what the posting's own words say about it."""
    held = ((need, posting.offers.get(need.code, {})) for need in needs)
    return [(need, offer["hint"]) for need, offer in held if "hint" in offer and not is_answered(offer)]


@dataclass(frozen=True)
class Said:
    """What the words of one posting say about a need."""

    quote: str
    title: str  # of the posting


def said_of(workplace: Workplace) -> dict[str, Said]:
    """By code what the words of the workplace's postings say, the newest posting first; those that were withdrawn say nothing.

    Only where the posting itself has no answer: a hint is a question, and theirs has been asked.
    """
    told = Posting.objects.filter(workplace=workplace).exclude(status__state=PostingState.WITHDRAWN).order_by("-created_at", "pk")
    found: dict[str, Said] = {}
    for posting in told.only("title", "offers")[:READ]:
        for code, offer in posting.offers.items():
            if "hint" in offer and not is_answered(offer):
                found.setdefault(code, Said(offer["hint"], str(posting)))
    return found


def is_answered(offer: Mapping[str, str] | None) -> bool:
    return bool(offer) and offer is not None and offer.get("answer", Answer.UNKNOWN) != Answer.UNKNOWN


def answered(offers: Iterable[Mapping[str, str]]) -> int:
    return sum(is_answered(offer) for offer in offers)
