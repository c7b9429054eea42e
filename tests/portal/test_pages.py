"""The website's own pages: home, help and the way out."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from search import index
from tests.factories.accounts import MembershipFactory
from tests.factories.employers import PostingFactory
from tests.factories.jobseekers import ProfileFactory, jobseeker_role

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_the_front_door_goes_to_the_language_of_the_browser(client: Client) -> None:
    assert client.get("/", headers={"Accept-Language": "nb-NO,nb;q=0.9"}).url == "/nb/"  # type: ignore[attr-defined] # a redirect
    assert client.get("/", headers={"Accept-Language": "en-GB"}).url == "/en/"  # type: ignore[attr-defined] # a redirect
    assert client.get("/", headers={"Accept-Language": "fi"}).url == "/sv/"  # type: ignore[attr-defined] # a redirect


def test_home_shows_what_is_open(client: Client) -> None:
    posting = PostingFactory(published=True, title="Odla växter")
    index.put(posting.pk)
    page = client.get("/sv/").content.decode()
    for words in ("En dörr in till arbetslivet", "1 plats att prova", "Odla växter", "Du behöver inget konto"):
        assert words in page


def test_home_without_postings_says_so_calmly(client: Client) -> None:
    assert "Inga platser just nu. Prata med oss." in client.get("/sv/").content.decode()


def test_home_is_home_for_those_who_are_signed_in_too(client: Client) -> None:
    client.force_login(jobseeker_role(ProfileFactory()).user, backend=BACKEND)
    assert client.get("/sv/?signed_in=1").url == reverse("today")  # type: ignore[attr-defined] # a redirect
    assert "Lämna snabbt" in client.get("/sv/").content.decode()


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_help_answers_in_every_language(client: Client, language: str) -> None:
    for page in ("", "matching/", "privacy/", "accessibility/", "advisor/", "easy/", "sign/", "contact/"):
        answer = client.get(f"/{language}/help/{page}")
        assert answer.status_code == 200, page
        assert "033-17 40 00" in answer.content.decode() or page in {"matching/"}, page


def test_not_found_is_the_same_for_everyone_in_a_role(client: Client) -> None:
    """Two addresses that nobody has answer byte for byte the same, but for the address itself and the token of the form."""
    client.force_login(MembershipFactory(advisor=True).user, backend=BACKEND)
    bodies = set()
    for path in (f"/sv/advisor/suggestions/{uuid4()}/", f"/sv/postings/{uuid4()}/", "/sv/nowhere/"):
        answer = client.get(path)
        assert answer.status_code == 404
        bodies.add(clean(answer.content.decode(), path.removeprefix("/sv")))
    assert len(bodies) == 1


def clean(page: str, path: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.replace(path, "/PATH"))
    return page.replace(' aria-current="page"', "")


def test_a_form_without_its_token_is_told_what_to_do() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sv/leave/")
    assert answer.status_code == 403
    assert "Formuläret var för gammalt" in answer.content.decode()


def test_case_75_the_quick_exit_is_a_post(client: Client) -> None:
    assert client.get("/sv/leave/").status_code == 405


def test_pages_of_signed_in_people_are_never_kept(client: Client) -> None:
    assert "Cache-Control" not in client.get("/sv/").headers
    client.force_login(jobseeker_role(ProfileFactory()).user, backend=BACKEND)
    cache.clear()
    assert client.get("/sv/").headers["Cache-Control"] == "no-store"


def test_the_policy_allows_only_our_own_host(client: Client) -> None:
    policy = client.get("/sv/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_policy_of_the_admin_frames_its_own_pages_and_runs_their_scripts(client: Client) -> None:
    client.force_login(MembershipFactory(editor=True).user, backend=BACKEND)
    parts = [part.split() for part in client.get("/cms/").headers["Content-Security-Policy"].split("; ")]
    policy = {name: sources for name, *sources in parts}
    assert policy["frame-src"] == policy["frame-ancestors"] == ["'self'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'", "'unsafe-inline'"]
    assert [name for name, sources in policy.items() if "'none'" in sources and len(sources) > 1] == []


def test_norwegians_call_a_norwegian_number(client: Client, settings: Settings) -> None:
    settings.SUPPORT_PHONES = {"": "033-17 40 00", "nb": "+47 69 00 40 00"}
    assert "+47 69 00 40 00" in client.get("/nb/help/contact/").content.decode()
    for language in ("sv", "en"):
        assert "033-17 40 00" in client.get(f"/{language}/help/contact/").content.decode()


def test_the_page_on_data_leads_to_every_right(client: Client) -> None:
    page = client.get("/sv/help/privacy/").content.decode()
    for name in ("who_has_seen", "my_profile", "my_consents", "pause_matching", "my_data", "help_contact"):
        assert f'href="{reverse(name)}"' in page, name
    for heading in ("Om du söker arbete", "Om du är arbetsgivare", "Om du arbetar här", "Om du ber oss ringa"):
        told = page.partition(heading)[2].partition("</dl>")[0]
        for question in ("Vad vi sparar", "Varför", "Vad som ger oss rätt till det", "Hur länge"):
            assert question in told, heading


def test_the_page_on_accessibility_says_how_far_since_when_and_to_whom(client: Client) -> None:
    page = client.get("/nb/help/accessibility/").content.decode()
    for words in ("Hvor langt vi har kommet", "Kjent siden november 2026.", "uutilsynet.no", "digg.se", "Kontrollert "):
        assert words in page
