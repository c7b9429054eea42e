"""Ads from other job boards become postings: each whole or not at all, and each once."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.no import orgnr as norwegian
from stdnum.se import orgnr as swedish

from accounts.access import ActiveRole
from audit.actions import record
from employers.actions.screening import publish_if_clean, take_out
from employers.documents import Ad
from employers.linker import Linked, hinted
from employers.models import Employer, Posting, PostingStatus, Workplace
from taxonomy.models import TheirCode

LONGEST_NUMBER, WITH_CENTURY, LONGEST_PERSONAL = 10, 12, 11  # digits


def import_posting(ad: Ad, found: Linked, *, by: ActiveRole | None, at: datetime, publish: bool) -> tuple[Posting, bool, list[str]]:
    """The posting, whether it was made now, and what was odd. An ad that is here already is left as it is.

    `publish=True` makes it public at once, through the same receiver and fact as an editor's approval; an ad that the source has
    taken down stays a draft.
    """
    known = Posting.objects.filter(source=ad.source, source_id=ad.source_id).first()
    if known is not None:
        return known, False, []
    problems = [*ad.problems, *found.problems]
    with transaction.atomic():
        employer = _employer(ad, at, problems)
        posting = Posting(
            employer=employer, workplace=workplace_of(ad, employer, found), live=False, source=ad.source, source_id=ad.source_id
        )
        fill_from(posting, ad, found, at, problems)
        posting.save()
        status = PostingStatus.objects.create(posting=posting)
        record("posting_imported", "posting", posting.pk, by=by, at=at, why=ad.source)
        if publish and ad.taken_down:
            problems.append("the source has taken it down: it stays a draft")
        elif publish:
            publish_if_clean(posting, status, problems, at=at)
    return posting, True, problems


def fill_from(posting: Posting, ad: Ad, found: Linked, at: datetime, problems: list[str]) -> None:
    for name in ("language", "kind", "title", "starts_on", "places", "last_day", "pay"):
        setattr(posting, name, getattr(ad, name))
    posting.tasks, posting.times, posting.licences = ad.text, list(ad.times), list(found.licences)
    posting.occupation, posting.skills, posting.language_level = found.occupation, list(found.skills), found.language_level
    posting.hours_min, posting.hours_max = found.hours
    take_out(posting, problems)
    posting.offers = hinted(posting)
    occupations = [("occupation-name", code, found.occupation.key) for code in ad.occupation_codes] if found.occupation else []
    TheirCode.objects.learn([*ad.codes, *occupations])
    today = localdate(at)
    if posting.last_day and posting.last_day < today:
        problems.append(f"its last day, {posting.last_day}, has passed and is left out")
        posting.last_day = None
    if posting.starts_on and posting.starts_on < today:
        posting.starts_on = None


def _employer(ad: Ad, at: datetime, problems: list[str]) -> Employer:
    """By its number. A number that is wrong is kept as the source has it, and the employer's source says so."""
    digits = re.sub(r"\D", "", ad.number)
    source = ad.source
    if ad.country == "SE" and len(digits) == WITH_CENTURY:
        digits = digits[2:]
    if _is_personal(digits, ad.country):
        problems.append("the employer's number is a personal number and is not stored")
        digits = ""
    elif not _is_right(digits, ad.country):
        problems.append(f"the employer's number ({ad.number or 'none'}) is not right: kept as it is and marked")
    if not _is_right(digits, ad.country):
        source = f"{ad.source}-unchecked"
    number = digits[:LONGEST_NUMBER] or f"x{ad.employer_key or ad.source_id}"[:LONGEST_NUMBER]
    employer, _ = Employer.objects.get_or_create(
        country=ad.country,
        number=number,
        defaults={"name": ad.employer or ad.workplace or number, "city": ad.town[:80], "joined_at": at, "source": source},
    )
    return employer


def _is_personal(digits: str, country: str) -> bool:
    """A Swedish company's number has 2 or more where a person's has the month; a Norwegian person's has two digits too many."""
    return digits[2:3] in {"0", "1"} if country == "SE" else len(digits) == LONGEST_PERSONAL


def _is_right(digits: str, country: str) -> bool:
    try:
        (norwegian if country == "NO" else swedish).validate(digits)
    except WrongNumber:
        return False
    return True


def workplace_of(ad: Ad, employer: Employer, found: Linked) -> Workplace:
    name = ad.workplace or ad.employer or employer.name
    workplace, _ = Workplace.objects.get_or_create(
        employer=employer, name=name[:120], street=ad.street, place=found.place, defaults={"postal_code": ad.postal_code}
    )
    return workplace
