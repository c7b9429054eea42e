"""An agreement as one of its parties may read it: words and names, nothing that the party may not know."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import pgettext

from accounts.access import ActiveRole
from accounts.models import RoleKind
from placements.fields import Agreed, Contact, Terms
from placements.models import Doer, GoalKind, MeasureVersion, Payer, Placement, Safety, Version
from placements.states import OPEN_PAPERS, Paper, Party
from taxonomy.models import Need


@dataclass(frozen=True)
class Line:
    """One adaptation in words. `new`: it was not in the version before."""

    label: str
    how: str
    who: str
    pays: str
    by: date | None
    new: bool


@dataclass(frozen=True)
class Signer:
    """Who signs, or has; `turn`: nothing hinders them now."""

    party: str
    name: str
    where: str
    at: datetime | None
    for_them: bool  # the advisor signed for them
    turn: bool


@dataclass(frozen=True)
class Sheet:
    """One version. `before` is the one that the reader may have read last, for what is new."""

    placement_id: UUID
    version_id: UUID
    number: int
    hash: str
    state: str
    change: str
    shown: bool
    sent_at: datetime | None
    approved_at: datetime | None
    kind: str
    measure: MeasureVersion | None
    employer: str
    workplace: str
    address: str
    posting: str
    posting_language: str
    person: str
    first_name: str
    advisor: str
    advisor_first_name: str
    advisor_phone: str
    agency: str
    starts: date | None
    ends: date | None
    pause_from: date | None
    pause_until: date | None
    terms: Terms
    adaptations: tuple[Line, ...]
    gone: tuple[str, ...]  # adaptations of the version before that are no longer agreed
    goals: tuple[tuple[str, str], ...]
    safety: tuple[str, ...]
    days: tuple[str, ...]
    steps: tuple[tuple[date, int], ...]
    signers: tuple[Signer, ...]
    before: "Before | None"

    @property
    def new(self) -> tuple[str, ...]:
        """Names of the parts that are not as they were."""
        return self.before.changed if self.before else ()

    @property
    def is_signing(self) -> bool:
        return self.state in OPEN_PAPERS and self.state != Paper.DRAFT

    def has_signed(self, party: str) -> bool:
        return any(one.party == party and one.at for one in self.signers)

    def turn_of(self, party: str) -> bool:
        return self.is_signing and any(one.party == party and one.turn for one in self.signers)


@dataclass(frozen=True)
class Before:
    number: int
    terms: Terms
    starts: date | None
    ends: date | None
    changed: tuple[str, ...]


def sheet_for(placement: Placement, *, by: ActiveRole) -> Sheet | None:
    """The version that this party reads now; None while there is nothing for them: a draft is the advisor's until it is sent, and the
    employer reads what the person has let them read."""
    versions = [one for one in placement.versions.select_related("measure__measure_type").order_by("-number") if _readable(one, by)]
    if not versions:
        return None
    shown = next((one for one in versions if one.state in OPEN_PAPERS), None) or next(
        (one for one in versions if one.state == Paper.APPROVED), None
    )
    if shown is None and by.kind == RoleKind.EMPLOYER:
        return None  # what they had read is void
    shown = shown or versions[0]
    before = next((one for one in versions if one.number < shown.number and (one.sent_at or one.approved_at)), None)
    return _sheet(placement, shown, before)


def sheet_in_force(placement: Placement, *, by: ActiveRole) -> Sheet | None:
    """What holds now, whatever is being agreed beside it."""
    version = placement.versions.in_force().select_related("measure__measure_type").first()
    return _sheet(placement, version, None) if version and _readable(version, by) else None


def sheet_of_version(version: Version) -> Sheet:
    """For somebody who came by a signed link, and for the copy of the person's data: the caller has checked who asks."""
    placement = Placement.objects.whole().get(pk=version.placement_id)
    before = placement.versions.filter(number__lt=version.number, shown_at__isnull=False).order_by("-number").first()
    return _sheet(placement, version, before)


def _readable(version: Version, by: ActiveRole) -> bool:
    if by.kind == RoleKind.ADVISOR:
        return True
    if by.kind == RoleKind.JOBSEEKER:
        return version.sent_at is not None
    return version.shown_at is not None


