"""What an employer reads beside each need: what is free, and what can be applied for, in one careful sentence per country."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from accounts.models import Membership
from employers.models import Employer, Posting, Workplace
from search import index
from taxonomy.actions import load_needs
from taxonomy.models import Need, Pays
from tests.factories.employers import PostingFactory

SignIn = Callable[[Membership], Client]
PROMISES = re.compile(
    r"\b(får ni|ni får|betalas av|ersätts|garanter\w+|har rätt|dere får|får dere|dekkes|har krav)\b"
    r"|\b(you get|is paid by|will pay|entitled|\d{4,}|kr)\b"
)
ASKED_FOR = {
    "sv": ("söka", "handläggaren hjälper er"),
    "nb": ("søk", "veilederen hjelper dere"),
    "en": ("applied for", "the advisor helps you"),
}


def sentence(pays: str, country: str, language: str) -> str:
    with translation.override(language):
        return " ".join(render_to_string("employers/_who_pays.html", {"need": Need(pays=pays), "country": country}).split())


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
@pytest.mark.parametrize("country", ["SE", "NO"])
def test_every_kind_has_its_sentence_and_none_is_a_promise(country: str, language: str) -> None:
    said = {kind: sentence(kind, country, language) for kind in Pays.values}
    assert all(said.values())
    assert len(set(said.values())) == len(said)
    assert {kind: words for kind, words in said.items() if PROMISES.search(words.lower())} == {}
    asked_for, helps = ASKED_FOR[language]
    assert all(helps in words.lower() for kind, words in said.items() if kind != Pays.LAYOUT)
    assert all(asked_for in said[kind] for kind in (Pays.AID, Pays.PERSON, Pays.HOURS))


def test_the_countries_differ_where_the_schemes_do() -> None:
    assert "Arbetsförmedlingen" in sentence(Pays.AID, "SE", "nb")
    assert "hjelpemiddelsentralen" in sentence(Pays.AID, "NO", "nb")
    assert sentence(Pays.LAYOUT, "SE", "sv") == sentence(Pays.LAYOUT, "NO", "sv")


@pytest.fixture
def catalogue(db: None, now: datetime) -> None:
    load_needs(at=now)


@pytest.mark.usefixtures("catalogue")
def test_the_sentence_stands_beside_the_need_for_the_employer_alone(
    member: Membership, workplace: Workplace, draft: Posting, employer: Employer, signed_in: SignIn
) -> None:
    client = signed_in(member)
    for page in (f"workplaces/{workplace.pk}/offers/sup/", f"postings/{draft.pk}/edit/6/sup/"):
        said = client.get(f"/sv/employer/{page}").content.decode()
        assert sentence(Pays.PERSON, "SE", "sv") in said
        assert 'aria-describedby="id_sup-coach_on_site-answer_pays"' in said
        assert "Kontrollerat" in said
        assert "23 november 2026" in said
    Employer.objects.filter(pk=employer.pk).update(country="NO")
    assert "Funktionsassistans" in client.get(f"/sv/employer/workplaces/{workplace.pk}/offers/sup/").content.decode()
    public = PostingFactory(published=True, offers={"sup.coach_on_site": {"answer": "yes", "lead": "", "how": "", "at": "2026-11-01"}})
    index.put(public.pk)
    assert "jobbcoach eller ett personligt biträde" not in Client().get(f"/sv/postings/{public.pk}/").content.decode()


@pytest.mark.usefixtures("catalogue")
def test_answers_are_saved_when_one_leaves(member: Membership, workplace: Workplace, signed_in: SignIn) -> None:
    base = f"/sv/employer/workplaces/{workplace.pk}/"
    answer = signed_in(member).post(f"{base}offers/sup/", {"sup-buddy-answer": "yes", "leave": "1"})
    assert answer.headers["Location"] == base
    assert workplace.offers.get(need_id="sup.buddy").answer == "yes"
