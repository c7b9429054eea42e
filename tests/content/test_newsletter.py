"""The newsletter: a double yes, one click to leave, and each reader exactly one letter, whatever happens on the way."""

import re
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Membership
from content import actions, queries
from content.letters import LEAVE
from content.models import Delivery, IssuePage, Mailing, NewsPage, Sent, Subscriber
from content.states import Refused
from outbox import actions as outbox
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory, browser
from tests.factories.content import write

pytestmark = pytest.mark.django_db
WAYS = {"email": "elin@example.org", "audience": "anyone"}


def readers(count: int, now: datetime, **given: Any) -> list[Subscriber]:
    values = {"language": "sv", "audience": "anyone", "asked_at": now, "confirmed_at": now, **given}
    return Subscriber.objects.bulk_create(Subscriber(email=f"reader{n}@example.org", **values) for n in range(count))


def issue(title: str = "Höstens brev", **given: Any) -> IssuePage:
    page = write(NewsPage, "Växthuset öppnar", slug="vaxthuset")
    made: IssuePage = write(IssuePage, title, slug="host", pages=[("page", page)], **given)
    return made


def send_all(mailing: Mailing, at: datetime) -> int:
    return sum(iter(lambda: actions.send_batch(mailing.pk, at=at), 0))


def deliver(at: datetime) -> Any:
    mail.outbox.clear()
    for letter in outbox.waiting(Letter, at=at):
        outbox.send(letter, at=at)
    return mail.outbox


def test_nothing_comes_before_the_button_behind_the_link_is_pressed(client: Client, now: datetime) -> None:
    page = client.get("/sv/newsletter/")
    assert not page.cookies
    answer = client.post("/sv/newsletter/", WAYS, follow=True)
    assert "Om adressen kan få brevet har vi skickat en länk att bekräfta med." in answer.content.decode()
    (letter,) = deliver(datetime.now(tz=now.tzinfo))
    assert (letter.to, letter.subject) == (["elin@example.org"], "Bekräfta din adress")
    path = re.findall(r"http://testserver(/sv/newsletter/confirm/\S+)", letter.body)[0]
    assert "Ja, skicka mig brevet" in client.get(path).content.decode()
    assert Subscriber.objects.receiving().count() == 0
    assert "Du får nyhetsbrevet" in client.post(path, follow=True).content.decode()
    assert Subscriber.objects.receiving().count() == 1
    assert client.get("/sv/newsletter/confirm/wrong/").status_code == 404


def test_a_known_and_an_unknown_address_are_answered_alike(client: Client, now: datetime) -> None:
    readers(1, now)
    known = client.post("/sv/newsletter/", {**WAYS, "email": "Reader0@example.org"}, follow=True)
    unknown = client.post("/sv/newsletter/", WAYS, follow=True)
    assert known.content == unknown.content
    assert known.redirect_chain == unknown.redirect_chain
    bodies = {re.sub(r"confirm/\S+", "", letter.body) for letter in deliver(datetime.now(tz=now.tzinfo))}
    assert len(bodies) == 1


def test_errors_say_what_to_write(client: Client) -> None:
    page = client.post("/sv/newsletter/", {"email": "elin"}).content.decode()
    assert "Fel: " in page
    assert "Välj ett av breven" in page


def test_one_click_in_the_mail_program_ends_it_and_a_look_does_not(client: Client, now: datetime) -> None:
    readers(2, now)
    mailing = actions.start_mailing(issue().pk, by=None, at=now)
    send_all(mailing, now)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    client.get(path)
    assert Subscriber.objects.count() == 2
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscriber.objects.count() == 1
    assert "Du får inga fler brev" in client.get(path).content.decode()
    assert client.get(f"/sv/newsletter/leave/{LEAVE.sign('nobody')}/").status_code == 404


