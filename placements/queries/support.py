"""What an employer has to lean on during a placement. Nothing is asked of the person's needs: only what the sheet says to the employer."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from accounts.models import User
from content.models import KnowledgePage
from content.queries import pages_that_help
from employers.queries import contact_of
from placements.access import Sheet
from placements.models import Placement


@dataclass(frozen=True)
class Support:
    """`contact`: the employer's own, where it is somebody else than the person's advisor; `pages` about what was agreed."""

    contact: User | None
    answer_days: int
    pages: list[KnowledgePage]


def support_of(placement: Placement, sheet: Sheet | None, at: datetime) -> Support:
    named = contact_of(placement.posting.employer_id, at=at)
    codes = [one.code for one in sheet.terms.adaptations] if sheet else []
    return Support(
        contact=named if named and named.pk != placement.profile.advisor_id else None,
        answer_days=placement.posting.employer.answer_days,
        pages=pages_that_help(codes, get_language() or "") if codes else [],
    )
