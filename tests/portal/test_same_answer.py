"""Case 7: "not yours" and "not there" are one answer, for every address with an id and every role.

Same body, same status, same headers; and the database is asked the same questions in the same order, which stands in for the
time that the answer takes (`benchmarks/same_answer.py` measures that time itself).
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from tests.factories.employers import PostingFactory, WorkplaceFactory
from tests.portal.test_access import addresses
from tests.portal.worlds import World, make_worlds

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
UNKNOWN_NUMBER = 987_654_321
WORDS: dict[str, Any] = {"signer": "jobseeker", "step": 1, "group": "sens", "move": "pause", "name": "place", "key": "0" * 32}
SENT = {
    "words": "x",
    "channel": "phone",
    "stage": "searching",
    "answer": "yes",
    "choice": "meet",
    "welcome": "1",
    "reason": "not_now",
    "often": "day",
}
QUERY = {"confirm": "?decision=approve", "answer_introduction": "?choice=meet"}
OWN_BESIDE = {"posting_people", "favourite", "advisor_employer"}  # what is one's own, beside a public posting or its employer
# Addresses that anyone may know of: what they lead to is public, or was.
PUBLIC = {"posting", "posting_easy", "report_posting", "interest"}


@pytest.fixture
def world(now: datetime) -> World:
    return make_worlds(now)


PLACED = ("placement", "agreement", "send_agreement", "approve_agreement", "sign_for", "stop_placement", "change_placement", "who_can_pay")
BELONGS_TO = {
    **dict.fromkeys(
        (*PLACED, "tell_of_placement", "propose_for_placement", "assessment", "outcome_consent", "agreement_template"), "placement"
    ),
    **dict.fromkeys(
        ("my_placement", "my_stop", "my_tell", "my_proposal", "my_assessment", "my_outcome_consent", "my_agreement_", "my_who_can_pay"),
        "placement",
    ),
    **dict.fromkeys(
        ("sign_agreement", "employer_placement", "employer_stop", "employer_tell", "employer_proposal", "employer_sign"), "placement"
    ),
    **dict.fromkeys(("employer_assessment", "employer_agreement_", "employer_who_can_pay", "employer_feedback"), "placement"),
    **dict.fromkeys(("begin_agreement", "hire"), "introduction"),
    **dict.fromkeys(("check_in", "my_check_in"), "check_in"),
    **dict.fromkeys(("follow_hire", "end_hire"), "hire"),
    **dict.fromkeys(("outcome", "my_outcome"), "outcome"),
    "employer_check_in": "check_in_of_employer",
    **dict.fromkeys(("apprentice_report", "my_report", "employer_report"), "report"),
    "adaptation": "adaptation",
    "incident": "incident",
    "task_done": "task_of_placement",
    **dict.fromkeys(("advisor_meeting", "my_meeting", "employer_meeting", "meeting_", "change_meeting", "cancel_meeting"), "meeting"),
    **dict.fromkeys(("invite_to_meeting", "ask_about_meeting"), "meeting"),
    "meeting_party": "party",
    "remove_meeting_note": "note",
    "finish_meeting_task": "task",
    "workplace": "workplace",
    "supervisor": "workplace",
    "employer_posting": "posting",
    **dict.fromkeys(("posting_", "drop_ins"), "posting"),
    "employer_asked_to_join": "request",
    "employer_member_end": "member",
    "employer_member_responsible": "member",
    "employer_invitation_taken_back": "invitation",
    "team_member_end": "colleague",
    "note_call": "call",
    "employer_introduction": "introduction",
    "answer_introduction": "introduction",
    "saved_search": "saved",
    "person": "person",
    "person_programme_withdraw": "wish_of_person",
    "my_programme_withdraw": "wish",
    "team_programme": "wish",
    "outside_pair": "person",
    "transfer": "person",
    "suggestion": "suggestion",
    "take_suggestion": "suggestion",
    "confirm": "suggestion",
    "build_card": "suggestion",
    "answer_for_person": "suggestion",
    "advisor_introduction": "introduction",
    "remind_employer": "introduction",
    "close_introduction": "introduction",
    "my_introduction": "introduction",
    "my_step": "step",
    "contact": "contact",
    "advisor_employer_back": "back",
    "my_": "suggestion",
    "withdraw": "consent",
}


def with_an_id() -> list[URLPattern]:
    kinds = ("UUIDConverter", "IntConverter")
    found = [one for _, one in addresses() if any(type(part).__name__ in kinds for part in one.pattern.converters.values())]
    return [one for one in found if one.name not in {*PUBLIC, *OWN_BESIDE}]


def owner_of(name: str) -> str:
    """Which of the world's ids an address takes: the longest beginning of its name that the table knows."""
    return BELONGS_TO[max((start for start in BELONGS_TO if name.startswith(start)), key=len)]


