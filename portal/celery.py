"""The Celery application: the bell that wakes the outbox (see docs/decisions/outbox.md)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Every task may run twice, late or never: what is due is asked of the database, not of the clock that rang.
app.conf.beat_schedule = {
    "sweep": {"task": "outbox.tasks.sweep", "schedule": 10.0},
    "night": {"task": "matching.tasks.lapse", "schedule": 300.0},
    "publish": {"task": "employers.tasks.expire", "schedule": 300.0},
    "saved": {"task": "search.tasks.tell", "schedule": 900.0},
    "feeds": {"task": "search.tasks.follow_feeds", "schedule": 60.0},
    "index": {"task": "search.tasks.put_missing", "schedule": 900.0},
    "check-ins": {"task": "placements.tasks.check_in", "schedule": 300.0},
    "placements": {"task": "placements.tasks.tick", "schedule": 300.0},
    "forget": {"task": "portal.tasks.forget", "schedule": 3600.0},
    "newsletter": {"task": "content.tasks.go_on", "schedule": 30.0},
    "meetings": {"task": "content.tasks.remind", "schedule": 900.0},
    "joint meetings": {"task": "cooperation.tasks.remind_of_meetings", "schedule": 900.0},
    "plans": {"task": "content.tasks.plans", "schedule": 300.0},
    "forget sign-ups": {"task": "content.tasks.forget", "schedule": 86_400.0},
    "forget runs": {"task": "matching.tasks.forget_runs", "schedule": 86_400.0},
}
