from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """What was meant is what the posting says now: what it said then was not kept."""
    suggestions = apps.get_model("matching", "Suggestion").objects
    occupation = apps.get_model("employers", "Posting").objects.filter(pk=models.OuterRef("posting")).values("occupation")
    suggestions.filter(no_similar=True).update(unwished=models.Subquery(occupation))


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_decided"), ("taxonomy", "0002_pays"), ("employers", "0006_declined")]

    operations = [
        migrations.AddField(
            "suggestion",
            "unwished",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="taxonomy.concept"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
