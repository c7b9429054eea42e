"""Who may see what of a person. Own profile, one's own people, and what the log says about who has looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext

from accounts.access import ActiveRole
from accounts.models import RoleKind, User
from audit.models import Event, Read
from jobseekers.access.words import event_words, page_words
from jobseekers.models import BehalfReason, CallRequest, Channel, PrivateNote, Profile
from jobseekers.queries import needs_version, parameter_in_words
from taxonomy.models import Need, NeedGroup

SAME_LOOK = 60  # seconds
NOBODYS = 0  # the number of no account
OPENED_BY_LINK = "meeting_opened_by_link"  # an event of the person: a professional without an account has looked
WHOLE = ("user", "advisor", "team__agency", "place", "needs_record")


def own_profile(*, by: ActiveRole) -> Profile | None:
    """The signed-in person's own profile."""
    if by.kind != RoleKind.JOBSEEKER:
        return None
    return Profile.objects.filter(user_id=by.user_id, left_at=None).select_related(*WHOLE).first()


def for_advisor(profile_id: UUID, *, by: ActiveRole) -> Profile | None:
    """One of the advisor's own people; None for anybody else's and for nobody's."""
    if by.kind != RoleKind.ADVISOR:
        return None
    return Profile.objects.helped_by(by.user_id, by.team_key).filter(pk=profile_id).select_related(*WHOLE).first()


def of_team(profile_id: UUID, *, by: ActiveRole) -> Profile | None:
    """One person of the coordinator's team."""
    if by.kind != RoleKind.COORDINATOR:
        return None
    return Profile.objects.of_team(by.team_id).filter(pk=profile_id).select_related("user", "advisor").first()


@dataclass(frozen=True)
class Helper:
    """Whom a jobseeker can call: the own advisor, or the office while there is none."""

    name: str  # empty while there is no advisor
    office: str
    phone: str


def helper_of(*, by: ActiveRole) -> Helper | None:
    """For a line that stands on every page of a jobseeker, so in one query."""
    found = Profile.objects.filter(user_id=by.user_id, left_at=None).select_related("advisor", "team__agency").first()
    if found is None or by.kind != RoleKind.JOBSEEKER:
        return None
    agency, advisor = found.team.agency, found.advisor
    name, own = (advisor.get_full_name(), advisor.phone) if advisor else ("", "")
    return Helper(name, agency.name, own or agency.phone)


@dataclass(frozen=True)
class Call:
    """Somebody who asked an office to call."""

    pk: UUID
    name: str
    phone: str
    language: str
    at: datetime


def calls_of(*, by: ActiveRole) -> list[Call]:
    """Who waits for a call from the coordinator's own office, longest first."""
    if by.kind != RoleKind.COORDINATOR:
        return []
    waiting = CallRequest.objects.filter(team_id=by.team_key, called_at=None).order_by("at", "pk")
    return [Call(one.pk, one.sealed["name"], one.sealed["phone"], one.sealed["language"], one.at) for one in waiting]


@dataclass(frozen=True)
class NeedLine:
    """One need with its answer; `importance` is empty where there is no answer."""

    code: str
    label: str
    importance: str
    parameter: str
    stated_by: str
    asks: str  # the catalogue's name of the parameter, empty where nothing more is asked
    beside: str  # the parameter in words


@dataclass(frozen=True)
class GroupOfNeeds:
    code: str
    label: str
    lines: tuple[NeedLine, ...]
    review_on: date | None
    review_due: bool
    version: str  # of the answers, for a page that changes them

    @property
    def answered(self) -> int:
        return sum(1 for line in self.lines if line.importance)

    @property
    def wanted(self) -> tuple[NeedLine, ...]:
        """What must or would help, the musts first: what a person reads as "my needs"."""
        return tuple(sorted((one for one in self.lines if one.importance in {"must", "helps"}), key=lambda one: one.importance != "must"))


def needs_of(profile: Profile, at: datetime) -> list[GroupOfNeeds]:
    """The twelve groups with every answer, for the person and for the own advisor: the caller has asked this module who it is."""
    record = getattr(profile, "needs_record", None)
    held = record.sealed if record else {"needs": {}, "review_on": {}}
    lines: dict[str, list[NeedLine]] = {group: [] for group in NeedGroup.values}
    for need in Need.objects.all():
        answer = held["needs"].get(need.code, {})
        lines[need.group].append(_line(need, answer))
    versions = {group: needs_version(profile.pk, group, [line.code for line in lines[group]], held) for group in lines}
    today, again = localdate(at), held["review_on"]
    return [_group(NeedGroup(code), lines[code], again.get(code, ""), today, versions[code]) for code in NeedGroup.values]


