"""What an advisor decides speaks of needs: no row in the open holds it, and nothing that comes later loses it."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from employers.actions import answer_question
from employers.models import PostingQuestion
from matching import actions
from matching.models import Suggestion
from matching.models.suggestions import DismissReason
from tests.factories.matching import Pair, another, make_pair, suggestion_of
from tests.journeys.world import carry_facts
from tests.portal.canary import NEED, browser

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
QUESTIONS = "employers_postingquestion"


@pytest.fixture
def pair() -> Pair:
    return make_pair(needs={NEED: "must"})


def decide(pair: Pair, decision: str, **sent: str) -> Client:
    client = browser(Membership.objects.get(pk=pair.advisor.membership_id))
    answer = client.post(reverse("confirm", args=[pair.suggestion.pk]) + f"?decision={decision}", sent)
    assert answer.status_code == 302
    return client


def tables() -> dict[str, list[list[Any]]]:
    """Every row of every table as it lies there, ids and times as text; what is sealed stays sealed."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed:
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608 (names of our own tables)
                found[model._meta.db_table] = [[_plain(value) for value in row] for row in cursor.fetchall()]
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else str(value).replace("-", "").removesuffix("+00:00")


def count(held: dict[str, list[list[Any]]]) -> Counter[tuple[str, Any]]:
    return Counter((table, value) for table, rows in held.items() for row in rows for value in row)


def test_nothing_in_the_open_ties_a_person_to_the_question_that_is_asked(pair: Pair) -> None:
    before = count(tables())
    decide(pair, "ask", code="arrange", need=NEED)
    held = tables()
    question = PostingQuestion.objects.get()
    assert question.need_id == NEED, "the question itself stands there, about the posting"
    new = count(held) - before
    named = {question.pk.hex}
    # The letter to the employer's members names the question, and nobody else.
    assert {table for table, value in new if value in named} == {QUESTIONS, "outbox_letter"}
    assert not [table for table, value in new if NEED in str(value) and table != QUESTIONS]
    [asked] = held[QUESTIONS]
    times = {value for table, rows in held.items() if table != QUESTIONS for row in rows for value in row}
    assert _plain(question.asked_at)[:19] in str(asked)
    assert not [value for value in asked if value in times and _is_a_time(value)], "no hour by which the two could be laid side by side"


def _is_a_time(value: Any) -> bool:
    return isinstance(value, str) and value[:2] == "20" and ":" in value


def log(pair: Pair) -> list[list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, before, after, why, channel FROM audit_event WHERE subject_id = %s", [str(pair.suggestion.pk)])
        return [list(row) for row in cursor.fetchall()]


def test_a_suggestion_that_asks_looks_like_one_that_waits(pair: Pair, now: datetime) -> None:
    waits = another(pair)
    decide(pair, "ask", code="arrange", need=NEED)
    actions.wait(waits.suggestion.pk, (now + timedelta(days=7)).date(), by=pair.advisor, at=now)
    assert log(pair) == log(waits) != []
    with connection.cursor() as cursor:
        cursor.execute("SELECT wait_until, length(decided) FROM matching_suggestion")
        assert len(set(cursor.fetchall())) == 1


@pytest.mark.parametrize("reason", DismissReason.values)
def test_why_a_suggestion_was_dismissed_stands_nowhere_in_the_open(pair: Pair, reason: str) -> None:
    before, words = count(tables()), "Behöver ett tyst rum"
    client = decide(pair, "dismiss", reason=reason, words=words)
    new = count(tables()) - before
    assert ("matching_suggestion", "dismissed") in new
    assert not [place for place in new if place[1] == reason or words in str(place[1])]
    page = client.get(reverse("suggestion", args=[pair.suggestion.pk])).content.decode()
    assert words in page
    assert Suggestion.objects.get().decided == {"reason": reason, "words": words}


def test_the_answer_wakes_those_who_wait_for_it_and_nobody_else(pair: Pair, now: datetime) -> None:
    people = [make_pair(needs={NEED: "must"}) for _ in range(3)]
    same, later, other = (replace(one, suggestion=suggestion_of(pair.posting, one.profile), posting=pair.posting) for one in people)
    Suggestion.objects.exclude(posting=pair.posting).delete()
    for one in (pair, same):
        decide(one, "ask", code="arrange", need=NEED)
    decide(other, "ask", code="hours")
    actions.wait(later.suggestion.pk, (now + timedelta(days=7)).date(), by=later.advisor, at=now)
    assert not Suggestion.objects.undecided(now).exists()
    answer_question(PostingQuestion.objects.get(need=NEED).pk, by=pair.member, at=now, answer="yes")
    carry_facts()
    assert set(Suggestion.objects.undecided(now)) == {pair.suggestion, same.suggestion}
    assert actions.wake(PostingQuestion.objects.get(need=NEED).pk) == 0, "they are awake"


def test_deleting_takes_what_was_decided(pair: Pair, now: datetime) -> None:
    decide(pair, "ask", code="arrange", need=NEED)
    pair.introduce(now)
    actions.erase(pair.profile.pk, by=pair.jobseeker, at=now)
    assert Suggestion.objects.get().decided == {}


def test_what_stood_in_the_open_is_moved(pair: Pair, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The step of the migration, on a table with the columns of before and of after it."""
    dismissed, untouched = another(pair), another(pair)
    question = PostingQuestion.objects.create(posting=pair.posting, code="arrange", need_id=NEED, asked_at=now)
    before = dict(Suggestion.objects.values_list("pk", "sealed"))
    step = import_module("matching.migrations.0006_decided")
    state = MigrationLoader(connection).project_state(("matching", "0005_documents"))
    step.Migration.operations[0].state_forwards("matching", state)
    old = state.apps.get_model("matching", "Suggestion")
    connection.check_constraints()  # PostgreSQL changes no table while rows wait to be checked
    with connection.cursor() as cursor:
        for name in ("asked", "reason"):
            column = old._meta.get_field(name)
            default = "DEFAULT '' NOT NULL" if name == "reason" else "NULL"
            cursor.execute(f"ALTER TABLE matching_suggestion ADD COLUMN {column.column} {column.db_type(connection)} {default}")
    old.objects.filter(pk=pair.suggestion.pk).update(asked_id=question.pk)
    old.objects.filter(pk=dismissed.suggestion.pk).update(reason="other", sealed=dismissed.suggestion.sealed | {"dismissed": "Tyst"})
    monkeypatch.setattr(step, "AT_ONCE", 2)
    step.seal(state.apps, None)
    assert set(old.objects.values_list("asked_id", "reason")) == {(None, "")}
    found = {one.pk: one for one in Suggestion.objects.all()}
    assert found[pair.suggestion.pk].decided == {"asked": str(question.pk)}
    assert found[dismissed.suggestion.pk].decided == {"reason": "other", "words": "Tyst"}
    assert found[untouched.suggestion.pk].decided == {}
    assert {pk: one.sealed for pk, one in found.items()} == before
    assert actions.wake(question.pk) == 0, "nobody waits any more"
    Suggestion.objects.filter(pk=pair.suggestion.pk).update(wait_until=now)
    assert actions.wake(question.pk) == 1