def test_each_reader_gets_one_letter_in_their_language(now: datetime) -> None:
    first = issue()
    twin = actions.translate(first, "nb", values={"title": "Høstens brev"})
    twin.publish(twin.save_revision())
    readers(3, now)
    Subscriber.objects.filter(email="reader1@example.org").update(language="nb")
    mailing = actions.start_mailing(first.pk, by=None, at=now)
    assert send_all(mailing, now) == 3
    subjects = {letter.to[0]: letter.subject for letter in mail.outbox}
    assert subjects == {"reader0@example.org": "Höstens brev", "reader1@example.org": "Høstens brev", "reader2@example.org": "Höstens brev"}
    assert "Växthuset öppnar" in mail.outbox[0].body
    assert Mailing.objects.get().done_at is not None
    with pytest.raises(Refused):
        actions.start_mailing(twin.pk, by=None, at=now)


def test_an_issue_for_employers_goes_to_them_alone(now: datetime) -> None:
    readers(2, now)
    Subscriber.objects.filter(email="reader1@example.org").update(audience="employer")
    mailing = actions.start_mailing(issue(audience="employer").pk, by=None, at=now)
    assert [one.subscriber.email for one in mailing.deliveries.all()] == ["reader1@example.org"]


def test_a_draft_is_not_sent(now: datetime) -> None:
    with pytest.raises(Refused):
        actions.start_mailing(write(IssuePage, "Utkast", slug="utkast", live=False).pk, by=None, at=now)


def test_who_leaves_while_it_is_sent_gets_nothing(now: datetime) -> None:
    made = readers(2, now)
    mailing = actions.start_mailing(issue().pk, by=None, at=now)
    actions.leave(made[0].pk, at=now)
    send_all(mailing, now)
    assert [letter.to for letter in mail.outbox] == [["reader1@example.org"]]


def test_a_letter_that_another_worker_holds_is_not_sent_twice(now: datetime) -> None:
    readers(5, now)
    mailing = actions.start_mailing(issue().pk, by=None, at=now)
    Delivery.objects.update(leased_until=now + timedelta(seconds=60))
    assert actions.send_batch(mailing.pk, at=now) == 0
    assert queries.unfinished_mailings(now) == []
    assert queries.unfinished_mailings(now + timedelta(seconds=61)) == [mailing.pk], "its worker was killed"
    assert send_all(mailing, now + timedelta(seconds=61)) == 5
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == len(mail.outbox) == 5


