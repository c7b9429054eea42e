"""The demo region: refused where it does not belong, made once, resumed, made anew, and invented through and through."""

import re
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from stdnum.no import orgnr as norwegian
from stdnum.se import orgnr as swedish
from wagtail.models import Page, Revision, TaskState, WorkflowState

from accounts.access import as_role
from accounts.models import Agency, Membership, User
from audit.models import Event
from employers.models import Employer, Posting, PostingStatus, Supervisor, Workplace, WorkplaceOffer
from employers.states import PostingState
from jobseekers.models import NeedsRecord, Profile
from jobseekers.queries import PARAMETERS
from matching import queries
from matching.models import Approval, Consent, Interest, Introduction, Suggestion
from outbox.models import Fact, Letter
from placements.models import Placement
from portal.demo import employers, people, region, story
from portal.demo.content import FOLDER, Clock, account_id, key, read
from search.models import PostingEntry
from taxonomy.models import Concept, Need
from tests.factories.accounts import UserFactory
from tests.factories.employers import organisation_number
from tests.portal.demo_placements import has_placements_in_every_state

PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:19|20)?\d{6}[-+ ]?\d{4,5}(?!\d)")
KEPT_FREE = re.compile(r"033-17 4\d \d\d|070-174 06 \d\d|\+47 69 00 4\d \d\d")
OWN_DOMAINS = {"example.org", "ingang.example"}


