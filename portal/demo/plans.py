"""Plans of the demo's people and the log of contacts: through the actions, each on its own day."""

import random
from datetime import timedelta
from typing import Any

from accounts.access import ActiveRole
from audit.models import Event
from cooperation import actions
from cooperation.models import Way
from employers.models import Employer
from jobseekers.models import Channel, Profile, Stage
from portal.demo.chapters import Cast
from portal.demo.content import Clock, account_id, chance, key, read

MET = (Way.COMMUNITY, Way.OFFICE, Way.PHONE, Way.MESSAGE, Way.COMMUNITY, Way.PHONE)
VISITED = (Way.WORKPLACE, Way.WORKPLACE, Way.PHONE, Way.OFFICE, Way.VIDEO)
MISSING = (key("profile", "maria-5"), key("profile", "ingrid-4"))  # they have not come lately
LONG = 28  # days


def make_plans(clock: Clock) -> None:
    cast = Cast(clock)
    helped = Profile.objects.filter(advisor__isnull=False, left_at=None).select_related("user")
    for profile in helped.order_by("pk"):
        luck, text = chance("plan", str(profile.pk)), read("story")["nb" if profile.country == "NO" else "sv"]
        if luck.random() < 3 / 4 or profile.user_id in {account_id("elin"), account_id("sindre")}:
            _plan(clock, cast, profile, luck, text)
        _moves(profile)
        if profile.pk in MISSING:
            _misses(clock, cast.roles[profile.advisor_id or 0], profile)
        else:
            _contacts(clock, cast.roles[profile.advisor_id or 0], profile, luck, text)
    for employer in Employer.objects.exclude(contact=None).order_by("pk"):
        _visits(clock, cast.roles[employer.contact_id or 0], employer)


def _moves(profile: Profile) -> None:
    """The stages on the way to the one where the person is, in even steps since enrolment."""
    codes = Stage.values[: Stage.values.index(profile.stage) + 1]
    if Event.objects.filter(subject="profile", subject_id=str(profile.pk), what="stage_set", role="system").exists():
        return  # the log outlives a reset, and says it already
    way = profile.stage_since - profile.enrolled_at
    Event.objects.bulk_create(
        Event(
            at=profile.enrolled_at + way * n / (len(codes) - 1),
            role="system",
            what="stage_set",
            subject="profile",
            subject_id=str(profile.pk),
            before=codes[n - 1],
            after=codes[n],
        )
        for n in range(1, len(codes))
    )


def _plan(clock: Clock, cast: Cast, profile: Profile, luck: random.Random, text: dict[str, Any]) -> None:
    person, advisor = cast.roles[profile.user_id], cast.roles[profile.advisor_id or 0]
    at = clock.ago(luck.randint(5, 15))
    own = {"by": person} if luck.random() < 2 / 3 else {"by": advisor, "channel": Channel.MEETING}
    actions.save_goal(profile.pk, luck.choice(text["goals"]), at=at, **own)
    for side, who, words, days in luck.sample(text["steps"], k=luck.randint(2, 4)):
        told = own if side == "person" else {"by": advisor}
        made = actions.add_step(profile.pk, words=words, side=side, who=who, due=clock.day(days), at=at, **told)
        if side == "person" and luck.random() < 1 / 4:
            actions.set_done(made.pk, True, by=person, at=at + timedelta(days=2))


def _contacts(clock: Clock, advisor: ActiveRole, profile: Profile, luck: random.Random, text: dict[str, Any]) -> None:
    for n in range(luck.randint(1, 3)):
        at = clock.ago(luck.randint(1, LONG))
        if at > profile.enrolled_at:
            line = luck.choice(text["lines"]) if luck.random() < 1 / 3 else ""
            agency = luck.choice(text["agencies"]) if n == 2 else ""  # noqa: PLR2004 (the third, if there is one)
            actions.note_contact(luck.choice(MET), profile_id=profile.pk, agency=agency, line=line, by=advisor, at=at)


def _visits(clock: Clock, advisor: ActiveRole, employer: Employer) -> None:
    luck, text = chance("visits", str(employer.pk)), read("story")["nb" if employer.country == "NO" else "sv"]
    for _ in range(luck.randint(0, 4)):
        at, way = clock.ago(luck.choice((1, 2, 3, 9, 16, LONG))), luck.choice(VISITED)
        promised = clock.day(luck.choice((-1, 3, 6))) if luck.random() < 1 / 3 else None
        line = luck.choice(text["visits"]) if way == Way.WORKPLACE else ""
        actions.note_contact(way, employer_id=employer.pk, line=line, back_by=promised, by=advisor, at=at)


def _misses(clock: Clock, advisor: ActiveRole, profile: Profile) -> None:
    """A meeting and a call; the last try is of today, so it can still be put right."""
    for days, way in ((2, Way.MISSED), (1, Way.NO_ANSWER), (0, Way.MESSAGE)):
        actions.note_contact(way, profile_id=profile.pk, by=advisor, at=clock.ago(days))
