"""Who is in a team: one more, the end of a role, and what becomes of the people an advisor helped."""

import re
from datetime import datetime

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts.models import Membership, User
from audit.models import Event
from jobseekers import actions
from jobseekers.models import Profile
from jobseekers.states import NotThere, Refused
from matching.models import Suggestion
from outbox.actions import carry
from outbox.models import Fact, Letter
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.matching import make_pair
from tests.jobseekers.conftest import People, SignedIn

ONE_MORE = {"first_name": "Amina", "last_name": "Warsame", "kind": "advisor"}


def test_one_more_in_the_team_signs_in_with_a_code(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.coordinating)
    client.post(reverse("team_members"), {**ONE_MORE, "email": "amina@example.org"})
    made = Membership.objects.get(user__email="amina@example.org")
    assert (made.kind, made.team_id, made.user.get_full_name()) == ("advisor", people.advising.team_id, "Amina Warsame")
    assert not made.user.has_usable_password()
    assert Letter.objects.get(reader=made.user).kind == "staff_added"
    assert "Amina Warsame" in client.get(reverse("team_members")).content.decode()
    client.post(reverse("team_members"), {**ONE_MORE, "email": "Amina@example.org"})
    assert Membership.objects.filter(user=made.user).count() == 1


def test_a_known_account_keeps_its_name_and_its_other_role(people: People, signed_in: SignedIn) -> None:
    known = UserFactory(email="known@example.org", first_name="Per")
    MembershipFactory(user=known, editor=True)
    signed_in(people.coordinating).post(reverse("team_members"), {**ONE_MORE, "email": "known@example.org"})
    assert User.objects.get(pk=known.pk).first_name == "Per"
    assert set(Membership.objects.filter(user=known).values_list("kind", flat=True)) == {"editor", "advisor"}


def test_a_known_and_an_unknown_address_look_alike_until_their_owner_comes(people: People, signed_in: SignedIn, now: datetime) -> None:
    UserFactory(email="known@example.org", first_name="Per", last_name="Annan", last_login=now)
    client = signed_in(people.coordinating)

    def pages(address: str) -> str:
        answer = client.post(reverse("team_members"), {**ONE_MORE, "email": address}, follow=True)
        made = Membership.objects.get(user__email=address)
        names = ("team_member_end", "caseload", "overrides")
        also = [client.get(reverse(name, args=[made.pk] if name == "team_member_end" else [])) for name in names]
        whole = "".join(one.content.decode() for one in (answer, *also))
        whole = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", whole.replace(address, "ADDRESS"))
        whole = re.sub(rf"(/members/|value=\")({made.pk}|{made.user_id})\b", r"\1ID", whole)
        Membership.objects.filter(pk=made.pk).update(until=now)
        return whole

    known, unknown = pages("known@example.org"), pages("newer@example.org")
    assert known == unknown
    assert "Amina Warsame" in known
    assert "Annan" not in known


def test_the_real_name_stands_there_once_the_owner_has_signed_in(people: People, signed_in: SignedIn) -> None:
    known = UserFactory(email="known@example.org", first_name="Per", last_name="Annan")
    client = signed_in(people.coordinating)
    client.post(reverse("team_members"), {**ONE_MORE, "email": known.email})
    assert "Per Annan" not in client.get(reverse("team_members")).content.decode()
    signed_in(Membership.objects.get(user=known))
    page = client.get(reverse("team_members")).content.decode()
    assert "Per Annan" in page
    assert "Amina" not in page


@pytest.mark.parametrize("sent", [{"email": "no"}, {"kind": "editor"}, {"first_name": " "}, {"kind": ""}])
def test_what_cannot_be_gets_a_sentence_and_stays(people: People, signed_in: SignedIn, sent: dict[str, str]) -> None:
    given = {**ONE_MORE, "email": "amina@example.org", **sent}
    answer = signed_in(people.coordinating).post(reverse("team_members"), given)
    assert answer.context["form"].errors.keys() == set(sent)
    assert not Membership.objects.filter(user__first_name="Amina").exists()


def test_case_78_the_end_of_a_role_ends_its_sessions_and_frees_the_people(people: People, signed_in: SignedIn, now: datetime) -> None:
    theirs, client = signed_in(people.advising), signed_in(people.coordinating)
    assert theirs.get(reverse("people")).status_code == 200
    page = client.get(reverse("team_member_end", args=[people.advising.pk])).content.decode()
    assert "1 person hamnar på väntelistan" in page
    client.post(reverse("team_member_end", args=[people.advising.pk]))
    assert theirs.get(reverse("people")).status_code == 302
    assert people.advising.user_id not in {int(one.get_decoded().get("_auth_user_id", 0)) for one in Session.objects.all()}
    left = Profile.objects.get()
    assert left.advisor_id is None
    assert left.waits_since is not None
    assert Event.objects.filter(what="transferred", subject_id=str(left.pk)).count() == 1


def test_what_an_ended_advisor_approved_is_void(people: People, now: datetime) -> None:
    pair = make_pair(advised_by=people.advising)
    pair.approve(now)
    actions.end_member(people.advising.pk, by=people.coordinator, at=now)
    for fact in Fact.objects.filter(name="advisor_changed", done_at=None):
        carry(str(fact.pk), at=now)
    assert Suggestion.objects.get(pk=pair.suggestion.pk).closed_as == "stale"


def test_nobody_ends_their_own_role_or_one_of_another_team(people: People, now: datetime) -> None:
    with pytest.raises(Refused, match="yourself"):
        actions.end_member(people.coordinating.pk, by=people.coordinator, at=now)
    for other, by in ((MembershipFactory(advisor=True), people.coordinator), (people.advising, people.advisor)):
        with pytest.raises(NotThere):
            actions.end_member(other.pk, by=by, at=now)
    with pytest.raises(NotThere):
        actions.add_member(email="x@example.org", kind="advisor", first_name="X", last_name="", by=people.advisor, at=now)
