"""The versions of an agreement, and who has signed which. The database holds the order as well: placements/signals.py."""

import hashlib
import json
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import SealedJSONField
from placements.fields import Terms
from placements.models.measures import MeasureVersion
from placements.models.placements import Placement, codes
from placements.states import OPEN_PAPERS, SIGNING, Change, Paper, Party


class VersionQuerySet(models.QuerySet["Version"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_PAPERS)

    def in_force(self) -> Self:
        return self.filter(state=Paper.APPROVED)


class Version(models.Model):
    """One version of the agreement: what is signed. `hash` names every word that the signatures rest on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    change = models.CharField(max_length=12, choices=codes(Change), default=Change.FIRST)
    state = models.CharField(max_length=12, choices=codes(Paper), default=Paper.DRAFT)
    measure = models.ForeignKey(MeasureVersion, on_delete=models.PROTECT, null=True, related_name="+")
    measure_written = models.JSONField(default=dict)  # MeasureVersion.as_written() when it was sent; empty before
    supervisor = models.ForeignKey("employers.Supervisor", on_delete=models.SET_NULL, null=True, related_name="+")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    pause_from = models.DateField(null=True)
    pause_until = models.DateField(null=True)
    longer = models.BooleanField(default=False)  # the measure's own reason for a longer time holds
    sealed = SealedJSONField()  # Terms.as_json()
    hash = models.CharField(max_length=64)
    asked = models.JSONField(default=list)  # of Party, without the advisor: who has to sign this version
    asked_count = models.PositiveSmallIntegerField(default=0)
    in_order = models.BooleanField(default=False)  # they sign in the order of `asked`
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)  # the person has let the employer read it
    approved_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["placement", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["placement", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["placement"], condition=Q(state=Paper.APPROVED.value), name="one_version_in_force"),
            models.UniqueConstraint(fields=["placement"], condition=Q(state__in=sorted(OPEN_PAPERS)), name="one_open_version"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")),
                name="version_ends_after_it_begins",
                violation_error_message=_("A placement ends on the day it begins or later."),
            ),
            models.CheckConstraint(
                condition=Q(pause_from=None, pause_until=None)
                | Q(pause_from__gte=F("starts"), pause_until__gte=F("pause_from"), pause_until__lte=F("ends")),
                name="pause_within_the_placement",
                violation_error_message=_("A pause lies within the placement."),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.placement_id}"

    @property
    def terms(self) -> Terms:
        return Terms.from_json(self.sealed)

    @property
    def is_signing(self) -> bool:
        return self.state in SIGNING

    @property
    def measure_said(self) -> MeasureVersion | None:
        """The measure in the words that are signed: an editor may write it better afterwards, the agreement stands as it was sent."""
        return MeasureVersion.from_written(self.measure_written) if self.measure_written else self.measure

    def hash_now(self) -> str:
        """sha256 over the number, the dates, the measure with its words as they were sent, and everything material."""
        said = {
            "number": self.number,
            "change": str(self.change),
            "measure": self.measure_id,
            "days": [str(self.starts), str(self.ends), str(self.pause_from), str(self.pause_until)],
            "longer": self.longer,
            "terms": self.terms.material().as_json(),
            **({"written": self.measure_written} if self.measure_written else {}),
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class SignatureQuerySet(models.QuerySet["Signature"]):
    def on_behalf(self) -> Self:
        return self.exclude(channel="")


class Signature(models.Model):
    """A party's yes to exactly this version. It is never changed: a version that changes takes its signatures with it."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="signatures")
    party = models.CharField(max_length=12, choices=codes(Party))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")  # null: by a signed link
    at = models.DateTimeField()
    hash = models.CharField(max_length=64)
    channel = models.CharField(max_length=20, blank=True)  # set when the advisor signed for somebody
    why = models.CharField(max_length=20, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "party"], name="one_signature_a_party"),
            models.UniqueConstraint(fields=["version"], condition=~Q(channel=""), name="for_one_party_at_most"),
            models.CheckConstraint(
                condition=Q(channel="", why="") | (~Q(channel="") & ~Q(why="")),
                name="on_behalf_says_why",
                violation_error_message=_("Who signs for somebody else says how they were told, and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} of {self.version_id}"
