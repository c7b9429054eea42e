"""Joint meetings around one person: who comes, what the person has said to each, what was decided, and who does what after it.

The database holds that nobody is invited without the person's yes: cooperation/signals.py."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from accounts.fields import SealedJSONField
from accounts.models import User
from audit.queries import version_of
from cooperation.models.types import ZONES, MeetingType, PartyKind, Purpose, Said, Where
from cooperation.states import AHEAD, NEED_A_YES, MeetingState
from jobseekers.models import Profile


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def of_advisor(self, user_id: int, team_id: uuid.UUID) -> Self:
        """Meetings around the people whom an advisor helps now, in the team that they act for."""
        own = self.filter(profile__advisor_id=user_id, profile__team_id=team_id, profile__left_at=None)
        return own.select_related("profile__user", "profile__advisor", "profile__team__agency")

    def of_person(self, user_id: int) -> Self:
        """The person's own."""
        own = self.filter(profile__user_id=user_id, profile__left_at=None)
        return own.select_related("profile__user", "profile__advisor", "profile__team__agency")

    def ahead(self, at: datetime) -> Self:
        """Not held, not called off and not over; the next one first."""
        return self.filter(state__in=AHEAD, ends__gt=at).order_by("starts", "pk")

    def behind(self, at: datetime) -> Self:
        """The others, newest first."""
        return self.exclude(state__in=AHEAD, ends__gt=at).order_by("-starts", "pk")


