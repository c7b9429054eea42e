"""A posting that nobody speaks of: asked about twice, ended, and opened again. Time comes from the edge."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.access import ActiveRole
from accounts.models import Membership
from audit.models import Event
from employers import actions
from employers.models import Posting, PostingStatus
from employers.queries import missing, waiting_for, working_copy
from employers.queries.lasting import asked_by, ends_on, link_for
from employers.signals import POSTING_CLOSED, POSTING_PUBLISHED
from employers.states import NotThere, PostingState, Refused
from outbox import actions as outbox
from outbox.models import Fact, Letter
from tests.factories.accounts import role_of
from tests.factories.employers import PostingFactory, employer_member

pytestmark = pytest.mark.django_db
SignIn = Callable[[Membership], Client]


def status_of(posting: Posting) -> PostingStatus:
    return PostingStatus.objects.get(pk=posting.pk)


def sent(at: datetime) -> None:
    for letter in Letter.objects.filter(kind="still_valid", done_at=None):
        outbox.send(str(letter.pk), at=at)


def days(now: datetime, n: int) -> datetime:
    return now + timedelta(days=n)


@pytest.fixture
def published(published: Posting, now: datetime) -> Posting:
    """Wagtail publishes by its own clock."""
    PostingStatus.objects.filter(pk=published.pk).update(confirmed_at=now)
    return published


@pytest.fixture
def asked(published: Posting, now: datetime) -> Posting:
    """Public for 45 days, and asked about once."""
    actions.ask_if_valid(at=days(now, 45))
    return published


def test_asked_at_45_and_60_days_and_ended_two_weeks_later(published: Posting, by: ActiveRole, now: datetime) -> None:
    told = []
    for n in range(80):
        at = days(now, n)
        told += [("ended", n)] * actions.expire(at=at) + [("asked", n)] * actions.ask_if_valid(at=at)
        told += [("asked", n)] * actions.ask_if_valid(at=at)
        sent(at)
    assert told == [("asked", 45), ("asked", 60), ("ended", 74)]
    status = status_of(published)
    assert (status.state, status.reminders, status.asked_at) == (PostingState.EXPIRED, 0, None)
    assert Event.objects.get(what="posting_moved", after="expired").why == "silent"
    assert Fact.objects.filter(name=POSTING_CLOSED).exists()
    assert len([one for one in mail.outbox if "/employers/still-valid/" in one.body]) == 2


def test_a_worker_that_was_down_leaves_time_between_the_letters(published: Posting, now: datetime) -> None:
    told = []
    for n in range(200, 240):
        told += [("ended", n)] * actions.expire(at=days(now, n)) + [("asked", n)] * actions.ask_if_valid(at=days(now, n))
        sent(days(now, n))
    assert told == [("asked", 200), ("asked", 210), ("ended", 224)]


def test_an_answer_starts_the_time_again(asked: Posting, by: ActiveRole, now: datetime) -> None:
    actions.still_valid(asked.pk, by=by, at=days(now, 50))
    status = status_of(asked)
    assert (status.reminders, status.confirmed_at) == (0, days(now, 50))
    assert Letter.objects.get(kind="still_valid").outcome == "dropped", "a letter that still waits is called off"
    actions.still_valid(asked.pk, by=by, at=days(now, 50))
    assert actions.ask_if_valid(at=days(now, 94)) == 0
    assert actions.ask_if_valid(at=days(now, 95)) == 1


def test_an_ad_that_a_feed_brings_is_its_sources_and_one_imported_once_is_asked_about(
    published: Posting, by: ActiveRole, now: datetime
) -> None:
    Posting.objects.filter(pk=published.pk).update(source="jobtech", source_id="1")
    PostingStatus.objects.filter(pk=published.pk).update(followed=True)
    assert actions.ask_if_valid(at=days(now, 100)) == 0
    actions.save_step(published.pk, 3, {"title": "Plocka och packa"}, by=by, at=days(now, 100))
    actions.submit_posting(published.pk, by=by, at=days(now, 100))
    assert not status_of(published).followed, "the employer works on it here: the source says nothing of it any more"
    assert actions.ask_if_valid(at=days(now, 100)) == 1


def test_a_posting_that_rests_is_not_asked_about(asked: Posting, by: ActiveRole, now: datetime) -> None:
    actions.pause(asked.pk, by=by, at=days(now, 46))
    assert actions.ask_if_valid(at=days(now, 100)) == actions.expire(at=days(now, 100)) == 0
    sent(days(now, 100))
    assert mail.outbox == []
    with pytest.raises(Refused, match="state"):
        actions.still_valid(asked.pk, by=by, at=days(now, 101))
    actions.resume(asked.pk, by=by, at=days(now, 101))
    assert actions.ask_if_valid(at=days(now, 145)) == 0, "opening it again says that it is open"


def test_the_letter_goes_to_who_acts_for_the_employer_when_it_leaves(asked: Posting, member: Membership, now: datetime) -> None:
    other = employer_member(asked.employer)
    outbox.post("still_valid", reader_id=other.user_id, at=days(now, 45), about=asked.pk)
    other.until = now
    other.save()
    sent(days(now, 45))
    assert [one.to for one in mail.outbox] == [[member.user.email]]
    assert asked.title not in mail.outbox[0].subject + mail.outbox[0].body


def address_in_the_letter() -> str:
    found = re.search(r"http://testserver(/\S+/still-valid/\S+)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def test_the_link_opens_one_page_with_one_button_and_a_look_changes_nothing(asked: Posting, client: Client) -> None:
    outbox_at = status_of(asked).asked_at
    assert outbox_at is not None
    sent(outbox_at)
    address, before = address_in_the_letter(), Event.objects.count()
    for _ in range(2):
        page = client.get(address)
        assert page.status_code == 200
        assert client.head(address).status_code == 200
    assert (status_of(asked).reminders, Event.objects.count()) == (1, before)
    assert page.content.decode().count('type="submit"') - page.content.decode().count("data-variant") <= 1
    client.post(address)
    assert status_of(asked).reminders == 0
    assert "Är platsen öppen" not in client.post(address).content.decode(), "pressed twice"
    assert Event.objects.filter(what="posting_still_valid").count() == 1


def test_a_link_that_is_bent_old_or_of_somebody_who_left_is_gone(asked: Posting, member: Membership, client: Client, now: datetime) -> None:
    link = link_for(asked.pk, member.pk)
    other = employer_member(PostingFactory(published=True).employer)
    for bad in (link[:-1], f"x{link}", "x", link_for(asked.pk, other.pk), link_for(asked.pk, 0)):
        assert client.post(f"/sv/employers/still-valid/{bad}/").status_code == 410
    assert asked_by(link, at=days(now, 45)) is not None
    member.until = days(now, 45)
    member.save()
    assert asked_by(link, at=days(now, 46)) is None
    assert status_of(asked).reminders == 1


def test_one_press_on_the_start_page(asked: Posting, member: Membership, signed_in: SignIn) -> None:
    client = signed_in(member)
    assert [one.pk for one, _ in waiting_for(asked.employer_id, manages=True).asked] == [asked.pk]
    body = client.get("/sv/employer/").content.decode()
    address = f"/sv/employer/postings/{asked.pk}/move/still-valid/"
    assert f'action="{address}"' in body
    assert f'action="{address}"' in client.get(f"/sv/employer/postings/{asked.pk}/").content.decode()
    client.post(address)
    assert status_of(asked).reminders == 0
    assert address not in client.get("/sv/employer/").content.decode()


def test_the_page_says_the_day_on_which_it_ends(asked: Posting, now: datetime) -> None:
    assert ends_on(status_of(asked)) == days(now, 74).date()
    actions.ask_if_valid(at=days(now, 62))
    assert ends_on(status_of(asked)) == days(now, 76).date()


def test_the_last_day_moves_without_an_editor_and_what_is_approved_stands(published: Posting, by: ActiveRole, now: datetime) -> None:
    before = status_of(published).published_hash
    later = days(now, 30).date()
    actions.extend(published.pk, later, by=by, at=now)
    published.refresh_from_db()
    status = status_of(published)
    assert (published.last_day, status.expires_on, working_copy(published).last_day) == (later, later, later)
    assert status.published_hash == published.content_hash() == before
    assert not published.has_unpublished_changes
    assert Fact.objects.filter(name=POSTING_PUBLISHED).count() > 1
    for day, code in ((days(now, -1), "over"), (days(now, 200), "too_far")):
        with pytest.raises(Refused, match=code):
            actions.extend(published.pk, day.date(), by=by, at=now)


def test_a_later_last_day_reaches_words_that_wait(published: Posting, by: ActiveRole, now: datetime) -> None:
    actions.save_step(published.pk, 3, {"title": "Ny rubrik"}, by=by, at=now)
    actions.extend(published.pk, days(now, 9).date(), by=by, at=now)
    published.refresh_from_db()
    assert (working_copy(published).title, working_copy(published).last_day) == ("Ny rubrik", days(now, 9).date())
    assert published.title != "Ny rubrik"


def test_what_has_ended_opens_again_with_a_new_day(
    published: Posting, by: ActiveRole, member: Membership, signed_in: SignIn, now: datetime
) -> None:
    actions.extend(published.pk, now.date(), by=by, at=now)
    actions.expire(at=days(now, 1))
    assert status_of(published).state == PostingState.EXPIRED
    with pytest.raises(Refused, match="over"):
        actions.resume(published.pk, by=by, at=days(now, 1))
    client = signed_in(member)
    assert client.get(f"/sv/employer/postings/{published.pk}/extend/").status_code == 200
    wrong = client.post(f"/sv/employer/postings/{published.pk}/extend/", {"last_day": "2020-01-01"})
    assert "ds-error-summary" in wrong.content.decode()
    client.post(f"/sv/employer/postings/{published.pk}/extend/", {"last_day": ""})
    status = status_of(published)
    assert (status.state, status.expires_on) == (PostingState.PUBLISHED, None)


def test_a_copy_is_a_draft_with_the_newest_words(
    published: Posting, by: ActiveRole, member: Membership, signed_in: SignIn, now: datetime
) -> None:
    actions.extend(published.pk, days(now, 9).date(), by=by, at=now)
    actions.save_step(published.pk, 3, {"title": "Ny rubrik"}, by=by, at=now)
    client = signed_in(member)
    assert client.get(f"/sv/employer/postings/{published.pk}/copy/").status_code == 200
    client.post(f"/sv/employer/postings/{published.pk}/copy/")
    made = Posting.objects.exclude(pk=published.pk).get()
    assert (made.title, made.tasks, made.last_day, made.live) == ("Ny rubrik", published.tasks, None, False)
    assert (made.status.state, missing(made)) == (PostingState.DRAFT, ())
    actions.submit_posting(made.pk, by=by, at=now)


def test_strangers_find_nothing(asked: Posting, stranger: Membership, now: datetime) -> None:
    other = role_of(stranger)
    for attempt in (
        lambda: actions.still_valid(asked.pk, by=other, at=now),
        lambda: actions.extend(asked.pk, None, by=other, at=now),
        lambda: actions.copy_posting(asked.pk, by=other, at=now),
    ):
        with pytest.raises(NotThere):
            attempt()


def test_the_database_asks_only_about_open_postings(draft: Posting, now: datetime) -> None:
    for wrong in ({"reminders": 1, "asked_at": now}, {"reminders": 1, "asked_at": None, "state": "published"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PostingStatus.objects.filter(pk=draft.pk).update(**wrong)
