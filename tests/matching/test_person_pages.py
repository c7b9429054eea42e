"""The person's pages: one thing to do, a no of their own, what came of what they wanted, and the contact with an employer."""

import re
from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from jobseekers.models import Profile
from matching import actions
from matching.models import Interest, Introduction, Message, Suggestion
from taxonomy.models import Concept, Kind
from tests.factories.employers import PostingFactory
from tests.factories.matching import Pair, make_pair, suggestion_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TIMES = "Tisdag 1 december klockan 13"
REASON = "Vi söker andra kunskaper"


@pytest.fixture
def pair() -> Pair:
    return make_pair()


@pytest.fixture
def person(pair: Pair) -> Client:
    client = Client()
    client.force_login(Membership.objects.get(user_id=pair.jobseeker.user_id).user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def another(pair: Pair, title: str = "En plats till") -> Pair:
    """The same person with another posting."""
    other = make_pair()
    other.posting.title = title
    other.posting.save()
    other.posting.status.published_hash = other.posting.content_hash()
    other.posting.status.save()
    found = suggestion_of(other.posting, pair.profile)
    return Pair(found, other.posting, pair.profile, other.employer, pair.advisor, pair.jobseeker, other.member)


def main_of(answer: object) -> BeautifulSoup:
    main = BeautifulSoup(answer.content, "html.parser").find("main")  # type: ignore[attr-defined]
    assert main is not None
    return main


def words_of(answer: object) -> str:
    return re.sub(r"\s+", " ", main_of(answer).get_text(" "))


def test_today_holds_one_thing_and_at_most_three_more(pair: Pair, person: Client, now: datetime) -> None:
    doors = [another(pair) for _ in range(4)]
    for one in doors:
        one.introduce(now)
    pair.approve(now)
    shown = person.get(reverse("today")).context["today"]
    assert (shown.act.kind, shown.act.approval.suggestion_id) == ("card", pair.suggestion.pk)
    assert [one.kind for one in shown.then] == ["door", "door", "door"]
    actions.answer(Introduction.objects.get(suggestion=doors[0].suggestion).pk, by=doors[0].member, at=now, choice="meet", proposal=TIMES)
    assert [one.kind for one in person.get(reverse("today")).context["today"].then] == ["times", "door", "door"]
    actions.decline(pair.suggestion.pk, by=pair.jobseeker, at=now)
    answer = person.get(reverse("today"))
    assert answer.context["today"].act.kind == "times"
    assert TIMES in words_of(answer)
    assert len(main_of(answer).select(".ds-button:not([data-variant])")) == 1


def test_today_with_nothing_to_do_is_a_calm_sentence(pair: Pair, person: Client, now: datetime) -> None:
    pair.profile.skills.create(concept=Concept.objects.create(key="cook", kind=Kind.SKILL), added_at=now)
    Profile.objects.update(languages=[{"code": "so", "level": "C2"}])
    answer = person.get(reverse("today"))
    assert answer.context["today"].act is None
    assert [one.kind for one in answer.context["today"].then] == ["needs", "postings"]
    assert f"Inget att göra i dag. {pair.profile.advisor.first_name} hör av sig." in words_of(answer)


def test_a_no_has_a_page_of_its_own_and_asks_for_nothing(pair: Pair, person: Client, now: datetime) -> None:
    pair.approve(now)
    page = reverse("my_no", args=[pair.suggestion.pk])
    first = person.get(page)
    assert pair.employer.name in words_of(first)
    assert [field["name"] for field in main_of(first).select("input, textarea, select")] == ["csrfmiddlewaretoken"]
    assert Suggestion.objects.get().state == "approved"
    answer = person.post(page)
    assert answer.headers["Location"] == reverse("my_declined", args=[pair.suggestion.pk])
    assert Suggestion.objects.get().closed_as == "declined"
    assert person.get(answer.headers["Location"]).status_code == 200
    for again in (person.get(page), person.post(page)):
        assert again.headers["Location"] == reverse("my_suggestion", args=[pair.suggestion.pk])


def test_you_said_no_is_for_the_persons_own_no_alone(pair: Pair, person: Client, now: datetime) -> None:
    declined = lambda one: person.get(reverse("my_declined", args=[one.suggestion.pk]))  # noqa: E731
    assert declined(pair).status_code == 404
    pair.approve(now)
    assert declined(pair).status_code == 302
    door = pair.consent(now)
    actions.answer(door.pk, by=pair.member, at=now, choice="decline", reason="skills")
    assert declined(pair).status_code == 302
    late = another(pair)
    late.approve(now)
    actions.lapse(at=now + timedelta(weeks=9))
    assert declined(late).status_code == 302
    mine = another(pair)
    mine.approve(now)
    actions.decline(mine.suggestion.pk, by=pair.jobseeker, at=now)
    assert declined(mine).status_code == 200
    assert Client().get(reverse("my_declined", args=[mine.suggestion.pk])).status_code == 302


@pytest.mark.parametrize("share", [True, False])
def test_the_employers_reason_is_told_when_they_agree(pair: Pair, person: Client, now: datetime, share: bool) -> None:
    door = pair.introduce(now)
    actions.answer(door.pk, by=pair.member, at=now, choice="decline", reason="skills", share_reason=share)
    for name, pk in (("my_introduction", door.pk), ("my_suggestion", pair.suggestion.pk)):
        said = words_of(person.get(reverse(name, args=[pk])))
        assert f"{pair.employer.name} sa nej den här gången" in said
        assert (REASON in said) == share
        assert "Du sa nej" not in said


def test_another_reason_tells_nothing(pair: Pair, person: Client, now: datetime) -> None:
    door = pair.introduce(now)
    actions.answer(door.pk, by=pair.member, at=now, choice="decline", reason="other", share_reason=True)
    assert "Deras skäl" not in words_of(person.get(reverse("my_introduction", args=[door.pk])))


def test_what_came_of_each_interest(pair: Pair, person: Client, now: datetime) -> None:
    """What the advisor has not read and what they have put aside look the same."""
    unread, dismissed, asked, yes, no, refused = (another(pair, f"Plats {n}") for n in range(6))
    nowhere, gone = PostingFactory(published=True, title="Plats 6"), PostingFactory(published=True, title="Plats 7")
    for posting in (*(one.posting for one in (unread, dismissed, asked, yes, no, refused)), nowhere, gone):
        Interest.objects.create(profile=pair.profile, posting=posting, sealed={"words": "gärna"}, at=now)
    gone.status.state = "withdrawn"
    gone.status.save()
    actions.dismiss(dismissed.suggestion.pk, by=pair.advisor, at=now, reason="not_now")
    for one in (asked, no):
        one.approve(now)
    actions.decline(no.suggestion.pk, by=pair.jobseeker, at=now)
    yes.introduce(now)
    actions.answer(refused.introduce(now).pk, by=refused.member, at=now, choice="decline", reason="hours")
    answer = person.get(reverse("my_interests"))
    assert {row.interest.posting.title: row.came.value for row in answer.context["rows"]} == {
        "Plats 0": "with_advisor",
        "Plats 1": "with_advisor",
        "Plats 2": "waiting",
        "Plats 3": "yes",
        "Plats 4": "no",
        "Plats 5": "their_no",
        "Plats 6": "with_advisor",
        "Plats 7": "posting_closed",
    }
    linked = {link["href"] for link in main_of(answer).select(".tasks a")}
    assert reverse("my_suggestion", args=[asked.suggestion.pk]) in linked
    assert reverse("my_suggestion", args=[dismissed.suggestion.pk]) not in linked


def test_whom_to_reach_at_the_employer_stands_by_the_open_door(pair: Pair, person: Client, now: datetime) -> None:
    pair.posting.contact_name, pair.posting.contact_phone, pair.posting.contact_email = "Kim Lind", "033-17 40 02", "kim@example.org"
    pair.posting.save()
    pair.posting.status.published_hash = pair.posting.content_hash()
    pair.posting.status.save()
    Suggestion.objects.update(posting_hash=pair.posting.content_hash())
    door = pair.introduce(now)
    page = reverse("my_introduction", args=[door.pk])
    assert {"tel:+46331740 02".replace(" ", ""), "mailto:kim@example.org"} <= {
        link["href"] for link in main_of(person.get(page)).select("a")
    }
    said = words_of(person.get(page))
    assert "Kim Lind" in said
    assert f"{pair.profile.advisor.first_name} kan följa med när ni ses" in said
    actions.withdraw(door.consent_id, by=pair.jobseeker, at=now)
    assert "Kim Lind" not in words_of(person.get(page))


def test_times_are_answered_with_one_button(pair: Pair, person: Client, now: datetime) -> None:
    door = pair.introduce(now)
    page = reverse("my_introduction", args=[door.pk])
    assert person.post(page, {"suits": "1"}).status_code == 302
    assert not Message.objects.exists(), "nothing has been proposed"
    actions.answer(door.pk, by=pair.member, at=now, choice="meet", proposal=TIMES)
    asked = main_of(person.get(page))
    assert [button["name"] for button in asked.select("button.ds-button:not([data-variant])")] == ["suits"]
    for _ in range(2):
        assert person.post(page, {"suits": "1"}).headers["Location"] == page
    assert [one.sealed["words"] for one in Message.objects.all()] == [f"Ja, det passar mig: {TIMES}"]
    assert not main_of(person.get(page)).select("[name=suits]")
    assert "times" not in {one.kind for one in person.get(reverse("today")).context["today"].then}


def test_times_that_are_answered_too_late_say_so(pair: Pair, person: Client, now: datetime) -> None:
    door = pair.introduce(now)
    actions.answer(door.pk, by=pair.member, at=now, choice="meet", proposal=TIMES)
    actions.close_introduction(door.pk, by=pair.advisor, at=now, reason="quiet")
    assert person.post(reverse("my_introduction", args=[door.pk]), {"suits": "1"}).status_code == 409


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_without_an_advisor_every_sentence_is_whole(pair: Pair, person: Client, now: datetime, language: str) -> None:
    """The office stands where the advisor's name would."""
    wished, asked, late, met = pair.posting, another(pair), another(pair), another(pair)
    late.approve(now - timedelta(weeks=9))
    actions.lapse(at=now)
    asked.approve(now)
    door = met.introduce(now)
    Profile.objects.filter(pk=pair.profile.pk).update(advisor=None)
    office = {"sv": "kontoret", "nb": "kontoret", "en": "the office"}[language]
    pages = {
        "today": reverse("today"),
        "one": reverse("my_suggestion", args=[asked.suggestion.pk]),
        "lapsed": reverse("my_suggestion", args=[late.suggestion.pk]),
        "consent": reverse("my_consent", args=[asked.suggestion.pk]),
        "interest": reverse("interest", args=[wished.pk]),
        "door": reverse("my_introduction", args=[door.pk]),
    }
    for name, path in pages.items():
        said = words_of(person.get(path.replace("/sv/", f"/{language}/", 1)))
        assert office in said.lower(), name
        assert "None" not in said, name
    person.post(pages["consent"], {"answer": "talk"})
    assert office in words_of(person.get(pages["one"].replace("/sv/", f"/{language}/", 1))).lower()
    person.post(pages["interest"], {"words": ""})
    assert office in words_of(person.get(pages["interest"].replace("/sv/", f"/{language}/", 1))).lower()
    assert not re.search("handläggare får|veilederen din får|your advisor gets", words_of(person.get(reverse("delete_data"))).lower())
    Suggestion.objects.filter(state="approved").update(approved_once=False)
    assert office in words_of(person.get(reverse("my_suggestions").replace("/sv/", f"/{language}/", 1))).lower()
