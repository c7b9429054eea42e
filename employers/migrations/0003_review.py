"""The review of postings: one task for the group "Editors", one workflow, and the two tied to postings.

Permissions of the group are given after every migrate (employers.apps): their rows do not exist yet inside a migration.
"""

from django.db import migrations

NAME = "Review of postings"


def make(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    GroupApprovalTask = apps.get_model("wagtailcore", "GroupApprovalTask")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    task_type, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="groupapprovaltask")
    posting_type, _ = ContentType.objects.get_or_create(app_label="employers", model="posting")
    group, _ = Group.objects.get_or_create(name="Editors")
    task = GroupApprovalTask.objects.create(name=NAME, active=True, content_type=task_type)
    task.groups.set([group])
    workflow = Workflow.objects.create(name=NAME, active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowContentType").objects.create(content_type=posting_type, workflow=workflow)


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0002_join_request"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
