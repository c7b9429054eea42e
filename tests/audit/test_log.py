"""The log can be added to, and nothing else: the database refuses."""

from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from audit.actions import record
from audit.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.mark.parametrize("sql", ["UPDATE audit_event SET why = 'x'", "DELETE FROM audit_event"])
def test_a_row_of_the_log_can_be_neither_changed_nor_deleted(now: datetime, sql: str) -> None:
    record("tested", "thing", 1, by=None, at=now)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Event.objects.get().why == ""
