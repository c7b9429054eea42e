"""The advisor's pages through the front door: the queue with its tabs, a colleague's suggestion, answering for a person, introductions."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import Membership
from audit.models import Event, Read
from employers.models import Posting
from jobseekers.actions import transfer
from matching import access, actions
from matching.actions import TEXT_VERSION
from matching.models import Consent, Introduction, Suggestion
from matching.states import NotThere
from tests.factories.accounts import MembershipFactory, browser, role_of
from tests.factories.employers import PostingFactory
from tests.factories.matching import Pair, make_pair, suggestion_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
BEHALF = {"channel": "phone", "why": "asked"}


@pytest.fixture
def pair() -> Pair:
    return make_pair(needs={"sens.quiet": "must"})


@pytest.fixture
def advisor(pair: Pair) -> Client:
    return browser(pair.advisor.user_id)


@pytest.fixture
def colleague(pair: Pair) -> Client:
    return browser(MembershipFactory(kind="advisor", team=pair.profile.team).user_id)


def test_the_queue_counts_its_tabs_and_says_how_long_each_has_waited(pair: Pair, advisor: Client) -> None:
    suggestion_of(PostingFactory(published=True), pair.profile, eligible=False)
    answer = advisor.get(reverse("advisor_home"))
    assert answer.context["counts"] == {"mine": 1, "team": 0, "would_fit": 1}
    (row,) = answer.context["rows"]
    assert row.due  # it came on the first of January
    assert pair.profile.short_name in answer.content.decode()
    assert pair.profile.name not in answer.content.decode()


def test_a_colleague_reads_what_the_team_has_and_decides_nothing(pair: Pair, colleague: Client, now: datetime) -> None:
    team = colleague.get(f"{reverse('advisor_home')}?tab=team").content.decode()
    assert pair.profile.short_name in team
    page = colleague.get(reverse("suggestion", args=[pair.suggestion.pk]))
    assert page.status_code == 200
    assert 'name="decision"' not in page.content.decode()
    assert Read.objects.filter(profile_id=pair.profile.pk, page="suggestion").count() == 1
    for name in ("confirm", "build_card", "answer_for_person", "take_suggestion"):
        address = reverse(name, args=[pair.suggestion.pk])
        assert colleague.post(f"{address}?decision=approve", {}).status_code == 404
    assert colleague.get(reverse("person", args=[pair.profile.pk])).status_code == 404


def test_of_an_ad_from_elsewhere_it_says_what_was_taken_from_its_text(pair: Pair, advisor: Client) -> None:
    address, taken = reverse("suggestion", args=[pair.suggestion.pk]), "Den här annonsen är hämtad från en annan sida"
    assert taken not in advisor.get(address).content.decode()
    Posting.objects.filter(pk=pair.posting.pk).update(source="elsewhere", source_id="1")
    page = advisor.get(address).content.decode()
    assert taken in page
    assert "Orden ger aldrig poäng" in page


def test_case_2_an_advisor_of_another_team_sees_none_of_it(pair: Pair) -> None:
    stranger = browser(MembershipFactory(advisor=True).user_id)
    assert stranger.get(f"{reverse('advisor_home')}?tab=team").context["counts"]["team"] == 0
    assert stranger.get(reverse("suggestion", args=[pair.suggestion.pk])).status_code == 404


def test_a_row_that_a_colleague_reads_says_who_and_until_when(pair: Pair, advisor: Client, now: datetime) -> None:
    other = MembershipFactory(kind="advisor", team=pair.profile.team, user__first_name="Jonas")
    Suggestion.objects.update(held_by=other.user, held_until=now + timedelta(minutes=10))
    page = advisor.get(reverse("advisor_home")).content.decode()
    assert "Jonas läser det här just nu. Ledigt igen 10:40." in page


def test_answering_for_a_person_asks_how_and_why_and_keeps_the_card(pair: Pair, advisor: Client, now: datetime) -> None:
    pair.approve(now)
    address = reverse("answer_for_person", args=[pair.suggestion.pk])
    page = advisor.get(address)
    seen = page.context["card"].hash
    assert "checked" not in page.content.decode()
    again = advisor.post(address, {"answer": "yes", "asked_with": TEXT_VERSION, "card": seen})
    assert again.context["form"].errors.keys() == {"channel", "why"}
    assert not Consent.objects.exists()
    advisor.post(address, {"remove": "phone"})
    stale = advisor.post(address, {"answer": "yes", "asked_with": TEXT_VERSION, "card": seen, **BEHALF})
    assert stale.status_code == 409
    fresh = advisor.get(address).context["card"]
    assert "phone" not in dict(fresh.fields)
    advisor.post(address, {"answer": "yes", "asked_with": TEXT_VERSION, "card": fresh.hash, **BEHALF})
    door = Introduction.objects.get()
    assert (door.consent.channel, door.consent.why) == ("phone", "asked")
    seen_page = browser(pair.jobseeker.user_id).get(reverse("who_has_seen")).content.decode()
    assert "Sa ja till att visa ett kort" in seen_page


def test_a_no_and_a_yes_taken_back_for_a_person(pair: Pair, advisor: Client, now: datetime) -> None:
    pair.approve(now)
    advisor.post(reverse("answer_for_person", args=[pair.suggestion.pk]), {"answer": "no", **BEHALF})
    assert Suggestion.objects.get().closed_as == "declined"
    other = make_pair(advised_by=Membership.objects.get(user_id=pair.advisor.user_id))
    door = other.introduce(now)
    address = reverse("withdraw_for_person", args=[door.consent_id])
    assert advisor.post(address, {"channel": "phone"}).context["form"].errors
    advisor.post(address, BEHALF)
    door.refresh_from_db()
    assert (door.state, door.closed_as) == ("closed", "withdrawn")
    assert browser(make_pair().advisor.user_id).get(address).status_code == 404


def test_everything_about_one_person_is_on_one_page(pair: Pair, advisor: Client, colleague: Client, now: datetime) -> None:
    pair.introduce(now)
    page = advisor.get(reverse("person_suggestions", args=[pair.profile.pk]))
    assert pair.employer.name in page.content.decode()
    assert [door.pk for door in page.context["all"].doors] == [Introduction.objects.get().pk]
    assert colleague.get(reverse("person_suggestions", args=[pair.profile.pk])).status_code == 404


def test_the_advisor_writes_reminds_and_closes_with_a_reason(pair: Pair, advisor: Client, now: datetime) -> None:
    door = pair.introduce(now)
    address = reverse("advisor_introduction", args=[door.pk])
    refused = advisor.post(address, {"words": "Hon har ångest, men det går bra."})
    assert "ångest" in refused.context["form"].errors["words"][0]
    assert not door.messages.exists()
    advisor.post(address, {"words": "Hon har ångest, men det går bra.", "keep": "on"})
    advisor.post(address, {"words": "Ring mig gärna."})
    assert door.messages.count() == 2
    advisor.post(reverse("remind_employer", args=[door.pk]))
    assert Event.objects.filter(what="employer_reminded").count() == 1
    assert advisor.post(reverse("remind_employer", args=[door.pk])).status_code == 409
    close = reverse("close_introduction", args=[door.pk])
    assert advisor.post(close, {}).context["form"].errors["reason"]
    advisor.post(close, {"reason": "wish"})
    door.refresh_from_db()
    assert door.state == "closed"
    assert Event.objects.filter(what="suggestion_moved", why="wish").exists()
    assert 'name="words"' not in advisor.get(address).content.decode()


def test_a_new_advisor_goes_on_with_open_doors(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    other = MembershipFactory(kind="advisor", team=pair.profile.team, user__first_name="Amina", user__phone="033-17 40 09")
    coordinator = MembershipFactory(kind="coordinator", team=pair.profile.team)
    transfer(pair.profile.pk, to=other.user_id, by=role_of(coordinator), at=now)
    assert browser(pair.advisor.user_id).get(reverse("advisor_introduction", args=[door.pk])).status_code == 404
    assert browser(other.user_id).get(reverse("advisor_introduction", args=[door.pk])).status_code == 200
    card = access.card_open(door.pk, by=pair.member, at=now)
    assert card is not None
    assert (card.advisor_first_name, card.advisor_phone) == ("Amina", "033-17 40 09")
    assert localdate(now) <= card.answer_by


@pytest.mark.parametrize(("email", "told"), [("", "får inget brev"), ("elin@example.org", "får veta genom ett brev att du har svarat")])
def test_a_letter_is_promised_only_to_a_person_who_gets_one(pair: Pair, advisor: Client, now: datetime, email: str, told: str) -> None:
    pair.profile.user.email = email or None
    pair.profile.user.save()
    pair.approve(now)
    assert told in advisor.get(reverse("answer_for_person", args=[pair.suggestion.pk])).content.decode()


def test_who_works_for_two_agencies_sees_the_suggestions_of_one_at_a_time(pair: Pair, advisor: Client, now: datetime) -> None:
    here = Membership.objects.get(pk=pair.advisor.membership_id)
    there = MembershipFactory(advisor=True, user=here.user)
    other, waiting = (make_pair(advised_by=there, user__first_name="Borta") for _ in range(2))
    pair.profile.user.first_name = "Hemma"
    pair.profile.user.save()
    waiting.approve(now)
    door = other.introduce(now)
    pages = [
        reverse("suggestion", args=[waiting.suggestion.pk]),
        f"{reverse('confirm', args=[waiting.suggestion.pk])}?decision=approve",
        reverse("answer_for_person", args=[waiting.suggestion.pk]),
        reverse("advisor_introduction", args=[door.pk]),
        reverse("withdraw_for_person", args=[door.consent_id]),
    ]
    for role, status in ((here, {404}), (there, {200, 302})):
        advisor.post(reverse("choose_role"), {"membership": role.pk})
        for page in pages:
            assert advisor.get(page).status_code in status, (role.team.agency.name, page)  # type: ignore[union-attr] # it has one
        lists = "".join(advisor.get(reverse(name)).content.decode() for name in ("advisor_home", "advisor_introductions"))
        assert ("Borta" in lists) is (role == there)
        assert ("Hemma" in lists) is (role == here)
    for act in (
        lambda: actions.approve(pair.suggestion.pk, by=role_of(there), at=now, seen="", words=""),
        lambda: actions.close_introduction(door.pk, by=role_of(here), at=now, reason="ended"),
        lambda: actions.withdraw(door.consent_id, by=role_of(here), at=now),
        lambda: actions.remind(door.pk, by=role_of(here), at=now),
    ):
        with pytest.raises(NotThere):
            act()
