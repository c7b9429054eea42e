"""The fixed lists of a profile, where a wish for a programme can be, and the two ways in which a change can be refused. Plain Python."""

from enum import StrEnum

IMPORTANCE = ("must", "helps", "none")
REVIEW_MONTHS = {"m3": 3, "m6": 6, "no": 0}  # when to look at a group of needs again; 0: never asked
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")

# What one question page of the profile asks, and the columns that its answer fills; strengths first.
BLOCKS: dict[str, tuple[str, ...]] = {
    "words": ("words",),
    "kinds": ("kinds",),
    "languages": ("languages",),
    "hours": ("hours_now", "hours_goal", "available_from"),
    "times": ("times",),
    "place": ("place", "travel_km"),
    "licences": ("licences",),
}
# How the page of the profile puts them together, with skills and wishes, by who may see them.
PARTS: dict[str, tuple[str, ...]] = {
    "strengths": ("words", "skills"),
    "wants": ("wishes", "kinds"),
    "languages": ("languages", "hours"),
    "when": ("times", "place", "licences"),
}
ON_CARD = frozenset({"words", "skills", "languages", "hours"})  # an employer may read these on a card, after the person's yes
SCORED = frozenset(BLOCKS) - {"words"}  # the engine never reads a person's own words

CODE_LETTERS = "34679ACDEFGHJKMNPQRTUVWXY"  # nothing that looks like something else on paper: no 0 O, 1 I L, 2 Z, 5 S, 8 B
CODE_LENGTH = 10
CODE_DAYS = 14


class Asked(StrEnum):
    """Where the wish to take part in a programme is."""

    SENT = "sent"
    TAKEN = "taken"
    ENROLLED = "enrolled"
    NOT_NOW = "not_now"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"


OPEN = (Asked.SENT, Asked.TAKEN)
ANSWERS = (Asked.ENROLLED, Asked.NOT_NOW, Asked.REFERRED)
MAY_FOLLOW: dict[Asked, tuple[Asked, ...]] = {
    Asked.SENT: (Asked.TAKEN, Asked.WITHDRAWN),
    Asked.TAKEN: (Asked.TAKEN, *ANSWERS, Asked.WITHDRAWN),  # somebody else of the team may take it over
}


class NotThere(Exception):
    """There is no such person for this viewer. The same for "does not exist" and "is not yours"."""


class Refused(Exception):
    """The change may not be made; `code` says why: full, code, has_profile, yours, yourself, channel, unknown, changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
