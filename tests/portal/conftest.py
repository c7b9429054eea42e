"""The canary and everyone around them."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Group

from accounts.models import Membership
from jobseekers.models import PrivateNote
from taxonomy.models import Need
from tests.factories.accounts import MembershipFactory
from tests.factories.matching import Pair, make_pair
from tests.portal.canary import LAST, MAIL, NAME, NEED, NEED_LABEL, NOTE, PHONE


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
