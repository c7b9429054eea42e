"""Who may read a suggestion: the person's own advisor, who decides; the advisor's team, which reads; the person, once it is approved."""

import hashlib
from uuid import UUID

from accounts.access import ActiveRole
from matching.access.cards import card_for
from matching.models import Suggestion


def version_of(suggestion: Suggestion) -> str:
    """What an advisor has read, as one short text: posting, profile and card. A form carries it back."""
    whole = [suggestion.posting_hash, suggestion.profile_hash, card_for(suggestion).hash]
    return hashlib.sha256("".join(whole).encode()).hexdigest()[:24]


def for_advisor(suggestion_id: UUID, *, by: ActiveRole) -> Suggestion | None:
    """One suggestion of a person this advisor helps."""
    if by.kind != "advisor":
        return None
    return Suggestion.objects.whole().of_advisor(by.user_id, by.team_key).filter(pk=suggestion_id).first()


def for_reader(suggestion_id: UUID, *, by: ActiveRole) -> Suggestion | None:
    """The same, or one of a person whom a colleague in the advisor's team helps: to read, never to decide."""
    if by.kind != "advisor":
        return None
    return Suggestion.objects.whole().read_in(by.team_key).filter(pk=suggestion_id).first()


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
