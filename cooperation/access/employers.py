"""An advisor's employers: those with whom their people have introductions, whom they have been in touch with, or whose contact they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from accounts.models import RoleKind
from cooperation.models import Contact, ContactPlace, ContactWith
from employers.models import Employer, Evidence, PostingQuestion, Workplace, WorkplaceOffer
from employers.queries import contact_of, contacts_of
from matching.models import Introduction

MOST_FOUND = 20
FEWEST_SIGNS = 2


@dataclass(frozen=True)
class EmployerRow:
    """One employer of a portfolio: the last contact, what waits, and what has been seen on the spot."""

    pk: UUID
    name: str
    city: str
    contact: str  # ours, by name
    last: datetime | None
    visits: int
    questions: int  # of ours that wait for the employer
    answer_by: date | None  # the employer's next promised answer about one of the advisor's people
    answer_late: bool
    back_by: date | None  # what the team has promised the employer
    back_late: bool
    seen: int  # answers about adaptations that somebody has seen on the spot

    @property
    def waits(self) -> bool:
        return bool(self.questions or self.answer_by or self.back_by)


def portfolio(*, by: ActiveRole, at: datetime) -> list[EmployerRow]:
    """In a handful of queries however many there are; who has waited longest for a contact comes first."""
    if by.kind != RoleKind.ADVISOR:
        return []
    doors = Introduction.objects.of_advisor(by.user_id, by.team_key).values("posting__employer_id")
    noted = Contact.objects.noted_by(by.user_id, by.team_key).filter(employer__isnull=False).values("employer_id")
    found = list(Employer.objects.filter(Q(pk__in=doors) | Q(pk__in=noted) | Q(contact_id=by.user_id)).order_by("name", "pk"))
    rows = _rows(found, by, at)
    return sorted(rows, key=lambda row: (row.last is not None, row.last or at))


def _rows(found: Iterable[Employer], by: ActiveRole, at: datetime) -> list[EmployerRow]:
    ids, today = [one.pk for one in found], localdate(at)
    contacts = _team_contacts(ids, by)
    questions = dict(
        PostingQuestion.objects.filter(posting__employer_id__in=ids, answered_at=None)
        .values_list("posting__employer_id")
        .annotate(n=Count("pk"))
    )
    waiting = Introduction.objects.readable(at).filter(posting__employer_id__in=ids, answered_at=None)
    answers = dict(
        waiting.filter(suggestion__profile__advisor_id=by.user_id, suggestion__profile__team_id=by.team_key)
        .values_list("posting__employer_id")
        .annotate(first=Min("answer_by"))
    )
    seen = dict(
        WorkplaceOffer.objects.filter(workplace__employer_id__in=ids)
        .exclude(evidence=Evidence.DECLARED)
        .values_list("workplace__employer_id")
        .annotate(n=Count("pk"))
    )
    named = contacts_of(ids, at=at)
    return [
        EmployerRow(
            pk=one.pk,
            name=one.name,
            city=one.city,
            contact=named[one.pk].get_full_name() if one.pk in named else "",
            last=contacts.get(one.pk, {}).get("last"),
            visits=contacts.get(one.pk, {}).get("visits", 0),
            questions=questions.get(one.pk, 0),
            answer_by=answers.get(one.pk),
            answer_late=(answers.get(one.pk) or today) < today,
            back_by=contacts.get(one.pk, {}).get("back"),
            back_late=(contacts.get(one.pk, {}).get("back") or today) < today,
            seen=seen.get(one.pk, 0),
        )
        for one in found
    ]


def _team_contacts(ids: list[UUID], by: ActiveRole) -> dict[UUID, dict[str, Any]]:
    """By employer: `last` contact that came to pass, `visits` at a workplace, and the next day to be `back`."""
    rows = Contact.objects.filter(team_id=by.team_key, contact_with=ContactWith.EMPLOYER, employer_id__in=ids).values("employer_id")
    counted = rows.annotate(
        last=Max("at", filter=Q(missed=False)),
        visits=Count("pk", filter=Q(where=ContactPlace.WORKPLACE, missed=False)),
        back=Min("back_by", filter=Q(back_at=None)),
    )
    return {row["employer_id"]: {"last": row["last"], "visits": row["visits"], "back": row["back"]} for row in counted}


@dataclass(frozen=True)
class EmployerCard:
    """One employer as an advisor works with it."""

    employer: Employer
    row: EmployerRow
    contact_phone: str
    own: bool  # the reader is the named contact
    workplaces: tuple[Workplace, ...]
    questions: tuple[PostingQuestion, ...]


def employer_card(employer_id: UUID, *, by: ActiveRole, at: datetime) -> EmployerCard | None:
    """Any employer that is registered: that it is here is no secret, its postings are public. None when there is none."""
    employer = Employer.objects.filter(pk=employer_id).first()
    if by.kind != RoleKind.ADVISOR or employer is None:
        return None
    named = contact_of(employer_id, at=at)
    asked = PostingQuestion.objects.filter(posting__employer=employer, answered_at=None).select_related("posting", "need")
    return EmployerCard(
        employer=employer,
        row=_rows([employer], by, at)[0],
        contact_phone=named.phone if named else "",
        own=named is not None and named.pk == by.user_id,
        workplaces=tuple(Workplace.objects.of(employer_id)),
        questions=tuple(asked.order_by("asked_at", "pk")),
    )


def employers_named(words: str) -> list[Employer]:
    """For the first contact with somebody new: by a part of the name, or by the organisation number."""
    if len(words) < FEWEST_SIGNS:
        return []
    digits = "".join(sign for sign in words if sign.isdecimal())
    asked = Q(name__icontains=words) | (Q(number=digits) if digits else Q(pk=None))
    return list(Employer.objects.filter(asked).order_by("name", "pk")[:MOST_FOUND])
