"""Joint meetings of the demo, in every state: one asks for an answer, one is coming, one was held, one was called off."""

from datetime import datetime, timedelta
from typing import Any

from accounts.access import ActiveRole
from cooperation import access, actions
from cooperation.models import Meeting, Party
from jobseekers.models import Profile
from portal.demo.chapters import Cast
from portal.demo.content import account_id, address, read

SPOKEN = {"SE": "sv", "NO": "nb"}
TYPES = {"SE": "se_several", "NO": "no_working"}
THREE = {"SE": "se_three", "NO": "no_three"}
SATURDAY = 5
TOLD = {"channel": "meeting", "why": "asked"}


def gather(cast: Cast) -> None:
    """Some of the meetings for everybody who can be tried out; the Norwegian one has them all."""
    for slug, stories in STORIES.items():
        profile = Profile.objects.select_related("user", "team").get(user_id=account_id(slug))
        text: dict[str, Any] = read("meetings")[SPOKEN[profile.country]]
        for story in stories:
            story(cast, profile, text, cast.roles[profile.advisor_id or 0])


def _held(cast: Cast, profile: Profile, text: dict[str, Any], by: ActiveRole) -> None:
    meeting = _plan(cast, profile, text, by, days=-9, planned=20)
    _answered_for(cast, profile, meeting, text, by, ago=18)
    actions.invite(meeting.pk, by=by, at=cast.clock.ago(18))
    _written(cast, meeting, text, by)


def _called_off(cast: Cast, profile: Profile, text: dict[str, Any], by: ActiveRole) -> None:
    meeting = _plan(cast, profile, text, by, days=12, planned=10)
    actions.cancel_meeting(meeting.pk, by=by, at=cast.clock.ago(8))


def _coming(cast: Cast, profile: Profile, text: dict[str, Any], by: ActiveRole) -> None:
    meeting = _plan(cast, profile, text, by, days=6, planned=7)
    _answered_for(cast, profile, meeting, text, by, ago=1, member=True)
    actions.invite(meeting.pk, by=by, at=cast.clock.ago(1))
    actions.answer_invitation(meeting.parties.get(kind="person").pk, True, by=cast.roles[profile.user_id], at=cast.clock.now)


def _to_invite(cast: Cast, profile: Profile, text: dict[str, Any], by: ActiveRole) -> None:
    meeting = _plan(cast, profile, text, by, days=4, planned=3)
    _answered_for(cast, profile, meeting, text, by, ago=1)


def _asked(cast: Cast, profile: Profile, text: dict[str, Any], by: ActiveRole) -> None:
    meeting = _plan(cast, profile, text, by, days=16, planned=2)
    for number in range(len(text["agencies"])):
        actions.add_agency(meeting.pk, **_professional(text, number), language=SPOKEN[profile.country], by=by, at=cast.clock.ago(2))
    actions.ask_person(meeting.pk, by=by, at=cast.clock.ago(1))


STORIES = {
    "elin": (_asked, _held),
    "yusuf": (_to_invite, _coming),
    "sindre": (_held, _called_off, _coming, _to_invite, _asked),
}


def _professional(text: dict[str, Any], number: int) -> dict[str, str]:
    """Somebody of an agency, at an address that nobody can own."""
    one: dict[str, str] = text["agencies"][number]
    return {**one, "email": address(one["name"].split(), "example.org", set())}


def at_the_workplace(cast: Cast, profile: Profile, by: ActiveRole) -> None:
    """How work there is arranged, with somebody from the employer: in some days."""
    text: dict[str, Any] = read("meetings")[SPOKEN[profile.country]]
    meeting = _plan(cast, profile, text, by, days=5, planned=4, about=(THREE[profile.country], "workplace"))
    _answered_for(cast, profile, meeting, text, by, ago=3, member=True)
    actions.invite(meeting.pk, by=by, at=cast.clock.ago(2))


def called_off(cast: Cast, profile: Profile, by: ActiveRole) -> None:
    """One that nobody had been invited to yet."""
    _called_off(cast, profile, read("meetings")[SPOKEN[profile.country]], by)


def _plan(
    cast: Cast, profile: Profile, text: dict[str, Any], by: ActiveRole, *, days: int, planned: int, about: tuple[str, str] = ("", "next")
) -> Meeting:
    starts = _at_ten(cast.clock.now + timedelta(days=days))
    terms = actions.Terms("place", text["place"], starts, starts + timedelta(minutes=60))
    given = {"type": about[0] or TYPES[profile.country], "purpose": about[1], "agenda": text["agenda"]}
    return actions.plan_meeting(profile.pk, terms, **given, by=by, at=cast.clock.ago(planned))


def _at_ten(day: datetime) -> datetime:
    """In the morning of a working day."""
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


def _answered_for(
    cast: Cast, profile: Profile, meeting: Meeting, text: dict[str, Any], by: ActiveRole, *, ago: int, member: bool = False
) -> None:
    """An agency, and somebody from the employer where a door is open; the person has said yes to both."""
    at = cast.clock.ago(ago)
    parties = [actions.add_agency(meeting.pk, **_professional(text, 0), language=SPOKEN[profile.country], by=by, at=at)]
    for one in access.members_for(profile, at=at)[:1] if member else []:
        parties.append(actions.add_employer(meeting.pk, one.introduction, one.user_id, by=by, at=at))
    for party in parties:
        actions.answer_party(party.pk, True, by=by, at=at, **TOLD)


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
