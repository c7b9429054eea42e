"""The employer's promise: once per version of its words, and then on to where one wanted to go, on this site only."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Terms
from audit.models import Event
from tests.factories.employers import EmployerFactory, employer_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer() -> Client:
    client = Client()
    client.force_login(employer_member(EmployerFactory()).user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_one_promise_per_version(employer: Client) -> None:
    for _ in range(2):
        employer.post(reverse("accept_terms"))
    assert Terms.objects.count() == 1
    assert Event.objects.filter(what="terms_accepted").count() == 1


@pytest.mark.parametrize("wanted", ["?", "x", "//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", ""])
def test_case_75_a_strange_next_leads_to_the_introductions(employer: Client, wanted: str) -> None:
    assert employer.get(reverse("accept_terms"), {"next": wanted}).status_code == 200
    answer = employer.post(reverse("accept_terms"), {"next": wanted})
    assert answer.headers["Location"] == reverse("employer_introductions")


def test_a_page_of_ours_is_gone_on_to(employer: Client) -> None:
    wanted = reverse("employer_home")
    assert employer.post(reverse("accept_terms"), {"next": wanted}).headers["Location"] == wanted
