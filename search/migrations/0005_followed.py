"""Postings that a feed has brought are marked as such: their source says when they are over."""

from django.db import migrations


def mark(apps, schema_editor):
    ads = apps.get_model("search", "FeedAd").objects
    statuses = apps.get_model("employers", "PostingStatus").objects
    for form in ("jobtech", "nav"):
        brought = ads.filter(feed__form=form).values("source_id")
        statuses.filter(posting__source=form, posting__source_id__in=brought).update(followed=True, reminders=0, asked_at=None)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_saved"),
        ("employers", "0009_text_check_of_imports"),
    ]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
