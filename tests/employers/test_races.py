"""Two colleagues at once, on a real PostgreSQL: different steps both stay, and of two who save the same answers one is told."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.access import ActiveRole
from accounts.models import Membership, User
from employers import actions
from employers.models import Invitation, Posting, PostingStatus, Workplace
from employers.queries import offers_version
from employers.states import Refused
from tests.factories.accounts import role_of
from tests.factories.employers import EmployerFactory, employer_member
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres(only=True)]
ROUNDS = 5


def test_managers_who_end_each_other_leave_one() -> None:
    for _ in range(2 * ROUNDS):
        employer = EmployerFactory()
        first, second = (employer_member(employer, manages=True) for _ in range(2))
        roles = role_of(first), role_of(second)
        at_once(
            lambda pk=second.pk, by=roles[0]: actions.end_member(pk, by=by, at=timezone.now()),
            lambda pk=first.pk, by=roles[1]: actions.end_member(pk, by=by, at=timezone.now()),
        )
        assert Membership.objects.valid(timezone.now()).filter(employer_id=employer.pk).count() == 1


def test_managers_who_take_each_others_responsibility_leave_one() -> None:
    for _ in range(ROUNDS):
        employer = EmployerFactory()
        first, second = (employer_member(employer, manages=True) for _ in range(2))
        roles = role_of(first), role_of(second)
        at_once(
            lambda pk=second.pk, by=roles[0]: actions.share_responsibility(pk, manages=False, by=by, at=timezone.now()),
            lambda pk=first.pk, by=roles[1]: actions.share_responsibility(pk, manages=False, by=by, at=timezone.now()),
        )
        assert Membership.objects.valid(timezone.now()).filter(employer_id=employer.pk, manages=True).count() == 1


def test_two_steps_saved_at_once_both_stay(draft: Posting, by: ActiveRole, now: datetime) -> None:
    for round_ in range(ROUNDS):
        at_once(
            lambda title=f"Rubrik {round_}": actions.save_step(draft.pk, 3, {"title": title}, by=by, at=now),
            lambda places=round_ + 2: actions.save_step(draft.pk, 4, {"places": places}, by=by, at=now),
        )
        draft.refresh_from_db()
        assert (draft.title, draft.places) == (f"Rubrik {round_}", round_ + 2)


def test_of_two_who_save_what_both_have_read_one_is_told(workplace: Workplace, need: str, by: ActiveRole, now: datetime) -> None:
    """Also where nothing was there to lock: the first answers of a workplace."""
    for _ in range(ROUNDS):
        workplace.offers.all().delete()
        seen = offers_version(workplace.pk, {}, [need])
        told = at_once(
            *(
                lambda answer=answer, seen=seen: actions.save_offers(workplace.pk, {need: {"answer": answer}}, by=by, at=now, seen=seen)
                for answer in ("yes", "no")
            )
        )
        assert [one.code for one in told if isinstance(one, Refused)] == ["changed"]


def test_the_same_new_address_invited_by_two_employers_at_once_is_one_account(by: ActiveRole, stranger: Membership, now: datetime) -> None:
    for round_ in range(ROUNDS):
        email = f"same{round_}@example.org"
        told = at_once(
            lambda email=email: actions.invite(email, by=by, at=now),
            lambda email=email: actions.invite(email, by=role_of(stranger), at=now),
        )
        assert told == [None, None]
        assert User.objects.filter(email=email).count() == 1
        assert Invitation.objects.waiting().filter(user__email=email).count() == 2


def test_the_same_address_invited_twice_at_once_is_one_invitation(by: ActiveRole, now: datetime) -> None:
    for round_ in range(ROUNDS):
        email = f"twice{round_}@example.org"
        assert at_once(*(lambda email=email: actions.invite(email, by=by, at=now) for _ in range(2))) == [None, None]
        assert Invitation.objects.filter(user__email=email).count() == 1


def test_still_open_and_its_end_at_once(published: Posting, by: ActiveRole) -> None:
    """Either the answer came in time, or the posting has ended: never both, and never asked about while it is closed."""
    for _ in range(ROUNDS):
        asked = timezone.now() - timedelta(days=20)
        PostingStatus.objects.filter(pk=published.pk).update(state="published", reminders=2, asked_at=asked, confirmed_at=asked)
        told = at_once(
            lambda: actions.still_valid(published.pk, by=by, at=timezone.now()),
            lambda: actions.expire(at=timezone.now()),
        )
        status = PostingStatus.objects.get(pk=published.pk)
        in_time = not any(isinstance(one, Refused) for one in told)
        assert (status.state, status.reminders) == ("published" if in_time else "expired", 0)
