"""The engine rests: nothing is scored, everybody knows why, and the portal works on by hand; started again, it makes up for it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from employers.models import Posting
from jobseekers.models import Profile
from matching import actions, engine, tasks
from matching.actions import runs
from matching.models import Interest, Introduction, Run, Stop, Suggestion
from matching.states import NotThere, Refused
from outbox.models import Fact
from taxonomy.actions import load_needs, load_starter
from tests.factories.accounts import MembershipFactory, browser, role_of
from tests.factories.employers import PostingFactory
from tests.factories.facts import bring
from tests.factories.jobseekers import ProfileFactory
from tests.factories.matching import make_pair

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def vocabulary(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)


@pytest.fixture
def coordinator() -> Any:
    return MembershipFactory(coordinator=True)


@pytest.fixture
def posting() -> Any:
    return PostingFactory(skills=[{"key": "pick-orders", "importance": "must"}], published=True)


def stop(coordinator: Any, now: datetime, **given: str) -> Stop:
    return runs.stop(by=role_of(coordinator), at=now, **{"reason": "wrong", **given})


def test_the_switch_is_the_coordinators_and_is_logged(coordinator: Any, now: datetime) -> None:
    client = browser(coordinator.user_id)
    page = client.post("/sv/team/engine/stop/", {"reason": "unfair", "words": "Vi ser på förslagen i Borås."})
    assert page.status_code == 302
    held = Stop.objects.get()
    assert (held.reason, held.words, held.stopped_by_id, held.over) == (
        "unfair",
        "Vi ser på förslagen i Borås.",
        coordinator.user_id,
        False,
    )
    assert "Vi ser på förslagen i Borås." in client.get("/sv/team/engine/").content.decode()
    assert client.post("/sv/team/engine/start/").status_code == 302
    held.refresh_from_db()
    assert held.over
    assert held.started_by_id == coordinator.user_id
    told = [(one.what, one.why, one.actor_id) for one in Event.objects.filter(subject="engine").order_by("pk")]
    assert told == [("engine_stopped", "unfair", coordinator.user_id), ("engine_started", "unfair", coordinator.user_id)]


def test_nothing_is_chosen_beforehand_and_a_reason_is_asked_for(coordinator: Any) -> None:
    client = browser(coordinator.user_id)
    assert "checked" not in client.get("/sv/team/engine/stop/").content.decode()
    answer = client.post("/sv/team/engine/stop/", {"words": "utan skäl"})
    assert answer.status_code == 200
    assert not Stop.objects.exists()
    private = client.post("/sv/team/engine/stop/", {"reason": "wrong", "words": "Hon har en diagnos"})
    assert private.status_code == 200
    assert not Stop.objects.exists()


@pytest.mark.parametrize("kind", ["advisor", "editor"])
def test_nobody_else_stops_or_starts_it(kind: str, coordinator: Any, now: datetime) -> None:
    other = MembershipFactory(**{kind: True})
    with pytest.raises(NotThere):
        runs.stop(by=role_of(other), at=now, reason="wrong")
    stop(coordinator, now)
    with pytest.raises(NotThere):
        runs.start(by=role_of(other), at=now)
    client = browser(other.user_id)
    assert [client.post(f"/sv/team/engine/{what}/").status_code for what in ("stop", "start")] == [403, 403]


def test_one_stop_at_a_time(coordinator: Any, now: datetime) -> None:
    with pytest.raises(Refused, match="decided"):
        runs.start(by=role_of(coordinator), at=now)
    stop(coordinator, now)
    with pytest.raises(Refused, match="decided"):
        stop(MembershipFactory(coordinator=True), now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stop.objects.create(at=now, reason="wrong")
    assert browser(coordinator.user_id).post("/sv/team/engine/stop/", {"reason": "data", "words": ""}).status_code == 409


def test_while_it_rests_nothing_is_scored_and_nothing_stored(posting: Posting, coordinator: Any, now: datetime) -> None:
    profile = ProfileFactory(skills=["pick-orders"])
    on_its_way = engine.for_posting(posting)
    stop(coordinator, now)
    assert tasks.suggest(posting_id=str(posting.pk)) is None
    assert tasks.suggest(profile_id=str(profile.pk)) is None
    assert actions.store(on_its_way, at=now, posting_id=posting.pk) == 0
    with pytest.raises(CommandError, match="rests"):
        call_command("suggest", str(posting.pk))
    assert not Run.objects.exists()
    assert not Suggestion.objects.exists()


def test_case_84_degraded_the_portal_works_on_by_hand(coordinator: Any, now: datetime) -> None:
    """What was suggested is read and decided on; a wish is kept; a pair is put in the queue by hand; the two yeses open a door."""
    pair = make_pair(needs={"sens.quiet": "must"})
    other = PostingFactory(workplace=pair.posting.workplace, title="En annan plats", published=True)
    stop(coordinator, now, words="Talen är fel.")
    client = browser(pair.advisor.user_id)
    for path in ("", f"suggestions/{pair.suggestion.pk}/", f"people/{pair.profile.pk}/suggestions/", f"people/{pair.profile.pk}/postings/"):
        page = client.get(f"/sv/advisor/{path}").content.decode()
        assert "Motorn vilar" in page, path
        assert "Talen är fel." in page
    pair.introduce(now)
    actions.express_interest(other.pk, by=pair.jobseeker, at=now)
    bring("profile_changed")
    assert Interest.objects.exists()
    assert not Suggestion.objects.filter(posting=other).exists()  # nobody was scored
    assert "datorn jämför inte just nu" in client.get(f"/sv/advisor/people/{pair.profile.pk}/postings/{other.pk}/").content.decode().lower()
    assert client.post(f"/sv/advisor/people/{pair.profile.pk}/postings/{other.pk}/").status_code == 302
    made = Suggestion.objects.get(posting=other)
    assert (made.by_hand, made.run, made.eligible) == (True, None, True)
    assert [code for code, _, _ in made.sealed["parts"]["need_results"]] == ["sens.quiet"]
    assert client.get(f"/sv/advisor/suggestions/{made.pk}/").status_code == 200
    type(pair)(made, other, pair.profile, pair.employer, pair.advisor, pair.jobseeker, pair.member).introduce(now)
    assert Introduction.objects.count() == 2


def test_started_again_it_scores_what_was_not_scored(posting: Posting, coordinator: Any, now: datetime) -> None:
    """Every open posting, and whoever has changed since: their own best may be nobody else's."""
    old = ProfileFactory(skills=["pick-orders"])
    stop(coordinator, now)
    new = ProfileFactory(skills=["pick-orders"], changed_at=now + timedelta(minutes=1))
    paused = ProfileFactory(skills=["pick-orders"], changed_at=now + timedelta(minutes=1), paused=True)
    runs.start(by=role_of(coordinator), at=timezone.now())
    bring("engine_started")
    asked = [one.ids for one in Fact.objects.filter(name="to_score")]
    assert sorted(asked, key=str) == sorted([{"posting_id": str(posting.pk)}, {"profile_id": str(new.pk)}], key=str)
    bring("to_score")
    assert set(Suggestion.objects.values_list("profile_id", flat=True)) == {old.pk, new.pk}
    assert not Suggestion.objects.filter(profile=paused).exists()
    before = Suggestion.objects.count()
    runs.score_anew(Stop.objects.get().pk, at=timezone.now())  # a worker that was killed does it again
    bring("to_score")
    assert Suggestion.objects.count() == before


def test_what_was_put_in_the_queue_by_hand_is_read_by_the_engine_later(posting: Posting, coordinator: Any, now: datetime) -> None:
    profile = ProfileFactory(skills=["cut-hair"])
    advisor = role_of(profile.advisor.memberships.get())
    stop(coordinator, now)
    made = actions.choose(posting.pk, profile.pk, by=advisor, at=now)
    assert made.sealed["unread"]
    runs.start(by=role_of(coordinator), at=now)
    actions.store(engine.for_posting(posting), at=now, posting_id=posting.pk)
    made.refresh_from_db()
    assert made.by_hand
    assert made.run is not None
    assert "fit" in made.sealed["parts"]
    assert Profile.objects.count() == 1
