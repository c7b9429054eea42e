"""Reports that editors have dealt with go: their words went before, and the log holds the rest."""

from django.db import migrations


def remove(apps, schema_editor):
    apps.get_model("search", "PostingReport").objects.exclude(done_at=None).delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0005_followed")]
    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
