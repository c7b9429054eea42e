"""Two at once, on a real PostgreSQL: the last place is taken once, a code opens once, two group pages saved at once both stay,
and of two who save the same page one is told."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Membership, User
from jobseekers import actions, queries
from jobseekers.models import NeedsRecord, Profile
from jobseekers.states import Refused
from taxonomy.models import Need
from tests.factories.accounts import MembershipFactory, UserFactory, role_of
from tests.factories.races import at_once
from tests.jobseekers.conftest import People

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres(only=True)]
ROUNDS = 5


def test_the_last_place_of_a_caseload_is_taken_once(people: People, settings: Settings, now: datetime) -> None:
    for round_ in range(ROUNDS):
        settings.CASELOAD_CAP = Profile.objects.count() + 1

        def enrol(who: str, round_: int = round_) -> Callable[[], object]:
            email = f"{who}{round_}@example.org"
            return lambda: actions.enrol(by=people.advisor, at=now, first_name=who, last_name="", email=email)

        answers = at_once(enrol("a"), enrol("b"))
        assert sum(isinstance(one, Profile) for one in answers) == 1
        assert Profile.objects.count() == settings.CASELOAD_CAP


def test_a_code_opens_once(people: People, now: datetime) -> None:
    for _ in range(ROUNDS):
        code = actions.make_code(by=people.advisor, at=now)
        first, second = UserFactory(), UserFactory()
        answers = at_once(
            lambda code=code, account=first: actions.redeem_code(code, account=account, at=now),
            lambda code=code, account=second: actions.redeem_code(code, account=account, at=now),
        )
        assert sum(isinstance(one, Profile) for one in answers) == 1


def test_the_person_and_the_advisor_save_two_groups_at_once(people: People, now: datetime) -> None:
    pk = people.profile.pk
    for _ in range(ROUNDS):
        NeedsRecord.objects.all().delete()
        at_once(
            lambda: actions.save_needs(pk, "phys", {"phys.sit_stand": ("must", "")}, by=people.person, at=now),
            lambda: actions.save_needs(pk, "sens", {"sens.quiet": ("helps", "")}, by=people.advisor, at=now, channel="phone"),
        )
        assert set(NeedsRecord.objects.get().needs) == {"phys.sit_stand", "sens.quiet"}


def test_coordinators_who_end_each_other_leave_one() -> None:
    for _ in range(2 * ROUNDS):
        first = MembershipFactory(coordinator=True)
        second = MembershipFactory(coordinator=True, team=first.team)
        roles = role_of(first), role_of(second)
        at_once(
            lambda pk=second.pk, by=roles[0]: actions.end_member(pk, by=by, at=timezone.now()),
            lambda pk=first.pk, by=roles[1]: actions.end_member(pk, by=by, at=timezone.now()),
        )
        assert Membership.objects.valid(timezone.now()).filter(team=first.team).count() == 1


def test_who_is_handed_to_an_advisor_who_leaves_waits_for_another(people: People) -> None:
    for _ in range(ROUNDS):
        leaving = MembershipFactory(advisor=True, team=people.profile.team)
        at_once(
            lambda to=leaving.user_id: actions.transfer(people.profile.pk, to=to, by=people.coordinator, at=timezone.now()),
            lambda pk=leaving.pk: actions.end_member(pk, by=people.coordinator, at=timezone.now()),
        )
        people.profile.refresh_from_db()
        assert people.profile.advisor_id != leaving.user_id


def test_of_two_who_save_what_both_have_read_one_is_told(people: People, now: datetime) -> None:
    """Also where nothing was there to lock: a first answer to a group of needs."""
    pk = people.profile.pk
    nothing = {"needs": {}, "review_on": {}}
    codes = list(Need.objects.filter(group="phys").values_list("code", flat=True))
    for _ in range(ROUNDS):
        NeedsRecord.objects.all().delete()
        seen = {"seen": queries.needs_version(pk, "phys", codes, nothing)}
        told = at_once(
            lambda seen=seen: actions.save_needs(pk, "phys", {"phys.sit_stand": ("must", "")}, by=people.person, at=now, **seen),
            lambda seen=seen: actions.save_needs(
                pk, "phys", {"phys.sit_stand": ("helps", "")}, by=people.advisor, at=now, channel="phone", **seen
            ),
        )
        assert [one.code for one in told if isinstance(one, Refused)] == ["changed"]


def test_the_same_new_address_added_twice_at_once_is_one_account(people: People, now: datetime) -> None:
    """Whoever is second is answered like the first: with nothing that tells who has an account."""
    for round_ in range(ROUNDS):
        email = f"same{round_}@example.org"
        more = {"email": email, "kind": "advisor", "first_name": "Amina", "last_name": "", "by": people.coordinator, "at": now}
        assert at_once(lambda more=more: actions.add_member(**more), lambda more=more: actions.add_member(**more)) == [None, None]
        assert Membership.objects.filter(user__email=email).count() == 1
        told = at_once(
            *(
                lambda name=name, round_=round_: actions.enrol(
                    by=people.advisor, at=now, first_name=name, last_name="", email=f"new{round_}@example.org"
                )
                for name in ("a", "b")
            )
        )
        assert User.objects.filter(email=f"new{round_}@example.org").count() == 1
        assert [one.code for one in told if isinstance(one, Refused)] == ["yours"]
