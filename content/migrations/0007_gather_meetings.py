from django.db import migrations

FIELDS = ("name", "starts_at", "ends_at", "place", "places", "sign_up", "step_free", "hearing_loop", "interpreter", "quiet_room", "cancelled_at")


def gather(apps, schema_editor):
    """The days that a course had chosen become one gathering with more meetings, in the page and in its drafts.

    A day that was called off goes unless all are. What an event or another course tells of too stays theirs: this course gets its own."""
    pages, events = apps.get_model("content", "CoursePage"), apps.get_model("content", "EventPage")
    gatherings, revisions = apps.get_model("content", "Gathering"), apps.get_model("wagtailcore", "Revision")
    taken, first_of = set(events.objects.values_list("gathering_id", flat=True)), {}
    for page in pages.objects.filter(gathering=None).order_by("pk"):
        if page.translation_key not in first_of:
            chosen = pages.meetings.through.objects.filter(coursepage_id=page.pk).order_by("gathering__starts_at", "pk")
            days = [one.gathering for one in chosen.select_related("gathering")]
            days = [one for one in days if one.cancelled_at is None] or days
            if days and days[0].pk in taken:
                days[0] = gatherings.objects.create(**{name: getattr(days[0], name) for name in FIELDS})
            first_of[page.translation_key] = _joined(apps, *days) if days else None
            taken |= {one.pk for one in days[:1]}
        page.gathering = first_of[page.translation_key]
        page.save(update_fields=["gathering"])
        for revision in revisions.objects.filter(pk__in=[page.latest_revision_id, page.live_revision_id]):
            revision.content["gathering"] = page.gathering_id
            revision.save(update_fields=["content"])


def _joined(apps, first, *rest):
    """What people know of it is all of it from now on, or the next saving would tell them that it has changed."""
    meetings, more = apps.get_model("content", "Meeting"), []
    for one in rest:
        meetings.objects.create(gathering=first, starts_at=one.starts_at, ends_at=one.ends_at, place=one.place)
        more.append([one.starts_at.isoformat(), one.ends_at.isoformat(), one.place])
    first.told = {"starts_at": first.starts_at.isoformat(), "ends_at": first.ends_at.isoformat(), "place": first.place}
    first.told |= {"more": more} if more else {}
    first.save(update_fields=["told"])
    return first


class Migration(migrations.Migration):

    dependencies = [("content", "0006_courses")]

    operations = [migrations.RunPython(gather, migrations.RunPython.noop, elidable=True)]
