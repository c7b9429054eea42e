"""The stable row that a person or a posting has in the engine's lists, and which of them have changed since when."""

from typing import ClassVar

from django.db import models


class Turn(models.Model):
    """One row with the number of the last change. Whoever changes anything counts it up first and holds it until they commit, so
    that numbers become visible in their order: a reader that knows all changes up to a number has missed none."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"turn {self.number}"


class Listed(models.Model):
    """`row` is never used again for another; `changed` is the turn at which the lists have to read this one anew."""

    row = models.BigAutoField(primary_key=True)
    changed = models.BigIntegerField()

    class Meta:
        abstract = True
        indexes: ClassVar = [models.Index(fields=["changed"])]

    def __str__(self) -> str:
        return f"row {self.row}"


class ListedPerson(Listed):
    """`document` is what the lists read of the person (`scoring.pack`), sealed; nothing where the person is not to be found. `form` says
    how it was packed and sealed: one of another form is not read, and is written anew when a worker starts."""

    profile = models.OneToOneField("jobseekers.Profile", on_delete=models.CASCADE, related_name="listed")
    form = models.CharField(max_length=20, blank=True)
    document = models.BinaryField(default=b"")


class ListedPosting(Listed):
    posting = models.OneToOneField("employers.Posting", on_delete=models.CASCADE, related_name="listed")
