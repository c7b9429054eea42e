"""What journeys share: the starter vocabulary with the real encoder, an editor, and a visitor at the browser."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import Membership
from taxonomy.actions import load_needs, load_places, load_starter
from tests.factories.accounts import MembershipFactory
from tests.journeys.world import Visitor


@pytest.fixture
def vocabulary(transactional_db: None, now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)
    load_places(at=now)


@pytest.fixture
def editor(transactional_db: None) -> Membership:
    found = MembershipFactory(editor=True)
    found.user.groups.add(Group.objects.get(name="Editors"))
    return found


@pytest.fixture
def visitor(page: Page, live_server: LiveServer, axe: Callable[[Page], None], console: list[str]) -> Visitor:
    """A browser in Swedish whose console is watched."""
    return Visitor(page, live_server.url, axe)
