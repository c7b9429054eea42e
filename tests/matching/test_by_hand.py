"""Search outside the list: any open posting for one's own people, the same parts on the spot, and the queue by hand."""

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event, Read
from employers.models import Posting
from matching import actions, engine, queries
from matching.models import Run, Suggestion
from matching.queries.replays import replay
from matching.states import NotThere, Refused
from search.index import put
from taxonomy.actions import load_needs, load_starter
from tests.factories.accounts import MembershipFactory, browser, role_of
from tests.factories.employers import PostingFactory
from tests.factories.jobseekers import ProfileFactory
from tests.factories.matching import Pair, another, make_pair

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def vocabulary(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)


@pytest.fixture
def pair() -> Pair:
    return make_pair(skills=["pick-orders"], needs={"sens.quiet": "must"})


@pytest.fixture
def far(pair: Pair) -> Any:
    """A posting that no run would find for the person."""
    skills = [{"key": "cut-hair", "importance": "must"}]
    posting = PostingFactory(workplace=pair.posting.workplace, title="Salong vid torget", skills=skills, kind="job", published=True)
    put(posting.pk)
    return posting


def test_any_open_posting_is_found_by_its_words(pair: Pair, far: Posting) -> None:
    assert far.pk not in {one.posting_id for one in engine.for_profile(pair.profile).found}
    client = browser(pair.advisor.user_id)
    page = client.get(f"/sv/advisor/people/{pair.profile.pk}/postings/?q=salong").content.decode()
    assert "Salong vid torget" in page
    assert "Salong vid torget" in client.get(f"/sv/advisor/people/{pair.profile.pk}/postings/").content.decode()
    assert "Salong" not in client.get(f"/sv/advisor/people/{pair.profile.pk}/postings/?q=bageri").content.decode()
    assert Read.objects.filter(profile_id=pair.profile.pk, page="outside").count() == 3


def test_the_parts_are_those_of_a_run_and_looking_stores_nothing(pair: Pair, far: Posting) -> None:
    assert queries.look(far.pk, pair.profile.pk).parts == engine.one(far, pair.profile).parts
    before = Run.objects.count(), Suggestion.objects.count()
    page = browser(pair.advisor.user_id).get(f"/sv/advisor/people/{pair.profile.pk}/postings/{far.pk}/").content.decode()
    assert "Så passar de två ihop" in page
    assert (Run.objects.count(), Suggestion.objects.count()) == before


def test_by_hand_it_stands_in_the_queue_logged_and_under_the_same_two_yeses(pair: Pair, far: Posting, now: datetime) -> None:
    client = browser(pair.advisor.user_id)
    assert client.post(f"/sv/advisor/people/{pair.profile.pk}/postings/{far.pk}/").status_code == 302
    made = Suggestion.objects.get(posting=far)
    assert made.by_hand
    assert made.run is not None
    assert made.run.order_kept[0]["parts"]["fit"] == made.sealed["parts"]["fit"]
    assert replay(made.run).reproduced
    pair.profile.skills.create(concept_id="cut-hair", added_at=now)
    report = replay(made.run)
    assert (report.reproduced, report.changed) == (False, (str(pair.profile.pk),))
    pair.profile.skills.filter(concept_id="cut-hair").delete()
    assert Event.objects.filter(what="suggested_by_hand", subject_id=str(made.pk), actor_id=pair.advisor.user_id).count() == 1
    assert (
        "Föreslagen av handläggaren" in client.get("/sv/advisor/?tab=would_fit" if not made.eligible else "/sv/advisor/").content.decode()
    )
    chosen = Pair(made, far, pair.profile, pair.employer, pair.advisor, pair.jobseeker, pair.member)
    chosen.approve(now)
    page = browser(pair.jobseeker.user_id).get(f"/sv/me/suggestions/{made.pk}/").content.decode()
    assert "har hittat den här platsen åt dig" in page
    assert chosen.consent(now).posting_id == far.pk


def test_a_run_neither_closes_nor_forgets_what_was_chosen_by_hand(pair: Pair, far: Posting, now: datetime) -> None:
    made = actions.choose(far.pk, pair.profile.pk, by=pair.advisor, at=now)
    pair.profile.skills.create(concept_id="drive-forklift", added_at=now)
    actions.store(engine.for_profile(pair.profile), at=now, profile_id=pair.profile.pk)
    actions.store(engine.for_posting(far), at=now, posting_id=far.pk)
    made.refresh_from_db()
    assert (made.state, made.by_hand) == ("suggested", True)
    assert made.profile_hash == engine.profile_hash(engine.person_of(pair.profile))  # so that it can be approved


