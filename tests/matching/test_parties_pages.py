"""The jobseeker's and the employer's pages: talk first, nothing like this, words that ask too much, cards to answer."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.access import TERMS_VERSION
from accounts.models import Terms
from audit.models import Event, Read
from employers.models import Posting
from matching import actions, engine
from matching.models import Approval, Introduction, Suggestion
from outbox.models import Fact, Letter
from taxonomy.models import Concept, Kind
from tests.factories.accounts import browser
from tests.factories.matching import Pair, make_pair

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def pair() -> Pair:
    return make_pair()


@pytest.fixture
def person(pair: Pair) -> Client:
    return browser(pair.jobseeker.user_id)


@pytest.fixture
def employer(pair: Pair, now: datetime) -> Client:
    Terms.objects.create(user_id=pair.member.user_id, version=TERMS_VERSION, at=now)
    return browser(pair.member.user_id)


def test_talk_first_tells_the_advisor_and_decides_nothing(pair: Pair, person: Client, now: datetime) -> None:
    pair.approve(now)
    person.post(reverse("my_consent", args=[pair.suggestion.pk]), {"answer": "talk"})
    assert Approval.objects.get().talk_at == now
    assert Suggestion.objects.get().state == "approved"
    assert Letter.objects.filter(reader_id=pair.advisor.user_id, kind="something_new").count() == 1
    page = person.get(reverse("my_suggestion", args=[pair.suggestion.pk])).content.decode()
    assert f"{pair.profile.advisor.first_name} vet att du vill prata först" in page
    advisor = browser(pair.advisor.user_id).get(reverse("suggestion", args=[pair.suggestion.pk])).content.decode()
    assert "vill prata med dig först" in advisor


def test_nothing_like_this_and_back_again(pair: Pair, person: Client, now: datetime) -> None:
    gardener = Concept.objects.create(key="gardener", kind=Kind.OCCUPATION)
    pair.posting.occupation = gardener
    pair.posting.save()
    Suggestion.objects.update(posting_hash=pair.posting.content_hash())
    pair.posting.status.published_hash = pair.posting.content_hash()
    pair.posting.status.save()
    pair.approve(now)
    address = reverse("my_similar", args=[pair.suggestion.pk])
    assert person.post(address, {"hide": "1"}).status_code == 409  # nothing has been answered yet
    person.post(reverse("my_consent", args=[pair.suggestion.pk]), {"answer": "no"})
    assert 'name="hide"' in person.get(reverse("my_declined", args=[pair.suggestion.pk])).content.decode()
    person.post(address, {"hide": "1"})
    assert engine.person_of(pair.profile).not_again == {"gardener"}
    Posting.objects.filter(pk=pair.posting.pk).update(occupation=None)  # what was meant is what the posting said then
    assert engine.person_of(pair.profile).not_again == {"gardener"}
    assert Fact.objects.filter(name="profile_changed", receiver="matching.receivers.profile_changed").count() == 1
    assert Event.objects.filter(what="similar_asked", after="hide").count() == 1
    assert person.get(reverse("my_suggestions")).context["hidden"] == [Suggestion.objects.get()]
    person.post(address)
    assert engine.person_of(pair.profile).not_again == frozenset()


def test_case_9_only_the_person_says_what_is_like_this(pair: Pair, now: datetime) -> None:
    pair.approve(now)
    actions.decline(pair.suggestion.pk, by=pair.jobseeker, at=now)
    stranger = browser(make_pair().jobseeker.user_id)
    assert stranger.post(reverse("my_similar", args=[pair.suggestion.pk]), {"hide": "1"}).status_code == 404
    assert stranger.get(reverse("my_similar", args=[pair.suggestion.pk])).status_code == 405
    assert not Suggestion.objects.get(pk=pair.suggestion.pk).no_similar


def test_my_yeses_say_when_the_card_was_last_read(pair: Pair, person: Client, employer: Client, now: datetime) -> None:
    door = pair.introduce(now)
    assert "De har inte läst det än." in person.get(reverse("my_consents")).content.decode()
    employer.get(reverse("employer_introduction", args=[door.pk]))
    assert "De läste det senast" in person.get(reverse("my_consents")).content.decode()


def test_a_card_waits_on_the_employers_start_page_without_a_name(pair: Pair, employer: Client, now: datetime) -> None:
    assert "Svara på ett kort" not in employer.get(reverse("employer_home")).content.decode()
    door = pair.introduce(now)
    page = employer.get(reverse("employer_home")).content.decode()
    assert "Svara på ett kort" in page
    assert pair.profile.first_name not in page
    actions.answer(door.pk, by=pair.member, at=now, choice="talk")
    assert "Svara på ett kort" not in employer.get(reverse("employer_home")).content.decode()


def test_the_list_of_cards_is_a_look_at_each_person(pair: Pair, employer: Client, now: datetime) -> None:
    pair.introduce(now)
    employer.get(reverse("employer_introductions"))
    assert Read.objects.filter(profile_id=pair.profile.pk, page="introductions", role="employer").count() == 1


@pytest.mark.parametrize("name", ["employer_introduction", "answer_introduction"])
def test_before_the_promise_no_card_opens_and_no_answer_goes(pair: Pair, now: datetime, name: str) -> None:
    door = pair.introduce(now)
    client = browser(pair.member.user_id)
    for answer in (
        client.get(reverse(name, args=[door.pk])),
        client.post(reverse(name, args=[door.pk]), {"choice": "talk", "words": "Hej"}),
    ):
        assert answer.status_code == 302
        assert "/account/terms/" in answer.headers["Location"]
    door.refresh_from_db()
    assert door.answered_at is None
    assert not Read.objects.filter(page="card").exists()


@pytest.mark.parametrize("asked", ["Har du barn?", "Varför är du sjukskriven?", "Varifrån kommer du?", "Do you pray at work?"])
def test_an_employers_question_on_private_things_is_pointed_out(pair: Pair, employer: Client, now: datetime, asked: str) -> None:
    door = pair.introduce(now)
    address = reverse("employer_introduction", args=[door.pk])
    first = employer.post(address, {"words": asked})
    assert first.status_code == 200
    assert first.context["form"].errors["words"]
    assert asked in first.content.decode()
    assert 'name="keep"' in first.content.decode()
    assert not door.messages.exists()
    proposal = employer.post(reverse("answer_introduction", args=[door.pk]), {"choice": "meet", "proposal": f"Tisdag 13. {asked}"})
    assert proposal.context["form"].errors["proposal"]
    assert Introduction.objects.get().answered_at is None


def test_the_jobseekers_own_words_are_their_own(pair: Pair, person: Client, now: datetime) -> None:
    door = pair.introduce(now)
    person.post(reverse("my_introduction", args=[door.pk]), {"words": "Jag har varit sjukskriven men är pigg nu."})
    assert door.messages.count() == 1
