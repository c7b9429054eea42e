"""Several at once on a real PostgreSQL: a place is given once, and what becomes free goes to the next."""

from datetime import datetime, timedelta

import pytest

from content import actions
from content.models import Delivery, Gathering, Mailing, SignUp, Subscriber
from content.states import Seat
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres(only=True)]
ROUNDS = 5
SOON = timedelta(days=5)


def gathering(now: datetime, places: int) -> Gathering:
    return Gathering.objects.create(name="Öppet hus", starts_at=now + SOON, ends_at=now + 2 * SOON, place="Torget 1", places=places)


def come(made: Gathering, name: str, at: datetime) -> SignUp:
    return actions.sign_up(made.pk, name=name, email=f"{name}@example.org", language="sv", at=at)


def test_the_last_place_is_given_once(now: datetime) -> None:
    for _ in range(ROUNDS):
        made = gathering(now, 1)
        at_once(*(lambda name=name, made=made: come(made, name, now) for name in ("elin", "yusuf", "maria")))
        assert sorted(made.sign_ups.values_list("state", flat=True)) == [Seat.PLACED, Seat.WAITING, Seat.WAITING]


def test_the_same_address_twice_at_once_is_one_place(now: datetime) -> None:
    for _ in range(ROUNDS):
        made = gathering(now, 3)
        told = at_once(*(lambda made=made: come(made, "elin", now) for _ in range(2)))
        assert all(isinstance(one, SignUp) for one in told)
        assert made.sign_ups.count() == 1


def test_two_places_given_back_at_once_go_to_the_two_who_wait(now: datetime) -> None:
    for _ in range(ROUNDS):
        made = gathering(now, 2)
        first, second, *_ = [come(made, name, now + timedelta(minutes=n)) for n, name in enumerate(("elin", "yusuf", "maria", "omar"))]
        at_once(*(lambda pk=one.pk: actions.give_back(pk, at=now + timedelta(hours=1)) for one in (first, second)))
        assert set(made.sign_ups.placed().values_list("name", flat=True)) == {"maria", "omar"}


def test_called_off_and_signed_up_at_once_leaves_nobody_untold(now: datetime) -> None:
    by = role_of(MembershipFactory(editor=True))
    for _ in range(ROUNDS):
        made = gathering(now, 2)
        come(made, "elin", now)
        told = at_once(
            lambda pk=made.pk: actions.call_off_event(pk, by=by, at=now),
            lambda made=made: come(made, "yusuf", now),
        )
        assert told[0] == made.sign_ups.held().count()


def test_two_workers_share_the_letters_of_a_mailing(now: datetime) -> None:
    readers = Subscriber.objects.bulk_create(
        Subscriber(email=f"reader{n}@example.org", language="sv", audience="anyone", asked_at=now, confirmed_at=now) for n in range(30)
    )
    mailing = Mailing.objects.create(issue_key=readers[0].pk, started_at=now, total=30)
    Delivery.objects.bulk_create(Delivery(mailing=mailing, subscriber=one) for one in readers)
    taken = at_once(*(lambda: actions.send_batch(mailing.pk, at=now) for _ in range(2)))
    assert sum(int(str(one)) for one in taken) == 30