def test_done_again_it_is_brought_up_to_date(pair: Pair, far: Posting, now: datetime) -> None:
    made = actions.choose(far.pk, pair.profile.pk, by=pair.advisor, at=now)
    pair.profile.skills.create(concept_id="cut-hair", added_at=now)
    again = actions.choose(far.pk, pair.profile.pk, by=pair.advisor, at=now)
    assert again.pk == made.pk
    assert again.sealed["parts"]["fit"] > made.sealed["parts"]["fit"]


def test_only_ones_own_people_and_open_postings(pair: Pair, far: Posting, now: datetime) -> None:
    stranger, colleague = MembershipFactory(advisor=True), MembershipFactory(advisor=True, team=pair.profile.team)
    hidden = PostingFactory()
    for by, posting_id, profile_id in (
        (role_of(stranger), far.pk, pair.profile.pk),
        (role_of(colleague), far.pk, pair.profile.pk),
        (pair.jobseeker, far.pk, pair.profile.pk),
        (pair.advisor, hidden.pk, pair.profile.pk),
        (pair.advisor, uuid4(), pair.profile.pk),
        (pair.advisor, far.pk, uuid4()),
    ):
        with pytest.raises(NotThere):
            actions.choose(posting_id, profile_id, by=by, at=now)
    client = browser(stranger.user_id)
    path = f"/sv/advisor/people/{pair.profile.pk}/postings/"
    assert [client.get(path + more).status_code for more in ("", f"{far.pk}/")] == [404, 404]
    assert client.post(f"{path}{far.pk}/").status_code == 404
    assert client.get(f"/sv/advisor/postings/{hidden.pk}/people/").status_code == 404
    assert pair.profile.first_name not in client.get(f"/sv/advisor/postings/{far.pk}/people/").content.decode()


def test_what_was_decided_is_not_undone_by_hand(pair: Pair, now: datetime) -> None:
    pair.approve(now)
    with pytest.raises(Refused, match="decided"):
        actions.choose(pair.posting.pk, pair.profile.pk, by=pair.advisor, at=now)
    refused = another(pair)
    door = refused.introduce(now)
    actions.answer(door.pk, by=pair.member, at=now, choice="decline", reason="filled")
    with pytest.raises(Refused, match="refused"):
        actions.choose(refused.posting.pk, pair.profile.pk, by=pair.advisor, at=now)
    pair.profile.paused = True
    pair.profile.save()
    with pytest.raises(Refused, match="paused"):
        actions.choose(PostingFactory(published=True).pk, pair.profile.pk, by=pair.advisor, at=now)


def test_a_posting_that_has_closed_says_so(pair: Pair, far: Posting) -> None:
    far.status.state = "filled"
    far.status.save()
    client = browser(pair.advisor.user_id)
    answer = client.get(f"/sv/advisor/people/{pair.profile.pk}/postings/{far.pk}/")
    assert (answer.status_code, client.get(answer.url).status_code) == (302, 410)
    assert client.post(f"/sv/advisor/people/{pair.profile.pk}/postings/{far.pk}/").status_code == 404


def test_from_a_posting_to_ones_own_people(pair: Pair, far: Posting) -> None:
    client = browser(pair.advisor.user_id)
    path = f"/sv/advisor/postings/{far.pk}/people/"
    assert path in client.get(f"/sv/postings/{far.pk}/").content.decode()
    page = client.get(path).content.decode()
    assert pair.profile.short_name in page
    assert Read.objects.filter(profile_id=pair.profile.pk, page="outside").exists()


def test_the_lists_do_not_grow_in_queries(pair: Pair, now: datetime) -> None:
    client, counts = browser(pair.advisor.user_id), []
    by_person, by_posting = f"/sv/advisor/people/{pair.profile.pk}/postings/", f"/sv/advisor/postings/{pair.posting.pk}/people/"
    membership = pair.profile.advisor.memberships.get()
    for more in (3, 12):
        for n in range(more):
            put(PostingFactory(workplace=pair.posting.workplace, title=f"Plats {n}", published=True).pk)
            ProfileFactory(advised_by=membership)
        for path in (by_person, by_posting):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                page = client.get(path).content.decode()
            counts.append((path, len(asked), len(re.findall(r"<li><div><a href", page))))
    assert counts[0][1] == counts[2][1]
    assert counts[1][1] == counts[3][1]
    assert counts[3][2] > counts[1][2]
