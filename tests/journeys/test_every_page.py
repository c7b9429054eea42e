"""Every page that a role can reach in the whole demo region: its words, its frame, its shape on three screens, and what axe says.

`INGANG_PICTURES=DIR` writes a picture of each page as well: DIR/role/page-width-scheme.png, for people to look at.
"""

import os
import re
import sqlite3
import subprocess
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Literal

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.actions import accept_terms
from accounts.models import User
from content.models import ProgrammePage
from employers.actions import ask_about, register
from employers.models import Employer
from jobseekers.actions import ask_for_programme
from jobseekers.models import Profile
from portal.demo import region
from portal.demo.accounts import role_of
from portal.demo.content import account_id, key, read
from search.actions import keep, save_search
from tests.accounts.codes import code_of
from tests.browser import axe_complaints
from tests.factories.accounts import UserFactory
from tests.factories.employers import employer_member
from tests.journeys.crawl import Walk, walk
from tests.journeys.placed import give_placements
from tests.journeys.world import lend_session
from tests.needed import nu_checker
from tests.portal.test_access import addresses

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("pages")]
PICTURES = os.environ.get("INGANG_PICTURES", "")
NARROW, PHONE, DESK = 320, 375, 1280
Scheme = Literal["light", "dark"]


LANDED_ON = ("signed_out", "account_inactive", "account_password_reset_completed", "data_deleted")  # nobody links to these


@dataclass(frozen=True)
class Role:
    """Somebody of the demo, in their language; `slug` is empty for anyone. `beside` names a role whose pages need no second look."""

    slug: str
    language: str = "sv"
    starts: tuple[str, ...] = ()
    beside: str = ""


ROLES = {
    "anyone": Role("", starts=LANDED_ON),
    "jobseeker": Role("elin", starts=("account_logout",)),
    "introduced": Role("yusuf", beside="jobseeker"),
    "employer": Role("lindangen", starts=("accept_terms",)),
    "advisor": Role("maria"),
    "second factor": Role("leif", starts=("mfa_authenticate", "mfa_reauthenticate"), beside="advisor"),
    "coordinator": Role("karim", starts=("account_reauthenticate", "start_engine")),
    "norwegian": Role("sindre", "nb"),
}
NOT_LOOKED_AT = {
    **dict.fromkeys(
        (
            *("leave", "take_suggestion", "person_stage", "person_code", "make_code", "copy_data", "my_similar", "remind_employer"),
            *("favourite", "saved_search_feed", "saved_search_remove"),
            *("ask_about_meeting", "remove_meeting_note", "finish_meeting_task", "my_step_done", "advisor_employer_back"),
            *("adaptation", "follow_hire", "task_done"),
            *("note_call", "employer_invitation_taken_back", "posting_wording", "employer_member_responsible"),
        ),
        "answers a POST only",
    ),
    **dict.fromkeys(("session", "throw_away_draft"), "pieces of a page, and a POST: test_session_end.py"),
    **dict.fromkeys(("employer_register_you", "employer_register_check", "employer_registered"), "follows a form: test_posting.py"),
    **dict.fromkeys(
        (
            "account_email_verification_sent",
            "account_confirm_login_code",
            "account_confirm_password_reset_code",
            "account_complete_password_reset",
        ),
        "follows a letter with a code: test_posting.py, test_account.py",
    ),
    **dict.fromkeys(("event_seat", "newsletter_confirm", "newsletter_leave"), "follows a letter with a link: test_without_account.py"),
    **dict.fromkeys(("check_in_by_link", "agreement_by_link", "report_by_link"), "follows a letter with a link: tests/placements"),
    "send_agreement": "follows a form: test_placement.py",
    "meeting_link": "follows a letter with a link: tests/cooperation/test_pages.py",
    "leave_saved": "follows a letter with a link: test_saving.py",
    "posting_suggestions": "a piece of a page: what may be typed on",
    "picture": "a file",
    "account_set_password": "for an account that never had one; sends others away",
    "still_valid": "follows a letter: test_keeping_a_posting.py",
    "join_requests": "an editor's: test_admin.py",
    "posting_reports": "an editor's: test_saving.py",
    "feeds": "an editor's: test_saving.py",
    "my_declined": "follows a no: test_two_yeses.py",
    "left": "bare on purpose: it leaves no word in the history",
    "root": "goes to the language of the browser",
    **dict.fromkeys(
        (
            *("health", "api", "openapi", "api_postings", "api_posting", "api_needs", "api_places"),
            *("jobtech_search", "jobtech_ad", "jobtech_stream", "jobtech_snapshot", "nav_feed", "nav_feed_page", "nav_feed_entry"),
            *("sitemap", "sitemap_section", "robots", "security", "saved_feed"),
        ),
        "for machines",
    ),
}
_kept: dict[str, sqlite3.Connection] = {}
_walks: dict[str, Walk] = {}
_secret = generate_totp_secret()


@pytest.fixture
def demo(transactional_db: None, settings: Settings) -> None:
    """The region, made once and copied for the next test: it takes a quarter of a minute."""
    settings.DEMO = True
    connection.ensure_connection()
    if "region" in _kept:
        _kept["region"].backup(connection.connection)
        return
    for command in ("load_starter", "load_measures"):
        call_command(command, stdout=StringIO())
    region.make(lambda _sentence: None)
    _what_the_region_lacks()
    if connection.vendor == "sqlite":
        _kept["region"] = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(_kept["region"])