def test_a_mail_server_slower_than_the_lease_doubles_nothing(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the second letter leaves, the lease of those behind it runs out and another worker takes them."""
    readers(5, now)
    mailing, taken, sent = actions.start_mailing(issue().pk, by=None, at=now), EmailBackend.send_messages, []

    def slow(self: EmailBackend, messages: Any) -> int:
        sent.append(messages[0].to)
        clock.shift(timedelta(seconds=35))
        if len(sent) == 2:
            assert actions.send_batch(mailing.pk, at=timezone.now()) == 3
        return int(taken(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    with time_machine.travel(now, tick=False) as clock:
        actions.send_batch(mailing.pk, at=now)
    assert sorted(letter.to[0] for letter in mail.outbox) == [f"reader{n}@example.org" for n in range(5)]


@pytest.mark.parametrize("where", ["open", "send_messages"])
def test_a_mail_server_that_is_down_for_a_day_loses_nothing(now: datetime, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    def away(*_: Any) -> None:
        raise ConnectionRefusedError

    readers(2, now)
    with time_machine.travel(now, tick=False) as clock:
        mailing = actions.start_mailing(issue().pk, by=None, at=now)
        with monkeypatch.context() as down:
            down.setattr(EmailBackend, where, away)
            for _ in range(24):
                actions.send_batch(mailing.pk, at=timezone.now())
                clock.shift(timedelta(hours=1, seconds=1))
        send_all(mailing, timezone.now())
    assert len(mail.outbox) == 2


def test_a_refused_address_fails_alone_and_the_rest_goes_on(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    readers(3, now)
    mailing = actions.start_mailing(issue().pk, by=None, at=now)
    taken = EmailBackend.send_messages

    def picky(self: EmailBackend, messages: Any) -> int:
        if messages[0].to == ["reader1@example.org"]:
            raise SMTPRecipientsRefused({"reader1@example.org": (550, b"no such user")})
        return int(taken(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", picky)
    send_all(mailing, now)
    told = queries.progress_of(IssuePage.objects.get())
    assert told is not None
    assert (told.sent, told.failed, told.done) == (2, 1, True)


REPORT = """From: MAILER-DAEMON@example.net
To: no-reply@ingang.example
Content-Type: multipart/report; report-type=delivery-status; boundary="B"
MIME-Version: 1.0

--B
Content-Type: text/plain

It did not arrive.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; example.net

Final-Recipient: rfc822; reader0@example.org
Action: {action}
Status: {status}

--B
Content-Type: text/rfc822-headers

Message-ID: <{number}@ingang.example>
Subject: x

--B--
"""


@pytest.mark.parametrize(
    ("action", "status", "stops"), [("failed", "5.1.1", True), ("delayed", "4.2.2", False), ("failed", "4.4.7", False)]
)
def test_a_delivery_report_stops_the_letter_when_it_is_final(now: datetime, tmp_path: Path, action: str, status: str, stops: bool) -> None:
    readers(1, now)
    send_all(actions.start_mailing(issue().pk, by=None, at=now), now)
    report = tmp_path / "report.eml"
    report.write_text(REPORT.format(action=action, status=status, number=Delivery.objects.get().pk))
    call_command("newsletter_bounces", str(report), stdout=StringIO())
    assert (Subscriber.objects.receiving().count() == 0) == stops


def test_a_report_about_a_letter_that_is_not_ours_stops_nothing(now: datetime, tmp_path: Path) -> None:
    (reader,) = readers(1, now)
    report = tmp_path / "report.eml"
    report.write_text(REPORT.format(action="failed", status="5.1.1", number=reader.pk))
    call_command("newsletter_bounces", str(report), stdout=StringIO())
    assert Subscriber.objects.receiving().count() == 1


def test_the_archive_holds_every_issue(client: Client) -> None:
    issue()
    assert "/sv/newsletter/host/" in client.get("/sv/newsletter/").content.decode()
    page = client.get("/sv/newsletter/host/").content.decode()
    assert "Växthuset öppnar" in page
    assert page.count("<h1>") == 1


def test_an_address_that_never_said_yes_is_forgotten(now: datetime) -> None:
    actions.ask_for_letter(email="elin@example.org", audience="anyone", language="sv", at=now)
    actions.forget_unconfirmed(at=now + timedelta(days=6))
    assert Subscriber.objects.count() == 1
    actions.forget_unconfirmed(at=now + timedelta(days=8))
    assert Subscriber.objects.count() == 0


def test_the_editor_sends_it_once_and_sees_how_far_it_is(now: datetime) -> None:
    member: Membership = MembershipFactory(editor=True)
    member.user.groups.add(Group.objects.get(name="Editors"))
    client, made = browser(member.user_id), issue()
    readers(2, now)
    where = f"/cms/newsletter/{made.pk}/"
    assert client.get(where).status_code == 200
    for _ in range(2):
        client.post(f"{where}start/")
    assert Mailing.objects.count() == 1
    send_all(Mailing.objects.get(), datetime.now(tz=now.tzinfo))
    assert 'max="2" value="2"' in client.get(where).content.decode()
    assert Delivery.objects.filter(state=Sent.SENT).count() == 2
    assert Client().post(f"{where}start/").status_code == 302
    assert browser(MembershipFactory(advisor=True).user_id).get(where).status_code == 403


def test_a_letter_without_readers_is_not_sent_and_can_be_sent_later(now: datetime) -> None:
    page, member = issue(), MembershipFactory(editor=True)
    member.user.groups.add(Group.objects.get(name="Editors"))
    client, where = browser(member.user_id), f"/cms/newsletter/{page.pk}/"
    shown = client.get(where).content.decode()
    assert f"{where}start/" not in shown
    client.post(f"{where}start/")
    assert not Mailing.objects.exists()
    readers(1, now)
    assert f"{where}start/" in client.get(where).content.decode()
    client.post(f"{where}start/")
    assert Mailing.objects.get().total == 1
