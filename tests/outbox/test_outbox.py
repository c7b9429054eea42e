"""Facts and letters: written with the change they tell of, carried exactly once, never lost."""

from datetime import datetime, timedelta
from io import StringIO
from smtplib import SMTPAuthenticationError, SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction

from outbox import actions, tasks
from outbox.letters import FolderBackend
from outbox.models import Fact, Letter
from outbox.signals import ABOUT, RECEIVERS, WRITERS, Content
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def heard() -> list[str]:
    """One receiver for "door_painted" that notes what it did."""
    done: list[str] = []
    with patch.dict(RECEIVERS, {"door_painted": {"test.receiver": lambda colour: lambda: done.append(colour)}}):
        yield done


def fact(now: datetime) -> Fact:
    with transaction.atomic():
        actions.announce("door_painted", at=now, colour="green")
    return Fact.objects.get()


def test_a_fact_outside_a_transaction_is_refused(now: datetime, transactional_db: None) -> None:
    with pytest.raises(RuntimeError):
        actions.announce("door_painted", at=now, colour="green")


def test_a_fact_falls_with_its_change(now: datetime) -> None:
    def change() -> None:
        with transaction.atomic():
            actions.announce("door_painted", at=now, colour="green")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert not Fact.objects.exists()


def test_a_fact_is_carried_once_however_often_the_bell_rings(now: datetime, heard: list[str]) -> None:
    one = fact(now)
    assert actions.carry(str(one.pk), at=now)
    assert not actions.carry(str(one.pk), at=now)
    assert heard == ["green"]


def test_case_42_a_held_fact_waits_for_its_lease_and_is_then_carried(now: datetime, heard: list[str]) -> None:
    one = fact(now)
    Fact.objects.filter(pk=one.pk).update(leased_until=now + timedelta(seconds=30))
    assert not actions.carry(str(one.pk), at=now)
    assert actions.waiting(Fact, at=now) == []
    later = now + timedelta(seconds=31)
    assert actions.waiting(Fact, at=later) == [str(one.pk)]
    assert actions.carry(str(one.pk), at=later)
    assert heard == ["green"]


def test_an_error_keeps_the_fact_and_tells_no_secret(now: datetime, caplog: pytest.LogCaptureFixture) -> None:
    one = fact(now)

    def fails(colour: str) -> None:
        raise ValueError("Elin Sandberg 070-174 06 05")

    with patch.dict(RECEIVERS["door_painted"], {"test.receiver": fails}):
        assert not tasks.carry(str(one.pk))
    one.refresh_from_db()
    assert (one.done_at, one.problem) == (None, "ValueError")
    assert one.not_before > now
    assert "ValueError at test_outbox.py:" in caplog.text
    assert "Elin" not in caplog.text


def test_case_43_a_dead_broker_loses_nothing(now: datetime, django_capture_on_commit_callbacks: object) -> None:
    with patch("outbox.actions.current_app.send_task", side_effect=OSError), django_capture_on_commit_callbacks(execute=True):
        one = fact(now)
    assert actions.waiting(Fact, at=now) == [str(one.pk)]


def test_sweep_rings_for_what_waits(now: datetime) -> None:
    one = fact(now)
    with patch.object(tasks.carry, "delay") as rings:
        tasks.sweep()
    rings.assert_called_once_with(str(one.pk))


@pytest.fixture
def letter(now: datetime) -> Letter:
    with patch.dict(WRITERS, {"note": lambda letter: Content("Hej", "Text", "<p>Text</p>")}), transaction.atomic():
        actions.post("note", reader_id=UserFactory().pk, at=now)
        yield Letter.objects.get()


def test_a_letter_is_sent_once(letter: Letter, now: datetime) -> None:
    assert actions.send(str(letter.pk), at=now)
    assert not actions.send(str(letter.pk), at=now)
    [message] = mail.outbox
    assert str(letter.pk) in message.extra_headers["Message-ID"]


def test_the_same_letter_that_still_waits_is_not_written_twice(letter: Letter, now: datetime) -> None:
    actions.post("note", reader_id=letter.reader_id, at=now)
    assert Letter.objects.count() == 1


