from collections.abc import Iterator
from typing import Any

from django.db import migrations

import jobseekers.fields

AT_ONCE = 500


def seal(apps: Any, schema_editor: Any) -> None:
    """Which question a suggestion waits for and why it was dismissed stood in the open, and both can speak of a person's need.

    Every row gets a value of its own, also where nothing was decided: the same bytes in many rows would tell that.
    """
    rows = apps.get_model("matching", "Suggestion").objects.order_by("pk")
    for batch in _batches(rows):
        for one in batch:
            words = one.sealed.pop("dismissed", "")
            told = {"asked": str(one.asked_id or ""), "reason": one.reason, "words": words}
            one.decided = {name: value for name, value in told.items() if value}
            one.asked_id, one.reason = None, ""
        rows.model.objects.bulk_update(batch, ["sealed", "decided", "asked", "reason"])


def _batches(rows: Any) -> Iterator[list[Any]]:
    batch = list(rows[:AT_ONCE])
    while batch:
        yield batch
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:AT_ONCE])


class Migration(migrations.Migration):
    dependencies = [("matching", "0005_documents")]

    operations = [
        migrations.AddField("suggestion", "decided", jobseekers.fields.SealedJSONField(default=dict)),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RemoveField("suggestion", "asked"),
        migrations.RemoveField("suggestion", "reason"),
    ]
