"""The card: exactly what an employer gets about a person, and what both yeses are bound to."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext

from jobseekers.models import Profile
from jobseekers.queries import languages_in_words
from matching.models import Approval, Suggestion

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
            "languages": languages_in_words(profile.languages),
            "hours": _hours(profile),
            "words": profile.words,
            "phone": profile.user.phone,
            "email": profile.email,
            "contact": gettext("%(name)s, advisor") % {"name": advisor.get_full_name()} if advisor else "",
        }
    return Card(
        str(suggestion.posting_id), tuple((name, words[name]) for name in CARD_FIELDS if words[name] and (name in keep or name in ALWAYS))
    )


def _skills(profile: Profile, language: str) -> str:
    held = profile.skills.select_related("concept").prefetch_related("concept__labels").order_by("added_at", "pk")
    return ", ".join(one.concept.label_in(language) for one in held)


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
