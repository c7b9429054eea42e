"""Reports of an apprenticeship: asked for every three months, written once, read by the four who are party to it."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from outbox.models import Letter
from placements import access, actions
from placements.access import REPORTS, token_of
from placements.actions.reports import last_due
from placements.exports import whole
from placements.letters import report_by_link
from placements.models import Placement, Report
from placements.models.placements import READ_AFTER
from placements.states import NotThere, Party, Refused
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.placements import Case, ReportFactory, apprenticeship, make_case, running_case
from tests.placements.test_pages import address, as_

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
TOLD = {"practised": "Kassan och att packa upp.", "goal0": "partly", "next": "Beställa varor."}
SAID = {"practised": "Kassan.", "goals": [["Prova", "yes"]], "next": "Lagret."}


@pytest.fixture
def case(now: datetime) -> Case:
    """A hundred days have passed."""
    return apprenticeship(now - timedelta(days=100))


def asked(case: Case, now: datetime) -> Report:
    actions.tick_reports(at=now)
    return Report.objects.get(placement=case.placement)


@pytest.mark.parametrize(
    ("starts", "today", "expected"),
    [
        (date(2026, 11, 30), date(2027, 2, 27), None),
        (date(2026, 11, 30), date(2027, 2, 28), date(2027, 2, 27)),
        (date(2027, 11, 30), date(2028, 2, 29), date(2028, 2, 28)),
        (date(2027, 11, 30), date(2028, 8, 1), date(2028, 5, 29)),
        (date(2026, 1, 15), date(2026, 1, 15), None),
        (date(2026, 1, 15), date(2026, 4, 14), None),
        (date(2026, 1, 15), date(2026, 4, 15), date(2026, 4, 14)),
        (date(2026, 1, 15), date(2027, 1, 20), date(2027, 1, 14)),
        (None, date(2027, 1, 20), None),
    ],
)
def test_case_64_a_period_ends_where_three_months_end(starts: date | None, today: date, expected: date | None) -> None:
    assert last_due(starts, today) == expected


def test_a_report_is_asked_for_once_of_the_workplace_and_the_school(case: Case, now: datetime) -> None:
    Letter.objects.all().delete()
    row = asked(case, now)
    assert actions.tick_reports(at=now) == 0
    assert (row.first, row.last) == (case.starts, last_due(case.starts, localdate(now)))
    assert set(Letter.objects.filter(about=row.pk).values_list("kind", flat=True)) == {
        "report_due",
        "report_by_link_supervisor",
        "report_by_link_other",
    }


def test_case_53_after_an_outage_one_report_spans_what_nobody_has_asked_about(now: datetime) -> None:
    case = apprenticeship(now - timedelta(days=200))
    row = asked(case, now)
    assert (row.first, row.last) == (case.starts, last_due(case.starts, localdate(now)))
    assert (row.last - row.first).days > 150
    actions.tick_reports(at=now + timedelta(days=79))
    newest, before = Report.objects.order_by("-first")
    assert newest.first == before.last + timedelta(days=1)


def test_nobody_asks_about_a_trial_or_what_has_not_lasted_three_months(now: datetime) -> None:
    running_case(now - timedelta(weeks=14), weeks=20)
    apprenticeship(now - timedelta(days=60))
    assert actions.tick_reports(at=now) == 0


def test_the_workplace_writes_and_the_person_and_the_advisor_read(case: Case, now: datetime) -> None:
    row = asked(case, now)
    member, person, advisor = as_(case.member), as_(case.jobseeker), as_(case.advisor)
    names = {
        member: ("employer_placement", "employer_report"),
        person: ("my_placement", "my_report"),
        advisor: ("placement", "apprentice_report"),
    }
    for client, (home, page) in names.items():
        assert address(page, row.pk) in client.get(address(home, case.id)).content.decode()
        assert client.get(address(page, row.pk)).status_code == 200
    path = address("employer_report", row.pk)
    assert {"practised", "goal0", "next"} <= set(member.post(path, {}).context["form"].errors)
    assert "practised" in member.post(path, TOLD | {"practised": "Hon har en diagnos."}).context["form"].errors
    assert member.post(path, TOLD).status_code == 302
    for client, (_, page) in names.items():
        shown = client.get(address(page, row.pk)).content.decode()
        assert "Kassan och att packa upp." in shown
        assert "Delvis" in shown
    assert member.post(path, TOLD).status_code == 409
    assert whole(case.pair.profile, now)["placements"][0]["reports"][0]["next"] == TOLD["next"]
    readers = {case.jobseeker.user_id, case.advisor.user_id}
    assert set(Letter.objects.filter(kind="report_written").values_list("reader_id", flat=True)) == readers


def test_the_school_writes_and_reads_by_its_link(case: Case, now: datetime) -> None:
    row = asked(case, now)
    path, client = reverse("report_by_link", args=[token_of(REPORTS[Party.OTHER], row.pk)]), Client()
    assert case.pair.profile.first_name in client.get(path).content.decode()
    assert client.post(path, TOLD).status_code == 302
    assert "Kassan och att packa upp." in client.get(path).content.decode()
    row.refresh_from_db()
    assert (row.written_by, row.by_id) == (Party.OTHER, None)
    assert client.post(path, TOLD).status_code == 409
    assert "Kassan och att packa upp." in as_(case.member).get(address("employer_report", row.pk)).content.decode()


def test_a_link_opens_its_own_report_only_and_not_for_ever(case: Case, now: datetime) -> None:
    row = asked(case, now)
    for token in ("x", token_of(access.CHECK_IN, row.pk), token_of(Party.OTHER, row.pk), token_of(REPORTS[Party.OTHER], case.id)):
        assert Client().get(f"/sv/reports/{token}/").status_code == 404
    token = token_of(REPORTS[Party.SUPERVISOR], row.pk)
    assert Client().get(f"/sv/reports/{token}/").status_code == 200
    assert access.version_by_link(token) is None
    assert access.check_in_by_link(token) is None
    actions.end_early(case.id, by=case.member, at=now, last_day=localdate(now), why="other")
    assert Client().get(f"/sv/reports/{token}/").status_code == 200, "the last report is written after the end"
    Placement.objects.update(closed_at=now - READ_AFTER - timedelta(seconds=1))
    assert Client().get(f"/sv/reports/{token}/").status_code == 404


def test_strangers_write_and_read_nothing(case: Case, now: datetime) -> None:
    row, other = asked(case, now), make_case(now)
    colleague = role_of(MembershipFactory(advisor=True, team=case.pair.profile.team))
    for who in (other.member, case.jobseeker, case.advisor):
        with pytest.raises(NotThere):
            actions.write_report(row.pk, SAID, by=who, at=now)
    pages = {
        other.member: "employer_report",
        other.jobseeker: "my_report",
        other.advisor: "apprentice_report",
        colleague: "apprentice_report",
    }
    for who, name in pages.items():
        assert as_(who).get(address(name, row.pk)).status_code == 404


def test_a_report_is_written_once_and_sealed(case: Case, now: datetime) -> None:
    row = ReportFactory(placement=case.placement, written=True)
    with pytest.raises(Refused, match="decided"):
        actions.write_report(row.pk, SAID, by=case.member, at=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM placements_report")
        assert "Kassan" not in str(cursor.fetchall())


def test_the_letter_to_the_school_has_a_link_and_none_goes_once_it_is_written(case: Case, now: datetime) -> None:
    row = asked(case, now)
    letter = Letter.objects.get(kind="report_by_link_other", about=row.pk)
    content = report_by_link(letter)
    assert content is not None
    assert content.to == "eva@example.org"
    assert case.pair.profile.first_name not in content.subject + content.text
    link = f"/sv/reports/{token_of(REPORTS[Party.OTHER], row.pk)}/"
    assert link in content.text
    assert Client().get(link).status_code == 200
    actions.write_report(row.pk, SAID, by=case.member, at=now)
    assert report_by_link(letter) is None


def ended(case: Case, now: datetime, on: date, **more: int) -> None:
    actions.end_early(case.id, by=case.member, at=now, last_day=on, why="other", **more)


def test_what_is_left_at_the_end_has_a_report_of_its_own(case: Case, now: datetime) -> None:
    """Three months and a week are behind them: a week has none of its own, three weeks have."""
    first = asked(case, now)
    later = now + timedelta(days=14)
    ended(case, later, localdate(later))
    assert actions.tick_reports(at=later) == 0, "the last day is not over"
    for _ in range(2):
        actions.tick_reports(at=later + timedelta(days=1))
    newest = Report.objects.exclude(pk=first.pk).get()
    assert (newest.first, newest.last) == (first.last + timedelta(days=1), localdate(later))
    actions.tick_reports(at=later + timedelta(days=200))
    assert Report.objects.count() == 2


def test_a_few_days_at_the_end_have_none_and_neither_has_who_never_came(case: Case, now: datetime) -> None:
    asked(case, now)
    ended(case, now, localdate(now))
    other = apprenticeship(now - timedelta(days=40))
    ended(other, now, localdate(now), hours=0)
    assert actions.tick_reports(at=now + timedelta(days=2)) == 0


def test_what_is_not_written_is_asked_for_once_more_and_then_is_a_task(case: Case, now: datetime) -> None:
    row = asked(case, now)

    def letters(days: int) -> int:
        Letter.objects.update(done_at=now)
        before = Letter.objects.filter(about=row.pk).count()
        for _ in range(2):
            actions.tick_reports(at=now + timedelta(days=days))
        return Letter.objects.filter(about=row.pk).count() - before

    assert [letters(days) for days in (13, 14, 15, 27, 28)] == [0, 3, 0, 0, 0]
    task = case.placement.tasks.get(kind="report")
    assert address("apprentice_report", row.pk) in as_(case.advisor).get(address("placement", case.id)).content.decode()
    actions.write_report(row.pk, SAID, by=case.member, at=now + timedelta(days=29))
    task.refresh_from_db()
    assert task.done_at is not None
