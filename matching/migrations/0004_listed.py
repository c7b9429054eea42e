from typing import Any

import django.db.models.deletion
from django.db import migrations, models


AT_ONCE = 5000


def list_all(apps: Any, schema_editor: Any) -> None:
    """Whoever was there before the lists gets a row in them."""
    apps.get_model("matching", "Turn").objects.create(pk=1, number=1)
    for name, side, app, model in (
        ("ListedPerson", "profile_id", "jobseekers", "Profile"),
        ("ListedPosting", "posting_id", "employers", "Posting"),
    ):
        listed = apps.get_model("matching", name)
        ids = apps.get_model(app, model).objects.values_list("pk", flat=True).iterator()
        listed.objects.bulk_create((listed(**{side: one, "changed": 1}) for one in ids), batch_size=AT_ONCE)


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0006_declined'),
        ('jobseekers', '0002_calls'),
        ('matching', '0003_runs'),
    ]

    operations = [
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='ListedPerson',
            fields=[
                ('row', models.BigAutoField(primary_key=True, serialize=False)),
                ('changed', models.BigIntegerField()),
                ('profile', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='listed', to='jobseekers.profile')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['changed'], name='matching_li_changed_b31246_idx')],
            },
        ),
        migrations.CreateModel(
            name='ListedPosting',
            fields=[
                ('row', models.BigAutoField(primary_key=True, serialize=False)),
                ('changed', models.BigIntegerField()),
                ('posting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='listed', to='employers.posting')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['changed'], name='matching_li_changed_91ebbf_idx')],
            },
        ),
        migrations.RunPython(list_all, migrations.RunPython.noop),
    ]
