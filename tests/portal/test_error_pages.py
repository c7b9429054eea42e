"""What the error pages say, in whose language, what they ask of the database, and how they look."""

import re
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError
from django.test import Client, RequestFactory
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import Membership
from portal import errors
from portal.models import Draft
from tests.factories.employers import EmployerFactory, employer_member

URLS = "tests.portal.error_urls"
SAID = {
    (400, "sv"): "Vi förstår inte adressen",
    (400, "nb"): "Vi forstår ikke adressen",
    (400, "en"): "We do not understand the address",
    (413, "sv"): "En sida tar emot högst 2,5 MB och 1 000 svar.",
    (413, "nb"): "En side tar imot høyst 2,5 MB og 1 000 svar.",
    (413, "en"): "A page can take at most 2.5 MB and 1,000 answers.",
    (500, "sv"): "Det du har sparat finns kvar. Försök igen om en stund. Nummer ",
    (500, "nb"): "Det du har lagret, er der fortsatt. Prøv igjen om litt. Nummer ",
    (500, "en"): "What you saved is still here. Try again in a while. Number ",
    (503, "sv"): "Ingång är stängt en stund",
    (503, "nb"): "Ingång er stengt en stund",
    (503, "en"): "Ingång is closed for a while",
}


@pytest.fixture
def quiet_client(settings: Settings) -> Client:
    """Gets the error page as a browser would, where the ordinary client raises the error."""
    settings.ROOT_URLCONF = URLS
    errors._trouble.clear()
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("status", "language"), SAID)
def test_a_bare_page_speaks_the_readers_language(
    quiet_client: Client, status: int, language: str, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        answer = quiet_client.get(f"/{language}/raise/{status}/")
    page = re.sub(r"\s", " ", answer.content.decode())
    assert answer.status_code == status
    assert f'<html lang="{language}"' in page
    assert answer.headers["Content-Language"] == language
    assert SAID[status, language] in re.sub(r"<[^>]+>", "", page)
    assert "033-17 40 00" in page


def test_the_language_of_an_address_without_one_is_the_browsers(rf: RequestFactory) -> None:
    answer = errors.not_understood(rf.get("/cms/nowhere/", headers={"Accept-Language": "nb"}))
    assert "Vi forstår ikke adressen" in answer.content.decode()


def test_a_fault_has_a_number_that_the_log_has_too(rf: RequestFactory, caplog: pytest.LogCaptureFixture) -> None:
    said = errors.fault(rf.get("/sv/")).content.decode()
    number = re.findall(r"Nummer ([0-9a-f]{8})\.", said)
    assert number
    assert number[0] in caplog.text


def test_an_away_database_is_no_fault_and_says_since_when(quiet_client: Client, frozen: object, db: None) -> None:
    for _ in range(2):
        answer = quiet_client.get("/sv/raise/503/", headers={"Cookie": "sessionid=somebody"})
        assert "sedan 24 november 2026 klockan 10:30" in re.sub(r"<[^>]+>", "", answer.content.decode())
        assert answer.headers["Retry-After"] == "120"
        frozen.shift(200)  # type: ignore[attr-defined] # a traveller
    frozen.shift(400)  # type: ignore[attr-defined] # longer without trouble than five minutes: it is a new one
    assert "klockan 10:43" in quiet_client.get("/sv/raise/503/").content.decode()


def test_since_when_is_forgotten_after_five_quiet_minutes(now: datetime) -> None:
    errors._trouble.clear()
    assert errors.away_since(now) == now
    assert errors.away_since(now + timedelta(minutes=4)) == now
    assert errors.away_since(now + timedelta(minutes=8)) == now
    assert errors.away_since(now + timedelta(minutes=14)) == now + timedelta(minutes=14)


def caused(cause: BaseException) -> OperationalError:
    error = OperationalError("it does not work")
    error.__cause__ = cause
    return error


def _sqlite(statement: str, place: str = ":memory:") -> sqlite3.Error:
    try:
        sqlite3.connect(place).execute(statement)
    except sqlite3.Error as error:
        return error
    raise AssertionError(statement)


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (caused(_sqlite("select 1", "/nowhere/at/all.sqlite3")), True),
        (caused(_sqlite("select * from nothing")), False),
        (caused(psycopg.OperationalError("connection refused")), True),
        (caused(psycopg.errors.AdminShutdown()), True),
        (caused(psycopg.errors.TooManyConnections()), True),
        (caused(psycopg.errors.DeadlockDetected()), False),
        (caused(psycopg.errors.QueryCanceled()), False),
        (ProgrammingError("no such column"), False),
        (ZeroDivisionError(), False),
        (None, False),
    ],
)
def test_what_counts_as_away(error: BaseException | None, away: bool) -> None:
    assert errors.is_away(error) is away


