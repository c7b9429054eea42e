"""Who reads what of a placement, and who is told."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.access import ActiveRole
from accounts.models import Terms, User
from cooperation import actions as cooperation
from outbox.actions import send
from outbox.models import Letter
from placements import access, actions
from placements.models import Assessment, Incident, Outcome, Where, Works
from placements.states import Party
from tests.factories.accounts import role_of
from tests.factories.employers import employer_member
from tests.factories.placements import PHONED, apprenticeship, make_case, running_case, terms
from tests.placements.test_ends import WORDS, completed
from tests.placements.test_pages import as_

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]


def test_no_page_of_a_person_opens_before_the_promise(now: datetime) -> None:
    case, at = completed(now)
    actions.assess(case.id, WORDS | {"words": "Bara för er"}, by=case.jobseeker, at=at)
    actions.assess(case.id, WORDS, by=case.member, at=at)
    member = as_(case.member)
    assert "Bara för er" in member.get(reverse("employer_assessment", args=[case.id])).content.decode()
    Terms.objects.all().delete()
    for name in ("assessment", "tell", "stop", "placement", "sign", "agreement_pdf", "who_can_pay", "feedback"):
        answer = member.get(reverse(f"employer_{name}", args=[case.id]))
        assert (answer.status_code, reverse("accept_terms") in answer.url) == (302, True), name  # type: ignore[attr-defined]


def test_the_page_asks_where_the_person_is_only_after_a_yes(now: datetime) -> None:
    case, at = completed(now)
    home, question = reverse("my_placement", args=[case.id]), reverse("my_outcome", args=[Outcome.objects.get(months=0).pk])
    person = as_(case.jobseeker)
    assert question not in person.get(home).content.decode()
    actions.agree_to_be_asked(case.pair.profile.pk, True, by=case.jobseeker, at=at)
    assert question in person.get(home).content.decode()
    actions.agree_to_be_asked(case.pair.profile.pk, False, by=case.jobseeker, at=at)
    assert question not in person.get(home).content.decode()


def test_what_is_told_to_both_is_read_by_both_and_the_rest_by_the_advisor(now: datetime) -> None:
    case = running_case(now)
    person, member, advisor = as_(case.jobseeker), as_(case.member), as_(case.advisor)
    homes = ((person, "my_placement"), (member, "employer_placement"), (advisor, "placement"))
    person.post(reverse("my_tell", args=[case.id]), {"words": "Taket läcker in.", "send": "both"})
    person.post(reverse("my_tell", args=[case.id]), {"words": "Bara du får veta.", "send": "mine"})
    member.post(reverse("employer_tell", args=[case.id]), {"words": "Vi undrar en sak.", "send": "mine"})
    seen = [client.get(reverse(name, args=[case.id])).content.decode() for client, name in homes]
    assert ["Taket läcker in." in html for html in seen] == [True, True, True]
    assert ["Bara du får veta." in html for html in seen] == [True, False, True]
    assert ["Vi undrar en sak." in html for html in seen] == [False, True, True]
    colleague = as_(role_of(employer_member(case.pair.employer)))
    assert "Vi undrar en sak." not in colleague.get(reverse("employer_placement", args=[case.id])).content.decode()
    actions.follow_up(Incident.objects.get(private=False).pk, "Handläggarens rad", by=case.advisor, at=now)
    for client, name in homes[:2]:
        assert "Handläggarens rad" not in client.get(reverse(name, args=[case.id])).content.decode()


def test_case_31_the_employer_is_told_that_no_signature_counts(now: datetime, mailoutbox: list[object]) -> None:
    case = make_case(now).until_signed(now)
    Letter.objects.all().delete()
    case.write(now, terms=terms(hours=20))
    for one in Letter.objects.filter(kind="signatures_void"):
        assert send(str(one.pk), at=now)
    assert {to for letter in mailoutbox for to in letter.to} == {_address(case.jobseeker), _address(case.member)}  # type: ignore[attr-defined]
    assert access.sheet_for(case.now(), by=case.member) is None  # there is something new, and the person reads it first


def _address(role: ActiveRole) -> str | None:
    return User.objects.get(pk=role.user_id).email


def test_case_30_whoever_was_signed_for_is_told(now: datetime, mailoutbox: list[object]) -> None:
    case = make_case(now).until_sent(now)
    case.sign(Party.JOBSEEKER, now)
    Letter.objects.all().delete()
    case.sign(Party.EMPLOYER, now, by=case.advisor, behalf=PHONED)
    [letter] = Letter.objects.filter(reader_id=case.member.user_id)
    assert send(str(letter.pk), at=now)
    page = as_(case.member).get(reverse("employer_placement", args=[case.id])).content.decode()
    assert "av handläggaren efter samtal" in page


def test_who_has_not_written_may_disagree_when_it_is_closed(now: datetime) -> None:
    case, at = completed(now)
    page, person = reverse("my_assessment", args=[case.id]), as_(case.jobseeker)
    actions.assess(case.id, WORDS | {"words": "Kom ofta sent."}, by=case.member, at=at)
    told = {"words": "Bussen var sen.", "answer": "against"}
    assert person.post(page, told).status_code == 409  # one's own words come first
    actions.close_assessment(case.id, "Vi ses i mars.", by=case.advisor, at=at)
    assert "Kom ofta sent." in person.get(page).content.decode()
    person.post(page, told)
    for client, name in ((person, "my_assessment"), (as_(case.member), "employer_assessment"), (as_(case.advisor), "assessment")):
        assert "Bussen var sen." in client.get(reverse(name, args=[case.id])).content.decode(), name
    assert person.post(page, told).status_code == 409


def test_words_sent_twice_are_no_disagreement(now: datetime) -> None:
    case, at = completed(now)
    actions.assess(case.id, WORDS, by=case.member, at=at)
    told = {"attendance": "all", "goal0": "yes", "next": "job", "words": "Det gick bra."}
    page, person = reverse("my_assessment", args=[case.id]), as_(case.jobseeker)
    assert [person.post(page, told).status_code for _ in range(2)] == [302, 409]
    assert Assessment.objects.get().person_disagrees is None


def test_what_came_to_nothing_is_not_being_changed(now: datetime) -> None:
    case = make_case(now).until_sent(now)
    case.sign(Party.JOBSEEKER, now)
    member, page = as_(case.member), reverse("employer_placement", args=[case.id])
    case.write(now, terms=terms(hours=20))
    assert "Avtalet håller på att ändras." in member.get(page).content.decode()
    actions.cancel(case.id, by=case.jobseeker, at=now, why="other")
    assert "Avtalet håller på att ändras." not in member.get(page).content.decode()


def test_the_persons_own_plan_stands_beside_the_steps_and_never_at_the_employers(now: datetime) -> None:
    case, words = running_case(now), "Ringer försäkringskassan"
    cooperation.add_step(case.pair.profile.pk, words=words, side="person", who="", by=case.jobseeker, at=now)
    for role, name, plan in (
        (case.advisor, "placement", reverse("person_plan", args=[case.pair.profile.pk])),
        (case.jobseeker, "my_placement", reverse("my_plan")),
    ):
        html = as_(role).get(reverse(name, args=[case.id])).content.decode()
        assert (words in html, plan in html) == (True, True), name
    assert words not in as_(case.member).get(reverse("employer_placement", args=[case.id])).content.decode()


def test_the_person_reads_that_the_school_reads_it_too(now: datetime) -> None:
    case = apprenticeship(now)
    for name in ("sign_agreement", "my_placement"):
        assert "Eva Lund skriver också under" in as_(case.jobseeker).get(reverse(name, args=[case.id])).content.decode()


def test_a_report_that_came_second_gives_the_words_back(now: datetime) -> None:
    case, later = apprenticeship(now - timedelta(weeks=14)), now
    actions.tick_reports(at=later)
    row = case.placement.reports.get()
    told = {"practised": "Kassan och lagret.", "goal0": "yes", "next": "Beställa varor."}
    page = reverse("report_by_link", args=[access.token_of(access.REPORTS[Party.OTHER], row.pk)])
    assert as_(case.member).post(reverse("employer_report", args=[row.pk]), told).status_code == 302
    second = Client().post(page, told | {"practised": "Skolans egna ord."})
    assert second.status_code == 409
    for words in ("Skolans egna ord.", "Beställa varor."):
        assert words in second.content.decode()


def test_nowhere_has_no_hours(now: datetime) -> None:
    case, at = completed(now)
    row = Outcome.objects.get(months=0)
    for where, hours in ((Where.JOB, 20), (Where.NONE, None), (Where.EDUCATION, 20), (Where.UNKNOWN, None)):
        actions.record_outcome(row.pk, actions.Known(where, 20, True), by=case.advisor, at=at)
        row.refresh_from_db()
        assert (row.where, row.hours, row.same_workplace) == (where, hours, hours and True)


def test_case_30_who_has_signed_for_one_is_told_that_all_have_signed(now: datetime, mailoutbox: list[object]) -> None:
    case = make_case(now).until_sent(now)
    case.sign(Party.JOBSEEKER, now, by=case.advisor, behalf=PHONED)
    case.sign(Party.EMPLOYER, now)
    case.sign(Party.SUPERVISOR, now)
    [letter] = Letter.objects.filter(kind="agreement_to_sign", reader_id=case.advisor.user_id)
    assert send(str(letter.pk), at=now)
    assert len(mailoutbox) == 1


def test_what_is_told_twice_in_a_breath_is_told_once(now: datetime) -> None:
    case = running_case(now)
    page, told = reverse("my_tell", args=[case.id]), {"words": "Taket läcker in.", "send": "both"}
    for _ in range(2):
        assert as_(case.jobseeker).post(page, told).status_code == 302
    assert (Incident.objects.count(), case.placement.tasks.count()) == (1, 1)
    as_(case.jobseeker).post(page, told | {"words": "Och fönstret."})
    assert Incident.objects.count() == 2


def test_what_is_shown_on_the_offers_is_not_offered_to_be_shown(now: datetime) -> None:
    case = running_case(now)
    row = case.placement.adaptations.get()
    for to in (Works.IN_PLACE, Works.WORKS):
        actions.move_adaptation(row.pk, to, by=case.advisor, at=now)
    page, press = reverse("placement", args=[case.id]), 'name="answer" value="show"'
    assert press in as_(case.advisor).get(page).content.decode()
    actions.show_to_others(row.pk, by=case.advisor, at=now)
    assert press not in as_(case.advisor).get(page).content.decode()
