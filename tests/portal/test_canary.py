"""One person with unmistakable words, looked for everywhere an employer, a stranger or a machine could look."""

from datetime import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.access import TERMS_VERSION
from accounts.models import Membership, Terms
from employers.models import Posting
from matching import actions
from outbox import actions as outbox
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory
from tests.factories.employers import EmployerFactory, employer_member
from tests.factories.matching import Pair
from tests.portal.canary import LAST, NAME, NEED, NEEDS, NOTE, PERSONAL, PHONE, browser, swept

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def pages_of_an_employer(posting: Posting) -> list[str]:
    with translation.override("sv"):
        plain = (
            "employer_home",
            "employer_postings",
            "employer_introductions",
            "workplaces",
            "postings",
            "home",
            "postings_feed",
            "for_employers",
        )
        return [*(reverse(name) for name in plain), reverse("employer_posting", args=[posting.pk]), reverse("posting", args=[posting.pk])]


@pytest.mark.parametrize("moment", ["suggested", "approved", "declined", "withdrawn"])
def test_case_14_no_employer_sees_a_person_who_was_not_introduced(canary: Pair, now: datetime, moment: str) -> None:
    if moment != "suggested":
        canary.approve(now)
    if moment == "declined":
        actions.decline(canary.suggestion.pk, by=canary.jobseeker, at=now)
    door = None
    if moment == "withdrawn":
        door = canary.consent(now)
        actions.withdraw(door.consent_id, by=canary.jobseeker, at=now)
    own = Membership.objects.get(employer_id=canary.employer.pk)
    stranger = employer_member(EmployerFactory())
    for member in (own, stranger):
        Terms.objects.create(user=member.user, version=TERMS_VERSION, at=now)
        paths = pages_of_an_employer(canary.posting)
        if door:
            paths.append(f"/sv/employer/introductions/{door.pk}/")
        assert swept(browser(member), paths, (*PERSONAL, *NEEDS)) == []


def test_case_14_an_open_card_holds_no_need_and_no_note(canary: Pair, now: datetime) -> None:
    canary.approve(now)
    actions.leave_out(canary.suggestion.pk, "phone", by=canary.jobseeker, at=now)
    door = canary.consent(now)
    member = Membership.objects.get(employer_id=canary.employer.pk)
    Terms.objects.create(user=member.user, version=TERMS_VERSION, at=now)
    paths = [*pages_of_an_employer(canary.posting), f"/sv/employer/introductions/{door.pk}/"]
    assert swept(browser(member), paths, (*NEEDS, NEED, NOTE, PHONE)) == []


def test_case_2_another_agencys_advisor_an_editor_and_anyone_see_nothing(canary: Pair, now: datetime) -> None:
    pk, suggestion = canary.profile.pk, canary.suggestion.pk
    paths = [
        f"/sv/advisor/people/{pk}/",
        f"/sv/advisor/suggestions/{suggestion}/",
        "/sv/advisor/",
        "/sv/advisor/people/",
        "/sv/advisor/introductions/",
    ]
    paths += [f"/sv/advisor/people/{pk}/plan/", f"/sv/advisor/people/{pk}/contacts/", "/sv/advisor/employers/"]
    paths += ["/sv/", "/sv/postings/", f"/sv/postings/{canary.posting.pk}/", "/cms/", "/sv/team/", f"/sv/me/suggestions/{suggestion}/"]
    paths += ["/sv/team/engine/", f"/sv/advisor/people/{pk}/postings/", f"/sv/advisor/people/{pk}/postings/{canary.posting.pk}/"]
    paths += [f"/sv/advisor/postings/{canary.posting.pk}/people/", f"/sv/postings/{canary.posting.pk}/"]
    others = [MembershipFactory(advisor=True), MembershipFactory(editor=True), MembershipFactory(coordinator=True)]
    for client in [*map(browser, others), Client()]:
        assert swept(client, paths, (*PERSONAL, *NEEDS)) == []


@pytest.mark.usefixtures("frozen")
def test_case_16_letters_name_nobody_but_at_an_open_door(canary: Pair, now: datetime) -> None:
    canary.introduce(now)
    for letter in Letter.objects.filter(done_at=None):
        outbox.send(str(letter.pk), at=letter.not_before)
    assert mail.outbox
    for message in mail.outbox:
        whole = message.subject + message.body + str(message.alternatives)
        assert not [word for word in (*NEEDS, NEED, NOTE) if word in whole]
        assert not [word for word in (NAME, LAST, PHONE, canary.employer.name, canary.posting.title) if word in message.subject]


@pytest.mark.usefixtures("frozen")
def test_case_16_a_letter_that_waits_is_dropped_after_a_withdrawal(canary: Pair, now: datetime) -> None:
    door = canary.introduce(now)
    actions.withdraw(door.consent_id, by=canary.jobseeker, at=now)
    letters = list(Letter.objects.filter(kind="introduction"))
    assert letters
    for letter in letters:
        outbox.send(str(letter.pk), at=now)
    assert not [message for message in mail.outbox if PHONE in message.body or NAME in message.body]


def test_the_page_of_the_engine_names_who_never_got_a_suggestion_and_never_why(canary: Pair, now: datetime) -> None:
    coordinator = MembershipFactory(coordinator=True, team=canary.profile.team)
    canary.suggestion.eligible = False
    canary.suggestion.save()
    paths = ["/sv/team/engine/", "/sv/team/engine/stop/", "/sv/team/engine/start/"]
    assert {word for _, word in swept(browser(coordinator), paths, (*PERSONAL, *NEEDS))} == {NAME}


def test_the_sweep_finds_the_canary_where_the_canary_may_be(canary: Pair) -> None:
    """Otherwise the sweeps above would prove nothing."""
    advisor = browser(Membership.objects.get(user=canary.profile.advisor))
    person = f"/sv/advisor/people/{canary.profile.pk}/"
    assert {word for _, word in swept(advisor, [person], PERSONAL)} >= {NAME, LAST, NOTE}
    assert swept(advisor, [f"/sv/advisor/suggestions/{canary.suggestion.pk}/"], NEEDS)


def test_the_person_sees_who_looked(canary: Pair, now: datetime) -> None:
    advisor = Membership.objects.get(user=canary.profile.advisor)
    browser(advisor).get(f"/sv/advisor/people/{canary.profile.pk}/")
    page = browser(Membership.objects.get(user=canary.profile.user)).get("/sv/me/seen/").content.decode()
    assert canary.profile.advisor.get_full_name() in page
