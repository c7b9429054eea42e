"""Anyone reports a posting without saying who they are; an editor reads it; and the posting in easy words."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audit.models import Event
from search.models import PostingReport
from tests.factories.accounts import MembershipFactory, browser
from tests.factories.employers import PostingFactory
from tests.factories.public import open_posting

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SAID = "De ville ha pengar först"


def test_a_report_reaches_the_editors_and_its_words_go_when_it_is_done(client: Client) -> None:
    posting = open_posting(title="Misstänkt plats")
    page = reverse("report_posting", args=[posting.pk])
    assert page in client.get(reverse("posting", args=[posting.pk])).content.decode()
    answer = client.post(page, {"wrong": "fraud", "words": SAID})
    assert answer.status_code == 303
    assert not answer.cookies
    assert "Tack för att du säger till" in client.get(answer.headers["Location"]).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM search_postingreport")
        assert SAID.encode() not in bytes(cursor.fetchone()[0])
    editor = browser(MembershipFactory(editor=True).user_id)
    listed = editor.get(reverse("posting_reports")).content.decode()
    assert "Misstänkt plats" in listed
    assert SAID in listed
    done = PostingReport.objects.get()
    editor.post(reverse("posting_reports"), {"asking": str(done.pk)})
    assert not PostingReport.objects.exists()
    assert Event.objects.get(what="posting_report_done").before == "fraud"
    assert "Misstänkt plats" not in editor.get(reverse("posting_reports")).content.decode()
    assert editor.post(reverse("posting_reports"), {"asking": str(done.pk)}).status_code == 404
    assert not [one for one in Event.objects.values_list() if SAID in str(one)]


def test_nobody_is_asked_who_they_are_and_a_reason_is_needed(client: Client) -> None:
    page = reverse("report_posting", args=[open_posting().pk])
    told = client.get(page).content.decode()
    assert set(re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"', told)) <= {"wrong", "words", "language", "next"}
    assert "Fel: " in client.post(page, {"words": SAID}).content.decode()
    assert not PostingReport.objects.exists()


def test_the_same_report_twice_is_one_and_too_many_are_refused(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "report": "3/h/ip"}
    page = reverse("report_posting", args=[open_posting().pk])
    answers = [client.post(page, {"wrong": "untrue", "words": "Fel adress"}).status_code for _ in range(4)]
    assert answers == [303, 303, 303, 429]
    assert PostingReport.objects.count() == 1


@pytest.mark.parametrize("name", ["report_posting", "posting_easy"])
def test_what_is_not_open_is_not_there(client: Client, name: str) -> None:
    for pk in (uuid4(), PostingFactory().pk):
        assert client.get(reverse(name, args=[pk])).status_code == 404


@pytest.mark.usefixtures("needs")
def test_the_easy_page_holds_the_same_facts(client: Client) -> None:
    posting = open_posting(
        tasks="Du plockar varor. Du håller ordning.\nDu äter lunch med oss.",
        offers={"sens.quiet": {"answer": "yes", "evidence": "declared"}, "time.slow_start": {"answer": "no", "evidence": "declared"}},
        licences=["B"],
        language_level="A2",
    )
    ordinary, easy = (client.get(reverse(name, args=[posting.pk])).content.decode() for name in ("posting", "posting_easy"))
    assert reverse("posting_easy", args=[posting.pk]) in ordinary
    assert reverse("posting", args=[posting.pk]) in easy
    for sentence in ("Du plockar varor.", "Du håller ordning.", "Du äter lunch med oss.", "Du arbetar 10–20 timmar i veckan."):
        assert f'">{sentence}</span>' in easy
    for fact in ("Borås", posting.employer.name, "Svenska, nivå A2", "Det här finns:", "Kanske finns det ett jobb efteråt."):
        assert fact in easy
    assert "mailto:?body=http" in ordinary
    assert not re.search(r'(?:href|src|action)="https?://(?!testserver)', ordinary)
