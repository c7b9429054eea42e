"""Drafts: a posting is saved step by step, and a public one is changed on its newest revision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from accounts.models import User
from audit.actions import record
from audit.queries import overtaken
from employers.actions.moves import locked, own_employer, refuse_while_in_review
from employers.linker import hinted
from employers.models import Evidence, Posting, PostingStatus, Workplace
from employers.queries import STEP_OF, STEPS, offers_version, step_version, tidy_offer, working_copy
from employers.queries.starts import answers_of
from employers.states import NotThere, PostingState, Refused


def create_posting(*, by: ActiveRole, at: datetime, language: str, workplace_id: UUID | None = None, start: str = "") -> Posting:
    """An empty draft, or one that begins with ready-made words (`start` names them). With one workplace only, that one is chosen and its
    offers are copied."""
    with transaction.atomic():
        workplaces = list(Workplace.objects.of(own_employer(by)))
        chosen = next((one for one in workplaces if one.pk == workplace_id), None) if workplace_id else None
        if workplace_id and chosen is None:
            raise NotThere
        if len(workplaces) == 1:
            chosen = workplaces[0]
        told = {"workplace": chosen, "offers": offers_of(chosen) if chosen else {}, **answers_of(start, language)}
        posting = Posting(employer_id=own_employer(by), live=False, language=language, **told)
        posting.offers = hinted(posting)
        posting.save()
        PostingStatus.objects.create(posting=posting)
        record("posting_created", "posting", posting.pk, by=by, at=at, after=start)
    return posting


def offers_of(workplace: Workplace) -> dict[str, dict[str, str]]:
    """The workplace's answers in the form in which a posting carries its copy."""
    return {offer.need_id: offer.as_dict() for offer in workplace.offers.order_by("need__position")}


def save_step(posting_id: UUID, step: int, answers: Mapping[str, Any], *, by: ActiveRole, at: datetime, seen: str | None = None) -> Posting:
    """Save the answers of one step. Another workplace brings its own offers; a posting under review cannot be changed.

    Refused("changed") if the answers are no longer those that were `seen`.
    """
    with transaction.atomic():
        posting, status = locked(posting_id, by)
        refuse_while_in_review(status)
        if status.state == PostingState.WITHDRAWN:
            raise Refused("withdrawn")
        copy = working_copy(posting)
        before = _version(copy, step, answers)
        _put(copy, step, answers, at)
        if overtaken(seen, before=before, after=_version(copy, step, answers)):
            raise Refused("changed")
        if posting.live:
            copy.save_revision(user=User.objects.get(pk=by.user_id), clean=False)
        else:
            copy.save()
        if step > status.step:
            status.step = step
            status.save(update_fields=["step"])
        record("posting_saved", "posting", posting.pk, by=by, at=at, after=str(step))
    return posting


def _version(posting: Posting, step: int, answers: Mapping[str, Any]) -> str:
    """Of the step; among the offers only of those that the page asks about."""
    return offers_version(posting.pk, posting.offers, answers["offers"]) if step == STEP_OF["offers"] else step_version(posting, step)


def _put(posting: Posting, step: int, answers: Mapping[str, Any], at: datetime) -> None:
    before = posting.workplace_id
    for name in STEPS[step]:
        if name in answers and name != "offers":
            setattr(posting, name, answers[name])
    if posting.workplace and posting.workplace.employer_id != posting.employer_id:
        raise NotThere
    if posting.workplace and posting.workplace_id != before:
        posting.offers = offers_of(posting.workplace)
        posting.supervisor = None
    if posting.supervisor and posting.supervisor.workplace_id != posting.workplace_id:
        raise NotThere
    if "offers" in answers:
        posting.offers = {**posting.offers, **{code: _offer(posting, code, given, at) for code, given in answers["offers"].items()}}
    posting.offers = hinted(posting)


def _offer(posting: Posting, code: str, given: Mapping[str, str], at: datetime) -> dict[str, str]:
    """One answer of the posting's own; it keeps the workplace's evidence as long as it says the same."""
    answer, lead, how = tidy_offer(given)
    held = posting.offers.get(code, {})
    if held.get("answer") == answer and "at" in held:
        return {**held, "lead": lead, "how": how}
    return {"answer": answer, "lead": lead, "how": how, "evidence": Evidence.DECLARED.value, "at": at.date().isoformat()}
