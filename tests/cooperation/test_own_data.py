"""The person's copy holds plan and contacts, and deleting takes them away."""

import json
from datetime import datetime

import pytest
from django.apps import apps

from audit.models import Event
from cooperation import actions, exports
from cooperation.models import Contact, Plan, PlanStep
from jobseekers.states import NotThere
from tests.cooperation.conftest import Around
from tests.factories.accounts import role_of
from tests.factories.employers import EmployerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
GOAL, STEP, WHO, LINE, AGENCY = "kanariens mål", "kanariens steg", "kanariens handledare", "raden om kanarien", "kanariens kurator"
CANARY = (GOAL, STEP, WHO, LINE, AGENCY)


@pytest.fixture
def kept(around: Around, now: datetime) -> Around:
    pk, by = around.profile.pk, around.advisor
    actions.save_goal(pk, GOAL, by=around.person, at=now)
    actions.add_step(pk, words=STEP, side="employer", who=WHO, by=around.person, at=now)
    actions.note_contact("phone", profile_id=pk, line=LINE, by=by, at=now)
    actions.note_contact("phone", profile_id=pk, agency=AGENCY, line=LINE, by=by, at=now)
    actions.note_contact("workplace", profile_id=pk, employer_id=EmployerFactory().pk, line=LINE, by=by, at=now)
    return around


def canaries() -> set[tuple[str, str]]:
    """Where a word of the canary stands in any table, opened where it is sealed."""
    rows = {model._meta.db_table: str(list(model._base_manager.values())) for model in apps.get_app_config("cooperation").get_models()}
    return {(table, word) for table, held in rows.items() for word in CANARY if word in held}


def test_case_41_the_copy_holds_the_plan_and_the_contacts(kept: Around, now: datetime) -> None:
    held = exports.whole(kept.profile, now)
    text = json.dumps(held, ensure_ascii=False)
    assert [word for word in CANARY if word not in text] == [LINE]
    assert len(held["contacts"]) == 3
    assert {one["your_advisor_has_a_line_about_it"] for one in held["contacts"]} == {True}


def test_case_41_deleting_leaves_no_word(kept: Around, now: datetime) -> None:
    assert {word for _, word in canaries()} == set(CANARY)
    actions.erase(kept.profile.pk, by=kept.person, at=now)
    assert canaries() == set()
    assert not Plan.objects.exists()
    assert not PlanStep.objects.exists()
    left = Contact.objects.get()
    assert (left.way, left.profile, left.sealed) == ("workplace", None, {"line": "", "agency": ""})
    assert Event.objects.filter(what="plan_erased").exists()


@pytest.mark.parametrize("who", ["another person", "another advisor", "coordinator"])
def test_only_the_person_deletes(kept: Around, now: datetime, who: str) -> None:
    with pytest.raises(NotThere):
        actions.erase(kept.profile.pk, by=role_of(kept.strangers[who]), at=now)
    with pytest.raises(NotThere):
        actions.erase(kept.profile.pk, by=kept.advisor, at=now)
    assert {word for _, word in canaries()} == set(CANARY)