def both(one: URLPattern, ids: dict[str, Any]) -> Iterator[str]:
    """The address of what is there and not ours, and of what is not there."""
    wanted = {name: WORDS[name] for name in one.pattern.converters if name in WORDS}
    numbers = {name for name in one.pattern.converters if name not in WORDS}
    assert numbers <= set(ids), f"{one.name} takes {numbers}"
    for known in (True, False):
        given = {name: ids[name] if known else UNKNOWN_NUMBER if isinstance(ids[name], int) else uuid4() for name in numbers}
        yield reverse(str(one.name), kwargs={**wanted, **given}) + QUERY.get(str(one.name), "")


def shape(sql: str) -> str:
    """A query without its values."""
    return re.sub(r"'(?:[^']|'')*'|\b\d+\b|\b[0-9a-f]{32}\b", "?", re.sub(r'"[^"]*_savepoint[^"]*"|"s\d+_x\d+"', "savepoint", sql))


def heard(ask: Callable[[], Any], path: str) -> tuple[Any, ...]:
    """Everything that somebody at the other end could tell two answers apart by. What is kept for a while is read anew each time."""
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
    address = path.partition("?")[0].removeprefix("/sv")
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode().replace(address, "/ADDRESS"))
    headers = {name: value.replace(address, "/ADDRESS") for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, body, headers, [shape(one["sql"]) for one in asked]


def told_apart(client: Client, one: URLPattern, ids: dict[str, Any], method: str) -> str:
    """By what the two answers differ; empty when they do not."""
    theirs, nowhere = (
        heard(lambda path=path: client.get(path) if method == "get" else client.post(path, SENT), path) for path in both(one, ids)
    )
    if theirs[0] not in ({404} if method == "post" else {404, 405}):
        return f"answers {theirs[0]}"
    if not theirs[3]:
        return "no query was seen"
    parts = zip(("status", "body", "headers", "queries"), theirs, nowhere, strict=True)
    return ", ".join(name for name, ours, none in parts if ours != none)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.usefixtures("frozen")  # what a session writes once a minute is no answer
@pytest.mark.parametrize("kind", ["advisor", "jobseeker", "employer", "coordinator"])
def test_case_7_not_yours_is_not_there(world: World, kind: str, method: str) -> None:
    """Every address with an id that is this role's in the first place. None of the requests changes anything."""
    client = world.client(kind)
    client.get("/sv/help/")  # the first request of a session writes more than the next
    mine = [one for one in with_an_id() if one.callback.roles[0] == kind]
    assert len(mine) >= 2
    found = {str(one.name): told_apart(client, one, world.ids[owner_of(str(one.name))], method) for one in mine}
    assert {name: by for name, by in found.items() if by} == {}


def test_case_7_every_address_is_some_roles() -> None:
    assert {one.callback.roles[0] for one in with_an_id()} == {"advisor", "jobseeker", "employer", "coordinator"}


def inner(world: World, name: str, known: Any, unknown: Any, outer: Any) -> tuple[tuple[Any, ...], ...]:
    client = world.client("employer")
    client.get("/sv/help/")
    paths = [reverse(name, args=[outer, inside]) for inside in (known, unknown)]
    return tuple(heard(lambda path=path: client.post(path, SENT), path) for path in paths)


def test_case_7_what_lies_inside_something_of_ours(world: World, now: datetime) -> None:
    """Our own workplace with their supervisor, our own posting with their question."""
    ours, ids = world.mine.posting, world.ids
    for theirs, nowhere in (
        inner(world, "supervisor", ids["workplace"]["number"], UNKNOWN_NUMBER, ours.workplace_id),
        inner(world, "posting_answer", ids["posting"]["question"], uuid4(), ours.pk),
    ):
        assert theirs[0] == 404
        assert theirs == nowhere


@pytest.mark.parametrize("kind", ["anyone", "jobseeker"])
@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_case_7_a_draft_is_not_there(world: World, name: str, kind: str) -> None:
    draft = PostingFactory(workplace=WorkplaceFactory())
    client = Client() if kind == "anyone" else world.client(kind)
    client.get("/sv/help/")
    paths = [reverse(name, args=[pk]) for pk in (draft.pk, uuid4())]
    draft_answer, nothing = (heard(lambda path=path: client.get(path), path) for path in paths)
    assert draft_answer == nothing
    assert draft_answer[0] in {404, 302}


def test_case_7_another_role_is_refused_before_anything_is_looked_up(world: World) -> None:
    client = world.client("employer")
    client.get("/sv/help/")
    paths = [reverse("person", args=[pk]) for pk in (world.theirs.profile.pk, uuid4())]
    theirs, nowhere = (heard(lambda path=path: client.get(path), path) for path in paths)
    assert theirs == nowhere
    assert theirs[0] == 403
    assert not any("jobseekers_profile" in sql for sql in theirs[3])
