"""What is written to the log: sentences, and never a request line or a query."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # A request line or a query holds addresses and values: never in the log.
    "loggers": {
        **{name: {"level": "INFO"} for name in ("django.db.backends", "matching.index")},  # how far a worker that starts has come
        "django.request": {"level": "ERROR"},
        **{name: {"level": "WARNING"} for name in ("django_tasks", "wagtail", "elastic_transport")},
    },
}
