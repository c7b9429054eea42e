"""What somebody may mean who has typed the first letters."""

from taxonomy.models import Kind, Label
from taxonomy.queries import places_like

SHORTEST = 2  # letters
MOST = 8


def occupations_and_skills(typed: str, language: str) -> list[str]:
    """Names of occupations and then of skills that begin with what was typed, in the reader's language, shortest first."""
    wanted = " ".join(typed.replace("\0", "").split())
    if len(wanted) < SHORTEST:
        return []
    found: list[str] = []
    for kind in (Kind.OCCUPATION, Kind.SKILL):
        names = Label.objects.filter(concept__kind=kind, concept__active=True, language=language, text__istartswith=wanted)
        found += names.order_by("text").values_list("text", flat=True)[: 5 * MOST]
    return sorted(dict.fromkeys(found), key=len)[:MOST]


def places(typed: str) -> list[str]:
    return list(dict.fromkeys(place.name for place in places_like(typed.replace("\0", ""), most=MOST))) if len(typed) >= SHORTEST else []
