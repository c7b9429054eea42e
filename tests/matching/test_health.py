"""The coordinators' page of the engine: what it computes with, how fast, for whom it finds nothing, and no number that tells of few."""

import re
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Read
from jobseekers.models import Profile
from matching import actions, engine, queries
from matching.models import Run
from matching.queries.health import shown
from taxonomy.actions import load_needs, load_starter
from taxonomy.encoders import EncoderUnavailable
from tests.factories.accounts import MembershipFactory, browser
from tests.factories.employers import PostingFactory
from tests.factories.jobseekers import ProfileFactory
from tests.factories.matching import suggestion_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
PAGE = "/sv/team/engine/"


@pytest.fixture(autouse=True)
def vocabulary(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)


@pytest.fixture
def team() -> Any:
    """A coordinator and an advisor of one team."""
    advisor = MembershipFactory(advisor=True)
    return MembershipFactory(coordinator=True, team=advisor.team), advisor


@pytest.mark.parametrize(("n", "of", "told"), [(10, 20, 10), (9, 20, None), (0, 20, None), (15, 20, None), (20, 20, 20), (10, 10, 10)])
def test_case_22_a_number_that_tells_of_few_is_not_shown(n: int, of: int, told: int | None) -> None:
    """Neither they nor the rest may be few."""
    assert shown(n, of) == told


def test_it_counts_whom_it_finds_something_for_and_why_not(team: Any, now: datetime) -> None:
    coordinator, advisor = team
    posting = PostingFactory(skills=[{"key": "pick-orders", "importance": "must"}], offers={"sens.quiet": {"answer": "no"}}, published=True)
    ProfileFactory.create_batch(12, advised_by=advisor, skills=["pick-orders"])
    ProfileFactory.create_batch(11, advised_by=advisor, skills=["pick-orders"], needs={"sens.quiet": "must"})
    ProfileFactory.create_batch(10, advised_by=advisor)
    ProfileFactory.create_batch(3, advised_by=advisor, skills=["cut-hair"])
    actions.store(engine.for_posting(posting), at=now, posting_id=posting.pk)
    found = queries.health_of(now)
    assert (found.people, found.found_lately, found.never.people) == (36, 12, 24)
    assert dict(found.never.why) == {"if_need": 11, "empty": 10, "nothing_near": None}
    assert queries.health_of(now + timedelta(days=31)).found_lately is None
    page = browser(coordinator.user_id).get(PAGE).content.decode()
    assert (found.found_share, queries.health_of(now + timedelta(days=31)).found_share) == (33, None)
    assert "de senaste 30 dagarna, 33\u00a0% av dem som jämförs" in page
    assert "Färre än 10. Visas inte, för att skydda människor." in page
    assert "En arbetsplats säger nej till något som måste fungera" in page
    assert "sens.quiet" not in page


def test_of_people_by_name_only_the_own_team_and_never_why(team: Any, now: datetime) -> None:
    coordinator, advisor = team
    mine, theirs = ProfileFactory(advised_by=advisor, needs={"sens.quiet": "must"}), ProfileFactory(needs={"sens.quiet": "must"})
    had = ProfileFactory(advised_by=advisor)
    for profile, eligible in ((mine, False), (theirs, False), (had, True)):
        suggestion_of(PostingFactory(published=True), profile, eligible=eligible)
    page = browser(coordinator.user_id).get(PAGE).content.decode()
    names = {one.short_name: one.short_name in page for one in (mine, theirs, had)}
    assert names == {mine.short_name: True, theirs.short_name: False, had.short_name: False}
    assert not Read.objects.exclude(profile_id=mine.pk).exists()
    assert Read.objects.filter(profile_id=mine.pk, page="team").count() == 1
    assert "Lugn" not in page


def test_an_empty_list_says_whether_anybody_is_compared(team: Any, now: datetime) -> None:
    """Nobody is left to name when all have had one, and when there is nobody to compare: the page never takes one for the other."""
    coordinator, advisor = team
    all_had, nobody = "Alla i ditt team som jämförs har fått ett förslag som passar.", "Ingen i ditt team jämförs nu"
    said = [(all_had in page, nobody in page) for page in [browser(coordinator.user_id).get(PAGE).content.decode()]]
    profile = ProfileFactory(advised_by=advisor)
    suggestion_of(PostingFactory(published=True), profile)
    for paused in (False, True):
        Profile.objects.filter(pk=profile.pk).update(paused=paused)
        page = browser(coordinator.user_id).get(PAGE).content.decode()
        said.append((all_had in page, nobody in page))
    assert said == [(False, True), (True, False), (False, True)]


def test_it_shows_model_runs_and_the_middle_of_their_times(team: Any, now: datetime) -> None:
    posting = PostingFactory(skills=[{"key": "pick-orders", "importance": "must"}], published=True, title="Lagret i norr")
    ProfileFactory(skills=["pick-orders"])
    for minute, took in enumerate((5, 7, 400)):
        actions.store(engine.for_posting(posting), at=now + timedelta(minutes=minute), posting_id=posting.pk)
        Run.objects.filter(at=now + timedelta(minutes=minute)).update(took_ms=took)
    page = browser(team[0].user_id).get(PAGE).content.decode()
    assert queries.health_of(now).posting_ms == 7
    assert [one for one in ("Lagret i norr", "7 ms", engine.world().encoder) if one not in page] == []
    assert "färre än 10 personer" in page  # of a run as well


def test_a_model_that_cannot_be_read_is_said(team: Any) -> None:
    with patch("matching.index.world.current", side_effect=EncoderUnavailable("the weights file is missing")):
        page = browser(team[0].user_id).get(PAGE).content.decode()
    assert "the weights file is missing" in page
    assert "Modellen går inte att läsa" in page


def test_the_page_asks_as_often_for_many_as_for_few(team: Any, now: datetime) -> None:
    coordinator, advisor = team
    client, counts = browser(coordinator.user_id), []
    for more in (3, 15):
        for n in range(more):
            profile = ProfileFactory(advised_by=advisor, skills=["pick-orders"])
            posting = PostingFactory(published=True, title=f"Plats {n}")
            suggestion_of(posting, profile, eligible=False)
            Run.objects.filter(posting=posting).update(took_ms=3)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(PAGE).content.decode()
        counts.append((len(asked), len(re.findall(r"Plats \d", page))))
    assert counts[0][0] == counts[1][0]
    assert counts[0][1] < counts[1][1]
