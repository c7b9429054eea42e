"""The searchable copy of open postings: it can be rebuilt at any time."""

from django.db import models


class Turn(models.Model):
    """Counts the changes of entries. Every process reads what has a higher turn than it knows before it answers."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class PostingEntry(models.Model):
    """One open posting as `search.documents` describes it, with a plain number as its key, by which its words are kept (`index.text`).

    An entry that is `gone` stays, so that every process hears of it.
    """

    posting = models.OneToOneField("employers.Posting", on_delete=models.CASCADE, related_name="entry")
    changed = models.BigIntegerField(default=0, db_index=True)
    gone = models.BooleanField(default=False)
    kind = models.CharField(max_length=16)
    field = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    hours_min = models.PositiveSmallIntegerField(null=True)
    hours_max = models.PositiveSmallIntegerField(null=True)
    times = models.CharField(max_length=60, blank=True)  # in a row
    starts_on = models.DateField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    licence = models.PositiveSmallIntegerField(default=0)
    for_anyone = models.BooleanField(default=False)
    offers = models.TextField(blank=True)  # "code:evidence" in a row
    published_at = models.DateTimeField()
    stems = models.TextField()

    def __str__(self) -> str:
        return f"entry {self.posting_id}"
