"""Every letter says the same as HTML and as text, leads to one place, tells how to stop, and names nothing in its subject."""

import html
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from accounts.letters import AccountAdapter
from outbox.letters import render
from outbox.signals import ABOUT, WRITERS, Content

TEMPLATES = Path(settings.BASE_DIR) / "templates"
LETTERS = sorted(path.name.removesuffix(".subject.txt") for path in (TEMPLATES / "letters").glob("*.subject.txt"))
ACCOUNT = sorted(path.name.removesuffix("_subject.txt") for path in (TEMPLATES / "account" / "email").glob("*_subject.txt"))
LANGUAGES = ("sv", "nb", "en")
# pages.md 5.43, in the order of the languages; and one more, which a code needs: it is read off the screen of a locked phone.
SUBJECTS = {
    "sv": {"Du har något nytt att läsa", "En påminnelse", "Ett svar väntar på er", "Möte", "Bekräfta din adress", "Din kod"},
    "nb": {"Du har noe nytt å lese", "En påminnelse", "Et svar venter på dere", "Møte", "Bekreft adressen din", "Koden din"},
    "en": {
        *("You have something new to read", "A reminder", "An answer is waiting for you", "Meeting", "Confirm your address"),
        "Your code",
    },
}
DOOR = SimpleNamespace(
    answer_by=date(2026, 12, 1),
    posting=SimpleNamespace(
        title="Odla & sälja",
        employer=SimpleNamespace(name="Å & Ö AB"),
        contact_name="Anna Berg",
        contact_phone="033-17 40 01",
        contact_email="anna@example.org",
    ),
)
OPEN = {
    "door": DOOR,
    "card": SimpleNamespace(name="Elin", fields=(("name", "Elin"), ("phone", "070-174 06 05"), ("strengths", "Tålamod"))),
    "advisor": SimpleNamespace(get_full_name="Maria Lindqvist", phone="033-17 40 02"),
    "link": "signed",
}
ONE_BUTTON = {"sv": "Fungerar inte knappen?", "nb": "Virker ikke knappen?", "en": "Does the button not work?"}


def letter(name: str, language: str, **more: Any) -> Content:
    """One letter as its reader gets it; those of the account the way that allauth's adapter makes them."""
    if name in LETTERS:
        return render(f"letters/{name}", language=language, **{**OPEN, "for_employer": False, **more})
    prefix = f"account/email/{name}"
    with translation.override(language):
        subject = render_to_string(f"{prefix}_subject.txt").strip()
        made = AccountAdapter().render_mail(prefix, "elin@example.org", {"code": "AB12CD"})
        return Content(subject, str(made.body), str(made.alternatives[0].content))


def lines_of_html(page: str) -> list[str]:
    """What a reader sees below the heading, line by line, without the button and the sentence about it."""
    body = re.sub(r"<table.*?</table>\s*<p[^>]*>[^<]*</p>", "", page.partition("</h1>")[2], count=1, flags=re.DOTALL)
    text = re.sub(r"<br>|</p>|<strong[^>]*>", "\n", body)
    return lines(html.unescape(re.sub(r"<[^>]+>", "", text)))


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def links(text: str) -> list[str]:
    """The addresses of a letter, each once, in their order."""
    return list(dict.fromkeys(re.findall(r"http://[\w./-]+", text)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*LETTERS, "introduction, employer", *ACCOUNT])
def test_html_and_text_say_the_same(name: str, language: str) -> None:
    made = letter(name.partition(",")[0], language, for_employer="," in name)
    seen = lines_of_html(made.html)
    assert [line for line in lines(made.text) if not line.startswith("http")] == seen
    led_to = re.findall(r'href="([^"]+)"', made.html)
    assert links(made.text) == list(dict.fromkeys(led_to))
    assert f"<title>{html.escape(made.subject)}</title>" in made.html
    assert html.escape(made.subject) in made.html.partition("<h1")[2].partition("</h1>")[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*LETTERS, *ACCOUNT])
def test_a_letter_names_nothing_in_its_subject_and_fetches_nothing(name: str, language: str) -> None:
    made = letter(name, language)
    assert made.subject in SUBJECTS[language]
    assert not re.search(r"<img|<link|<script|@import|url\(", made.html)
    assert f'<html lang="{language}">' in made.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*LETTERS, *ACCOUNT])
def test_a_letter_leads_to_a_page_that_asks_for_sign_in_and_ends_with_how_to_stop(name: str, language: str) -> None:
    made = letter(name, language)
    places = [link.removeprefix(f"http://testserver/{language}/") for link in links(made.text)]
    if name == "unknown_account":
        assert places == ["account/sign-in/"]  # nobody who could choose
    else:
        assert places[-1] == "account/letters/"
        # Some are signed for one reader, and do nothing by being opened (employers/test_lasting.py, placements/test_check_ins.py).
        signed = ["employers/still-valid/signed/"], ["check-ins/signed/"], ["sign/signed/"], ["reports/signed/"]
        assert places[:-1] in (["account/sign-in/"], ["employer/invitations/"], *signed, []), name
        assert lines(made.text)[-1].endswith("account/letters/")
    assert (ONE_BUTTON[language] in made.html) == (len(places) > 1 or name == "unknown_account")


def test_an_open_introduction_tells_the_employer_what_was_promised() -> None:
    made = letter("introduction", "sv", for_employer=True)
    for words in ("Elin vill prova hos er: Odla & sälja.", "070-174 06 05", "Svara senast 1 december 2026. Ett nej är också ett svar."):
        assert words in made.text
    for words in ("Det du läser här är ett förtroende. Berätta inte för andra vem du har träffat.", "Prata med oss: 033-17 40 00"):
        assert words in made.text
        assert words in made.html
    assert "Tålamod" not in made.text + made.html


def test_every_kind_of_letter_says_whether_it_can_be_turned_off() -> None:
    assert set(ABOUT) >= set(WRITERS)
    off = {kind for kind, about in ABOUT.items() if about != "always"}
    news = {"something_new", "lapsed", "answer_waiting", "call_asked", "new_advisor", "saved_postings", "programme_asked"}
    placed = {"check_in_reminder", "check_in_reminder_by_link", "check_in_answered", "assessment_reminder", "outcome", "report_written"}
    assert off == news | placed | {"reminder_half", "reminder_last", "meeting_reminder"}
