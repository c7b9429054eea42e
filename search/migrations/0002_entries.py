"""The entries are a copy of open postings and are made anew: a worker fills the table when it starts, `rebuild_index` at once."""

import django.db.models.deletion
from django.db import migrations, models

MAKE = {
    "sqlite": ["CREATE VIRTUAL TABLE search_words USING fts5(words, detail=none)"],
    "postgresql": ["CREATE INDEX search_words ON search_postingentry USING gin (array_to_tsvector(string_to_array(stems, ' ')))"],
}
UNMAKE = {"sqlite": ["DROP TABLE search_words"], "postgresql": ["DROP INDEX search_words"]}


def make_words(apps: object, schema_editor: object) -> None:
    for statement in MAKE[schema_editor.connection.vendor]:  # type: ignore[attr-defined]
        schema_editor.execute(statement)  # type: ignore[attr-defined]


def unmake_words(apps: object, schema_editor: object) -> None:
    for statement in UNMAKE[schema_editor.connection.vendor]:  # type: ignore[attr-defined]
        schema_editor.execute(statement)  # type: ignore[attr-defined]


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0006_declined"),
        ("search", "0001_initial"),
    ]

    operations = [
        migrations.DeleteModel("EntryOffer"),
        migrations.DeleteModel("PostingEntry"),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="PostingEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("changed", models.BigIntegerField(db_index=True, default=0)),
                ("gone", models.BooleanField(default=False)),
                ("kind", models.CharField(max_length=16)),
                ("field", models.CharField(blank=True, max_length=2)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("hours_min", models.PositiveSmallIntegerField(null=True)),
                ("hours_max", models.PositiveSmallIntegerField(null=True)),
                ("times", models.CharField(blank=True, max_length=60)),
                ("starts_on", models.DateField(null=True)),
                ("level", models.PositiveSmallIntegerField(default=0)),
                ("licence", models.PositiveSmallIntegerField(default=0)),
                ("for_anyone", models.BooleanField(default=False)),
                ("offers", models.TextField(blank=True)),
                ("published_at", models.DateTimeField()),
                ("stems", models.TextField()),
                (
                    "posting",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="entry", to="employers.posting"),
                ),
            ],
        ),
        migrations.RunPython(make_words, unmake_words),
    ]