def demo(*options: str) -> str:
    said = StringIO()
    call_command("demo", *options, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("options", [(), ("--reset",), ("--people",)])
def test_it_is_refused_where_no_demo_belongs(options: tuple[str, ...]) -> None:
    somebody = UserFactory()
    with pytest.raises(CommandError, match="INGANG_DEMO"):
        demo(*options)
    assert User.objects.get() == somebody
    assert not Event.objects.exists()


def test_every_person_is_invented_the_same_way_each_time() -> None:
    first, second = people.people(), people.people()
    assert first == second
    assert len({person.slug for person in first}) == len({person.name for person in first}) == 120
    assert max(Counter(person.advisor for person in first if person.advisor).values()) <= 15


@pytest.mark.parametrize("country", ["SE", "NO"])
def test_organisation_numbers_have_their_check_digit(country: str) -> None:
    found = [employers.organisation_number(country, n) for n in range(30)]
    valid = {"SE": swedish.is_valid, "NO": norwegian.is_valid}[country]
    assert all(valid(number) for number in found)
    assert len(set(found)) == len(found)


def test_no_file_holds_a_personal_number_or_a_real_address() -> None:
    texts = {path.name: path.read_text() for path in Path(FOLDER).glob("*.toml")}
    assert len(texts) == 9
    assert {name: PERSONAL_NUMBER.findall(text) for name, text in texts.items() if PERSONAL_NUMBER.search(text)} == {}
    assert not any("@" in text or "http" in text for text in texts.values())


@pytest.fixture
def starter() -> None:
    for command in ("load_starter", "load_measures"):
        call_command(command, stdout=StringIO())


def _everything() -> dict[str, Any]:
    """What must be the same after a reset."""
    return {
        "accounts": set(User.objects.values_list("pk", "email")),
        "postings": set(PostingStatus.objects.values_list("pk", "state")),
        "offers": set(WorkplaceOffer.objects.values_list("workplace_id", "need_id", "answer", "how")),
        "people": set(Profile.objects.values_list("pk", "index_id", "stage", "advisor_id")),
        "suggestions": set(Suggestion.objects.values_list("posting_id", "profile_id", "state", "closed_as", "eligible")),
        "placements": set(Placement.objects.values_list("profile_id", "posting_id", "state", "starts", "ends")),
        "doors": set(Introduction.objects.values_list("suggestion__profile_id", "posting_id", "state", "answer")),
    }


@pytest.mark.slow
@pytest.mark.django_db
def test_the_region_is_made_resumed_left_alone_and_made_anew(starter: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    assert demo("--people") == ""
    _stops_half_way(monkeypatch)
    demo()
    _has_its_size()
    _is_invented()
    _knows_only_the_vocabulary()
    _has_some_of_everything()
    _has_the_people_to_try()
    has_placements_in_every_state()

    made, log = _everything(), Event.objects.count()
    assert "is there" in demo()
    assert (_everything(), Event.objects.count()) == (made, log)

    _holds_what_a_visitor_left()
    demo("--reset")
    assert _everything() == made
    assert Event.objects.count() > log
    assert list(Event.objects.filter(subject="demo").order_by("pk").values_list("what", flat=True)) == [
        "demo_made",
        "demo_removed",
        "demo_made",
    ]
    _left_nothing_behind()


def _stops_half_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(clock: Clock) -> dict[str, int]:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(story, "tell", killed)
        with pytest.raises(KeyboardInterrupt):
            demo()
    assert not region.is_whole()
    assert Profile.objects.count() == 120


def _has_its_size() -> None:
    kinds = Counter(Membership.objects.values_list("kind", flat=True))
    assert (kinds["advisor"], kinds["coordinator"], kinds["editor"], kinds["employer"]) == (8, 3, 1, 30)
    counts = [model._default_manager.count() for model in (Agency, Employer, Workplace, Posting, Profile)]
    assert counts == [3, 30, 45, 80, 120]
    assert set(Agency.objects.values_list("country", flat=True)) == {"SE", "NO"}
    caseloads = Profile.objects.exclude(advisor=None).values("advisor").annotate(n=Count("pk")).values_list("n", flat=True)
    assert max(caseloads) <= 15
    assert not Workplace.objects.filter(supervisors=None).exists()
    for employer in Employer.objects.all():
        assert Membership.objects.get(user=employer.contact).kind == "advisor", "the contact of an employer is one of ours"
    assert set(WorkplaceOffer.objects.values_list("answer", flat=True)) == {"yes", "can", "no"}
    assert set(WorkplaceOffer.objects.values_list("evidence", flat=True)) == {"declared", "visited", "shown"}
    for profile in Profile.objects.select_related("team__agency"):
        assert profile.country == profile.team.agency.country


def _is_invented() -> None:
    for employer in Employer.objects.all():
        assert (swedish if employer.country == "SE" else norwegian).is_valid(employer.number), employer.name
    for user in User.objects.all():
        assert user.email.partition("@")[2] in OWN_DOMAINS
        assert KEPT_FREE.fullmatch(user.phone), user.phone
    words = [*Profile.objects.values_list("words", flat=True), *User.objects.values_list("email", flat=True)]
    assert not any(PERSONAL_NUMBER.search(text) for text in words)
    assert set(Posting.objects.values_list("employer__country", "language")) == {("SE", "sv"), ("NO", "nb")}


def _knows_only_the_vocabulary() -> None:
    known = set(Concept.objects.values_list("key", flat=True))
    asked = {need.code: need.parameter for need in Need.objects.all()}
    for posting in Posting.objects.all():
        assert posting.title
        assert posting.tasks
        assert {one["key"] for one in posting.skills} <= known, posting.title
        assert set(posting.offers) <= set(asked)
    for record in NeedsRecord.objects.all():
        for code, need in record.needs.items():
            assert code in asked
            assert not need["parameter"] or asked[code] in PARAMETERS, code


def _has_some_of_everything() -> None:
    states = Counter(PostingStatus.objects.values_list("state", flat=True))
    assert set(states) == set(PostingState) - {PostingState.WITHDRAWN}
    assert 55 <= states["published"] <= 65
    assert PostingEntry.objects.filter(gone=False).count() == states["published"]
    for status in PostingStatus.objects.filter(state="published").select_related("posting"):
        assert status.published_hash == status.posting.content_hash()
    assert WorkflowState.objects.filter(status="in_progress").count() == states["submitted"]
    suggestions = Counter(Suggestion.objects.values_list("state", "closed_as"))
    assert {state for state, _ in suggestions} == {"suggested", "approved", "introduced", "closed"}
    assert {why for _, why in suggestions} >= {"dismissed", "declined", "lapsed", "withdrawn", "filled", "stale"}
    assert set(Introduction.objects.values_list("state", flat=True)) >= {"open", "answered", "meeting", "closed"}
    assert Suggestion.objects.filter(wait_until__gt=date.today()).exists()  # noqa: DTZ011 (both are days of the machine)
    assert any("asked" in one.decided for one in Suggestion.objects.exclude(wait_until=None))
    assert Interest.objects.exists()
    assert Approval.objects.exclude(talk_at=None).exists()
    assert Consent.objects.exclude(channel="").exists()
    assert Suggestion.objects.filter(no_similar=True).exists()
    assert not Fact.objects.filter(done_at=None).exists()
    assert not Letter.objects.filter(done_at=None).exists()


def _has_the_people_to_try() -> None:
    said = demo("--people")
    for address in (
        "elin.sandberg@example.org",
        "maria.lindqvist@ingang.example",
        "anna.berg@example.org",
        "ingrid.solheim@ingang.example",
    ):
        assert address in said
    password = read("region")["password"]
    assert password in said
    assert len(password) >= 15
    assert User.objects.get(email="elin.sandberg@example.org").check_password(password)
    elin = Suggestion.objects.get(profile__user__email="elin.sandberg@example.org", state="approved")
    assert elin.posting_id == key("posting", "lindangen-sjobo", "vaxthus") == UUID("cd9e96a3-4169-5735-a87c-d310f1625698")
    assert elin.profile.advisor_id == account_id("maria")
    assert Suggestion.objects.waiting_for(account_id("maria"), elin.profile.team_id, Clock(elin.created_at).now).count() >= 5
    maria = as_role(Membership.objects.get(user_id=account_id("maria"), kind="advisor"))
    assert {due.kind for due in queries.due_today(by=maria, at=timezone.now())} >= {"late", "talk"}
    door = Introduction.objects.exclude(state="closed").get(posting__employer=key("employer", "lindangen"))
    assert (door.state, door.answered_at) == ("open", None)
    assert Suggestion.objects.filter(profile=key("profile", "sindre"), state="approved").exists()
    assert User.objects.get(pk=account_id("lena")).has_perm("wagtailadmin.access_admin")


def _holds_what_a_visitor_left() -> None:
    """Somebody has tried the demo: an account with an employer, and a session."""
    visitor = UserFactory()
    employer = Employer.objects.create(
        country="SE", number=organisation_number(1), name="Besökarens AB", joined_at=Clock(visitor.date_joined).now
    )
    Supervisor.objects.create(workplace=Workplace.objects.create(employer=employer, name="Besök"), name="Någon")
    client = Client()
    client.force_login(User.objects.get(pk=account_id("elin")), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("today")).status_code == 200


def _left_nothing_behind() -> None:
    assert not Session.objects.exists()
    assert not Employer.objects.filter(name="Besökarens AB").exists()
    postings = {str(pk) for pk in Posting.objects.values_list("pk", flat=True)}
    pages = {str(pk) for pk in Page.objects.values_list("pk", flat=True)}
    assert set(Revision.objects.values_list("object_id", flat=True)) <= postings | pages
    assert set(WorkflowState.objects.values_list("object_id", flat=True)) <= postings
    assert not TaskState.objects.filter(workflow_state=None).exists()
