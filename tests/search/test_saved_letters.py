"""Letters about saved searches: one when there is something new, none otherwise, and an end by one click."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.access import ActiveRole
from accounts.models import Membership
from employers.models import Posting
from outbox import actions as outbox
from outbox.models import Letter
from search import actions
from search.actions import telling
from search.letters import LEAVE
from search.models import SavedSearch
from tests.factories.accounts import role_of
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.factories.public import heard, open_posting
from tests.factories.saved import save, tell

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def member() -> Membership:
    return jobseeker_role(ProfileFactory())


@pytest.fixture
def by(member: Membership) -> ActiveRole:
    return role_of(member)


def published(at: datetime, **fields: Any) -> Posting:
    posting = open_posting(**fields)
    posting.status.published_at = at
    posting.status.save()
    heard(posting)
    return posting


def deliver(at: datetime) -> Any:
    mail.outbox.clear()
    for letter in outbox.waiting(Letter, at=at):
        outbox.send(letter, at=at)
    return mail.outbox


def test_one_letter_when_there_is_something_new_and_none_otherwise(by: ActiveRole, now: datetime) -> None:
    published(now - timedelta(days=3))
    save(by, now)
    save(by, now, query="kind=trial&q=lager")
    assert tell(now + timedelta(hours=25)) == 0, "nothing was published since"
    published(now + timedelta(hours=30))
    assert tell(now + timedelta(hours=31)) == 0, "a day has not passed"
    assert tell(now + timedelta(hours=50)) == 1
    assert tell(now + timedelta(hours=50)) == 0
    assert tell(now + timedelta(hours=80)) == 0, "it was told of"
    (letter,) = deliver(now + timedelta(hours=80))
    assert letter.subject == "Du har något nytt att läsa"
    assert "lager" not in letter.message().as_string()
    assert reverse("saved") in letter.body


def test_a_week_is_a_week_and_never_is_never(by: ActiveRole, now: datetime) -> None:
    weekly, silent = save(by, now, often="week"), save(by, now, query="q=x", often="never")
    published(now + timedelta(hours=1))
    assert tell(now + timedelta(days=2)) == 0
    assert tell(now + timedelta(days=7)) == 1
    assert Letter.objects.get().about == weekly.pk
    actions.choose_often(silent.pk, "day", by=by, at=now + timedelta(days=8))
    assert tell(now + timedelta(days=10)) == 0, "what came out before the letters were wanted is not told of"


def test_what_the_index_may_not_know_yet_is_told_of_the_next_time(by: ActiveRole, now: datetime) -> None:
    save(by, now)
    published(now + timedelta(days=1) - timedelta(minutes=5))
    assert tell(now + timedelta(days=1)) == 0
    assert tell(now + timedelta(days=2)) == 1


def test_killed_between_two_people_each_gets_one_letter(by: ActiveRole, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    second = role_of(jobseeker_role(ProfileFactory()))
    save(by, now)
    save(second, now)
    published(now + timedelta(hours=1))
    later, write, calls = now + timedelta(days=1), telling._write_down, []

    def killed(*given: Any) -> bool:
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return write(*given)

    monkeypatch.setattr(telling, "_write_down", killed)
    with pytest.raises(KeyboardInterrupt):
        tell(later)
    monkeypatch.undo()
    assert Letter.objects.count() == 1
    assert tell(later + timedelta(minutes=15)) == 1
    assert sorted(Letter.objects.values_list("reader_id", flat=True)) == sorted([by.user_id, second.user_id])


def test_who_looked_twice_at_once_writes_one_letter(by: ActiveRole, now: datetime) -> None:
    saved = save(by, now)
    later = now + timedelta(days=2)
    assert telling._write_down([saved], [saved], later)
    assert not telling._write_down([saved], [saved], later + timedelta(days=3)), "what was read is old by now"
    assert Letter.objects.count() == 1


def test_one_click_ends_the_letters_and_a_look_does_not(by: ActiveRole, member: Membership, now: datetime) -> None:
    save(by, now)
    published(now + timedelta(hours=1))
    tell(now + timedelta(days=1))
    (letter,) = deliver(now + timedelta(days=1))
    headers = letter.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    strict = Client(enforce_csrf_checks=True)
    assert "Stoppa breven" in strict.get(path).content.decode()
    assert SavedSearch.objects.get().often == "day"
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert SavedSearch.objects.get().often == "never", "what was saved stays"
    assert "Du får inga fler brev" in strict.get(path).content.decode()
    for wrong in (LEAVE.sign("nobody"), str(member.user_id)):
        assert strict.post(reverse("leave_saved", args=[wrong])).status_code == 404


def test_a_letter_that_waits_is_dropped_when_it_is_not_wanted_any_more(by: ActiveRole, member: Membership, now: datetime) -> None:
    saved = save(by, now)
    published(now + timedelta(hours=1))
    tell(now + timedelta(days=1))
    actions.choose_often(saved.pk, "never", by=by, at=now)
    assert deliver(now + timedelta(days=1)) == []
    actions.choose_often(saved.pk, "day", by=by, at=now)
    member.until = now + timedelta(days=1)
    member.save()
    published(now + timedelta(days=2))
    assert tell(now + timedelta(days=3)) == 0, "no jobseeker any more"
