"""A person did not come: what has been tried since. Missed meetings alone never end the support (IPS fidelity, item 25)."""

from dataclasses import dataclass
from datetime import datetime

from cooperation.models import Contact, ContactWith, How
from jobseekers.models import Profile

FEWEST_TRIES, FEWEST_CHANNELS = 4, 2
CHANNELS = ("phone", "message", "meet", "others")  # by voice, in writing, another meeting, through somebody else around the person


@dataclass(frozen=True)
class Missed:
    """The meeting that did not happen and the tries since: (channel, the last try or None)."""

    at: datetime
    meetings: int  # missed since somebody last reached the person
    tries: int
    channels: tuple[tuple[str, datetime | None], ...]

    @property
    def untried(self) -> tuple[str, ...]:
        return tuple(channel for channel, last in self.channels if last is None)

    @property
    def many(self) -> bool:
        """Tried often and in several ways: time to ask others around the person, still not a reason to end anything."""
        return self.tries >= FEWEST_TRIES and len(CHANNELS) - len(self.untried) >= FEWEST_CHANNELS


def missed_of(profile: Profile) -> Missed | None:
    """None when nothing was missed, or when somebody has reached the person since."""
    mine = Contact.objects.filter(profile=profile)
    reached = mine.filter(contact_with=ContactWith.PERSON).reached().order_by("-at").values_list("at", flat=True).first()
    since = mine.filter(at__gt=reached) if reached else mine
    rows = list(since.exclude(contact_with=ContactWith.EMPLOYER).order_by("at", "noted_at"))
    meetings = [one for one in rows if one.missed and one.how == How.FACE and one.contact_with == ContactWith.PERSON]
    if not meetings:
        return None
    tries = rows[rows.index(meetings[0]) + 1 :]
    last = {_channel(one): one.at for one in tries}
    channels = tuple((channel, last.get(channel)) for channel in CHANNELS)
    return Missed(meetings[-1].at, len(meetings), len(tries), channels)


def _channel(one: Contact) -> str:
    if one.contact_with == ContactWith.AGENCY:
        return "others"
    return {How.PHONE.value: "phone", How.VIDEO.value: "phone", How.MESSAGE.value: "message"}.get(one.how, "meet")