def _what_the_region_lacks() -> None:
    """A promise, a question, what a jobseeker saves, a second member and one who asks to be the third, a wish of each of the advisor's
    people; placements; an advisor with an app for codes."""
    employer, at = ROLES["employer"].slug, timezone.now()
    accept_terms(by=role_of(employer), at=at)
    ask_about(key("posting", "lindangen-sjobo", "vaxthus"), by=role_of("maria"), at=at, code="supervisor")
    place = Employer.objects.get(pk=key("employer", employer))
    employer_member(place)
    register(country=place.country, number=place.number, name=place.name, city="", user=UserFactory(), at=at)
    keep(key("posting", "lindangen-sjobo", "vaxthus"), by=role_of("elin"), at=at)
    save_search("kind=trial", "week", words=["Praktikplats"], language="sv", by=role_of("elin"), at=at)
    programme = ProgrammePage.objects.get(slug="navigator-centre", locale__language_code="sv")
    told = {"programme": programme.translation_key, "title": programme.title, "team_id": programme.team_id, "language": "sv"}
    for person in Profile.objects.helped_by(account_id("maria"), role_of("maria").team_id):
        ask_for_programme(person.pk, **told, reach="advisor", by=role_of("maria"), at=at, channel="phone")
    give_placements(ROLES["introduced"].slug, employer, ROLES["advisor"].slug, at)
    user = User.objects.get(pk=account_id(ROLES["second factor"].slug))
    TOTP.activate(user, _secret)
    RecoveryCodes.activate(user)


def signed_in(name: str) -> Client:
    """Through the front door: an account's own pages ask when it last showed its password."""
    client, role = Client(), ROLES[name]
    if role.slug:
        account = f"/{role.language}/account/"
        email = User.objects.get(pk=account_id(role.slug)).email
        answer = client.post(f"{account}sign-in/", {"login": email, "password": read("region")["password"]})
        if name == "second factor":
            answer = client.post(f"{account}factors/show/", {"code": code_of(_secret)})
        assert answer.status_code == 302
    return client


def walk_of(name: str, client: Client) -> Walk:
    """What the role reaches; the region is the same in every test, so once is enough."""
    if name not in _walks:
        role = ROLES[name]
        with translation.override(role.language):
            starts = [reverse(one) for one in role.starts]
        _walks[name] = walk(client, [f"/{role.language}/?signed_in=1", *starts], role.language)
    return _walks[name]


@pytest.mark.parametrize("name", ROLES)
def test_every_page_is_whole(name: str, demo: None, page: Page, live_server: LiveServer, console: list[str]) -> None:
    client = signed_in(name)
    found = walk_of(name, client)
    if ROLES[name].slug:
        lend_session(page, live_server.url, client)
    wrong = found.wrong()
    for kind in found.places.keys() - _seen_beside(name):
        place = found.places[kind]
        if place.is_page:
            page.goto(live_server.url + place.path)
            wrong += [f"{place.path}: {sentence}" for sentence in [*_shapes(page, name, kind), *console]]
            console.clear()
    assert not wrong, f"{len(found.places)} pages:\n" + "\n".join(wrong)


def _seen_beside(name: str) -> set[str]:
    """Kinds of pages that a browser has looked at for another role. Public pages change with the role in nothing but bar and menu,
    which the first pages of each role show as well; filtered lists change with the filter alone."""
    role, public = ROLES[name], walk_of("anyone", Client()).places
    alike = set(walk_of(role.beside, signed_in(role.beside)).places) if role.beside else set()
    if name != "anyone":
        alike |= {kind for kind, place in public.items() if "?" in place.path or role.language == ROLES["anyone"].language}
    return alike - ({"home", "posting", "postings"} if name != "anyone" and not role.beside else set())


def test_the_nu_html_checker_finds_nothing(demo: None, tmp_path: Path) -> None:
    """Every kind of public page, and the one that says there is none, in the three languages, read in one go."""
    command, client = nu_checker(), Client()
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            starts = [f"/{language}/", *map(reverse, LANDED_ON)]
        pages = [place.html for place in walk(client, starts, language).places.values() if place.is_page]
        for number, text in enumerate([*pages, client.get(f"/{language}/nothing-here/").content.decode()]):
            (tmp_path / f"{language}-{number}.html").write_text(text)
    told = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False, timeout=300).stderr
    assert len(list(tmp_path.iterdir())) > 100, "fewer pages than there are"
    assert not [f"{line}\n{_source(tmp_path, line)}" for line in told.splitlines()]


def _source(folder: Path, line: str) -> str:
    """The beginning of the page that a complaint is about."""
    found = re.search(r"[a-z]{2}-[0-9]+\.html", line)
    return (folder / found.group()).read_text()[:400] if found else ""


def test_no_page_escapes(demo: None) -> None:
    """A new address is reached by somebody's links, or stands in the list with its reason."""
    reached = {name for role in ROLES for name in walk_of(role, signed_in(role)).names}
    named = {one.name for _, one in addresses()}
    assert named - reached == set(NOT_LOOKED_AT)


def _shapes(page: Page, role: str, kind: str) -> list[str]:
    """The page as it stands, on a small phone, a phone in light and a desk in dark."""
    wrong = _sideways(page, NARROW)
    for width, scheme in ((PHONE, "light"), (DESK, "dark")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of the two literals
        wrong += [*_sideways(page, width), *(f"{sentence} ({width} px, {scheme})" for sentence in axe_complaints(page))]
    if PICTURES:
        _picture(page, Path(PICTURES) / role, kind)
    return wrong


def _sideways(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{wide} px wide on a screen of {width}"] if wide > width else []


def _picture(page: Page, folder: Path, kind: str) -> None:
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        schemes: tuple[Scheme, ...] = ("light", "dark")
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=folder / f"{kind}-{width}-{scheme}.png", full_page=True)
