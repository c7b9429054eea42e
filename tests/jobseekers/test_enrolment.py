"""Enrolment tells nobody who is known here: a known address, an unknown one and none look the same to the advisor."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, User
from audit.models import Event
from jobseekers import actions
from jobseekers.models import Profile
from jobseekers.states import NotThere, Refused
from matching import access
from outbox.actions import post, send
from outbox.models import Fact, Letter
from tests.factories.accounts import MembershipFactory, UserFactory, role_of
from tests.factories.employers import PostingFactory
from tests.factories.jobseekers import ProfileFactory
from tests.factories.matching import suggestion_of
from tests.jobseekers.conftest import People, SignedIn

SENT = {"first_name": "Åsa", "last_name": "Ek", "phone": "070-174 06 05", "language": "sv"}


def _page_of(client: Client, address: str) -> str:
    """What the advisor sees after enrolling: the person's page, without what differs from row to row."""
    answer = client.post(reverse("enrol"), {**SENT, "email": address}, follow=True)
    page = answer.content.decode().replace(address, "ADDRESS")
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", page)
    return re.sub(r'name="(csrfmiddlewaretoken|version)" value="[^"]+"', "", page)


def test_case_71_a_known_and_an_unknown_address_give_the_same_pages(people: People, signed_in: SignedIn, frozen: object) -> None:
    UserFactory(email="known@example.org", first_name="Någon", last_name="Annan")
    client = signed_in(people.advising)
    known, unknown = _page_of(client, "known@example.org"), _page_of(client, "new@example.org")
    assert known == unknown
    assert "Någon" not in known
    lists = [client.get(reverse("people")).content.decode()]
    assert "Annan" not in lists[0]


def test_the_owner_of_a_known_address_is_asked_by_letter_and_untouched(people: People, now: datetime, mailoutbox: list[object]) -> None:
    known = UserFactory(email="known@example.org")
    made = actions.enrol(by=people.advisor, at=now, email="Known@Example.org", **SENT)
    assert made.user_id != known.pk
    assert made.user.email is None
    assert made.email == "Known@Example.org"
    assert not Profile.objects.filter(user=known).exists()
    letter = Letter.objects.get(reader=known)
    assert send(str(letter.pk), at=now + timedelta(minutes=1))
    (message,) = mailoutbox
    assert people.advisor.name not in message.body  # type: ignore[attr-defined]


def test_case_3_who_is_helped_elsewhere_gets_no_letter(people: People, now: datetime, mailoutbox: list[object]) -> None:
    """Nor does the second advisor learn of the first."""
    elsewhere = ProfileFactory(user__email="helped@example.org")
    actions.enrol(by=people.advisor, at=now, email="helped@example.org", **SENT)
    for letter in Letter.objects.filter(reader=elsewhere.user):
        assert not send(str(letter.pk), at=now + timedelta(minutes=1))
    assert mailoutbox == []


def test_a_person_without_an_address_is_helped_all_the_same(people: People, now: datetime) -> None:
    made = actions.enrol(by=people.advisor, at=now, **SENT)
    assert (made.user.email, made.email, made.name) == (None, "", "Åsa Ek")
    assert not Letter.objects.filter(reader=made.user).exists()
    assert actions.save_profile(made.pk, "words", {"words": "Djur"}, by=people.advisor, at=now, channel="phone", why="asked")
    (letter,) = Letter.objects.filter(reader=made.user)
    assert not send(str(letter.pk), at=letter.not_before)
    letter.refresh_from_db()
    assert letter.outcome == "dropped"
    card = access.card_for(suggestion_of(PostingFactory(published=True), made))
    assert "email" not in dict(card.fields)


def test_a_code_hands_the_profile_to_its_owner(people: People, now: datetime) -> None:
    known = UserFactory(email="known@example.org", phone="")
    made = actions.enrol(by=people.advisor, at=now, email="known@example.org", **SENT)
    stood_in = made.user_id
    code = actions.make_code(by=people.advisor, at=now, profile_id=made.pk)
    claimed = actions.redeem_code(code, account=known, at=now)
    assert (claimed.pk, claimed.user_id, claimed.advisor_id) == (made.pk, known.pk, people.advisor.user_id)
    assert claimed.user.phone == SENT["phone"]
    assert not User.objects.filter(pk=stood_in).exists()
    assert Membership.objects.get(user=known).kind == "jobseeker"
    assert Event.objects.filter(what="profile_claimed", subject_id=str(made.pk)).count() == 1
    rings = Fact.objects.filter(name="profile_changed", receiver="matching.receivers.profile_changed", ids={"profile_id": str(made.pk)})
    assert rings.count() == 2
    with pytest.raises(Refused, match="code"):
        actions.redeem_code(code, account=UserFactory(), at=now)


def test_a_profile_that_is_somebodys_cannot_be_taken_with_a_code(people: People, now: datetime) -> None:
    code = actions.make_code(by=people.advisor, at=now, profile_id=people.profile.pk)
    User.objects.filter(pk=people.profile.user_id).update(last_login=now)
    with pytest.raises(Refused, match="code"):
        actions.redeem_code(code, account=UserFactory(), at=now)
    with pytest.raises(Refused, match="claimed"):
        actions.make_code(by=people.advisor, at=now, profile_id=people.profile.pk)
    assert Profile.objects.get(pk=people.profile.pk).user_id == people.profile.user_id


def test_an_address_that_was_written_wrong_is_put_right_with_a_code(people: People, now: datetime, signed_in: SignedIn) -> None:
    made = actions.enrol(by=people.advisor, at=now, email="wrong@example.org", **SENT)
    wrong = made.user
    page = signed_in(people.advising).get(reverse("person", args=[made.pk])).content.decode()
    assert reverse("person_code", args=[made.pk]) in page
    right = UserFactory(email="right@example.org", first_name="", last_name="", phone="")
    post("something_new", reader_id=wrong.pk, at=now, about=made.pk)
    claimed = actions.redeem_code(actions.make_code(by=people.advisor, at=now, profile_id=made.pk), account=right, at=now)
    assert (claimed.user_id, claimed.email, claimed.name) == (right.pk, "right@example.org", f"{SENT['first_name']} {SENT['last_name']}")
    assert not Membership.objects.of(wrong.pk, now).exists()
    assert {letter.reader_id for letter in Letter.objects.filter(kind="something_new")} == {right.pk}
    # Whoever has the wrong address gets no letter, and finds neither name nor number.
    assert not send(str(Letter.objects.get(kind="enrolled", reader=wrong).pk), at=now)
    wrong.refresh_from_db()
    assert (wrong.first_name, wrong.last_name, wrong.phone) == ("", "", "")


def test_only_the_own_advisor_makes_a_code_for_a_person(people: People, now: datetime) -> None:
    for other in (role_of(MembershipFactory(advisor=True)), people.coordinator, people.person):
        with pytest.raises(NotThere):
            actions.make_code(by=other, at=now, profile_id=people.profile.pk)


def test_the_same_person_twice_is_said_to_their_own_advisor(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.advising)
    client.post(reverse("enrol"), {**SENT, "email": "asa@example.org"})
    again = client.post(reverse("enrol"), {**SENT, "email": "Asa@example.org"})
    assert again.context["form"].errors["email"]
    assert Profile.objects.filter(given_email="asa@example.org").count() == 1
