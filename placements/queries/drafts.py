"""What a draft begins with, what it still lacks, who signs it, and what the measure allows."""

from dataclasses import replace
from datetime import date

from employers.models import Answer, Kind, Posting
from jobseekers.models import Profile
from placements.fields import Agreed, Contact, Terms
from placements.models import Doer, MeasureVersion, Payer, Placement, Safety, Version
from placements.queries.measures import choices_for, version_on
from placements.scoring import Breach, Broken, Plan, breaches
from placements.states import ACTIVE, Party

USUAL = {("SE", Kind.TRIAL): "se-arbetspraktik", ("NO", Kind.TRIAL): "no-arbeidstrening"}
LONGEST_TASKS = 1000  # signs, as in NAV's own agreements
SIGN_ALWAYS = (Party.JOBSEEKER, Party.EMPLOYER)


def first_terms(profile: Profile, posting: Posting, template: Terms | None) -> Terms:
    """What is known already: hours, tasks and supervisor of the posting, and those of the person's musts that the workplace can arrange.

    The person reads the list before the employer does, and the advisor may take anything off it.
    """
    begun = template or Terms(tasks=posting.tasks[:LONGEST_TASKS], safety=(Safety.WALK.value,))
    supervisor, record = posting.supervisor, getattr(profile, "needs_record", None)
    musts = sorted(code for code, answer in (record.needs if record else {}).items() if answer["importance"] == "must")
    return replace(
        begun,
        hours=begun.hours or profile.hours_now or posting.hours_min or 0,
        supervisor=Contact(name=supervisor.name, title=supervisor.title) if supervisor else Contact(),
        adaptations=tuple(_agreed(code, posting) for code in musts if posting.offer(code) in {Answer.YES, Answer.CAN}),
    )


def _agreed(code: str, posting: Posting) -> Agreed:
    offer = posting.offers.get(code, {})
    return Agreed(code=code, how=str(offer.get("how", "")), who=Doer.EMPLOYER.value, pays=Payer.UNKNOWN.value)


def missing(version: Version) -> list[str]:
    """What has to be written before anybody signs: names of what is empty."""
    terms, activity = version.terms, version.placement.kind == Kind.ACTIVITY
    asked: dict[str, object] = {
        "measure": version.measure_id,
        "starts": version.starts,
        "ends": version.ends,
        "tasks": terms.tasks,
        "supervisor": terms.supervisor.name,
    }
    if not activity:
        asked |= {"hours": terms.hours, "days": terms.days, "goals": terms.goals, "safety": terms.safety}
    if version.placement.kind == Kind.APPRENTICESHIP:
        asked |= {"other": terms.other.name}
    return [name for name, value in asked.items() if not value]


def broken_limits(placement: Placement, version: Version, today: date) -> tuple[Breach, ...]:
    """What the measure that holds on the first day does not allow. A start that was approved once is not held against a later version."""
    if version.measure is None or version.starts is None or version.ends is None:
        return ()
    began = placement.state in ACTIVE and version.starts == placement.starts
    if began and version.ends < today:
        return (Breach(Broken.ORDER),)  # what runs is not ended by a date that has passed
    born = date.fromisoformat(placement.born) if placement.born else None
    plan = Plan(first=version.starts, last=version.ends, born=born, longer=version.longer, late=began)
    holds = version_on(version.measure.measure_type_id, plan.first)
    # Where a measure says nothing of it, nothing begins before it is approved.
    limits = replace(holds.limits, back_days=holds.limits.back_days or 0) if holds else None
    return breaches(plan, limits, today=today)


def signers_of(version: Version) -> tuple[list[str], bool]:
    """Who signs before the advisor, and whether in this order: as the measure says, and who else the agreement names."""
    asked = [str(one) for one in (version.measure.signs if version.measure else SIGN_ALWAYS)]
    named = {Party.SUPERVISOR: version.terms.supervisor.name, Party.OTHER: version.terms.other.name}
    asked += [str(party) for party, name in named.items() if name and party not in asked]
    return asked, bool(version.measure and version.measure.in_order)


def usual_measure(country: str, kind: str, day: date) -> MeasureVersion | None:
    """What most placements of a kind are: the advisor may choose another."""
    choices = choices_for(country, kind, day)
    usual = USUAL.get((country, Kind(kind)), "")
    return next((one for one in choices if one.measure_type_id == usual), choices[0] if choices else None)


def is_full(placement: Placement) -> bool:
    """Whether the workplace has as many placements now as it takes at once."""
    workplace = placement.workplace
    if workplace is None or placement.kind == Kind.ACTIVITY:
        return False
    here = Placement.objects.active().filter(workplace=workplace).exclude(kind=Kind.ACTIVITY).exclude(pk=placement.pk).count()
    return here >= workplace.most_at_once


def is_own_supervisor(placement: Placement, version: Version) -> bool:
    """Whether the supervisor that is named is the person, by name or by address."""
    named, person = version.terms.supervisor, placement.profile
    same_name = named.name.casefold() == person.name.casefold()
    return same_name or (bool(named.email) and named.email.casefold() == person.email.casefold())


def is_taken(placement: Placement, version: Version) -> bool:
    """Whether the supervisor leads another trial of the employer now, where no row of the workplace tells who it is: by address, or by
    name. For two rows of the workplace the database asks."""
    if placement.kind != Kind.TRIAL:
        return False
    others = Version.objects.in_force().filter(placement__in=Placement.objects.active(), placement__kind=Kind.TRIAL)
    others = others.filter(placement__posting__employer_id=placement.posting.employer_id).exclude(placement=placement)
    return any(_is_the_same(version, other) for other in others)


def _is_the_same(version: Version, other: Version) -> bool:
    if version.supervisor_id and other.supervisor_id:
        return version.supervisor_id == other.supervisor_id
    here, there = version.terms.supervisor, other.terms.supervisor
    if here.email and there.email:
        return here.email.casefold() == there.email.casefold()
    return here.name.casefold() == there.name.casefold()


def is_own_address(placement: Placement, version: Version) -> bool:
    """Whether a link to sign would go to the person or to their advisor."""
    advisor = placement.profile.advisor
    own = {placement.profile.email.casefold(), advisor.email.casefold() if advisor and advisor.email else ""} - {""}
    return any(version.terms.address_of(party).casefold() in own for party in (Party.SUPERVISOR, Party.OTHER))