def _sheet(placement: Placement, version: Version, before: Version | None) -> Sheet:
    terms, posting, advisor = version.terms, placement.posting, placement.profile.advisor
    labels = {need.code: need.label for need in Need.objects.filter(code__in=_codes(terms, before))}
    was, now = before.terms.adaptations if before else (), {one.code for one in terms.adaptations}
    return Sheet(
        placement_id=placement.pk,
        version_id=version.pk,
        number=version.number,
        hash=version.hash,
        state=version.state,
        change=version.change,
        shown=version.shown_at is not None,
        sent_at=version.sent_at,
        approved_at=version.approved_at,
        kind=placement.get_kind_display(),
        measure=version.measure_said,
        employer=posting.employer.name,
        **_place(placement),
        posting=posting.title,
        posting_language=posting.language,
        person=placement.profile.name,
        first_name=placement.profile.first_name,
        advisor=advisor.get_full_name() if advisor else "",
        advisor_first_name=placement.profile.advisor_name,
        advisor_phone=advisor.phone if advisor else "",
        agency=placement.profile.team.agency.name,
        starts=version.starts,
        ends=version.ends,
        pause_from=version.pause_from,
        pause_until=version.pause_until,
        terms=terms,
        adaptations=tuple(_line(one, labels, new=before is not None and one not in was) for one in terms.adaptations),
        gone=tuple(labels.get(one.code, one.code) for one in was if one.code not in now),
        goals=tuple((str(GoalKind(one.category).label), one.words) for one in terms.goals),
        safety=tuple(str(Safety(one).label) for one in terms.safety if one in Safety.values),
        days=tuple(map(day_name, terms.days)),
        steps=tuple((date.fromisoformat(one.day), one.hours) for one in terms.steps),
        signers=_signers(placement, version),
        before=_before(version, before) if before else None,
    )


def _codes(terms: Terms, before: Version | None) -> set[str]:
    return {one.code for one in (*terms.adaptations, *(before.terms.adaptations if before else ()))}


def _line(one: Agreed, labels: dict[str, str], *, new: bool) -> Line:
    return Line(
        label=labels.get(one.code, one.code),
        how=one.how,
        who=str(Doer(one.who).label) if one.who in Doer.values else "",
        pays=str(Payer(one.pays).label) if one.pays in Payer.values else "",
        by=date.fromisoformat(one.by) if one.by else None,
        new=new,
    )


def _place(placement: Placement) -> dict[str, str]:
    """Name and address of the workplace."""
    workplace = placement.workplace
    if workplace is None:
        return {"workplace": "", "address": ""}
    parts = (workplace.street, workplace.place.name if workplace.place else "")
    return {"workplace": workplace.name, "address": ", ".join(part for part in parts if part)}


def _before(version: Version, before: Version) -> Before:
    now, was = version.terms, before.terms
    parts = {
        "when": (version.starts, version.ends) != (before.starts, before.ends),
        "pause": (version.pause_from, version.pause_until) != (before.pause_from, before.pause_until),
        "hours": (now.hours, now.days, now.times, now.steps) != (was.hours, was.days, was.times, was.steps),
        "tasks": (now.tasks, now.goals) != (was.tasks, was.goals),
        "adaptations": now.adaptations != was.adaptations,
        "safety": (now.safety, now.safety_words) != (was.safety, was.safety_words),
        "supervisor": now.supervisor.without_ways() != was.supervisor.without_ways(),
        "measure": _measure_of(version) != _measure_of(before),
        "other": (now.other.without_ways(), now.pay) != (was.other.without_ways(), was.pay),
    }
    return Before(before.number, was, before.starts, before.ends, tuple(name for name, changed in parts.items() if changed))


def _measure_of(version: Version) -> dict[str, str]:
    return version.measure_said.as_written() if version.measure_said else {}


def _signers(placement: Placement, version: Version) -> tuple[Signer, ...]:
    """In the order in which they are asked; the advisor last."""
    signed = {one.party: one for one in version.signatures.all()}
    asked = [*(version.asked or [str(Party.JOBSEEKER), str(Party.EMPLOYER)]), str(Party.ADVISOR)]
    left = [one for one in asked if one not in signed]
    rows = []
    for party in asked:
        name, where = _who(placement, version.terms, party)
        mark = signed.get(party)
        first = bool(left) and left[0] == party
        turn = party in left and (first or (party != Party.ADVISOR and not version.in_order))
        if party in {Party.EMPLOYER, Party.SUPERVISOR} and version.shown_at is None:
            turn = False
        rows.append(Signer(party, name, where, mark.at if mark else None, bool(mark and mark.channel), turn))
    return tuple(rows)


def _who(placement: Placement, terms: Terms, party: str) -> tuple[str, str]:
    advisor = placement.profile.advisor
    named: dict[str, Contact] = {Party.SUPERVISOR: terms.supervisor, Party.OTHER: terms.other}
    if party in named:
        return named[Party(party)].name, named[Party(party)].title
    if party == Party.JOBSEEKER:
        return placement.profile.name, ""
    if party == Party.EMPLOYER:
        return placement.posting.employer.name, ""
    return (advisor.get_full_name() if advisor else ""), placement.profile.team.agency.name


def day_name(code: str) -> str:
    """A day of the week in the reader's language."""
    return {
        "mon": pgettext("day of the week", "Monday"),
        "tue": pgettext("day of the week", "Tuesday"),
        "wed": pgettext("day of the week", "Wednesday"),
        "thu": pgettext("day of the week", "Thursday"),
        "fri": pgettext("day of the week", "Friday"),
        "sat": pgettext("day of the week", "Saturday"),
        "sun": pgettext("day of the week", "Sunday"),
    }.get(code, code)
