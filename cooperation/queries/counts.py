"""What the method counts in the log of contacts, with the definitions (design/domain.md 2.1, the IPS fidelity scale)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils.timezone import get_current_timezone, localdate

from cooperation.models import OUTSIDE, Contact, ContactPlace, ContactWith, How
from jobseekers.models import Profile
from matching.models import Introduction

FACES_A_WEEK = 6
OUTSIDE_OF_100 = 65
OUTSIDE_DAYS = 28
RAPID_DAYS = 30


@dataclass(frozen=True)
class Counts:
    """One advisor's contacts."""

    faces: int  # with employers, face to face, this week
    outside: int  # of `met`
    met: int  # face to face with anybody, in the last four weeks

    @property
    def faces_aim(self) -> int:
        return FACES_A_WEEK

    @property
    def of_100(self) -> int:
        """How many of 100 meetings were outside the office; 0 where there was none."""
        return round(100 * self.outside / self.met) if self.met else 0

    @property
    def outside_aim(self) -> int:
        return OUTSIDE_OF_100

    @property
    def inside(self) -> bool:
        """Whether the advisor is more in the office than the method wants."""
        return bool(self.met) and self.of_100 < OUTSIDE_OF_100


def counts_of(advisor_id: int, team_id: UUID, at: datetime) -> Counts:
    """In one query, of what the advisor noted in the team.

    Item 17, frequent employer contact: contacts with an employer face to face (at the workplace, out or at the office) that came to
    pass, since Monday, whomever they were for; the scale wants 6 a week.
    Item 24, community-based: of all meetings face to face that came to pass in the last 28 days, with whomever, those that were not
    at the office; the scale wants 65 of 100 of the time, and the log counts meetings, because nobody clocks them.
    """
    today = localdate(at)
    met = Q(how=How.FACE, missed=False)
    lately = met & Q(at__gte=_midnight(today - timedelta(days=OUTSIDE_DAYS)))
    found = Contact.objects.noted_by(advisor_id, team_id).aggregate(
        faces=Count("pk", filter=met & Q(contact_with=ContactWith.EMPLOYER, at__gte=_midnight(today - timedelta(days=today.weekday())))),
        outside=Count("pk", filter=lately & Q(where__in=OUTSIDE)),
        met=Count("pk", filter=lately),
    )
    return Counts(**found)


def visits_before(employer_id: UUID, first_start: date | None = None) -> int:
    """Item 18, quality of employer contact: how often somebody of ours was at a workplace of this employer before the first placement
    there began (`first_start`), or so far where none has. Days, not rows: two advisors on one visit are one visit."""
    found = Contact.objects.filter(employer_id=employer_id, contact_with=ContactWith.EMPLOYER, where=ContactPlace.WORKPLACE, missed=False)
    if first_start:
        found = found.filter(at__lt=_midnight(first_start))
    return len({localdate(at) for at in found.values_list("at", flat=True)})


@dataclass(frozen=True)
class SearchClock:
    """How long until somebody has spoken with an employer for a person."""

    due: date
    first: date | None
    late: bool


def search_clock(profile: Profile, at: datetime) -> SearchClock:
    """Item 15, rapid search: the first contact with an employer for this person is to come at most 30 days after enrolment. It counts
    when an advisor has reached an employer for the person, or when an introduction opened, whichever was first."""
    due = localdate(profile.enrolled_at) + timedelta(days=RAPID_DAYS)
    spoken = (
        Contact.objects.filter(profile=profile, contact_with=ContactWith.EMPLOYER).reached().order_by("at").values_list("at", flat=True)
    )
    opened = Introduction.objects.filter(suggestion__profile=profile).order_by("opened_at").values_list("opened_at", flat=True)
    days = [localdate(moment) for moment in (spoken.first(), opened.first()) if moment]
    first = min(days, default=None)
    return SearchClock(due, first, late=(first or localdate(at)) > due)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())