def _line(need: Need, answer: dict[str, str]) -> NeedLine:
    parameter = answer.get("parameter", "")
    return NeedLine(
        need.code,
        need.label,
        answer.get("importance", ""),
        parameter,
        answer.get("stated_by", ""),
        need.parameter,
        parameter_in_words(need.parameter, parameter),
    )


def _group(group: NeedGroup, lines: list[NeedLine], again: str, today: date, version: str) -> GroupOfNeeds:
    review_on = date.fromisoformat(again) if again else None
    return GroupOfNeeds(group.value, str(group.label), tuple(lines), review_on, review_on is not None and review_on <= today, version)


@dataclass(frozen=True)
class Note:
    words: str
    handover: str


def note_of(profile: Profile) -> Note:
    """The private note, for the own advisor only."""
    found = PrivateNote.objects.filter(profile=profile).first()
    return Note(found.sealed.get("words", ""), found.sealed.get("handover", "")) if found else Note("", "")


@dataclass(frozen=True)
class Look:
    """Somebody looked at the person's data."""

    at: datetime
    reader_id: int
    name: str
    role: str
    agency: str
    page: str


@dataclass(frozen=True)
class DayOfLooks:
    day: date
    looks: tuple[Look, ...]


def looks_at(profile: Profile, *, most: int = 500) -> list[Look]:
    """Every look at the person's data by others, newest first; the same reader on the same page twice in a minute is one."""
    rows = list(Read.objects.about(profile.pk).exclude(reader_id=profile.user_id)[:most])
    names = _names(row.reader_id for row in rows)
    pages = page_words()
    looks = [_look(row, names.get(row.reader_id, ""), pages.get(row.page, pages[""])) for row in rows]
    found: list[Look] = []
    for look in sorted([*looks, *_by_link(profile, most)], key=lambda one: one.at, reverse=True):
        if not found or not _same(found[-1], look):
            found.append(look)
    return found


def _look(row: Read, name: str, page: str) -> Look:
    role = str(RoleKind(row.role).label) if row.role in RoleKind.values else row.role
    return Look(row.at, row.reader_id, name, role, row.agency, page)


def _by_link(profile: Profile, most: int) -> list[Look]:
    """Looks of professionals without an account, by the link of an invitation: of those only the link is known."""
    opened = Event.objects.filter(subject="profile", subject_id=str(profile.pk), what=OPENED_BY_LINK).order_by("-at", "-pk")
    who, whence, page = gettext("Somebody with the link of an invitation"), gettext("Without an account"), page_words()["meeting"]
    return [Look(at, NOBODYS, who, whence, "", page) for at in opened.values_list("at", flat=True)[:most]]


def who_has_seen(profile: Profile) -> list[DayOfLooks]:
    """The looks by day, newest day first."""
    return by_day(looks_at(profile))


def by_day(looks: Iterable[Look]) -> list[DayOfLooks]:
    return [DayOfLooks(day, tuple(those)) for day, those in groupby(looks, key=lambda one: localdate(one.at))]


def readers_among(looks: Iterable[Look]) -> list[tuple[int, str]]:
    return sorted({(one.reader_id, one.name) for one in looks}, key=lambda pair: pair[1])


@dataclass(frozen=True)
class Done:
    """Something an advisor did on the person's behalf."""

    at: datetime
    name: str
    what: str
    channel: str
    why: str


def done_for(profile: Profile, *, most: int = 50) -> list[Done]:
    """What was answered for the person, newest first, in words."""
    rows = list(Event.objects.filter(subject="profile", subject_id=str(profile.pk)).exclude(channel="").order_by("-at", "-pk")[:most])
    names = _names(row.actor_id or 0 for row in rows)
    what, told = event_words(), dict([*Channel.choices, *BehalfReason.choices])
    return [
        Done(
            row.at,
            names.get(row.actor_id or 0, ""),
            what.get(row.what, what[""]),
            str(told.get(row.channel, row.channel)),
            str(told.get(row.why, row.why)),
        )
        for row in rows
    ]


def _names(ids: Iterable[int]) -> dict[int, str]:
    return {user.pk: user.get_full_name() for user in User.objects.filter(pk__in=set(ids))}


def _same(one: Look, other: Look) -> bool:
    seconds = abs((one.at - other.at).total_seconds())
    return (one.reader_id, one.page) == (other.reader_id, other.page) and seconds < SAME_LOOK
