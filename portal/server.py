"""How gunicorn serves the site: `gunicorn portal.wsgi -c python:portal.server`."""

import importlib
import logging
import threading

from django.db import DatabaseError, connection

log = logging.getLogger(__name__)


def post_worker_init(worker: object) -> None:
    """In each process that serves pages, and in no command and no test: the list of postings is read while the first visitor is on the
    way. Pages that do not need it are answered meanwhile, and who asks for it waits for the rest of it only."""
    threading.Thread(target=_read_ahead, name="read ahead", daemon=True).start()


def _read_ahead() -> None:
    try:
        importlib.import_module("search.index").read_ahead()  # gunicorn reads this file before Django is set up
    except DatabaseError as error:
        log.warning("the list of postings is not read ahead: %s", type(error).__name__)
    finally:
        connection.close()
