"""A joint meeting with everyone around it, for tests."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accounts.access import ActiveRole
from cooperation import actions
from cooperation.models import Meeting, Party
from jobseekers.models import Profile
from matching.models import Introduction
from tests.factories.matching import Pair, make_pair

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PLACE = "Storgatan 4, rum 2"
CLINIC = {"name": "Petra Nyström", "agency": "Vårdcentralen Ugglan", "email": "Petra@example.com", "language": "sv"}


def terms(starts: datetime, *, minutes: int = 60, place: str = PLACE, where: str = "place") -> actions.Terms:
    return actions.Terms(where, place, starts, starts + timedelta(minutes=minutes))


@dataclass(frozen=True)
class Gathered:
    """One meeting around one person, with an agency and a member of an employer whose door is open."""

    pair: Pair
    door: Introduction
    meeting: Meeting
    agency: Party
    member: Party

    @property
    def profile(self) -> Profile:
        return self.pair.profile

    @property
    def advisor(self) -> ActiveRole:
        return self.pair.advisor

    @property
    def emails(self) -> dict[str, str]:
        """Where each party reads."""
        accounts = {party.kind: party.account.email or "" for party in self.meeting.parties.exclude(kind="agency").select_related("user")}
        return {**accounts, "agency": CLINIC["email"].lower()}

    @property
    def person(self) -> Party:
        return self.meeting.parties.get(kind="person")

    def say(self, party: Party, at: datetime, *, yes: bool = True) -> None:
        actions.answer_party(party.pk, yes, by=self.pair.jobseeker, at=at)

    def invite(self, at: datetime) -> None:
        """Asked, answered with yes to both, and invited."""
        actions.ask_person(self.meeting.pk, by=self.advisor, at=at)
        self.say(self.agency, at)
        self.say(self.member, at)
        actions.invite(self.meeting.pk, by=self.advisor, at=at)

    def again(self, party: Party) -> Party:
        """As it is kept now, with everything around it."""
        return Party.objects.whole().get(pk=party.pk)


def plan(pair: Pair, at: datetime, *, starts: datetime | None = None, **given: Any) -> Meeting:
    """A meeting in nine days, in the morning, with the person and the advisor."""
    day = starts or (at + timedelta(days=9))
    kind = "se_several" if pair.profile.country == "SE" else "no_working"
    told = {"type": kind, "purpose": "next", "agenda": "Vem gör vad", **given}
    return actions.plan_meeting(pair.profile.pk, terms(day), **told, by=pair.advisor, at=at)


def gather(at: datetime, *, starts: datetime | None = None, pair: Pair | None = None, **person: Any) -> Gathered:
    pair = pair or make_pair(**person)
    door = Introduction.objects.filter(suggestion=pair.suggestion).first() or pair.introduce(at)
    meeting = plan(pair, at, starts=starts)
    agency = actions.add_agency(meeting.pk, **CLINIC, by=pair.advisor, at=at)
    member = actions.add_employer(meeting.pk, door.pk, pair.member.user_id, by=pair.advisor, at=at)
    return Gathered(pair, door, meeting, agency, member)
