from typing import Any

from django.db import migrations


def seal(apps: Any, schema_editor: Any) -> None:
    """What an advisor wrote when they dismissed a suggestion is sealed with the rest of it."""
    suggestions = apps.get_model("matching", "Suggestion").objects
    for one in suggestions.exclude(reason_words="").iterator():
        one.sealed = {**one.sealed, "dismissed": one.reason_words}
        one.save(update_fields=["sealed"])


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial")]

    operations = [
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RemoveField("suggestion", "reason_words"),
    ]
