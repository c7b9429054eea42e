"""The website: settings, addresses, home pages per role, help."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