class Meeting(models.Model):
    """One meeting around one person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="meetings")
    country = models.CharField(max_length=2)
    type = models.CharField(max_length=15, choices=MeetingType.choices)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    where = models.CharField(max_length=6, choices=Where.choices)
    sealed = SealedJSONField()  # {"place": an address, a link or a number, "agenda": ...}
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    state = models.CharField(max_length=9, choices=[(s.value, s.value) for s in MeetingState], default=MeetingState.PLANNED)
    sequence = models.PositiveIntegerField(default=0)  # of the calendar entry (RFC 5545): rises with every change that is sent
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    planned_at = models.DateTimeField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=models.F("starts")), name="meeting_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(state__in=list(MeetingState)), name="meeting_state_is_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "starts"])]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        """Where its clock hangs."""
        return ZoneInfo(ZONES.get(self.country, settings.TIME_ZONE))

    def is_tomorrow(self, at: datetime) -> bool:
        """Whether it is the day before, by the clock where it takes place."""
        return at.astimezone(self.zone).date() == self.starts.astimezone(self.zone).date() - A_DAY

    @property
    def place(self) -> str:
        return str(self.sealed.get("place", ""))

    @property
    def agenda(self) -> str:
        return str(self.sealed.get("agenda", ""))

    @property
    def phone(self) -> str:
        """The number to call about it: the advisor's, or the office's."""
        own = self.profile.advisor.phone if self.profile.advisor else ""
        return own or self.profile.team.agency.phone


A_DAY = timedelta(days=1)


def digest_of(sealed: dict[str, str] | None) -> str:
    """Who a professional is, in one short word that tells nothing of it. The database compares it, as it cannot compare what is sealed."""
    given = sealed or {}
    return version_of("party", given.get("name", ""), given.get("agency", ""), given.get("email", ""))


HELPS_NOW = Q(user_id=models.F("meeting__profile__advisor_id"))


class PartyQuerySet(models.QuerySet["Party"]):
    def invited(self) -> Self:
        return self.filter(invited_at__isnull=False)

    def to_invite(self) -> Self:
        """Who has not been invited, and to whom nobody has said no. Of the advisors only the one who helps the person now."""
        found = self.filter(~Q(kind=PartyKind.ADVISOR) | HELPS_NOW, invited_at=None)
        return found.exclude(said=Said.NO).exclude(kind=PartyKind.PERSON, comes=Said.NO)

    def to_show(self) -> Self:
        """Everybody but advisors who helped the person before and were not there."""
        return self.filter(~Q(kind=PartyKind.ADVISOR) | HELPS_NOW | Q(was_there=True))

    def in_order(self) -> Self:
        """The person, the advisor, and the others as they were added."""
        first = models.Case(models.When(kind="person", then=0), models.When(kind="advisor", then=1), default=2)
        return self.order_by(first, "added_at", "pk")

    def whole(self) -> Self:
        return self.select_related(
            *("user", "introduction__posting__employer", "introduction__consent", "introduction__suggestion__profile"),
            *("meeting__profile__user", "meeting__profile__advisor", "meeting__profile__team__agency"),
        )


class Party(models.Model):
    """Somebody who is to come to exactly this meeting, with the person's yes or no to that.

    A professional of an agency has no account: `sealed` holds the name, because which agency it is may tell of somebody's health.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="parties")
    kind = models.CharField(max_length=8, choices=PartyKind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    introduction = models.ForeignKey("matching.Introduction", on_delete=models.CASCADE, null=True, related_name="+")
    sealed = SealedJSONField(null=True)  # of an agency: {"name": ..., "agency": ..., "email": ...}
    digest = models.CharField(max_length=24, blank=True)  # of what is sealed: who it is never changes under a yes
    language = models.CharField(max_length=2, blank=True)  # of the letters to somebody without an account
    added_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)  # since then the person may answer
    said = models.CharField(max_length=3, choices=Said.choices, blank=True)  # the person's answer to this party
    said_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=20, blank=True)  # set when the advisor wrote the answer down
    why = models.CharField(max_length=20, blank=True)  # the coded reason for that
    invited_at = models.DateTimeField(null=True)  # null again when the person takes the yes back
    comes = models.CharField(max_length=3, choices=Said.choices, blank=True)  # the party's own answer
    comes_at = models.DateTimeField(null=True)
    was_there = models.BooleanField(null=True)
    reminded_at = models.DateTimeField(null=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["person", "advisor"], user__isnull=False, introduction=None, sealed__isnull=True)
                | Q(kind="employer", user__isnull=False, introduction__isnull=False, sealed__isnull=True)
                | Q(kind="agency", user=None, introduction=None, sealed__isnull=False),
                name="party_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(invited_at=None) | Q(kind__in=["person", "advisor"]) | Q(said="yes"), name="no_invitation_without_a_yes"
            ),
            models.CheckConstraint(condition=Q(said="") | Q(said_at__isnull=False), name="answer_has_its_time"),
            models.UniqueConstraint(fields=["meeting", "user"], condition=Q(user__isnull=False), name="party_once"),
        ]

    def __str__(self) -> str:
        return f"party {self.pk}"

    @property
    def is_still_who(self) -> bool:
        """Whether this is who the person has been asked about."""
        return self.kind != PartyKind.AGENCY or self.digest == digest_of(self.sealed)

    @property
    def needs_a_yes(self) -> bool:
        return self.kind in NEED_A_YES

    @property
    def account(self) -> User:
        """The account of a party that has one."""
        if self.user is None:
            raise TypeError("a professional of an agency has no account")
        return self.user

    @property
    def name(self) -> str:
        return self.user.get_full_name() if self.user else str((self.sealed or {}).get("name", ""))

    @property
    def organisation(self) -> str:
        """Where they come from; empty for the person."""
        if self.kind == PartyKind.EMPLOYER and self.introduction:
            return self.introduction.posting.employer.name
        if self.kind == PartyKind.ADVISOR:
            return self.meeting.profile.team.agency.name
        return str((self.sealed or {}).get("agency", ""))


class NoteKind(models.TextChoices):
    NOTE = "note", pgettext_lazy("of a meeting", "Note")
    DECISION = "decision", pgettext_lazy("of a meeting", "Decision")


class Note(models.Model):
    """What was said or decided. Each party reads only what it is a reader of; the advisor reads all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=8, choices=NoteKind.choices)
    sealed = SealedJSONField()  # {"words": ...}
    readers = models.ManyToManyField(Party, related_name="may_read")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class MeetingTask(models.Model):
    """What somebody has promised to do after a meeting. Its owner, the person and the advisor read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="tasks")
    owner = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="tasks")
    sealed = SealedJSONField()  # {"words": ...}
    due = models.DateField()
    done_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["due", "pk"]

    def __str__(self) -> str:
        return f"task {self.pk}"
