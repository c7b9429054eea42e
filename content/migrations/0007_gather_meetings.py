from django.db import migrations


def gather(apps, schema_editor):
    """The days that a course had chosen become one gathering with more meetings, in the page and in its drafts."""
    pages, meetings = apps.get_model("content", "CoursePage"), apps.get_model("content", "Meeting")
    revisions = apps.get_model("wagtailcore", "Revision")
    first_of = {}
    for page in pages.objects.filter(gathering=None).order_by("pk"):
        if page.translation_key not in first_of:
            chosen = pages.meetings.through.objects.filter(coursepage_id=page.pk).order_by("gathering__starts_at", "pk")
            first, *rest = [one.gathering for one in chosen.select_related("gathering")] or [None]
            for one in rest:
                meetings.objects.create(gathering=first, starts_at=one.starts_at, ends_at=one.ends_at, place=one.place)
            first_of[page.translation_key] = first
        page.gathering = first_of[page.translation_key]
        page.save(update_fields=["gathering"])
        for revision in revisions.objects.filter(pk__in=[page.latest_revision_id, page.live_revision_id]):
            revision.content["gathering"] = page.gathering_id
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):

    dependencies = [("content", "0006_courses")]

    operations = [migrations.RunPython(gather, migrations.RunPython.noop, elidable=True)]
