"""Two at once, on a real PostgreSQL: a button pressed twice notes once, of two who save the same page one is told, and what is
noted while the person deletes is gone or refused."""

from datetime import datetime, timedelta

import pytest

from cooperation import actions, queries
from cooperation.models import Contact, Plan, PlanStep
from jobseekers.actions import leave
from jobseekers.states import NotThere, Refused
from tests.cooperation.conftest import Around
from tests.factories.cooperation import PlanStepFactory
from tests.factories.employers import EmployerFactory
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres(only=True)]
ROUNDS = 5


def test_two_presses_note_one_contact_and_add_one_step(around: Around, now: datetime) -> None:
    for n in range(ROUNDS):
        at, employer = now + timedelta(hours=n), EmployerFactory().pk
        for press in (
            lambda at=at, employer=employer: actions.note_contact("workplace", employer_id=employer, by=around.advisor, at=at),
            lambda at=at: actions.note_contact("phone", profile_id=around.profile.pk, by=around.advisor, at=at),
            lambda at=at, n=n: actions.add_step(around.profile.pk, words=f"Steg {n}", side="person", by=around.person, at=at),
        ):
            first, second = at_once(press, press)
            assert first == second
    assert (Contact.objects.count(), PlanStep.objects.count()) == (2 * ROUNDS, ROUNDS)


def test_of_two_who_save_the_same_page_one_is_told(around: Around, now: datetime) -> None:
    for n in range(ROUNDS):
        held = Plan.objects.filter(profile=around.profile).first()
        goal = queries.goal_version(around.profile.pk, held.sealed["goal"] if held else "")
        step = PlanStepFactory(profile=around.profile)
        seen = queries.step_version(step)
        for answers in (
            at_once(
                lambda n=n, seen=goal: actions.save_goal(around.profile.pk, f"mitt {n}", by=around.person, at=now, seen=seen),
                lambda n=n, seen=goal: actions.save_goal(
                    around.profile.pk, f"ditt {n}", by=around.advisor, at=now, seen=seen, channel="phone", why="asked"
                ),
            ),
            at_once(
                lambda pk=step.pk, seen=seen: actions.change_step(pk, words="mitt", by=around.person, at=now, seen=seen),
                lambda pk=step.pk, seen=seen: actions.change_step(pk, words="ditt", by=around.person, at=now, seen=seen),
            ),
        ):
            assert [one.code for one in answers if isinstance(one, Refused)] == ["changed"]


def test_what_is_noted_while_the_person_deletes_is_gone_or_refused(around: Around, now: datetime) -> None:
    pk = around.profile.pk

    def delete() -> None:
        leave(pk, by=around.person, at=now)
        actions.erase(pk, by=around.person, at=now)

    _, noted, added = at_once(
        delete,
        lambda: actions.note_contact("phone", profile_id=pk, by=around.advisor, at=now),
        lambda: actions.add_step(pk, words="Ringa", side="advisor", by=around.advisor, at=now),
    )
    assert isinstance(noted, Contact | NotThere)
    assert isinstance(added, PlanStep | NotThere)
    assert not Contact.objects.exists()
    assert not PlanStep.objects.exists()
