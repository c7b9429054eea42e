"""A letter that is posted again while it is on its way, and one that waits for another."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from outbox import actions
from outbox.models import Letter
from outbox.signals import ABOUT, WRITERS, Content, NotYet
from tests.factories.accounts import UserFactory
from tests.factories.races import at_once

KIND = "test_of_a_time"
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the letter says now, and what happens between its writing and its sending."""
    held: dict[str, Any] = {"words": "ten", "meanwhile": lambda: None}

    def write(_letter: Letter) -> Content:
        content = Content(held["words"], held["words"], held["words"])
        held["meanwhile"]()
        return content

    monkeypatch.setitem(WRITERS, KIND, write)
    monkeypatch.setitem(ABOUT, KIND, "always")
    return held


def post(reader_id: int, at: datetime) -> None:
    with transaction.atomic():
        actions.post(KIND, reader_id=reader_id, at=at)


@pytest.mark.django_db
@pytest.mark.postgres
def test_what_is_posted_again_while_it_is_sent_is_sent_again(told: dict[str, Any], now: datetime) -> None:
    """The words that are on their way are old by then."""
    reader = UserFactory()
    post(reader.pk, now)
    [first] = Letter.objects.all()

    def changed() -> None:
        told["words"], told["meanwhile"] = "eleven", lambda: None
        post(reader.pk, now + A_SECOND)

    told["meanwhile"] = changed
    assert actions.send(str(first.pk), at=now)
    [again] = Letter.objects.filter(done_at=None)
    assert again.pk != first.pk, "another letter, so that no mailbox takes it for the same"
    assert actions.send(str(again.pk), at=again.not_before)
    assert [one.subject for one in mail.outbox] == ["ten", "eleven"]
    assert not Letter.objects.filter(done_at=None).exists()


@pytest.mark.django_db
@pytest.mark.postgres
def test_what_waits_is_not_written_twice(told: dict[str, Any], now: datetime) -> None:
    reader = UserFactory()
    for n in range(3):
        post(reader.pk, now + n * A_SECOND)
    [letter] = Letter.objects.all()
    assert actions.send(str(letter.pk), at=now + 5 * A_SECOND)
    assert Letter.objects.count() == 1


@pytest.mark.django_db
def test_a_letter_that_has_to_wait_is_asked_again_later(told: dict[str, Any], now: datetime) -> None:
    post(UserFactory().pk, now)
    [letter] = Letter.objects.all()

    def not_yet() -> None:
        raise NotYet(now + timedelta(minutes=1))

    told["meanwhile"] = not_yet
    assert not actions.send(str(letter.pk), at=now)
    letter.refresh_from_db()
    assert (letter.done_at, letter.problem, letter.leased_until) == (None, "", None)
    told["meanwhile"] = lambda: None
    assert not actions.send(str(letter.pk), at=now + A_SECOND)
    assert actions.send(str(letter.pk), at=now + timedelta(minutes=1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres(only=True)
def test_a_worker_waits_for_the_change_that_a_letter_tells_of(told: dict[str, Any], now: datetime) -> None:
    """The letter waits already when the change is made: no worker takes it up in between, and tells the old."""
    reader = UserFactory()
    for n in range(5):
        at = now + timedelta(minutes=n)
        mail.outbox.clear()
        told["words"] = "old"
        post(reader.pk, at)
        [letter] = Letter.objects.filter(done_at=None)

        def change(at: datetime = at) -> None:
            with transaction.atomic():
                actions.post(KIND, reader_id=reader.pk, at=at + A_SECOND)
                told["words"] = "new"

        at_once(change, lambda letter=letter, at=at: actions.send(str(letter.pk), at=at))
        for waiting in Letter.objects.filter(done_at=None):
            actions.send(str(waiting.pk), at=waiting.not_before)
        assert mail.outbox[-1].subject == "new"
