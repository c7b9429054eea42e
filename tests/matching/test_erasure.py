"""A person takes a copy of everything that is kept about them, or deletes it: nothing of it is left in any table."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.test import Client
from django.urls import reverse

from accounts.access import TERMS_VERSION
from accounts.actions import TOLD as TOLD_BY_ACCOUNT
from accounts.models import Membership, Terms, User
from audit.models import Event
from jobseekers.actions.leaving import TOLD as TOLD_BY_PROFILE
from jobseekers.models import CallRequest, PrivateNote, Profile
from jobseekers.states import NotThere
from matching import actions
from matching.models import Approval, Consent, Interest, Introduction, ListedPerson, Message, Run, Suggestion
from outbox import actions as outbox
from outbox.actions import post
from outbox.models import Letter
from portal.models import Draft
from search.actions import keep, save_search
from search.models import Favourite
from tests.factories.accounts import MembershipFactory
from tests.factories.employers import PostingFactory
from tests.factories.matching import Pair, another, make_pair
from tests.journeys.world import carry_facts
from tests.portal.canary import LAST, MAIL, NAME, NEED, NOTE, PHONE

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
WORDS, SAID, WISHED, UNSENT = "kanariens egna ord", "kanariens meddelande", "kanariens önskan", "kanariens utkast"
ADVISED, SOUGHT = "ord till kanarien", "kanariens sökning"
CANARY = (NAME, LAST, PHONE, MAIL, NOTE, NEED, WORDS, SAID, WISHED, ADVISED, UNSENT, SOUGHT)
STEPS = ("delete_data", "delete_data_now")


def browser(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def pair(db: None, now: datetime) -> Pair:
    """Somebody of whom everything is kept that can be: an open door, one that has closed, a no, a wish, words that were not sent."""
    pair = make_pair(needs={NEED: "must"}, words=WORDS, languages=[{"code": "so", "level": "C2"}], times=["day"])
    user = pair.profile.user
    user.first_name, user.last_name, user.phone, user.email, user.quiet = NAME, LAST, PHONE, MAIL, ["news"]
    user.save()
    EmailAddress.objects.create(user=user, email=MAIL, verified=True, primary=True)
    PrivateNote.objects.create(profile=pair.profile, sealed={"words": NOTE}, changed_at=now)
    CallRequest.objects.create(team=pair.profile.team, sealed={"name": NAME, "phone": "+46 70 174 06 77", "when": ""}, at=now)
    wished = PostingFactory(published=True, title="Önskad plats")
    actions.express_interest(wished.pk, by=pair.jobseeker, at=now, words=WISHED)
    keep(wished.pk, by=pair.jobseeker, at=now)
    sought = save_search("kind=trial", "day", words=[SOUGHT], language="sv", by=pair.jobseeker, at=now)
    post("saved_postings", reader_id=pair.jobseeker.user_id, at=now, about=sought.pk)
    said_no = another(pair, "Nekad plats")
    said_no.approve(now)
    actions.decline(said_no.suggestion.pk, by=pair.jobseeker, at=now)
    another(pair, "Oläst plats")
    taken_back = another(pair, "Återtagen plats").introduce(now)
    actions.withdraw(taken_back.consent_id, by=pair.jobseeker, at=now)
    approve(pair, now)
    door = pair.consent(now)
    actions.answer(door.pk, by=pair.member, at=now, choice="meet", proposal=f"Kom på tisdag, {NAME}")
    actions.say(door.pk, SAID, by=pair.jobseeker, at=now)
    actions.say(door.pk, f"Hej {NAME}", by=pair.member, at=now + timedelta(minutes=1))
    Draft.objects.create(user=user, path="/me/profile/words/", sealed={"words": [UNSENT]}, at=now)
    Terms.objects.create(user_id=pair.member.user_id, version=TERMS_VERSION, at=now)
    return pair


def approve(pair: Pair, now: datetime) -> None:
    pair.profile.refresh_from_db()
    pair.approve(now)
    approval = Approval.objects.get(suggestion=pair.suggestion)
    approval.sealed["words"] = ADVISED
    approval.save()


@pytest.fixture
def person(pair: Pair) -> Client:
    return browser(Membership.objects.get(user_id=pair.jobseeker.user_id))


def everything() -> dict[str, str]:
    """Every row of every table, opened where it is sealed, by the name of the table."""
    return {
        model._meta.db_table: "\n".join(str(row) for row in model._base_manager.values())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }


def canaries() -> set[tuple[str, str]]:
    return {(table, word) for table, rows in everything().items() for word in CANARY if word in rows and table != "taxonomy_need"}


def test_case_41_the_copy_holds_everything_that_is_kept(pair: Pair, person: Client) -> None:
    answer = person.post(reverse("copy_data"))
    held, text = answer.json(), answer.content.decode()
    assert {word for word in (NAME, LAST, PHONE, MAIL, NEED, WORDS, SAID, WISHED, ADVISED, SOUGHT) if word not in text} == set()
    assert held["account"]["letters_turned_off"] == ["news"]
    assert [one["posting"] for one in held["interests"]] == ["Önskad plats"]
    assert [one["posting"] for one in held["saved_postings"]] == ["Önskad plats"]
    assert [(one["query"], one["letters"]) for one in held["saved_searches"]] == [("kind=trial", "day")]
    assert {one["posting"]: one["state"] for one in held["suggestions"]} == {
        pair.posting.title: "yes",
        "Nekad plats": "no",
        "Återtagen plats": "taken_back",
    }
    assert sorted(bool(one["taken_back"]) for one in held["yeses"]) == [False, True]
    assert [fields for one in held["yeses"] for fields in one["card"].values() if NAME in fields]
    door = next(one for one in held["introductions"] if one["posting"] == pair.posting.title)
    assert door["times_proposed"] == f"Kom på tisdag, {NAME}"
    assert [(one["role"], one["words"]) for one in door["messages"]] == [("jobseeker", SAID), ("employer", f"Hej {NAME}")]
    assert Event.objects.filter(what="data_copied", subject_id=str(pair.profile.pk)).count() == 1
    assert answer.headers["Cache-Control"] == "no-store"


def test_case_41_the_copy_holds_nothing_that_is_not_the_persons(pair: Pair, person: Client, now: datetime) -> None:
    """Nobody else's data, not the advisor's notes, not what the advisor has not sent on, and no reason that was not to be told."""
    other = make_pair(needs={NEED: "must"}, words="en annans ord")
    other.introduce(now)
    actions.say(other.suggestion.introduction.pk, "en annans meddelande", by=other.jobseeker, at=now)
    refused = another(pair, "Plats med nej").introduce(now)
    actions.answer(refused.pk, by=pair.member, at=now, choice="decline", reason="skills")
    answer = person.post(reverse("copy_data"))
    text = answer.content.decode()
    assert [word for word in (NOTE, "Oläst plats", "en annans", other.profile.user.email, "andra kunskaper", UNSENT) if word in text] == []
    assert len(answer.json()["not_in_this_file"]) == 9
    told = another(pair, "Plats med skäl").introduce(now)
    actions.answer(told.pk, by=pair.member, at=now, choice="decline", reason="skills", share_reason=True)
    assert "Vi söker andra kunskaper" in person.post(reverse("copy_data")).content.decode()


@pytest.mark.parametrize("kind", ["advisor", "member"])
def test_case_41_copy_and_deletion_are_the_persons_alone(pair: Pair, kind: str) -> None:
    client = browser(Membership.objects.get(user_id=getattr(pair, kind).user_id))
    for name in ("copy_data", *STEPS):
        assert client.post(reverse(name)).status_code == 403
    with pytest.raises(NotThere):
        actions.erase(pair.profile.pk, by=getattr(pair, kind), at=pair.profile.enrolled_at)
    assert Profile.objects.get(pk=pair.profile.pk).left_at is None


def test_case_38_deletion_takes_two_steps_and_looking_at_them_changes_nothing(pair: Pair, person: Client) -> None:
    before = canaries()
    first = person.get(reverse("delete_data")).content.decode()
    assert reverse("delete_data_now") in first
    assert pair.employer.name in first, "who can no longer read the card"
    assert NAME in person.get(reverse("delete_data_now")).content.decode()
    person.post(reverse("delete_data"))
    assert canaries() == before


def test_case_38_nothing_of_the_person_is_left_in_any_table(pair: Pair, person: Client) -> None:
    assert {word for _, word in canaries()} == set(CANARY), "all of it was kept"
    listed = ListedPerson.objects.filter(profile=pair.profile).values_list("document", flat=True)
    assert len(listed.get()) > 0
    answer = person.post(reverse("delete_data_now"))
    assert answer.headers["Location"] == reverse("data_deleted")
    assert len(listed.get()) == 0, "sealed words are words too"
    carry_facts()
    assert canaries() == set()
    assert not Interest.objects.exists()
    assert not Message.objects.exists()
    assert not Letter.objects.filter(reader_id=pair.jobseeker.user_id).exists()
    assert not CallRequest.objects.exists()
    assert {one.posting.title for one in Suggestion.objects.all()} == {pair.posting.title, "Återtagen plats"}
    assert not Run.objects.filter(profile=pair.profile).exclude(suggestions=None).exists()
    left = Profile.objects.get(pk=pair.profile.pk)
    assert (left.advisor, left.languages, left.user.is_active) == (None, [], False)


def test_case_38_what_is_deleted_names_what_a_row_can_tell() -> None:
    """A column that comes later is either taken away or said here to tell nothing."""
    account = {"id", "password", "is_superuser", "is_active", "date_joined"}
    profile = {"id", "index_id", "user", "team", "country", "stage_since", "enrolled_at", "changed_at", "left_at"}
    assert _columns(User) - account == set(TOLD_BY_ACCOUNT)
    assert _columns(Profile) - profile == {name.removesuffix("_id") for name in TOLD_BY_PROFILE}


def _columns(model: Any) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def test_case_38_the_person_is_signed_out_and_cannot_come_back(pair: Pair, person: Client) -> None:
    at_home = browser(Membership.objects.get(user_id=pair.jobseeker.user_id))
    gone = person.post(reverse("delete_data_now"), follow=True)
    assert gone.status_code == 200
    assert "Det är borttaget" in gone.content.decode()
    assert {name for name, cookie in person.cookies.items() if cookie.value} <= {"ingang_language"}
    for client in (person, at_home):
        assert client.get(reverse("today")).status_code == 302
    sign_in = Client().post("/sv/account/sign-in/", {"login": MAIL, "password": "a long enough password for tests"})
    assert sign_in.status_code == 200
    assert person.get(reverse("data_deleted")).status_code == 200


def test_case_38_the_employer_reads_that_the_contact_has_ended(pair: Pair, person: Client, now: datetime) -> None:
    door = Introduction.objects.get(suggestion=pair.suggestion)
    employer = browser(Membership.objects.get(user_id=pair.member.user_id))
    card = reverse("employer_introduction", args=[door.pk])
    assert NAME in employer.get(card).content.decode()
    waiting = Letter.objects.filter(kind="introduction", reader_id=pair.member.user_id, about=door.pk).first()
    person.post(reverse("delete_data_now"))
    for answer in (employer.get(card), employer.post(card, {"words": "Hej"})):
        assert answer.status_code == 410
        page = answer.content.decode()
        assert "Kontakten är avslutad" in page
        assert [word for word in (NAME, LAST, SAID) if word in page] == []
    assert NAME not in employer.get(reverse("employer_introductions")).content.decode()
    assert Letter.objects.filter(kind="contact_ended", reader_id=pair.member.user_id, about=door.suggestion_id).count() == 1
    assert waiting is not None
    assert not outbox.send(str(waiting.pk), at=now), "a letter that waited is not sent any more"


def test_case_38_the_advisor_is_told_and_finds_nobody(pair: Pair, person: Client) -> None:
    advisor = browser(Membership.objects.get(user_id=pair.advisor.user_id))
    seen = Suggestion.objects.values_list("pk", flat=True)
    person.post(reverse("delete_data_now"))
    assert Letter.objects.filter(kind="something_new", reader_id=pair.advisor.user_id, about=pair.profile.pk).exists()
    assert advisor.get(reverse("person", args=[pair.profile.pk])).status_code == 404
    assert {advisor.get(reverse("suggestion", args=[pk])).status_code for pk in seen} == {404}
    for name in ("advisor_home", "people", "advisor_introductions"):
        assert NAME not in advisor.get(reverse(name)).content.decode()


def test_case_38_an_account_that_is_used_for_more_stays(pair: Pair, person: Client, now: datetime) -> None:
    """Somebody who looks for work and works for an employer as well: nothing of it says afterwards that they looked for work."""
    user = pair.profile.user
    MembershipFactory(user=user, kind="employer", employer_id=pair.employer.pk)
    Draft.objects.create(user=user, path="/employer/postings/1/", sealed={"title": ["Vaktmästare"]}, at=now)
    outbox_letter = Letter.objects.create(kind="question", reader=user, about=None, created_at=now, not_before=now)
    session = person.session
    session["membership"] = pair.jobseeker.membership_id
    session.save()
    page = person.get(reverse("delete_data")).content.decode()
    assert "Ditt konto blir kvar" in page
    person.post(reverse("delete_data_now"))
    carry_facts()
    user.refresh_from_db()
    assert (user.email, user.first_name, user.is_active) == (MAIL, NAME, True)
    assert {table for table, word in canaries() if word not in {NAME, LAST, PHONE, MAIL}} == set()
    assert not hasattr(user, "profile")
    assert not Favourite.objects.exists()
    assert [one.path for one in Draft.objects.all()] == ["/employer/postings/1/"]
    assert [one.pk for one in Letter.objects.filter(reader=user)] == [outbox_letter.pk]
    assert [one.kind for one in Membership.objects.of(user.pk, now)] == ["employer"]


def test_case_38_a_double_click_deletes_once(pair: Pair, person: Client) -> None:
    second = browser(Membership.objects.get(user_id=pair.jobseeker.user_id))
    second.get(reverse("delete_data_now"))
    for client in (person, person, second):
        assert client.post(reverse("delete_data_now")).status_code == 302
    assert Event.objects.filter(what="profile_erased").count() == 1
    with pytest.raises(NotThere):
        actions.erase(pair.profile.pk, by=pair.jobseeker, at=pair.profile.enrolled_at)


def test_case_38_the_log_stays_and_holds_ids_only(pair: Pair, person: Client) -> None:
    before = set(Event.objects.values_list("pk", flat=True))
    person.post(reverse("delete_data_now"))
    assert before < set(Event.objects.values_list("pk", flat=True))
    added = Event.objects.exclude(pk__in=before)
    assert {"profile_erased", "consent_withdrawn", "account_emptied"} <= {one.what for one in added}
    assert {one.withdrawn_at is None for one in Consent.objects.all()} == {False}
