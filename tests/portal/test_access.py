"""One access rule per address and role: every page says who may open it, and nobody else can."""

import re
from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter
from pytest_django import Settings

from accounts.models import Membership, RoleKind
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.employers import EmployerFactory, employer_member
from tests.factories.jobseekers import ProfileFactory, jobseeker_role

OURS = ("portal.", "accounts.", "search.", "employers.", "jobseekers.", "matching.", "content.")
ROLES = ("anonymous", "no role", *RoleKind.values)
WORDS = {"name": "place", "group": "time", "step": "1", "number": "1", "path": "news/nothing/", "token": "none", "slug": "nothing"}


def patterns(found: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        here = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            if here.startswith(("cms/", "i18n/")):
                continue
            yield from patterns(one.url_patterns, here)
        else:
            yield here, one


def addresses() -> list[tuple[str, URLPattern]]:
    return [(route, one) for route, one in patterns(get_resolver().url_patterns) if one.name and not route.startswith(("cms/", "_util/"))]


def path_of(one: URLPattern, route: str) -> str:
    """The address with a random id in place of every id: what is asked for does not exist."""
    kinds = one.pattern.converters
    given = {name: uuid4() if isinstance(kind, UUIDConverter) else WORDS.get(name, "time") for name, kind in kinds.items()}
    given = {name: 1 if type(kinds[name]).__name__ == "IntConverter" else value for name, value in given.items()}
    return reverse(one.name, kwargs=given)


@pytest.fixture
def clients(db: None) -> dict[str, Client]:
    """A signed-in browser per role."""
    members: dict[str, Membership] = {
        "advisor": MembershipFactory(advisor=True),
        "coordinator": MembershipFactory(coordinator=True),
        "editor": MembershipFactory(editor=True),
        "employer": employer_member(EmployerFactory()),
        "jobseeker": jobseeker_role(ProfileFactory()),
    }
    made = {"anonymous": Client(), "no role": Client()}
    made["no role"].force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    for kind, member in members.items():
        made[kind] = Client()
        made[kind].force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return made


def test_every_address_says_who_may_open_it() -> None:
    silent = [route for route, one in addresses() if not hasattr(one.callback, "roles")]
    assert silent == []


def test_every_address_holds_its_rule_for_every_role(clients: dict[str, Client], settings: Settings) -> None:
    settings.READS_A_MINUTE = dict.fromkeys(settings.READS_A_MINUTE, 1_000)
    wrong = []
    for route, one in addresses():
        allowed = one.callback.roles
        path = path_of(one, route)
        for role in ROLES:
            status = clients[role].get(path).status_code
            if "anyone" in allowed or ("signed in" in allowed and role != "anonymous"):
                fine = status in {200, 302, 404, 405, 410, 422}
            elif role in {"anonymous", "no role"}:
                fine = status == 302 or (role == "anonymous" and hasattr(one.callback, "signed_out") and status == 404)
            elif role in allowed:
                fine = status in {200, 302, 404, 405}
            else:
                fine = status == 403
            if not fine:
                wrong.append((path, role, status))
    assert wrong == []


@pytest.mark.django_db
def test_case_7_not_there_and_not_yours_are_the_same_page(now: datetime) -> None:
    """Byte for byte, the token of forms apart."""
    mine, theirs = ProfileFactory(), ProfileFactory()
    client = Client()
    client.force_login(mine.advisor, backend="django.contrib.auth.backends.ModelBackend")
    answers = []
    for pk in (theirs.pk, uuid4()):
        answer = client.get(f"/sv/advisor/people/{pk}/")
        body = answer.content.decode().replace(str(pk), "ID")
        token = answer.context["csrf_token"] if answer.context else ""
        answers.append((answer.status_code, body.replace(str(token), "TOKEN"), sorted(set(answer.headers) - {"Content-Length"})))
    assert answers[0][0] == 404
    clean = [re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body) for _, body, _ in answers]
    assert clean[0] == clean[1]
    assert answers[0][2] == answers[1][2]


def test_case_4_a_role_that_ended_is_refused_on_the_next_request(clients: dict[str, Client], now: datetime) -> None:
    member = Membership.objects.get(kind="advisor", user__memberships__kind="advisor", user_id=clients["advisor"].session["_auth_user_id"])
    assert clients["advisor"].get("/sv/advisor/people/").status_code == 200
    member.until = member.since
    member.save()
    assert clients["advisor"].get("/sv/advisor/people/").status_code == 302