def test_a_letter_that_may_no_longer_be_sent_is_dropped(letter: Letter, now: datetime) -> None:
    with patch.dict(WRITERS, {"note": lambda letter: None}):
        assert not actions.send(str(letter.pk), at=now)
    letter.refresh_from_db()
    assert letter.outcome == "dropped"
    assert mail.outbox == []


@pytest.mark.parametrize(("about", "sent"), [("news", False), ("reminders", True), ("always", True)])
def test_a_kind_of_letter_that_is_turned_off_is_dropped(letter: Letter, now: datetime, about: str, sent: bool) -> None:
    """What is turned off when the letter leaves counts, not when it was written."""
    letter.reader.quiet = ["news"]
    letter.reader.save()
    with patch.dict(ABOUT, {"note": about}):
        assert actions.send(str(letter.pk), at=now) is sent
    letter.refresh_from_db()
    assert letter.outcome == ("sent" if sent else "dropped")
    assert len(mail.outbox) == sent


def test_case_50_a_mail_server_that_fails_is_tried_again(letter: Letter, now: datetime) -> None:
    with patch("outbox.actions.send_out", side_effect=OSError("421 try later")):
        assert not actions.send(str(letter.pk), at=now)
    letter.refresh_from_db()
    assert letter.done_at is None
    assert actions.send(str(letter.pk), at=letter.not_before)


ADDRESS = "anna.berg@example.org"
FOR_GOOD = {
    "nobody has the address": SMTPRecipientsRefused({ADDRESS: (550, b"no such user")}),
    "it looks like an advertisement": SMTPDataError(554, f"refused for {ADDRESS}".encode()),
}
NOT_YET = {
    "the box is full": SMTPRecipientsRefused({ADDRESS: (452, b"full")}),
    "our sender is refused, which is our fault": SMTPSenderRefused(550, b"who are you", ADDRESS),
    "our password is wrong": SMTPAuthenticationError(535, b"no"),
    "the server is busy": SMTPDataError(451, b"later"),
}


@pytest.mark.parametrize("error", [*FOR_GOOD.values(), *NOT_YET.values()], ids=[*FOR_GOOD, *NOT_YET])
def test_what_a_mail_server_never_wants_is_given_up_and_the_address_is_in_no_log(
    letter: Letter, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with patch("outbox.actions.send_out", side_effect=error):
        tasks.send(str(letter.pk))
    letter.refresh_from_db()
    final = error in FOR_GOOD.values()
    assert (letter.done_at is not None, letter.outcome) == (final, "failed" if final else "")
    assert letter.problem == type(error).__name__
    assert type(error).__name__ in caplog.text
    assert ADDRESS not in caplog.text


def test_a_letter_is_given_up_in_the_end_and_operators_see_it(letter: Letter, now: datetime, frozen: object) -> None:
    at = now
    with patch("outbox.actions.send_out", side_effect=OSError("no route")):
        for _ in range(actions.MOST_TRIES):
            assert not actions.send(str(letter.pk), at=at)
            letter.refresh_from_db()
            at = letter.not_before
    assert (letter.outcome, letter.problem, letter.tries) == ("failed", "OSError", actions.MOST_TRIES)
    assert timedelta(hours=24) < at - now < timedelta(hours=48)
    assert not actions.send(str(letter.pk), at=at + timedelta(days=1))
    frozen.move_to(at)  # type: ignore[attr-defined] # a traveller
    said = StringIO()
    call_command("outbox", stdout=said)
    lines = said.getvalue().splitlines()
    assert lines[:2] == ["facts that wait: 0", "letters that wait: 0"]
    assert lines[2] == "letters given up: 1, the oldest of 2026-11-24 10:30 (OSError 1)"


def test_the_folder_takes_the_same_message_once(letter: Letter, settings: object, tmp_path: object) -> None:
    settings.VAR_DIR = tmp_path
    backend = FolderBackend()
    with patch("django.core.mail.get_connection", return_value=backend):
        for _ in range(2):
            message = mail.EmailMessage("Hej", "Text", to=["a@example.org"], headers={"Message-ID": f"<{letter.pk}@x>"}, connection=backend)
            message.send()
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1
