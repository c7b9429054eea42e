"""The coordinator's start page: what the team is late with, by advisor, and the oldest of it one press away."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from matching import queries
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.employers import PostingFactory
from tests.factories.jobseekers import ProfileFactory
from tests.factories.matching import make_pair, suggestion_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def test_two_advisors_of_one_first_name_are_two(now: datetime) -> None:
    one, other = (MembershipFactory(advisor=True, user=UserFactory(first_name="Maria", last_name=last)) for last in ("Ek", "Al"))
    other.team = one.team
    other.save()
    for advising in (one, other):
        suggestion_of(PostingFactory(published=True), ProfileFactory(advised_by=advising), created_at=now - timedelta(days=20))
    assert sorted(queries.late_in(one.team_id, now).suggestions) == [("Maria Al", 1), ("Maria Ek", 1)]


def test_the_oldest_is_one_press_away(client: Client, now: datetime) -> None:
    pair = make_pair()
    coordinating = MembershipFactory(kind="coordinator", team=pair.profile.team)
    client.force_login(coordinating.user, backend="django.contrib.auth.backends.ModelBackend")
    pair.suggestion.created_at = now
    pair.suggestion.save()
    assert "Öppna det äldsta" not in client.get(reverse("team_home")).content.decode()
    waits = ProfileFactory(advised_by=MembershipFactory(kind="advisor", team=pair.profile.team))
    waits.advisor, waits.waits_since = None, now - timedelta(days=9)
    waits.save()
    assert f'href="{reverse("transfer", args=[waits.pk])}">Öppna det äldsta' in client.get(reverse("team_home")).content.decode()
    pair.suggestion.created_at = now - timedelta(days=10)
    pair.suggestion.save()
    page = client.get(reverse("team_home")).content.decode()
    assert f'href="{reverse("transfer", args=[pair.profile.pk])}">Öppna det äldsta' in page
    assert pair.profile.first_name not in page
    assert client.get(reverse("transfer", args=[pair.profile.pk])).status_code == 200