def test_the_page_for_the_web_server_needs_no_database(tmp_path: Path) -> None:
    call_command("closed_page", tmp_path, since="2026-11-26T14:00", verbosity=0)
    written = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert set(written) == {"503.sv.html", "503.nb.html", "503.en.html"}
    plain = {name: re.sub(r"<[^>]+>", "", text) for name, text in written.items()}
    assert "stängt sedan 26 november 2026 klockan 14:00" in plain["503.sv.html"]
    assert "stengt siden 26. november 2026 klokka 14:00" in plain["503.nb.html"]
    with pytest.raises(CommandError, match="i går is no time"):
        call_command("closed_page", tmp_path, since="i går")


@pytest.fixture
def member(db: None) -> Membership:
    return employer_member(EmployerFactory())


@pytest.fixture
def writer(member: Membership) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, page: str, words: dict[str, str], **headers: str) -> tuple[int, str]:
    answer = client.post(page, words, content_type="application/x-www-form-urlencoded", headers={"Referer": f"http://testserver{page}"})
    return answer.status_code, answer.content.decode()


def test_a_form_that_is_too_big_is_told_the_limit_and_keeps_what_fits(member: Membership, writer: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
    page = reverse("workplace_new")
    body = "csrfmiddlewaretoken=x&name=Sj%C3%B6bov%C3%A4gen&description=" + "x" * 50_000 + "&street=Gatan+1&directions=" + "y" * 90_000
    status, said = send(writer, page, body)  # type: ignore[arg-type] # a body as it stands
    assert status == 413
    assert "högst 0,1 MB" in said
    assert f'href="{page}"' in said
    assert Draft.objects.get(user=member.user).words == {"name": ["Sjöbovägen"], "street": ["Gatan 1"]}
    assert 'value="Sjöbovägen"' in writer.get(f"{page}?kept=1").content.decode()


def test_a_form_with_too_many_fields_is_too_big(writer: Client) -> None:
    status, said = send(writer, reverse("workplace_new"), "&".join(f"a{n}=1" for n in range(1_001)))  # type: ignore[arg-type] # the same
    assert status == 413
    assert "1 000 svar" in re.sub(r"\s", " ", said)


@pytest.mark.django_db
def test_nothing_is_kept_of_somebody_who_is_not_signed_in_or_of_a_password(settings: Settings, writer: Client) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    for client, page in ((Client(), reverse("help_advisor")), (writer, reverse("account_change_password"))):
        status, said = send(client, page, "name=Anna&oldpassword=hemligt&b=" + "x" * 2_000)  # type: ignore[arg-type] # the same
        assert status == 413
        assert "Gå tillbaka i webbläsaren" in said
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_error_page_looks_right(
    page: Page, live_server: LiveServer, axe: Callable[[Page], None], settings: Settings, scheme: str
) -> None:
    settings.ROOT_URLCONF = URLS
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of the two literals
    for status in (400, 403, 404, 409, 410, 413, 429, 500, 503):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.goto(f"{live_server.url}/sv/raise/{status}/")
            assert answer is not None
            assert answer.status == status
            assert page.locator("h1").count() == 1
            assert page.evaluate("document.documentElement.scrollWidth") <= width, status
            axe(page)


def test_the_static_files_that_a_bare_page_names_are_there() -> None:
    named = re.findall(r'"/static/([^"]+)"', (settings.BASE_DIR / "templates" / "bare.html").read_text())
    assert [name for name in named if not (settings.BASE_DIR / "static" / name).is_file()] == []
