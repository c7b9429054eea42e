"""Who acts for an employer: invited by a manager, in with their own yes, ended by a manager; and no answer tells who has an account."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Membership, User
from audit.models import Event
from employers.models import Employer, Invitation
from outbox.actions import send
from outbox.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, employer_member

pytestmark = pytest.mark.django_db
SignIn = Callable[[Membership], Client]
MEMBERS, MINE = "/sv/employer/members/", "/sv/employer/invitations/"


def _page(client: Client, address: str) -> str:
    page = client.post(MEMBERS, {"email": address}, follow=True).content.decode()
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", page.replace(address, "ADDRESS"))
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_case_71_a_known_and_an_unknown_address_are_invited_alike(member: Membership, signed_in: SignIn) -> None:
    UserFactory(email="known@example.org", first_name="Någon", last_name="Annan")
    client = signed_in(member)
    known = _page(client, "known@example.org")
    client.post(f"{MEMBERS}invited/{Invitation.objects.get().pk}/take-back/")
    assert known == _page(client, "newer@example.org")
    assert "Annan" not in known
    assert Membership.objects.filter(employer_id=member.employer_id).count() == 1


def test_the_owner_says_yes_and_acts_for_the_employer(
    member: Membership, employer: Employer, client: Client, signed_in: SignIn, frozen: object, mailoutbox: list[object]
) -> None:
    signed_in(member).post(MEMBERS, {"email": "New@example.org"})
    invited = User.objects.get(email="new@example.org")
    letter = Letter.objects.get(reader=invited)
    assert send(str(letter.pk), at=letter.not_before)
    assert employer.name not in mailoutbox[0].body  # type: ignore[attr-defined]
    client.force_login(invited)
    assert employer.name in client.get(MINE).content.decode()
    answer = client.post(MINE, {"invitation": str(Invitation.objects.get().pk), "yes": "1"})
    assert answer.headers["Location"] == "/sv/employer/"
    made = Membership.objects.get(user=invited)
    assert (made.employer_id, made.manages) == (employer.pk, False)
    assert client.get("/sv/employer/").status_code == 200
    assert Event.objects.filter(what="invitation_answered", after="yes").count() == 1


def test_a_no_is_not_told(member: Membership, client: Client, signed_in: SignIn) -> None:
    """What the inviter sees is the same before and after, until the invitation is taken back."""
    other = UserFactory()
    before = _page(signed_in(member), other.email)
    invitation = Invitation.objects.get()
    client.force_login(other)
    client.post(MINE, {"invitation": str(invitation.pk), "no": "1"})
    assert str(invitation.pk) not in client.get(MINE).content.decode()
    client.post(MINE, {"invitation": str(invitation.pk), "yes": "1"})
    assert not Membership.objects.filter(user=other).exists()
    assert _page(signed_in(member), other.email) == before
    assert other.get_full_name() not in before
    assert signed_in(member).post(f"{MEMBERS}invited/{invitation.pk}/take-back/").status_code == 303
    assert other.email not in signed_in(member).get(MEMBERS).content.decode()


def test_an_address_gets_one_such_letter_a_month(member: Membership, frozen: object, client: Client, signed_in: SignIn) -> None:
    other, another = UserFactory(), employer_member(EmployerFactory(), manages=True)
    for days, letters in ((0, 1), (5, 1), (26, 2)):
        frozen.shift(days * 86_400)  # type: ignore[attr-defined] # a traveller
        for inviting in (member, another):
            signed_in(inviting).post(MEMBERS, {"email": other.email})
        assert Letter.objects.filter(kind="invited", reader=other).count() == letters, days
        assert Invitation.objects.waiting().filter(user=other).count() == 2
        for letter in Letter.objects.filter(kind="invited", done_at=None):
            send(str(letter.pk), at=letter.not_before)
        for invitation in Invitation.objects.open():
            signed_in(member if invitation.employer_id == member.employer_id else another).post(
                f"{MEMBERS}invited/{invitation.pk}/take-back/"
            )


def test_case_11_an_invitation_is_for_its_owner_once_and_until_taken_back(member: Membership, client: Client, signed_in: SignIn) -> None:
    invited, thief = UserFactory(), UserFactory()
    signed_in(member).post(MEMBERS, {"email": invited.email})
    first = Invitation.objects.get()
    client.force_login(thief)
    client.post(MINE, {"invitation": str(first.pk), "yes": "1"})
    assert not Membership.objects.filter(user=thief).exists()
    stranger = employer_member(EmployerFactory(), manages=True)
    assert signed_in(stranger).post(f"{MEMBERS}invited/{first.pk}/take-back/").status_code == 404
    assert signed_in(member).post(f"{MEMBERS}invited/{first.pk}/take-back/").status_code == 303
    letter = Letter.objects.get(reader=invited, kind="invited")
    assert not send(str(letter.pk), at=letter.not_before)
    client.force_login(invited)
    client.post(MINE, {"invitation": str(first.pk), "yes": "1"})
    assert not Membership.objects.filter(user=invited).exists()


def test_the_same_address_twice_is_one_invitation_and_a_member_none(member: Membership, signed_in: SignIn) -> None:
    client = signed_in(member)
    for _ in range(2):
        client.post(MEMBERS, {"email": "new@example.org"})
    client.post(MEMBERS, {"email": member.user.email})
    assert Invitation.objects.count() == 1


def test_members_are_invited_and_ended_by_managers_only(member: Membership, employer: Employer, signed_in: SignIn) -> None:
    added = employer_member(employer)
    signed_in(added).post(MEMBERS, {"email": "new@example.org"})
    assert not Invitation.objects.exists()
    client = signed_in(member)
    assert client.post(f"{MEMBERS}{added.pk}/end/").status_code == 303
    added.refresh_from_db()
    assert added.until is not None
    client.post(f"{MEMBERS}{member.pk}/end/")
    member.refresh_from_db()
    assert member.until is None


def test_responsibility_is_shared_and_never_left_without_somebody(
    member: Membership, employer: Employer, stranger: Membership, signed_in: SignIn
) -> None:
    other = employer_member(employer)
    address = f"{MEMBERS}{other.pk}/responsible/"
    assert signed_in(stranger).post(address, {"yes": "1"}).status_code == 404
    signed_in(other).post(f"{MEMBERS}{other.pk}/responsible/", {"yes": "1"})
    assert not Membership.objects.get(pk=other.pk).manages, "nobody makes themselves responsible"
    assert "responsible/" in signed_in(member).get(f"{MEMBERS}{other.pk}/end/").content.decode()
    signed_in(member).post(address, {"yes": "1"})
    assert Membership.objects.get(pk=other.pk).manages
    signed_in(member).post(f"{MEMBERS}{member.pk}/responsible/")
    assert Membership.objects.get(pk=member.pk).manages, "one's own is for somebody else to take"
    signed_in(other).post(f"{MEMBERS}{member.pk}/responsible/")
    assert not Membership.objects.get(pk=member.pk).manages
