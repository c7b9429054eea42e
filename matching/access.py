"""Who may see what of a match. These functions are the only doors; they return frozen cards and rows of the viewer's own side."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from accounts.access import ActiveRole
from accounts.models import Membership
from jobseekers.models import Profile
from matching.models import Approval, Introduction, Suggestion
from matching.states import READABLE

CARD_FIELDS = ("name", "skills", "languages", "hours", "words", "phone", "email", "contact")
ALWAYS = ("name", "contact")  # a card without a name or without us is no card
Change = Callable[[list[str]], list[str]]


@dataclass(frozen=True)
class Card:
    """Exactly what an employer gets about a person: names of fields and their words. It is built from the profile's
    public-to-the-employer columns alone; needs are not read, so they cannot be in it."""

    posting_id: str
    fields: tuple[tuple[str, str], ...]

    @property
    def hash(self) -> str:
        """sha256 over the posting and every word; what both yeses are bound to."""
        return hashlib.sha256(json.dumps([self.posting_id, self.fields], ensure_ascii=False).encode()).hexdigest()

    @property
    def name(self) -> str:
        return dict(self.fields).get("name", "")

    def as_list(self) -> list[list[str]]:
        return [[name, words] for name, words in self.fields]

    def without(self, removed: list[str]) -> "Card":
        return Card(self.posting_id, tuple(one for one in self.fields if one[0] not in removed or one[0] in ALWAYS))


def removable() -> list[str]:
    return [name for name in CARD_FIELDS if name not in ALWAYS]


def card_for(suggestion: Suggestion) -> Card:
    """The card as the advisor has built it, in the posting's language."""
    profile, advisor = suggestion.profile, suggestion.profile.advisor
    keep = suggestion.card_fields if suggestion.card_fields is not None else list(CARD_FIELDS)
    with translation.override(suggestion.posting.language):
        words = {
            "name": profile.name,
            "skills": _skills(profile, suggestion.posting.language),
            "languages": ", ".join(filter(None, (_language(one) for one in profile.languages))),
            "hours": _hours(profile),
            "words": profile.words,
            "phone": profile.user.phone,
            "email": profile.user.email,
            "contact": gettext("%(name)s, advisor") % {"name": advisor.get_full_name()} if advisor else "",
        }
    return Card(
        str(suggestion.posting_id), tuple((name, words[name]) for name in CARD_FIELDS if words[name] and (name in keep or name in ALWAYS))
    )


def _skills(profile: Profile, language: str) -> str:
    held = profile.skills.select_related("concept").prefetch_related("concept__labels").order_by("added_at", "pk")
    return ", ".join(one.concept.label_in(language) for one in held)


def language_name(code: str) -> str:
    """The name of a language in the reader's language; the code itself when Django has no name for it."""
    try:
        return gettext(translation.get_language_info(code)["name"])
    except KeyError:
        return code


def _language(one: dict[str, str]) -> str:
    return f"{language_name(one['code'])} {one['level']}".strip()


def _hours(profile: Profile) -> str:
    if not profile.hours_now:
        return ""
    if profile.hours_goal and profile.hours_goal > profile.hours_now:
        return gettext("%(now)s hours a week, can grow to %(goal)s") % {"now": profile.hours_now, "goal": profile.hours_goal}
    return gettext("%(now)s hours a week") % {"now": profile.hours_now}


def approved_card(approval: Approval) -> Card:
    """The card as the advisor approved it."""
    return Card(str(approval.suggestion.posting_id), tuple((name, words) for name, words in approval.sealed["card"]))


def consented_card(approval: Approval) -> Card:
    """The same without what the jobseeker has taken off so far: what a yes now would show."""
    return approved_card(approval).without(approval.removed)


def version_of(suggestion: Suggestion) -> str:
    """What an advisor has read, as one short text: posting, profile and card. A form carries it back."""
    whole = [suggestion.posting_hash, suggestion.profile_hash, card_for(suggestion).hash]
    return hashlib.sha256("".join(whole).encode()).hexdigest()[:24]


