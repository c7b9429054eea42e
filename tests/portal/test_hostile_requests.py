"""Requests that no page of ours sends (cases 5, 6, 10, 13): fields too many, other verbs, bent addresses, a role of somebody else."""

from datetime import datetime

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import Membership, User
from employers.models import Posting
from jobseekers.models import Profile
from matching.models import Introduction, Suggestion
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.employers import EmployerFactory, employer_member
from tests.factories.matching import Pair, make_pair
from tests.portal.canary import browser

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
GREEDY = {
    **{"is_staff": "1", "is_superuser": "1", "is_active": "1", "kind": "coordinator", "manages": "1", "team": "1", "membership": "1"},
    **{"advisor": "1", "advisor_id": "1", "stage": "work", "country": "NO", "index_id": "x", "left_at": "2026-01-01", "paused": "1"},
    **{"state": "published", "live": "1", "published_hash": "x", "employer": "x", "employer_id": "x", "places_used": "9", "source": "nav"},
    **{"approved_by": "1", "approved_once": "1", "eligible": "1", "visibility": "all", "user": "1", "user_id": "1", "id": "1", "pk": "1"},
}
VERBS = ("put", "patch", "delete", "options", "trace", "head")


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair(needs={"sens.quiet": "must"})


def member(pair: Pair, role: str) -> Membership:
    return Membership.objects.get(pk=getattr(pair, role).membership_id)


def everything() -> tuple[list[object], ...]:
    """What none of these requests may change."""
    return tuple(list(model._default_manager.order_by("pk").values()) for model in (User, Membership, Suggestion, Introduction))


@pytest.mark.parametrize("path", ["me/profile/hours/", "me/profile/words/", "me/settings/", "me/needs/time/"])
def test_case_5_a_profile_takes_only_its_own_fields(pair: Pair, path: str) -> None:
    client = browser(member(pair, "jobseeker"))
    columns = ("advisor_id", "team_id", "user_id", "stage", "country", "index_id", "left_at", "paused", "enrolled_at")
    before, accounts = Profile.objects.values(*columns).get(), everything()[1:]
    answer = client.post(f"/sv/{path}", {**GREEDY, "hours_now": "10", "language": "sv", "phone": "070-174 06 01"})
    assert answer.status_code in {200, 303}
    assert (Profile.objects.values(*columns).get(), everything()[1:]) == (before, accounts)
    assert not User.objects.filter(is_superuser=True).exists()


@pytest.mark.parametrize("step", range(1, 8))
def test_case_5_a_posting_takes_only_the_fields_of_its_step(pair: Pair, step: int) -> None:
    posting = pair.posting
    before = (posting.employer_id, posting.live, posting.source, posting.status.state, posting.status.places_used)
    browser(member(pair, "member")).post(f"/sv/employer/postings/{posting.pk}/edit/{step}/", {**GREEDY, "title": "Ny rubrik"})
    posting = Posting.objects.get(pk=posting.pk)
    assert (posting.employer_id, posting.live, posting.source, posting.status.state, posting.status.places_used) == before


def test_case_5_a_new_account_gets_no_role_by_asking(client: Client) -> None:
    client.post("/sv/account/sign-up/", {**GREEDY, "email": "ny@example.org", "password1": "fyra hästar går i regnet"})
    made = User.objects.get(email="ny@example.org")
    assert (made.is_superuser, made.has_perm("wagtailadmin.access_admin")) == (False, False)
    assert not Membership.objects.filter(user=made).exists()


def test_case_5_the_card_takes_no_need(pair: Pair) -> None:
    client = browser(member(pair, "advisor"))
    client.post(f"/sv/advisor/suggestions/{pair.suggestion.pk}/card/", {"field": ["name", "needs", "sens.quiet", "private_note", "phone"]})
    assert set(Suggestion.objects.get().card_fields or ()) <= {"name", "phone", "contact"}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", ["advisor", "jobseeker", "member"])
def test_case_6_other_verbs_change_nothing(pair: Pair, now: datetime, role: str, verb: str) -> None:
    door = pair.introduce(now)
    client = browser(member(pair, role))
    before = everything()
    for path in (
        f"advisor/suggestions/{pair.suggestion.pk}/take/",
        f"advisor/introductions/{door.pk}/close/",
        f"me/consents/{door.consent_id}/withdraw/",
        f"employer/postings/{pair.posting.pk}/move/withdraw/",
        "leave/",
    ):
        answer = getattr(client, verb)(f"/sv/{path}", headers={"X-HTTP-Method-Override": "POST"})
        assert answer.status_code < 500, path
    answer = client.get(f"/sv/me/consents/{door.consent_id}/withdraw/?_method=POST", headers={"X-HTTP-Method-Override": "DELETE"})
    assert answer.status_code in {200, 403}
    assert everything() == before
    assert Posting.objects.get(pk=pair.posting.pk).status.state == "published"


@pytest.mark.parametrize(
    "bent",
    ["{}", "{}//", "{}.json", "{}/?format=json", "{}/.", "{}%2f", "{}/..%2fedit/", "{};x=1", "{}/%00", "{}/index.html", "{}/edit%2f1/"],
)
def test_case_6_bent_addresses_open_no_other_door(pair: Pair, bent: str) -> None:
    """A stranger's posting, however it is written."""
    client = browser(employer_member(EmployerFactory(), manages=True))
    for path in (f"/sv/employer/postings/{pair.posting.pk}", f"//sv/employer/postings/{pair.posting.pk}"):
        answer = client.get(bent.format(path), follow=True)
        assert answer.status_code in {400, 404}, path
        assert pair.posting.title not in answer.content.decode(errors="replace")


def test_case_10_a_session_holds_no_role_that_is_not_its_own(pair: Pair) -> None:
    """Somebody else's role, one that has ended, one that never was: each counts for nothing."""
    mine, theirs = MembershipFactory(advisor=True), member(pair, "advisor")
    MembershipFactory(user=mine.user, kind="editor")
    ended = employer_member(pair.employer, user=mine.user, until=mine.since)
    client = browser(mine)
    for number in (theirs.pk, ended.pk, 987_654_321, "x"):
        session = client.session
        session["membership"] = number
        session.save()
        answer = client.get(f"/sv/advisor/people/{pair.profile.pk}/")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sv/account/role/")
        assert client.get("/sv/employer/postings/").status_code == 302


def test_case_10_a_role_is_chosen_among_ones_own(pair: Pair) -> None:
    user = UserFactory()
    for _ in range(2):
        employer_member(EmployerFactory(), user=user)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/sv/account/role/", {"membership": str(member(pair, "advisor").pk)})
    assert client.get("/sv/advisor/").status_code == 302
    assert "membership" not in client.session


def test_case_13_there_is_no_other_admin() -> None:
    """Django's own admin is not installed: its filters, histories and exports are not ours to guard."""
    assert not apps.is_installed("django.contrib.admin")
    assert Client().get("/admin/").status_code == 404
