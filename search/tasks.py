"""Work for the background: a worker that starts looks once what is in no index yet."""

import logging

from celery.signals import worker_ready

from search import index

log = logging.getLogger(__name__)


@worker_ready.connect
def put_missing(**_: object) -> None:
    """After an import past the actions, a new form of the entries, a server that came empty."""
    try:
        index.put_missing()
    except index.IndexUnavailable as error:
        log.warning("the search is resting: %s", error)
