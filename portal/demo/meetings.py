"""Joint meetings of the demo, in every state: one asks for an answer, one is coming, one was held, one was called off."""

from datetime import datetime, timedelta
from typing import Any

from accounts.access import ActiveRole
from cooperation import access, actions
from cooperation.models import Meeting, Party
from jobseekers.models import Profile
from portal.demo.chapters import Cast
from portal.demo.content import account_id, address, read

PEOPLE = ("elin", "yusuf", "sindre")
SPOKEN = {"SE": "sv", "NO": "nb"}
TYPES = {"SE": ("se_several", "se_status"), "NO": ("no_working", "no_three")}
TOLD = {"channel": "meeting", "why": "asked"}


def gather(cast: Cast) -> None:
    """The meetings of everybody who can be tried out."""
    for slug in PEOPLE:
        _of_person(cast, Profile.objects.select_related("user", "team").get(user_id=account_id(slug)))


def _of_person(cast: Cast, profile: Profile) -> None:
    text: dict[str, Any] = read("meetings")[SPOKEN[profile.country]]
    advisor, person = cast.roles[profile.advisor_id or 0], cast.roles[profile.user_id]
    first, second = TYPES[profile.country]
    held = _plan(cast, profile, text, advisor, days=-9, planned=20, type=second)
    _invited(cast, profile, held, text, advisor, ago=18)
    _written(cast, held, text, advisor)
    off = _plan(cast, profile, text, advisor, days=12, planned=10, type=second)
    actions.add_agency(off.pk, **_professional(text, 1), language=SPOKEN[profile.country], by=advisor, at=cast.clock.ago(9))
    actions.cancel_meeting(off.pk, by=advisor, at=cast.clock.ago(8))
    coming = _plan(cast, profile, text, advisor, days=6, planned=7, type=first)
    _invited(cast, profile, coming, text, advisor, ago=1, member=True)
    actions.answer_invitation(coming.parties.get(kind="person").pk, True, by=person, at=cast.clock.now)
    asked = _plan(cast, profile, text, advisor, days=16, planned=2, type=first)
    for number in range(len(text["agencies"])):
        actions.add_agency(asked.pk, **_professional(text, number), language=SPOKEN[profile.country], by=advisor, at=cast.clock.ago(2))
    actions.ask_person(asked.pk, by=advisor, at=cast.clock.ago(1))


def _professional(text: dict[str, Any], number: int) -> dict[str, str]:
    """Somebody of an agency, at an address that nobody can own."""
    one: dict[str, str] = text["agencies"][number]
    return {**one, "email": address(one["name"].split(), "example.org", set())}


def _plan(cast: Cast, profile: Profile, text: dict[str, Any], by: ActiveRole, *, days: int, planned: int, type: str) -> Meeting:
    starts = _at_ten(cast.clock.now + timedelta(days=days))
    terms = actions.Terms("place", text["place"], starts, starts + timedelta(minutes=60))
    given = {"type": type, "purpose": "next", "agenda": text["agenda"]}
    return actions.plan_meeting(profile.pk, terms, **given, by=by, at=cast.clock.ago(planned))


def _at_ten(day: datetime) -> datetime:
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


def _invited(
    cast: Cast, profile: Profile, meeting: Meeting, text: dict[str, Any], by: ActiveRole, *, ago: int, member: bool = False
) -> None:
    """With an agency, and somebody from the employer where a door is open; the person has said yes to both."""
    at, language = cast.clock.ago(ago), SPOKEN[profile.country]
    parties = [actions.add_agency(meeting.pk, **_professional(text, 0), language=language, by=by, at=at)]
    for one in access.members_for(profile, at=at)[:1] if member else []:
        parties.append(actions.add_employer(meeting.pk, one.introduction, one.user_id, by=by, at=at))
    for party in parties:
        actions.answer_party(party.pk, True, by=by, at=at, **TOLD)
    actions.invite(meeting.pk, by=by, at=at)


def _written(cast: Cast, meeting: Meeting, text: dict[str, Any], by: ActiveRole) -> None:
    """Who was there, what was decided and who does what."""
    at = meeting.ends + timedelta(hours=1)
    parties = list(Party.objects.invited().in_order().filter(meeting=meeting))
    person, agency = parties[0], next(one for one in parties if one.kind == "agency")
    actions.hold_meeting(meeting.pk, {one.pk for one in parties}, by=by, at=at)
    actions.add_note(meeting.pk, "decision", text["decision"], {person.pk, agency.pk}, by=by, at=at)
    actions.add_note(meeting.pk, "note", text["note"], {person.pk}, by=by, at=at)
    due = cast.clock.now.date() + timedelta(days=4)
    actions.add_task(meeting.pk, agency.pk, text["task"], due, by=by, at=at)
    actions.add_task(meeting.pk, person.pk, text["own_task"], due, by=by, at=at)
