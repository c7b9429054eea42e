"""How a contact ends: who is told, what each side still sees, and what may come again."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.access import TERMS_VERSION
from accounts.models import Membership, Terms
from audit.models import Event, Read
from matching import access, actions
from matching.forms import AskForm
from matching.models import Introduction, Suggestion
from matching.states import Closed, Refused
from outbox.models import Letter
from tests.factories.accounts import role_of
from tests.factories.employers import EmployerFactory, employer_member
from tests.factories.matching import Pair, make_pair

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
ENDED = "Kontakten är avslutad. Kortet kan inte läsas längre."


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def browser(user_id: int, now: datetime) -> Client:
    client, member = Client(), Membership.objects.get(user_id=user_id)
    Terms.objects.get_or_create(user_id=user_id, version=TERMS_VERSION, defaults={"at": now})
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def told(kind: str = "contact_ended") -> set[int]:
    return {letter.reader_id for letter in Letter.objects.filter(kind=kind, done_at=None)}


def test_the_employer_reads_that_it_has_ended_and_no_name(pair: Pair, now: datetime) -> None:
    door, client = pair.introduce(now), browser(pair.member.user_id, now)
    actions.withdraw(door.consent_id, by=pair.jobseeker, at=now)
    page = client.get(reverse("employer_introduction", args=[door.pk]))
    listed = client.get(reverse("employer_introductions"))
    answer = client.get(reverse("answer_introduction", args=[door.pk]))
    assert [page.status_code, listed.status_code, answer.status_code] == [410, 200, 410]
    for one in (page, listed, answer):
        body = one.content.decode()
        assert ENDED in body
        assert pair.posting.title in body
        assert pair.profile.user.get_full_name() not in body
        assert pair.profile.user.first_name not in body


def test_what_was_typed_into_a_contact_that_ended_is_given_back(pair: Pair, now: datetime) -> None:
    door, client = pair.introduce(now), browser(pair.member.user_id, now)
    actions.withdraw(door.consent_id, by=pair.jobseeker, at=now)
    page = client.post(reverse("employer_introduction", args=[door.pk]), {"words": "Välkommen på måndag."})
    assert page.status_code == 410
    assert "Välkommen på måndag." in page.content.decode()
    person = browser(pair.jobseeker.user_id, now).post(reverse("my_introduction", args=[door.pk]), {"words": "Jag ångrade mig."})
    assert person.status_code == 409
    assert "Jag ångrade mig." in person.content.decode()
    assert not door.messages.exists()


def test_an_ended_contact_of_another_employer_is_not_there(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    actions.withdraw(door.consent_id, by=pair.jobseeker, at=now)
    stranger = employer_member(EmployerFactory())
    assert browser(stranger.user_id, now).get(reverse("employer_introduction", args=[door.pk])).status_code == 404
    assert access.ended_for(by=role_of(stranger), at=now) == []
    assert Read.objects.filter(refused=True, page="employer_introduction").count() == 1


def test_what_ended_long_ago_leaves_the_list(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    actions.withdraw(door.consent_id, by=pair.jobseeker, at=now)
    assert len(access.ended_for(by=pair.member, at=now)) == 1
    assert access.ended_for(by=pair.member, at=now + timedelta(days=31)) == []


def test_a_yes_that_ran_out_tells_all_three_and_is_no_unanswered_question(pair: Pair, now: datetime) -> None:
    pair.introduce(now)
    actions.lapse(at=now + timedelta(weeks=20))
    assert told() == {pair.member.user_id, pair.jobseeker.user_id, pair.advisor.user_id}
    assert told("lapsed") == set()
    assert Suggestion.objects.get().closed_as == Closed.ENDED
    page = browser(pair.jobseeker.user_id, now).get(reverse("my_suggestion", args=[pair.suggestion.pk])).content.decode()
    assert "Inget har visats" not in page
    assert "Kontakten är avslutad" in page


def test_the_employers_no_tells_the_person_and_the_advisor(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    colleague = employer_member(pair.posting.employer)
    actions.answer(door.pk, by=pair.member, at=now, choice="decline", reason="hours")
    assert told() == {pair.jobseeker.user_id, pair.advisor.user_id}
    assert colleague.user_id not in told()
    assert Suggestion.objects.get().closed_as == Closed.REFUSED
    page = browser(pair.jobseeker.user_id, now).get(reverse("my_suggestion", args=[pair.suggestion.pk])).content.decode()
    assert "Arbetsgivaren sa nej" in page


@pytest.mark.parametrize(
    ("reason", "closed_as"), [("filled", Closed.ENDED), ("wish", Closed.WITHDRAWN), ("quiet", Closed.ENDED), ("ended", Closed.ENDED)]
)
def test_the_advisor_closes_and_both_are_told(pair: Pair, now: datetime, reason: str, closed_as: Closed) -> None:
    door = pair.introduce(now)
    actions.close_introduction(door.pk, by=pair.advisor, at=now, reason=reason)
    assert told() == {pair.member.user_id, pair.jobseeker.user_id}
    assert Suggestion.objects.get().closed_as == closed_as


def test_one_letter_about_one_end_when_the_advisor_takes_the_yes_back(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    actions.withdraw(door.consent_id, by=pair.advisor, at=now, behalf=actions.Behalf("phone", "asked"))
    assert told() == {pair.member.user_id}
    assert told("answered_for_you") == {pair.jobseeker.user_id}


def test_a_late_answer_says_so_to_the_advisor(pair: Pair, now: datetime) -> None:
    approval = pair.approve(now)
    actions.lapse(at=now + timedelta(days=20))
    page = browser(pair.advisor.user_id, now).get(reverse("suggestion", args=[pair.suggestion.pk])).content.decode()
    assert "Ring innan du frågar igen." in page
    assert f"{approval.answer_by.day} " in page


def test_case_28_who_belongs_to_the_employer_does_not_approve(pair: Pair, now: datetime) -> None:
    employer_member(pair.employer, user=pair.profile.advisor)
    with pytest.raises(Refused, match="conflict"):
        pair.approve(now)
    assert Suggestion.objects.get().state == "suggested"


def test_every_step_leaves_its_row(pair: Pair, now: datetime) -> None:
    assert actions.hold(pair.suggestion.pk, by=pair.advisor, at=now)
    assert actions.hold(pair.suggestion.pk, by=pair.advisor, at=now)
    actions.ask(pair.suggestion.pk, by=pair.advisor, at=now, code="hours")
    door = pair.introduce(now)
    actions.say(door.pk, "Hej!", by=pair.member, at=now)
    rows = list(Event.objects.values_list("what", flat=True))
    assert [rows.count(one) for one in ("suggestion_held", "suggestion_waits", "message_written")] == [1, 1, 1]


def test_who_is_named_in_todays_list_sees_that_the_list_was_read(pair: Pair, now: datetime) -> None:
    pair.introduce(now)
    Introduction.objects.update(answer_by=(now - timedelta(days=2)).date())
    page = browser(pair.advisor.user_id, now).get(reverse("advisor_home")).content.decode()
    assert "Påminn" in page
    assert Read.objects.filter(page="queue", profile_id=pair.profile.pk).count() == 1


def test_no_question_can_be_asked_about_a_text_that_is_not_quoted() -> None:
    assert "text" not in dict(AskForm(needs=[]).fields["code"].choices)
