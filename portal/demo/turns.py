"""What happens in a placement of the demo after it was approved, and after it is over: each by name, and through the actions."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from placements import actions
from placements.models import Again, EndWhy, HireForm, Incident, Report, Source, Where, Works
from placements.states import Party
from portal.demo import meetings
from portal.demo.tales import Tale

MORE_WEEKS, MORE_HOURS = 4, 20


def longer(tale: Tale, at: datetime) -> None:
    _new_days(tale, at, ends=tale.cast.clock.day(-tale.way.began + (tale.way.weeks + MORE_WEEKS) * 7))


def rest(tale: Tale, at: datetime) -> None:
    """Agreed on in one day, because everyone was there."""
    day = tale.cast.clock.day
    _new_days(tale, at, ends=None, pause_from=day(-2), pause_until=day(9))
    for minutes in range(4):
        tale.sign(at + timedelta(minutes=minutes))
    tale.approve(at + timedelta(hours=1))


def _new_days(tale: Tale, at: datetime, **days: Any) -> None:
    actions.change_days(tale.placement.pk, by=tale.advisor, at=at, seen=tale.version().hash, **days)


def end(tale: Tale, at: datetime) -> None:
    last = tale.cast.clock.day(-5)
    actions.end_early(tale.placement.pk, by=tale.person, at=at, last_day=last, why=EndWhy.SUIT, hours=40)


def cancel(tale: Tale, at: datetime) -> None:
    actions.cancel(tale.placement.pk, by=tale.employer, at=at, why=EndWhy.WORKPLACE)


def in_place(tale: Tale, at: datetime) -> None:
    for row in tale.placement.adaptations.filter(state=Works.AGREED):
        actions.move_adaptation(row.pk, Works.IN_PLACE, by=tale.advisor, at=at)


def works(tale: Tale, at: datetime) -> None:
    """All of it, and the first is shown on the workplace's offers."""
    for row in tale.placement.adaptations.filter(state=Works.IN_PLACE):
        actions.move_adaptation(row.pk, Works.WORKS, by=tale.advisor, at=at)
    first = tale.placement.adaptations.filter(state=Works.WORKS).order_by("position").first()
    if first is not None:
        actions.show_to_others(first.pk, by=tale.advisor, at=at)


def works_not(tale: Tale, at: datetime) -> None:
    """The first of them."""
    first = tale.placement.adaptations.filter(state=Works.IN_PLACE).order_by("position").first()
    if first is not None:
        actions.move_adaptation(first.pk, Works.WORKS_NOT, by=tale.advisor, at=at)


def told(tale: Tale, at: datetime) -> None:
    """Something happened, which both may read."""
    actions.tell_incident(tale.placement.pk, tale.words["incident"], by=tale.employer, at=at, private=False)


def followed_up(tale: Tale, at: datetime) -> None:
    row = Incident.objects.get(placement=tale.placement, followed_at=None)
    actions.follow_up(row.pk, tale.words["incident_then"], by=tale.advisor, at=at)


def meeting(tale: Tale, at: datetime) -> None:
    meetings.at_the_workplace(tale.cast, tale.placement.profile, tale.advisor)


def no_meeting(tale: Tale, at: datetime) -> None:
    meetings.called_off(tale.cast, tale.placement.profile, tale.advisor)


def template(tale: Tale, at: datetime) -> None:
    tasks = tale.version().terms.tasks
    actions.save_template(tale.placement.pk, tale.words["template"], by=tale.advisor, at=at, tasks=tasks, safety_words="")


def reported(tale: Tale, at: datetime) -> None:
    """By the school, whose letter had the link."""
    row = Report.objects.waiting().get(placement=tale.placement)
    practised, comes = tale.words["report"]
    goals = [[goal.words, "partly"] for goal in tale.version().terms.goals]
    actions.write_report_by_link(row.pk, Party.OTHER, {"practised": practised, "goals": goals, "next": comes}, at=at)


def _assessment(tale: Tale, words: str) -> dict[str, Any]:
    mattered = [one.agreed.code for one in tale.placement.adaptations.order_by("position")[:1]]
    return {"attendance": "most", "goals": ["yes"], "next": "longer", "mattered": mattered, "words": words}


def assessed(tale: Tale, at: datetime) -> None:
    actions.assess(tale.placement.pk, _assessment(tale, tale.words["person"]), by=tale.person, at=at)


def answered(tale: Tale, at: datetime) -> None:
    actions.assess(tale.placement.pk, _assessment(tale, tale.words["employer"]), by=tale.employer, at=at)


def disagreed(tale: Tale, at: datetime) -> None:
    actions.disagree(tale.placement.pk, tale.words["disagrees"], by=tale.person, at=at)


def closed(tale: Tale, at: datetime) -> None:
    actions.close_assessment(tale.placement.pk, tale.words["closing"], by=tale.advisor, at=at)


def thanks(tale: Tale, at: datetime) -> None:
    actions.give_feedback(tale.placement.pk, Again.YES, tale.words["again"], by=tale.employer, at=at)


def perhaps(tale: Tale, at: datetime) -> None:
    actions.give_feedback(tale.placement.pk, Again.PERHAPS, tale.words["perhaps"], by=tale.employer, at=at)


def asked(tale: Tale, at: datetime) -> None:
    """The person's own yes to being asked later on."""
    actions.agree_to_be_asked(tale.placement.profile_id, True, by=tale.person, at=at)


def known(tale: Tale, at: datetime) -> None:
    _known(tale, at, actions.Known(Where.SUBSIDISED, MORE_HOURS, True))


def at_work(tale: Tale, at: datetime) -> None:
    _known(tale, at, actions.Known(Where.JOB, MORE_HOURS, True, Source.EMPLOYER))


def _known(tale: Tale, at: datetime, where: actions.Known) -> None:
    actions.record_outcome(tale.placement.outcomes.get(months=0).pk, where, by=tale.advisor, at=at)


def hired(tale: Tale, at: datetime) -> None:
    """From the day after: an ordinary job, or one with support as long as it is new."""
    form = HireForm.ORDINARY if tale.way.name == "hired" else HireForm.SUBSIDISED
    door, starts = tale.placement.introduction_id, at.date() + timedelta(days=1)
    actions.hire(door, by=tale.advisor, at=at, form=form, starts=starts, hours=MORE_HOURS, placement_id=tale.placement.pk)


def contacted(tale: Tale, at: datetime) -> None:
    actions.contacted(tale.placement.hires.get().pk, by=tale.advisor, at=at)


TURNS: dict[str, Callable[[Tale, datetime], object]] = {
    "answered": answered,
    "asked": asked,
    "assessed": assessed,
    "at_work": at_work,
    "cancel": cancel,
    "closed": closed,
    "contacted": contacted,
    "disagreed": disagreed,
    "end": end,
    "followed_up": followed_up,
    "hired": hired,
    "in_place": in_place,
    "known": known,
    "longer": longer,
    "meeting": meeting,
    "no_meeting": no_meeting,
    "perhaps": perhaps,
    "reported": reported,
    "rest": rest,
    "template": template,
    "thanks": thanks,
    "told": told,
    "works": works,
    "works_not": works_not,
}
