"""What a visitor asks for. Nothing of it is kept."""

from dataclasses import dataclass
from datetime import date

from taxonomy.models import Place

SORTS = ("newest", "nearest", "best")


@dataclass(frozen=True)
class Filters:
    """Empty means anything."""

    q: str = ""
    kinds: tuple[str, ...] = ()
    field: str = ""  # ISCO-08, two digits
    place: Place | None = None
    km: int = 30
    hours_from: int | None = None
    hours_to: int | None = None
    times: tuple[str, ...] = ()  # any of them
    level: str = ""  # the highest level of the working language the visitor has
    licence: str = ""  # "none": without a licence; "B": with a car licence at most
    offers: tuple[str, ...] = ()  # all of them
    evidence: str = ""  # the offers are at least this sure
    starts_by: date | None = None
    for_anyone: bool = False
    sort: str = "newest"
