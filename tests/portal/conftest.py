"""Who is at the browser, for the tests of what happens when a session ends; and the canary with everyone around them."""

from datetime import datetime
from typing import Any, Protocol

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import Membership, User
from jobseekers.models import PrivateNote
from taxonomy.models import Need
from tests.factories.accounts import MembershipFactory
from tests.factories.matching import Pair, make_pair
from tests.portal.canary import LAST, MAIL, NAME, NEED, NEED_LABEL, NOTE, PHONE

AN_HOUR = 3601


class SignIn(Protocol):
    def __call__(self, who: Membership | User, client: Client | None = None) -> Client: ...


@pytest.fixture
def signed_in(db: None) -> SignIn:
    """`signed_in(who)` is a browser; `signed_in(who, client)` is somebody who signs in at a browser that was there before."""

    def at_browser(who: Membership | User, client: Client | None = None) -> Client:
        client = client or Client()
        client.force_login(who if isinstance(who, User) else who.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return at_browser


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


def member(pair: Pair, kind: str) -> Membership:
    """The membership of the pair's "jobseeker", "advisor" or "employer"."""
    role = {"jobseeker": pair.jobseeker, "advisor": pair.advisor, "employer": pair.member}[kind]
    return Membership.objects.get(pk=role.membership_id)


def too_late(client: Client, frozen: time_machine.Traveller, path: str, words: dict[str, Any]) -> Any:
    """The page is opened, an hour passes, and then its button is pressed."""
    client.get(path)
    frozen.shift(AN_HOUR)
    return client.post(path, words)


@pytest.fixture
def canary(db: None, now: datetime) -> Pair:
    pair = make_pair(needs={NEED: "must"})
    need = pair.profile.needs_record.needs
    assert NEED in need
    Need.objects.filter(code=NEED).update(label_sv=NEED_LABEL, label_nb=NEED_LABEL, label_en=NEED_LABEL)
    user = pair.profile.user
    user.first_name, user.last_name, user.phone, user.email = NAME, LAST, PHONE, MAIL
    user.save()
    PrivateNote.objects.create(profile=pair.profile, sealed={"words": NOTE}, changed_at=now)
    return pair


@pytest.fixture
def editor(db: None) -> Membership:
    """One who reads postings in the admin, with all that the group may do."""
    found = MembershipFactory(editor=True)
    found.user.groups.add(Group.objects.get(name="Editors"))
    return found