def for_advisor(suggestion_id: UUID, *, by: ActiveRole) -> Suggestion | None:
    """One suggestion of a person this advisor helps."""
    wanted = Suggestion.objects.select_related(
        "profile__user",
        "profile__place",
        "profile__advisor",
        "posting__employer",
        "posting__workplace__place",
        "posting__status",
        "run",
        "asked",
    )
    return wanted.filter(pk=suggestion_id, profile__advisor_id=by.user_id).first() if by.kind == "advisor" else None


def for_jobseeker(suggestion_id: UUID, *, by: ActiveRole) -> Suggestion | None:
    """One suggestion that the person's advisor has approved at some time."""
    if by.kind != "jobseeker":
        return None
    return (
        Suggestion.objects.shown_to(by.user_id)
        .select_related("profile__user", "profile__advisor", "posting__status")
        .filter(pk=suggestion_id)
        .first()
    )


@dataclass(frozen=True)
class OpenCard:
    """What an employer sees of an introduction, and nothing else."""

    id: UUID
    posting_title: str
    posting_id: UUID
    card: Card
    until: Any
    answer_by: Any
    answered_at: datetime | None
    answer: str
    state: str
    advisor_name: str
    advisor_first_name: str
    advisor_phone: str


def cards_for(*, by: ActiveRole, at: datetime) -> list[OpenCard]:
    """An employer's open introductions, those to be answered first."""
    doors = Introduction.objects.of(by.employer_id).readable(at).order_by("answered_at", "answer_by", "pk")
    return [_open_card(door) for door in doors]


def card_open(introduction_id: UUID, *, by: ActiveRole, at: datetime) -> OpenCard | None:
    """One open introduction for its employer; None when it is closed, not there or not theirs."""
    if by.kind != "employer":
        return None
    door = Introduction.objects.of(by.employer_id).readable(at).filter(pk=introduction_id).first()
    return _open_card(door) if door else None


def _open_card(door: Introduction) -> OpenCard:
    advisor = door.approval.by
    return OpenCard(
        id=door.pk,
        posting_title=door.posting.title,
        posting_id=door.posting_id,
        card=Card(str(door.posting_id), tuple((name, words) for name, words in door.consent.sealed["card"])),
        until=door.consent.until,
        answer_by=door.answer_by,
        answered_at=door.answered_at,
        answer=door.answer,
        state=door.state,
        advisor_name=advisor.get_full_name(),
        advisor_first_name=advisor.first_name,
        advisor_phone=advisor.phone,
    )


def door_for(introduction_id: UUID, *, by: ActiveRole, at: datetime) -> Introduction | None:
    """An open introduction for one of its three parties."""
    doors = Introduction.objects.readable(at).filter(pk=introduction_id).select_related("suggestion__profile", "posting")
    if by.kind == "employer":
        return doors.of(by.employer_id).first()
    if by.kind == "jobseeker":
        return doors.filter(suggestion__profile__user_id=by.user_id).first()
    return doors.filter(suggestion__profile__advisor_id=by.user_id).first() if by.kind == "advisor" else None


def persons_side(door: Introduction) -> list[int]:
    """Accounts of the person and their advisor."""
    profile = door.suggestion.profile
    return [one for one in (profile.user_id, profile.advisor_id) if one]


def readers_of_posting(employer_id: UUID) -> list[int]:
    """Accounts of an employer's members now."""
    return list(Membership.objects.filter(employer_id=employer_id, until=None).values_list("user_id", flat=True).distinct())


def readers_of(door: Introduction) -> list[int]:
    """Everyone an introduction's letters go to."""
    return sorted({*persons_side(door), *readers_of_posting(door.posting.employer_id)})


def is_readable(door: Introduction) -> bool:
    return door.state in READABLE and door.consent.withdrawn_at is None
