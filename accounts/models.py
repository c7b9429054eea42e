"""People who sign in, their roles with from and to, and the agencies and teams that staff belong to."""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower() or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class Colours(models.TextChoices):
    """What `data-color-scheme` of every page says."""

    AUTO = "auto", _("As my device has it")
    LIGHT = "light", pgettext_lazy("colours", "Light")
    DARK = "dark", pgettext_lazy("colours", "Dark")


class TextSize(models.TextChoices):
    """What `data-size` of every page says; a role may have a size of its own where nothing is chosen."""

    NORMAL = "md", pgettext_lazy("size of text", "Normal")
    LARGER = "lg", pgettext_lazy("size of text", "Larger")


class User(AbstractBaseUser, PermissionsMixin):
    """An account; the e-mail address is the name. What a user may do comes from memberships, not from here.

    An account without an address cannot sign in: somebody is helped who has none, or who has not come with their code yet.
    """

    email = models.EmailField(_("e-mail"), max_length=254, unique=True, null=True)
    first_name = models.CharField(_("first name"), max_length=255, blank=True)
    last_name = models.CharField(_("last name"), max_length=255, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(max_length=2, default="sv")
    colours = models.CharField(max_length=5, choices=Colours.choices, default=Colours.AUTO)
    text_size = models.CharField(max_length=2, choices=TextSize.choices, default=TextSize.NORMAL)
    quiet = models.JSONField(default=list, blank=True)  # the letters that are turned off: of "news" and "reminders" (outbox.signals)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="email_once")]

    def __str__(self) -> str:
        return self.get_full_name() or f"account {self.pk}"

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def is_staff(self) -> bool:
        """Wagtail and Django ask this for their own admin; ours is only for editors, by permission."""
        return self.is_superuser


class Agency(models.Model):
    """A municipality, the employment service, a clinic or an association that helps people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, choices=[("SE", _("Sweden")), ("NO", _("Norway"))])
    phone = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return self.name


class TeamQuerySet(models.QuerySet["Team"]):
    def with_coordinator(self, at: datetime) -> Self:
        """Those where a coordinator is at work."""
        at_work = Membership.objects.valid(at).filter(kind=RoleKind.COORDINATOR, team=models.OuterRef("pk"))
        return self.filter(models.Exists(at_work))


class Team(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)

    objects = TeamQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class RoleKind(models.TextChoices):
    JOBSEEKER = "jobseeker", pgettext_lazy("role", "Jobseeker")
    EMPLOYER = "employer", pgettext_lazy("role", "Employer")
    ADVISOR = "advisor", pgettext_lazy("role", "Advisor")
    COORDINATOR = "coordinator", pgettext_lazy("role", "Coordinator")
    EDITOR = "editor", pgettext_lazy("role", "Editor")


STAFF = frozenset({RoleKind.ADVISOR, RoleKind.COORDINATOR, RoleKind.EDITOR})


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid(self, at: datetime) -> Self:
        return self.filter(since__lte=at).filter(Q(until=None) | Q(until__gt=at))

    def beside(self, user_id: int, kind: RoleKind, at: datetime) -> Self:
        """A user's roles of another kind than this one, also those that are yet to begin."""
        return self.filter(Q(until=None) | Q(until__gt=at), user_id=user_id).exclude(kind=kind)

    def of(self, user_id: int, at: datetime) -> Self:
        """The roles a user may act in now, with team and agency."""
        return self.filter(user_id=user_id).valid(at).select_related("user", "team__agency").order_by("pk")

    def held(self) -> dict[int, "Membership"]:
        """These under lock, in one order, by their number; without those that ended while we waited for the lock."""
        found = list(self.select_for_update(of=("self",)).select_related("user").order_by("pk"))
        now = timezone.now()
        return {one.pk: one for one in found if one.until is None or one.until > now}


class Membership(models.Model):
    """A role of a user, from and to. Staff roles have a team; an employer's role names the employer by its id,
    whose table lies in a higher app."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    kind = models.CharField(max_length=12, choices=RoleKind.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    employer_id = models.UUIDField(null=True, blank=True, db_index=True)
    organisation = models.CharField(max_length=200, blank=True)  # the employer's name, for the role bar
    given_name = models.CharField(max_length=511, blank=True)  # as whoever gave the role wrote it; tells nothing of whose account it is
    manages = models.BooleanField(default=False)  # an employer's member who may add and remove others
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["advisor", "coordinator"], team__isnull=False, employer_id=None)
                | Q(kind="employer", employer_id__isnull=False, team=None)
                | Q(kind__in=["jobseeker", "editor"], employer_id=None),
                name="role_has_its_organisation",
            ),
            models.UniqueConstraint(fields=["user", "kind"], condition=Q(until=None, team=None, employer_id=None), name="plain_role_once"),
            models.UniqueConstraint(fields=["user", "kind", "team"], condition=Q(until=None, team__isnull=False), name="team_role_once"),
            models.UniqueConstraint(
                fields=["user", "employer_id"], condition=Q(until=None, employer_id__isnull=False), name="employer_role_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id}"

    @property
    def shown_name(self) -> str:
        """The name for those who manage the team: what they wrote themselves, until the account's owner has signed in with the role."""
        came = self.user.last_login is not None and self.user.last_login >= self.since
        return self.given_name if self.given_name and not came else self.user.get_full_name()


class Terms(models.Model):
    """An employer member accepted one version of the confidentiality terms."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="terms")
    version = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "version"], name="terms_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.user_id}"
