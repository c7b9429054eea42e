"""Check-ins: planned with the approval, sent and missed by the clock, answered by one side, read by the advisor."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from matching.queries import is_working_day, working_days_after
from outbox.actions import post
from placements import access
from placements.actions.moves import each, locked, own
from placements.actions.tasks import add_task
from placements.models import CheckIn, CheckInState, Decision, Placement, TaskKind, Told, Version
from placements.models.check_ins import PARTIES
from placements.scoring import Answers, Colour, Moment, Says, Still, Works, colour_of, moments
from placements.states import NotThere, Party, Refused, State

OPEN_FOR, REMIND_AFTER = 4, 2  # working days
TWO = 2  # misses in a row
AGAIN, A_WEEK = {"before", "last"}, timedelta(weeks=1)
SENT_IN = {State.APPROVED, State.RUNNING}  # nobody is asked while it rests


def plan(placement: Placement, version: Version, *, at: datetime) -> None:
    """A row for each question and side, from the days of the version. What was asked already stays; what lies ahead is planned anew."""
    if version.starts is None or version.ends is None:
        return
    country, today = placement.posting.employer.country, localdate(at)
    placement.check_ins.filter(state=CheckInState.PLANNED).delete()
    asked = {(code, party): due for code, party, due in placement.check_ins.values_list("code", "party", "due")}
    every = version.terms.check_in_weeks
    for moment in moments(version.starts, version.ends, every, lambda day: is_working_day(day, country)):
        if moment.day < today or _rests(version, moment.day):
            continue
        closes = working_days_after(moment.day, OPEN_FOR, country)
        codes = [(party, _code(moment, party, asked)) for party in PARTIES]
        CheckIn.objects.bulk_create(
            CheckIn(placement=placement, code=code, party=party, due=moment.day, closes=closes) for party, code in codes if code
        )


def _code(moment: Moment, party: Party, asked: dict[tuple[str, str], date]) -> str:
    """The code of a check-in to plan; empty when it has been asked. What is asked before the start and in the last week is asked once more
    where that day lies a week later now."""
    code, number = moment.code, 1
    while (code, party) in asked:
        if moment.code not in AGAIN or asked[code, party] + A_WEEK > moment.day:
            return ""
        number += 1
        code = f"{moment.code}{number}"
    return code


def _rests(version: Version, day: date) -> bool:
    return version.pause_from is not None and version.pause_until is not None and version.pause_from <= day <= version.pause_until


def call_off(placement: Placement) -> None:
    """The placement is over: nobody is asked any more, and nobody has missed anything."""
    placement.check_ins.filter(state=CheckInState.PLANNED).delete()
    placement.check_ins.filter(state=CheckInState.SENT).update(state=CheckInState.SKIPPED)


def tick(*, at: datetime) -> dict[str, int]:
    """Send what is due, remind once, note what was missed. After an outage nothing stale is sent: what could not be asked is skipped."""
    today = localdate(at)
    due = CheckIn.objects.filter(state=CheckInState.PLANNED, due__lte=today)
    open_ = CheckIn.objects.filter(state=CheckInState.SENT)
    return {"sent": _each(due, _send, at), "missed": _each(open_, _go_on, at)}


def _each(which: QuerySet[CheckIn], step: Callable[[CheckIn, datetime], bool], at: datetime) -> int:
    def one(placement: Placement, pk: UUID) -> int:
        row = CheckIn.objects.select_for_update().filter(pk=pk).first()
        if row is None:  # planned anew meanwhile
            return 0
        row.placement = placement
        return step(row, at)

    return each(list(which.values_list("placement_id", "pk")), one, "a check-in")


def _send(row: CheckIn, at: datetime) -> bool:
    if row.state != CheckInState.PLANNED or row.placement.state not in SENT_IN:
        return False
    today, starts = localdate(at), row.placement.starts
    if row.closes < today or (row.is_before_the_start and starts is not None and starts <= today):
        row.state = CheckInState.SKIPPED
        row.save(update_fields=["state"])
        return False
    row.state, row.sent_at = CheckInState.SENT, at
    row.save(update_fields=["state", "sent_at"])
    record("check_in_sent", "placement", row.placement_id, by=None, at=at, after=f"{row.code}:{row.party}")
    _ask("check_in", row, at)
    return True


def _ask(kind: str, row: CheckIn, at: datetime) -> None:
    """A letter to each account that may answer, and to a supervisor without one at the address that the agreement names."""
    for reader_id in access.readers_of_check_in(row):
        post(kind, reader_id=reader_id, at=at, about=row.pk)
    if row.party == Party.SUPERVISOR:
        post(f"{kind}_by_link", reader_id=None, at=at, about=row.pk)


def _go_on(row: CheckIn, at: datetime) -> bool:
    """Of a row that waits: one reminder, then it is missed."""
    today, country = localdate(at), row.placement.posting.employer.country
    if row.state != CheckInState.SENT:
        return False
    if row.closes < today:
        row.state = CheckInState.MISSED
        row.save(update_fields=["state"])
        record("check_in_missed", "placement", row.placement_id, by=None, at=at, after=f"{row.code}:{row.party}")
        if _missed_twice(row) and not row.placement.tasks.open().filter(kind=TaskKind.MISSED).exists():
            add_task(row.placement, TaskKind.MISSED, at=at, about=row.pk)
        return True
    if row.reminded_at is None and working_days_after(row.due, REMIND_AFTER, country) <= today:
        row.reminded_at = at
        row.save(update_fields=["reminded_at"])
        _ask("check_in_reminder", row, at)
    return False


def _missed_twice(row: CheckIn) -> bool:
    """Both sides have missed the same questions, or one side two in a row."""
    if row.placement.check_ins.filter(code=row.code, state=CheckInState.MISSED).count() >= TWO:
        return True
    asked = row.placement.check_ins.filter(party=row.party, state__in=[CheckInState.ANSWERED, CheckInState.MISSED]).order_by("-due")
    return [one.state for one in asked[:TWO]] == [CheckInState.MISSED] * TWO


def answer(
    check_in_id: UUID, answers: Answers, *, by: ActiveRole | None, at: datetime, words: str = "", private: bool = True, told: str = ""
) -> CheckIn:
    """Three taps and a line. `by=None`: by the signed link, which the view has read. Late is welcome; twice is Refused("decided").

    Red makes a task for the advisor, due the next working day. The advisor who writes down what somebody said tells how (`told`).
    """
    with transaction.atomic():
        row = _for_answer(check_in_id, by, at, told)
        if not _is_known(answers):
            raise Refused("changed")
        if not row.may_be_answered or not row.placement.is_live:
            raise Refused("decided" if row.state == CheckInState.ANSWERED else "closed")
        row.state, row.answered_at, row.colour = CheckInState.ANSWERED, at, colour_of(answers)
        row.sealed = {"how": answers.how, "works": answers.works, "change": answers.change, "words": words}
        row.private, row.told, row.by_id = private, told, by.user_id if by else None
        row.reviewed_at, row.decision = None, ""  # the advisor has read the silence, and not yet this
        row.save()
        record("check_in_answered", "placement", row.placement_id, by=by, at=at, after=f"{row.code}:{row.party}", channel=told)
        if row.colour == Colour.RED:
            add_task(row.placement, TaskKind.RED, at=at, about=row.pk)
        advisor_id = row.placement.profile.advisor_id
        if advisor_id and row.colour != Colour.GREEN and (by is None or by.user_id != advisor_id):
            post("check_in_answered", reader_id=advisor_id, at=at, about=row.pk)
    return row


def _is_known(answers: Answers) -> bool:
    return answers.how in set(Says) and answers.works in set(Works) and answers.change in set(Still)


def _for_answer(check_in_id: UUID, by: ActiveRole | None, at: datetime, told: str) -> CheckIn:
    """The row under its locks, for who may answer it: the person, a member of the employer, or the advisor who writes it down."""
    found = CheckIn.objects.filter(pk=check_in_id).first()
    if found is None:
        raise NotThere
    placement = locked(found.placement_id)
    row = CheckIn.objects.select_for_update().get(pk=check_in_id)
    row.placement = placement
    if by is None:
        return row
    if by.kind == RoleKind.ADVISOR:
        own(placement.pk, by)
        if told not in Told.values:
            raise Refused("channel")
        return row
    person = by.kind == RoleKind.JOBSEEKER and row.party == Party.JOBSEEKER and placement.profile.user_id == by.user_id
    member = by.kind == RoleKind.EMPLOYER and row.party == Party.SUPERVISOR and _readable(placement, by, at)
    if not (person or member):
        raise NotThere
    return row


def _readable(placement: Placement, by: ActiveRole, at: datetime) -> bool:
    return Placement.objects.of_employer(by.employer_id, at).filter(pk=placement.pk).exists()


def review(check_in_id: UUID, *, by: ActiveRole, at: datetime, decision: str) -> None:
    """The advisor has read the answer, or the silence, and says what comes of it. A task that it made is done. Twice is once."""
    with transaction.atomic():
        found = CheckIn.objects.filter(pk=check_in_id).first()
        if found is None:
            raise NotThere
        placement = own(found.placement_id, by)
        row = CheckIn.objects.select_for_update().get(pk=check_in_id)
        if row.state not in {CheckInState.ANSWERED, CheckInState.MISSED} or decision not in Decision.values:
            raise Refused("changed")
        if row.reviewed_at is not None:
            return
        row.reviewed_at, row.decision = at, decision
        row.save(update_fields=["reviewed_at", "decision"])
        placement.tasks.filter(about=row.pk, done_at=None).update(done_at=at, done_by_id=by.user_id)
        record("check_in_read", "placement", placement.pk, by=by, at=at, after=decision)
