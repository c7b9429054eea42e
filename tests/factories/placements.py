"""A placement with everyone around it, brought as far as a test wants through the same actions as people use."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import factory
from django.utils.timezone import localdate
from factory.django import DjangoModelFactory

from accounts.access import ActiveRole
from employers.models import Kind, Supervisor
from matching import actions as matching
from matching.models import Introduction
from placements import actions
from placements.fields import Agreed, Contact, Goal, Terms
from placements.models import MeasureType, MeasureVersion, Placement, Report, Version
from placements.states import Party
from tests.factories.matching import Pair, make_pair

HOURS, DAYS, WEEKS = 12, ("mon", "wed", "fri"), 8
PHONED = matching.Behalf("phone", "asked")
ADAPTED = "sens.quiet"


def measure(country: str = "SE", kinds: tuple[str, ...] = ("trial",), **fields: Any) -> MeasureVersion:
    """A kind of placement for half a year at most; `fields` are those of its version."""
    key = fields.pop("key", f"{country.lower()}-test")
    kept, _ = MeasureType.objects.get_or_create(key=key, defaults={"country": country, "kinds": list(kinds)})
    words = {f"name_{language}": "Praktik" for language in ("sv", "nb", "en")}
    given = {"valid_from": date(2020, 1, 1), "checked_on": date(2026, 11, 23), "longest": 6, "basis": "Test", **words, **fields}
    return MeasureVersion.objects.create(measure_type=kept, signs_first="jobseeker", signs_second="employer", **given)


def terms(**changes: Any) -> Terms:
    begun = Terms(
        hours=HOURS,
        days=DAYS,
        times="9.00–13.00",
        tasks="Sår frön och vattnar efter en lista.",
        goals=(Goal("try", "Jag vill veta om jag orkar ett jobb med växter."),),
        supervisor=Contact("Sara Nyström", "förman", "033-55 01 14", "sara@example.org"),
        safety=("walk",),
        emergency=Contact("Ali Hassan", "bror", "070-174 06 99"),
        adaptations=(Agreed(ADAPTED, "Du arbetar inte i växthus 3", "supervisor", "", "nothing"),),
    )
    return replace(begun, **changes)


@dataclass
class Case:
    """One placement and the three who act. Every step takes the time at which it is taken."""

    pair: Pair
    placement: Placement
    starts: date
    ends: date

    @property
    def advisor(self) -> ActiveRole:
        return self.pair.advisor

    @property
    def jobseeker(self) -> ActiveRole:
        return self.pair.jobseeker

    @property
    def member(self) -> ActiveRole:
        return self.pair.member

    @property
    def id(self) -> Any:
        return self.placement.pk

    def now(self) -> Placement:
        return Placement.objects.whole().get(pk=self.placement.pk)

    def version(self) -> Version:
        """The one that is being agreed, or else the one in force."""
        return self.placement.versions.open().first() or self.placement.versions.in_force().get()

    def written(self, **changes: Any) -> actions.Written:
        told = {"terms": terms(), "starts": self.starts, "ends": self.ends, "measure_key": f"{self.pair.employer.country.lower()}-test"}
        return actions.Written(**(told | {"supervisor_id": self.placement.supervisor_id} | changes))

    def write(self, at: datetime, **changes: Any) -> Version:
        return actions.write(self.id, self.written(**changes), by=self.advisor, at=at, seen=self.version().hash)

    def send(self, at: datetime) -> Version:
        return actions.send(self.id, by=self.advisor, at=at, seen=self.version().hash)

    def sign(self, party: Party, at: datetime, by: ActiveRole | None = None, **more: Any) -> Version:
        who = by or {Party.JOBSEEKER: self.jobseeker}.get(party, self.member)
        return actions.sign(self.id, party, by=who, at=at, seen=self.version().hash, **more)

    def all_sign(self, at: datetime) -> None:
        for party in self.version().asked:
            self.sign(Party(party), at)

    def all_sign_after_sending(self, at: datetime) -> None:
        self.send(at)
        self.all_sign(at)

    def approve(self, at: datetime) -> Placement:
        return actions.approve(self.id, by=self.advisor, at=at, seen=self.version().hash)

    def until_sent(self, at: datetime) -> "Case":
        self.write(at)
        self.send(at)
        return self

    def until_signed(self, at: datetime) -> "Case":
        self.until_sent(at)
        self.all_sign(at)
        return self

    def until_approved(self, at: datetime) -> "Case":
        self.until_signed(at)
        self.approve(at)
        return self

    def until_running(self, at: datetime) -> "Case":
        """It began on the day of `at`, and everyone had signed a week before."""
        self.until_approved(at - timedelta(days=7))
        actions.tick(at=at)
        return self


def agreed_pair(at: datetime, **person: Any) -> tuple[Pair, Introduction]:
    """A pair whose door the advisor may agree on: the employer has answered."""
    pair = make_pair(**person)
    door = pair.introduce(at)
    matching.answer(door.pk, by=pair.member, at=at, choice="meet", proposal="Tisdag klockan 13")
    return pair, door


def make_case(at: datetime, *, first_day: date | None = None, weeks: int = WEEKS, **person: Any) -> Case:
    """A draft. `at` is when the contact was agreed on; the placement is to begin on `first_day`, a week later where none is given."""
    person.setdefault("needs", {ADAPTED: "must"})
    pair, door = agreed_pair(at, **person)
    if not MeasureType.objects.filter(key=f"{pair.employer.country.lower()}-test").exists():
        measure(pair.employer.country)
    pair.posting.supervisor = Supervisor.objects.create(workplace=pair.posting.workplace, name="Sara Nyström", title="förman")
    pair.posting.save()
    placement = actions.draft(door.pk, by=pair.advisor, at=at)
    starts = first_day or localdate(at) + timedelta(days=7)
    return Case(pair, placement, starts, starts + timedelta(weeks=weeks) - timedelta(days=1))


def running_case(at: datetime, **person: Any) -> Case:
    """Under way: `at` is the first day."""
    return make_case(at - timedelta(days=7), first_day=localdate(at), **person).until_running(at)


def apprenticeship(at: datetime, *, weeks: int = 40) -> Case:
    """Under way since the day of `at`, with a school that has a link to everything it writes."""
    begun = at - timedelta(days=7)
    case = make_case(begun, first_day=localdate(at), weeks=weeks)
    MeasureVersion.objects.update(longest=48)
    Placement.objects.filter(pk=case.id).update(kind=Kind.APPRENTICESHIP)
    case.write(begun, terms=terms(other=Contact("Eva Lund", "Viskaskolan", "033-10 10 10", "eva@example.org")))
    case.send(begun)
    for party in case.version().asked:
        if party == Party.OTHER:
            actions.sign_by_link(case.version().pk, Party.OTHER, at=begun, seen=case.version().hash)
        else:
            case.sign(Party(party), begun)
    case.approve(begun)
    actions.tick(at=at)
    return case


class ReportFactory(DjangoModelFactory["Report"]):
    """A report that is asked for; `written` for one that the workplace has sent."""

    class Meta:
        model = Report

    first = factory.LazyAttribute(lambda row: localdate(row.asked_at))
    last = factory.LazyAttribute(lambda row: row.first + timedelta(days=89))
    asked_at = factory.LazyAttribute(lambda row: row.placement.created_at)

    class Params:
        written = factory.Trait(
            sealed={"practised": "Kassan", "goals": [], "next": "Lagret"},
            written_by=Party.SUPERVISOR,
            at=factory.SelfAttribute("asked_at"),
        )
