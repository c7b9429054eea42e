"""What a jobseeker keeps: theirs alone, sealed, with a feed at a secret address."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.access import ActiveRole
from accounts.models import Membership
from audit.models import Event
from employers.models import Posting
from outbox.models import Fact, Letter
from search import actions
from search.actions import saved as saving
from search.models import Favourite, SavedSearch
from search.states import NotThere, Refused
from tests.factories.accounts import browser, role_of
from tests.factories.employers import PostingFactory
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.factories.public import heard, open_posting
from tests.factories.saved import save, tell

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
CODE, WORDS = "sens.quiet", "kanarielada"


@pytest.fixture
def member() -> Membership:
    return jobseeker_role(ProfileFactory())


@pytest.fixture
def by(member: Membership) -> ActiveRole:
    return role_of(member)


@pytest.fixture
def person(member: Membership) -> Client:
    return browser(member.user_id)


def published(at: datetime, **fields: Any) -> Posting:
    posting = open_posting(**fields)
    posting.status.published_at = at
    posting.status.save()
    heard(posting)
    return posting


def test_the_heart_keeps_a_posting_and_lets_it_go(person: Client, member: Membership) -> None:
    posting = open_posting()
    page = reverse("posting", args=[posting.pk])
    assert "Spara platsen" in person.get(page).content.decode()
    heart = reverse("favourite", args=[posting.pk])
    for _ in range(2):
        answer = person.post(heart, {"keep": "1"})
        assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert Favourite.objects.get().user_id == member.user_id
    assert "Ta bort från min lista" in person.get(page).content.decode()
    assert posting.title in person.get(reverse("saved")).content.decode()
    person.post(heart, {"keep": "0"})
    assert not Favourite.objects.exists()
    assert [one.subject for one in Event.objects.filter(what__startswith="favourite").order_by("pk")] == ["favourite", "favourite"]


def test_a_closed_favourite_says_so_and_can_be_removed(person: Client, by: ActiveRole, now: datetime) -> None:
    posting = open_posting(title="Stängd sedan dess")
    actions.keep(posting.pk, by=by, at=now)
    heard(posting, "filled")
    page = person.get(reverse("saved")).content.decode()
    assert "Stängd sedan dess" in page
    assert "Inte längre öppen." in page
    assert person.post(reverse("favourite", args=[posting.pk]), {"keep": "0", "next": "saved"}).headers["Location"] == reverse("saved")
    assert not Favourite.objects.exists()


def test_nobody_else_sees_a_heart_or_has_one(client: Client, by: ActiveRole) -> None:
    posting, draft = open_posting(), PostingFactory()
    page = client.get(reverse("posting", args=[posting.pk]))
    assert "Spara platsen" not in page.content.decode()
    assert not page.cookies
    assert client.post(reverse("favourite", args=[posting.pk]), {"keep": "1"}).status_code == 302
    with pytest.raises(NotThere):
        actions.keep(draft.pk, by=by, at=posting.status.published_at)


def test_there_is_an_end_to_what_one_person_keeps(by: ActiveRole, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "MOST_FAVOURITES", 1)
    monkeypatch.setattr(saving, "MOST_SEARCHES", 1)
    actions.keep(open_posting().pk, by=by, at=now)
    save(by, now)
    with pytest.raises(Refused):
        actions.keep(open_posting().pk, by=by, at=now)
    with pytest.raises(Refused):
        save(by, now, query="kind=job")
    assert save(by, now, often="week").often == "week", "the same one again is no more"


@pytest.mark.usefixtures("needs")
def test_a_search_that_names_offers_is_kept_only_with_a_yes(person: Client) -> None:
    page = f"{reverse('save_search')}?offer={CODE}&q={WORDS}&page=3&stranger=1"
    told = person.get(page).content.decode()
    assert "Sökningen säger vad en arbetsplats erbjuder. Vill du ändå spara den på ditt konto?" in told
    assert "checked" not in re.findall(r"<input[^>]*name=\"yes\"[^>]*>", told)[0]
    assert "Fel: " in person.post(page, {"often": "day"}).content.decode()
    assert not SavedSearch.objects.exists()
    assert person.post(page, {"often": "day", "yes": "on"}).headers["Location"] == reverse("saved")
    assert SavedSearch.objects.get().query == f"q={WORDS}&offer={CODE}"
    assert f"”{WORDS}”" in person.get(reverse("saved")).content.decode()


def test_a_search_without_offers_asks_nothing_more(person: Client) -> None:
    listed = person.get(f"{reverse('postings')}?kind=trial").content.decode()
    assert f'href="{reverse("save_search")}?kind=trial"' in listed
    page = f"{reverse('save_search')}?kind=trial"
    assert 'name="yes"' not in person.get(page).content.decode()
    person.post(page, {"often": "never"})
    assert SavedSearch.objects.get().often == "never"


@pytest.mark.usefixtures("needs")
def test_nothing_of_a_search_is_anywhere_but_sealed(person: Client, member: Membership, now: datetime) -> None:
    page = f"{reverse('save_search')}?offer={CODE}&q={WORDS}"
    person.post(page, {"often": "day", "yes": "on"})
    saved = SavedSearch.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM search_savedsearch")
        row = [bytes(one) if isinstance(one, memoryview) else one for one in cursor.fetchone()]
    for word in (CODE, WORDS, saved.key):
        assert word not in str(row)
        assert not [one for one in Event.objects.values_list() if word in str(one)]
        assert not [one for one in Fact.objects.values_list() if word in str(one)]
        for name in ("people", "advisor_home"):
            assert word not in browser(member.user.profile.advisor_id).get(reverse(name)).content.decode()
    assert browser(member.user.profile.advisor_id).get(reverse("saved")).status_code == 403


def test_another_persons_search_is_not_there(by: ActiveRole, now: datetime) -> None:
    saved = save(by, now)
    other = jobseeker_role(ProfileFactory())
    for name in ("saved_search", "saved_search_feed", "saved_search_remove"):
        assert browser(other.user_id).post(reverse(name, args=[saved.pk]), {"often": "never"}).status_code == 404
    assert SavedSearch.objects.get().often == "day"


def test_the_feed_has_a_secret_address_that_can_be_changed(person: Client, by: ActiveRole, client: Client, now: datetime) -> None:
    saved = save(by, now)
    posting, other = open_posting(title="Praktik i flödet"), open_posting(title="Jobb utanför", kind="job")
    address = reverse("saved_feed", args=[saved.key])
    assert address in person.get(reverse("saved_search", args=[saved.pk])).content.decode()
    answer = client.get(address)
    feed = answer.content.decode()
    assert posting.title in feed
    assert other.title not in feed
    assert "kind=" not in feed
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("private", "noindex")
    person.post(reverse("saved_search_feed", args=[saved.pk]))
    gone, wrong = client.get(address), client.get(reverse("saved_feed", args=["guess"]))
    assert (gone.status_code, wrong.status_code) == (404, 404)
    assert gone.content.decode().replace(saved.key, "guess") == wrong.content.decode()
    assert client.get(reverse("saved_feed", args=[SavedSearch.objects.get().key])).status_code == 200


def test_removed_is_gone_with_its_letter(person: Client, by: ActiveRole, now: datetime) -> None:
    saved = save(by, now)
    published(now + timedelta(hours=1))
    tell(now + timedelta(days=1))
    person.post(reverse("saved_search_remove", args=[saved.pk]))
    assert not SavedSearch.objects.exists()
    assert not Letter.objects.exists()


def test_the_page_asks_as_often_for_many_as_for_few(person: Client, by: ActiveRole, now: datetime, django_assert_num_queries: Any) -> None:
    def fill(count: int) -> int:
        for n in range(count):
            actions.keep(open_posting().pk, by=by, at=now)
            save(by, now, query=f"q={count}{n}")
        with connection.execute_wrapper(lambda run, *given: (asked.append(1), run(*given))[1]):
            asked.clear()
            person.get(reverse("saved"))
        return len(asked)

    asked: list[int] = []
    fill(1)
    assert fill(2) == fill(5)
