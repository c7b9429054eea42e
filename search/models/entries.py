"""What browsing asks: one entry per open posting, a copy that can be rebuilt at any time."""

from typing import ClassVar

from django.db import models
from modelsearch import index


class PostingEntry(index.Indexed, models.Model):
    """The searchable copy of one open posting, with a plain number as its key: the database search keeps keys as text, and
    SQLite writes a UUID in two ways. `stems` is made by search.documents for words and questions alike."""

    posting = models.OneToOneField("employers.Posting", on_delete=models.CASCADE, related_name="entry")
    kind = models.CharField(max_length=16, db_index=True)
    field = models.CharField(max_length=2, blank=True, db_index=True)  # ISCO, two digits: the occupation field
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    hours_min = models.PositiveSmallIntegerField(null=True)
    hours_max = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField(null=True)
    language = models.CharField(max_length=2)
    level = models.PositiveSmallIntegerField(default=0)  # CEFR as a number, 0 = no demand
    needs_licence = models.BooleanField(default=False)
    published_at = models.DateTimeField(db_index=True)
    stems = models.TextField()

    search_auto_update = False  # search/receivers.py indexes from our fact
    search_fields: ClassVar = [
        index.SearchField("stems"),
        index.FilterField("kind"),
    ]

    def __str__(self) -> str:
        return f"entry {self.posting_id}"


class EntryOffer(models.Model):
    """One thing the workplace of an entry offers: only "in place" and "can be arranged" are kept."""

    entry = models.ForeignKey(PostingEntry, on_delete=models.CASCADE, related_name="offers")
    need = models.ForeignKey("taxonomy.Need", on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=8)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "need"], name="entry_offer_once")]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.answer}"
