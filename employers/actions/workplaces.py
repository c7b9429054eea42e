"""Workplaces: the address, who supervises, and what can be arranged."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from audit.queries import overtaken
from employers.actions.moves import own_employer, own_workplace
from employers.models import Answer, Evidence, Supervisor, Workplace, WorkplaceOffer
from employers.queries import SUPERVISOR_FIELDS, WORKPLACE_FIELDS, offers_version, supervisor_version, tidy_offer, workplace_version
from employers.signals import POSTING_PUBLISHED
from employers.states import NotThere, Refused
from outbox.actions import announce


def save_workplace(
    workplace_id: UUID | None, answers: Mapping[str, Any], *, by: ActiveRole, at: datetime, seen: str | None = None
) -> Workplace:
    """A new workplace (`workplace_id=None`) or new words for one. Refused("changed") if it is no longer the one that was `seen`."""
    with transaction.atomic():
        workplace = own_workplace(workplace_id, by) if workplace_id else Workplace(employer_id=own_employer(by))
        before, place = workplace_version(workplace), workplace.place_id
        for name in WORKPLACE_FIELDS:
            if name in answers:
                setattr(workplace, name, answers[name])
        if overtaken(seen, before=before, after=workplace_version(workplace)):
            raise Refused("changed")
        workplace.save()
        record("workplace_saved", "workplace", workplace.pk, by=by, at=at)
        if workplace.place_id != place:  # its postings are within another reach now
            for posting_id in workplace.postings.open().values_list("pk", flat=True):
                announce(POSTING_PUBLISHED, at=at, posting_id=str(posting_id))
    return workplace


def save_supervisor(
    workplace_id: UUID, supervisor_id: int | None, answers: Mapping[str, Any], *, by: ActiveRole, at: datetime, seen: str | None = None
) -> Supervisor:
    """A new supervisor of the workplace, or new words for one. Refused("changed") as `save_workplace`."""
    with transaction.atomic():
        workplace = own_workplace(workplace_id, by)
        found = workplace.supervisors.filter(pk=supervisor_id).first() if supervisor_id else Supervisor(workplace=workplace)
        if found is None:
            raise NotThere
        before = supervisor_version(found)
        for name in SUPERVISOR_FIELDS:
            if name in answers:
                setattr(found, name, answers[name])
        if overtaken(seen, before=before, after=supervisor_version(found)):
            raise Refused("changed")
        found.save()
        record("supervisor_saved", "workplace", workplace.pk, by=by, at=at)
    return found


def save_offers(
    workplace_id: UUID, offers: Mapping[str, Mapping[str, str]], *, by: ActiveRole, at: datetime, seen: str | None = None
) -> int:
    """What the workplace can do, per need code: {"answer", "lead", "how"}. Returns how many answers changed.

    An answer that stays keeps its evidence (a visit, a completed placement); a changed one is the employer's own word again.
    Refused("changed") if the answers to these needs are no longer those that were `seen`.
    """
    with transaction.atomic():
        workplace = own_workplace(workplace_id, by)
        held = {offer.need_id: offer for offer in workplace.offers.all()}
        before = offers_version(workplace.pk, {code: offer.as_dict() for code, offer in held.items()}, offers)
        if overtaken(seen, before=before, after=offers_version(workplace.pk, offers, offers)):
            raise Refused("changed")
        changed = [row for code, given in offers.items() if (row := _changed(held.get(code), workplace, code, given, at))]
        WorkplaceOffer.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["workplace", "need"],
            update_fields=["answer", "lead", "how", "evidence", "at"],
        )
        record("offers_saved", "workplace", workplace.pk, by=by, at=at, after=str(len(changed)))
    return len(changed)


def show_offer(workplace_id: UUID, code: str, *, by: ActiveRole, at: datetime) -> None:
    """Somebody's placement has shown that the workplace can do this: an advisor says so. Nothing of the placement is noted here."""
    if by.kind != RoleKind.ADVISOR:
        raise NotThere
    with transaction.atomic():
        shown = {"answer": Answer.YES, "evidence": Evidence.SHOWN, "at": at}
        WorkplaceOffer.objects.update_or_create(workplace_id=workplace_id, need_id=code, defaults=shown)
        record("offer_shown", "workplace", workplace_id, by=by, at=at)


def _changed(held: WorkplaceOffer | None, workplace: Workplace, code: str, given: Mapping[str, str], at: datetime) -> WorkplaceOffer | None:
    """The row to write, or None when nothing is new."""
    answer, lead, how = tidy_offer(given)
    if held and (held.answer, held.lead, held.how) == (answer, lead, how):
        return None
    evidence = held.evidence if held and held.answer == answer else Evidence.DECLARED
    since = held.at if held and held.answer == answer else at
    return WorkplaceOffer(workplace=workplace, need_id=code, answer=answer, lead=lead, how=how, evidence=evidence, at=since)
