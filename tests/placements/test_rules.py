"""The order of signatures is held by the database as well: SQL by hand, past every action, on both databases."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from placements.models import Placement, Version
from placements.signals import RULES
from placements.states import FOLLOWS, PAPER_FOLLOWS, State
from tests.factories.matching import make_pair
from tests.factories.placements import Case, make_case, running_case

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def case(now: datetime) -> Case:
    return make_case(now)


def write(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [value.hex if connection.vendor == "sqlite" and hasattr(value, "hex") else value for value in values])


def refused(rule: str, sql: str, *values: Any) -> None:
    with pytest.raises(IntegrityError, match=rule):
        write(sql, *values)


def test_all_triggers_are_installed() -> None:
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert {row[0] for row in cursor.fetchall()} >= {rule.name for rule in RULES}


def test_the_tables_of_states_and_the_triggers_agree() -> None:
    [rule] = [one.refused_when for one in RULES if one.name == "placement_moves_in_order"]
    for before, after in FOLLOWS.items():
        if after:
            assert f"OLD.state = '{before}'" in rule
        for one in after:
            assert f"'{one}'" in rule.split(f"OLD.state = '{before}'")[1].split(")")[0]
    assert all(isinstance(after, frozenset) for after in PAPER_FOLLOWS.values())


def test_case_24_no_placement_without_an_agreed_door(now: datetime) -> None:
    pair = make_pair()
    door = pair.introduce(now)
    row = {"introduction": door, "profile": pair.profile, "posting": pair.posting, "kind": "trial"}
    with pytest.raises(IntegrityError, match="placement_from_an_agreed_door"), transaction.atomic():
        Placement.objects.create(**row, created_at=now, touched_at=now, moved_at=now)


@pytest.mark.parametrize("state", [one for one in State if one not in {State.DRAFT, State.CANCELLED, State.EXPIRED}])
def test_case_29_nothing_begins_without_a_version_in_force(case: Case, now: datetime, state: State) -> None:
    case.until_signed(now)
    closed = now if state in {State.COMPLETED, State.ENDED_EARLY} else None
    refused("placement_moves_in_order", "UPDATE placements_placement SET state = %s, closed_at = %s WHERE id = %s", state, closed, case.id)


def test_case_29_an_end_is_left_by_no_hand(now: datetime) -> None:
    case = running_case(now)
    write("UPDATE placements_placement SET state = 'completed', closed_at = CURRENT_TIMESTAMP WHERE id = %s", case.id)
    refused("placement_moves_in_order", "UPDATE placements_placement SET state = 'running', closed_at = NULL WHERE id = %s", case.id)


def test_case_31_what_is_signed_is_not_changed(case: Case, now: datetime) -> None:
    version = case.until_sent(now).version()
    refused("version_stands_as_signed", "UPDATE placements_version SET hash = 'x' WHERE id = %s", version.pk)
    refused("version_stands_as_signed", "UPDATE placements_version SET measure_written = '{}' WHERE id = %s", version.pk)
    refused("version_stands_as_signed", "UPDATE placements_version SET asked_count = 1 WHERE id = %s", version.pk)
    refused("version_stands_as_signed", "UPDATE placements_version SET state = 'draft' WHERE id = %s", version.pk)
    refused("version_stands_as_signed", "UPDATE placements_version SET state = 'signed' WHERE id = %s", version.pk)


def test_case_29_a_version_is_in_force_by_the_advisors_signature_alone(case: Case, now: datetime) -> None:
    version = case.until_signed(now).version()
    refused("version_stands_as_signed", "UPDATE placements_version SET state = 'approved' WHERE id = %s", version.pk)


SIGNS = (
    "INSERT INTO placements_signature (version_id, party, by_id, at, hash, channel, why) VALUES (%s, %s, %s, CURRENT_TIMESTAMP, %s, %s, %s)"
)


def test_the_advisor_does_not_sign_first_by_any_hand(case: Case, now: datetime) -> None:
    version = case.until_sent(now).version()
    told = (version.pk, "advisor", case.advisor.user_id, version.hash, "", "")
    refused("signature_on_what_is_open", SIGNS, *told)
    case.all_sign(now)
    write(SIGNS, *told)
    refused("signature_on_what_is_open", SIGNS, version.pk, "other", None, version.hash, "", "")


def test_nobody_else_signs_as_the_advisor(case: Case, now: datetime) -> None:
    version = case.until_signed(now).version()
    refused("signature_on_what_is_open", SIGNS, version.pk, "advisor", case.member.user_id, version.hash, "", "")
    refused("signature_on_what_is_open", SIGNS, version.pk, "advisor", case.advisor.user_id, version.hash, "phone", "asked")


def test_a_signature_is_for_the_words_that_stand_there(case: Case, now: datetime) -> None:
    version = case.until_sent(now).version()
    refused("signature_on_what_is_open", SIGNS, version.pk, "jobseeker", case.jobseeker.user_id, "another", "", "")


def test_case_30_for_one_party_at_most_by_any_hand(case: Case, now: datetime) -> None:
    version = case.until_sent(now).version()
    write(SIGNS, version.pk, "jobseeker", case.advisor.user_id, version.hash, "phone", "asked")
    with pytest.raises(IntegrityError):
        write(SIGNS, version.pk, "employer", case.advisor.user_id, version.hash, "phone", "asked")
    with pytest.raises(IntegrityError):
        write(SIGNS, version.pk, "employer", case.advisor.user_id, version.hash, "phone", "")


def test_a_signature_is_never_changed(case: Case, now: datetime) -> None:
    version = case.until_signed(now).version()
    refused("signature_stands", "UPDATE placements_signature SET party = 'other' WHERE version_id = %s", version.pk)


def test_a_void_version_stays_void(case: Case, now: datetime) -> None:
    case.until_signed(now)
    case.write(now, ends=case.ends.replace(day=1))
    old = Version.objects.get(placement=case.placement, number=1)
    refused("version_stands_as_signed", "UPDATE placements_version SET state = 'to_sign' WHERE id = %s", old.pk)
