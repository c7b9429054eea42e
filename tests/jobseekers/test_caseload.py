"""Enrolment, the cap and its exceptions, codes, transfers, stages."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from pytest_django.fixtures import Settings

from accounts.models import Membership, RoleKind, User
from audit.models import Event
from jobseekers import actions, queries
from jobseekers.models import EnrolmentCode, Profile
from jobseekers.states import CODE_LENGTH, CODE_LETTERS, NotThere, Refused
from outbox.models import Fact, Letter
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.jobseekers import ProfileFactory
from tests.jobseekers.conftest import People, SignedIn

SENT = {"first_name": "Åsa-Øyvind", "last_name": "O'Brien", "email": "asa@example.org", "phone": "070-174 06 05", "language": "sv"}


def _enrol(people: People, at: datetime, **other: str) -> Profile:
    return actions.enrol(by=people.advisor, at=at, **{**SENT, **other})


def test_enrolment_makes_account_role_and_profile(people: People, now: datetime) -> None:
    made = _enrol(people, now)
    assert (made.advisor_id, made.team_id, made.country, made.stage) == (people.advisor.user_id, people.advisor.team_id, "SE", "start")
    assert not made.user.has_usable_password()
    assert Membership.objects.get(user=made.user).kind == RoleKind.JOBSEEKER
    assert Event.objects.filter(what="enrolled", subject_id=str(made.pk)).count() == 1
    assert Fact.objects.filter(name="profile_changed", ids={"profile_id": str(made.pk)}).exists()


def test_the_cap_holds_until_an_exception_lives(people: People, settings: Settings, now: datetime) -> None:
    settings.CASELOAD_CAP = 1
    with pytest.raises(Refused, match="full"):
        _enrol(people, now)
    assert not User.objects.filter(email=SENT["email"]).exists()
    until = localdate(now) + timedelta(days=1)
    actions.grant_override(advisor_id=people.advisor.user_id, extra=1, reason="Kollega sjuk", until=until, by=people.coordinator, at=now)
    assert _enrol(people, now).advisor_id == people.advisor.user_id
    with pytest.raises(Refused, match="full"):
        _enrol(people, now, email="another@example.org")
    later = now + timedelta(days=3)
    assert queries.room_of(people.advisor.user_id, later).cap == 1


def test_at_the_cap_the_page_says_so_and_keeps_what_was_typed(people: People, signed_in: SignedIn, settings: Settings) -> None:
    settings.CASELOAD_CAP = 1
    page = signed_in(people.advising).post(reverse("enrol"), SENT).content.decode()
    assert "Du har 1 av 1 personer." in page
    assert 'value="asa@example.org"' in page


def test_a_code_works_once_and_for_fourteen_days(people: People, now: datetime) -> None:
    code = actions.make_code(by=people.advisor, at=now)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(CODE_LETTERS)
    assert not EnrolmentCode.objects.filter(digest__contains=code).exists()
    first, second = UserFactory(), UserFactory()
    with pytest.raises(Refused, match="code"):
        actions.redeem_code(code, account=first, at=now + timedelta(days=14))
    made = actions.redeem_code(f" {code[:5].lower()}-{code[5:]} ", account=first, at=now + timedelta(days=13))
    assert made.advisor_id == people.advisor.user_id
    with pytest.raises(Refused, match="code"):
        actions.redeem_code(code, account=second, at=now + timedelta(days=13))


def test_a_code_makes_no_second_profile_and_is_not_used_up(people: People, now: datetime) -> None:
    code = actions.make_code(by=people.advisor, at=now)
    with pytest.raises(Refused, match="has_profile"):
        actions.redeem_code(code, account=people.profile.user, at=now)
    assert EnrolmentCode.objects.get().used_at is None


def test_a_code_of_an_advisor_who_has_no_room_can_be_used_later(people: People, settings: Settings, now: datetime) -> None:
    code, newcomer = actions.make_code(by=people.advisor, at=now), UserFactory()
    settings.CASELOAD_CAP = 1
    with pytest.raises(Refused, match="full"):
        actions.redeem_code(code, account=newcomer, at=now)
    settings.CASELOAD_CAP = 2
    assert actions.redeem_code(code, account=newcomer, at=now)


def test_a_code_of_an_advisor_who_has_left_does_not_open(people: People, now: datetime) -> None:
    code = actions.make_code(by=people.advisor, at=now)
    Membership.objects.filter(pk=people.advising.pk).update(until=now)
    with pytest.raises(Refused, match="code"):
        actions.redeem_code(code, account=UserFactory(), at=now + timedelta(minutes=1))


@pytest.mark.parametrize("typed", ["", "x" * 41, "AAAAAAAAAA", "åäö"])
def test_a_wrong_code_gets_a_sentence(people: People, signed_in: SignedIn, typed: str) -> None:
    client = signed_in(MembershipFactory(jobseeker=True))
    answer = client.post(reverse("join"), {"code": typed})
    assert answer.status_code == 200
    assert answer.context["form"].errors["code"]


def test_only_an_advisor_of_the_team_with_room_gets_a_person(people: People, settings: Settings, now: datetime) -> None:
    pk, colleague = people.profile.pk, MembershipFactory(advisor=True, team=people.advising.team)
    with pytest.raises(NotThere):
        actions.transfer(pk, to=MembershipFactory(advisor=True).user_id, by=people.coordinator, at=now)
    with pytest.raises(NotThere):
        actions.transfer(pk, to=colleague.user_id, by=people.advisor, at=now)
    settings.CASELOAD_CAP = 0
    with pytest.raises(Refused, match="full"):
        actions.transfer(pk, to=colleague.user_id, by=people.coordinator, at=now)
    settings.CASELOAD_CAP = 15
    actions.transfer(pk, to=colleague.user_id, by=people.coordinator, at=now)
    assert Letter.objects.get(reader=people.profile.user).kind == "new_advisor"
    assert Event.objects.get(what="transferred").after == str(colleague.user_id)


def test_who_waits_for_an_advisor_is_seen_by_the_coordinator(people: People, signed_in: SignedIn) -> None:
    Profile.objects.filter(pk=people.profile.pk).update(advisor=None)
    client = signed_in(people.coordinating)
    assert "1 person väntar" in client.get(reverse("team_home")).content.decode()
    assert people.profile.short_name in client.get(reverse("waiting_list")).content.decode()
    client.post(reverse("transfer", args=[people.profile.pk]), {"to": people.advisor.user_id})
    assert Profile.objects.get().advisor_id == people.advisor.user_id


def test_a_stage_starts_its_clock_again_only_when_it_changes(people: People, now: datetime) -> None:
    actions.set_stage(people.profile.pk, "searching", by=people.advisor, at=now)
    actions.set_stage(people.profile.pk, "searching", by=people.advisor, at=now + timedelta(days=3))
    assert Profile.objects.get().stage_since == now
    assert Event.objects.filter(what="stage_set").count() == 1


def test_the_same_answer_twice_is_no_change(people: People, now: datetime) -> None:
    for _ in range(2):
        actions.save_profile(people.profile.pk, "words", {"words": "Djur"}, by=people.person, at=now)
        actions.save_needs(people.profile.pk, "phys", {"phys.sit_stand": ("must", "")}, by=people.person, at=now)
    assert Event.objects.filter(what="profile_saved").count() == 1
    assert Event.objects.filter(what="needs_saved").count() == 1


def test_only_what_the_engine_reads_wakes_it(people: People, now: datetime) -> None:
    actions.save_profile(people.profile.pk, "words", {"words": "Djur"}, by=people.person, at=now)
    assert {fact.name for fact in Fact.objects.all()} == {"card_changed"}
    actions.save_profile(people.profile.pk, "kinds", {"kinds": ["job"]}, by=people.person, at=now)
    assert {fact.name for fact in Fact.objects.all()} == {"card_changed", "profile_changed"}
    actions.pause(people.profile.pk, by=people.person, at=now)
    assert Fact.objects.filter(name="profile_left").exists()


def test_an_answer_keeps_who_stated_it_until_it_changes(people: People, now: datetime) -> None:
    pk = people.profile.pk
    actions.save_needs(pk, "phys", {"phys.sit_stand": ("must", "")}, by=people.person, at=now)
    both = {"phys.sit_stand": ("must", ""), "phys.clean_air": ("helps", "")}
    actions.save_needs(pk, "phys", both, by=people.advisor, at=now, channel="phone")
    needs = Profile.objects.get().needs_record.needs
    assert (needs["phys.sit_stand"]["stated_by"], needs["phys.clean_air"]["stated_by"]) == ("self", "advisor")


@pytest.mark.parametrize("answers", [{"sens.quiet": ("must", "")}, {"phys.sit_stand": ("perhaps", "")}, {"made.up": ("must", "")}])
def test_only_codes_of_the_group_and_known_answers_are_saved(people: People, answers: dict[str, tuple[str, str]], now: datetime) -> None:
    with pytest.raises(Refused):
        actions.save_needs(people.profile.pk, "phys", answers, by=people.person, at=now)


def test_what_was_written_for_the_new_advisor_is_given_back_when_there_is_no_room(
    people: People, signed_in: SignedIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else has filled the last place after the page was made."""
    settings.CASELOAD_CAP = 1
    other, client = MembershipFactory(kind=RoleKind.ADVISOR, team=people.advising.team), signed_in(people.coordinating)
    page = reverse("transfer", args=[people.profile.pk])
    assert str(other.user_id) in client.get(page).content.decode()
    loads = queries.loads(people.advising.team_id, timezone.now())
    ProfileFactory(advised_by=other)
    monkeypatch.setattr(queries, "loads", lambda *_: loads)
    answer = client.post(page, {"to": other.user_id, "handover": "Ring på eftermiddagen"})
    assert answer.status_code == 409
    assert "Ring på eftermiddagen" in answer.content.decode()
    assert "Handläggaren har inte plats längre." in answer.content.decode()


@pytest.mark.parametrize(("email", "told"), [("", "får inget brev"), ("elin@example.org", "får veta genom ett brev vem det blir")])
def test_a_letter_is_promised_only_to_those_who_get_one(people: People, signed_in: SignedIn, email: str, told: str) -> None:
    people.profile.user.email = email or None
    people.profile.user.save()
    assert told in signed_in(people.coordinating).get(reverse("transfer", args=[people.profile.pk])).content.decode()
