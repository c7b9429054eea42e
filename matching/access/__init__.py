"""Who may see what of a match. These functions are the only doors; they return frozen cards and rows of the viewer's own side."""

from matching.access.cards import (
    ALWAYS,
    CARD_FIELDS,
    Card,
    Change,
    approved_card,
    card_for,
    consented_card,
    language_name,
    removable,
)
from matching.access.introductions import (
    OpenCard,
    card_of,
    card_open,
    cards_for,
    door_for,
    door_of_advisor,
    is_readable,
    last_readings,
    persons_side,
    readers_of,
    readers_of_posting,
)
from matching.access.suggestions import for_advisor, for_jobseeker, for_reader, version_of

__all__ = [
    "ALWAYS",
    "CARD_FIELDS",
    "Card",
    "Change",
    "OpenCard",
    "approved_card",
    "card_for",
    "card_of",
    "card_open",
    "cards_for",
    "consented_card",
    "door_for",
    "door_of_advisor",
    "for_advisor",
    "for_jobseeker",
    "for_reader",
    "is_readable",
    "language_name",
    "last_readings",
    "persons_side",
    "readers_of",
    "readers_of_posting",
    "removable",
    "version_of",
]
