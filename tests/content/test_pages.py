"""Sections and pages: what is published is found, listed, searched and told to machines, in each language."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Revision

from audit.models import Event
from content import actions, tasks
from content.models import (
    ActivityPage,
    AgreementPage,
    CoursePage,
    Front,
    Gathering,
    GuidancePage,
    Kind,
    KnowledgePage,
    NewsPage,
    ProgrammePage,
    Section,
    UnfinishedError,
)
from taxonomy.actions import load_needs
from taxonomy.models import Need
from tests.factories.content import A_DAY, write

pytestmark = pytest.mark.django_db


def test_every_language_has_its_front_and_every_section_once() -> None:
    before = list(Page.objects.order_by("path").values_list("pk", "title"))
    actions.ensure_tree()
    assert list(Page.objects.order_by("path").values_list("pk", "title")) == before
    assert Front.objects.count() == 3
    assert Section.objects.filter(kind=Kind.NEWS).values("translation_key").distinct().count() == 1
    titles = Section.objects.filter(kind=Kind.KNOWLEDGE).order_by("locale__language_code").values_list("title", flat=True)
    assert list(titles) == ["Knowledge", "Kunnskap", "Kunskap"]


def test_a_section_that_no_editor_touched_follows_the_translations() -> None:
    touched, untouched = Section.objects.filter(locale__language_code="sv", kind__in=[Kind.NEWS, Kind.EVENTS]).order_by("kind")[::-1]
    touched.title = "Nytt hos oss"
    touched.save_revision().publish()
    Section.objects.filter(pk=untouched.pk).update(title="Events")
    actions.ensure_tree()
    assert set(Section.objects.filter(pk__in=[touched.pk, untouched.pk]).values_list("title", flat=True)) == {"Nytt hos oss", "Träffar"}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.NEWSLETTER])
@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_an_empty_section_says_so_calmly(client: Client, language: str, kind: str) -> None:
    page = client.get(f"/{language}/{kind}/")
    assert page.status_code == 200
    assert f'href="/{language}/help/contact/"' in page.content.decode().partition("</main>")[0]


@pytest.mark.parametrize(
    ("model", "section"),
    [
        (NewsPage, "news"),
        (GuidancePage, "guidance"),
        (KnowledgePage, "knowledge"),
        (ProgrammePage, "programmes"),
        (ActivityPage, "activities"),
        (CoursePage, "courses"),
        (AgreementPage, "agreements"),
    ],
)
def test_a_published_page_is_read_and_listed_and_a_draft_is_not(client: Client, model: type, section: str) -> None:
    write(model, "Det som syns", slug="syns", illustration="path")
    write(model, "Det som vilar", slug="vilar", live=False)
    listed = client.get(f"/sv/{section}/").content.decode()
    assert "Det som syns" in listed
    assert "Det som vilar" not in listed
    page = client.get(f"/sv/{section}/syns/").content.decode()
    assert page.count("<h1>") == 1
    assert "Ta en sak i taget" in page
    assert client.get(f"/sv/{section}/vilar/").status_code == 404
    assert client.get(f"/nb/{section}/syns/").status_code == 404


def test_a_page_leads_to_itself_in_the_languages_it_is_in_and_to_the_section_in_others(client: Client) -> None:
    page = write(NewsPage, "Öppet hus", slug="oppet-hus")
    twin = actions.translate(page, "nb", values={"title": "Åpent hus"})
    twin.save_revision().publish()
    body = client.get("/sv/news/oppet-hus/").content.decode()
    links = dict(re.findall(r'href="([^"]+)"[^>]* hreflang="(\w\w)"', body))
    assert "/nb/news/oppet-hus/" in links
    assert "/en/news/" in links
    assert "Åpent hus" in client.get("/nb/news/oppet-hus/").content.decode()


def test_menu_and_foot_lead_to_what_is_published(client: Client) -> None:
    assert "/sv/knowledge/" not in client.get("/sv/help/").content.decode()
    write(KnowledgePage, "Bilder som visar", slug="bilder")
    write(NewsPage, "Öppet hus", slug="oppet")
    cache.clear()  # the links are kept for a minute
    page = client.get("/sv/help/").content.decode()
    assert page.count('href="/sv/knowledge/"') == 2
    assert page.count('href="/sv/news/"') == 1
    assert 'href="/sv/programmes/"' not in page


def test_news_come_newest_first_with_an_archive_by_year(client: Client) -> None:
    write(NewsPage, "I fjol", slug="i-fjol", date=date(2025, 3, 1))
    write(NewsPage, "Sedan", slug="sedan", date=A_DAY)
    write(NewsPage, "Nyss", slug="nyss", date=date(2026, 11, 23))
    page = client.get("/sv/news/").content.decode()
    assert page.index("Nyss") < page.index("Sedan") < page.index("I fjol")
    archive = client.get("/sv/news/?year=2025").content.decode()
    assert "I fjol" in archive
    assert "Nyss" not in archive
    for year in ("hello", "²", "9" * 5_000):
        assert client.get(f"/sv/news/?year={year}&page=x").status_code == 200


def test_the_news_are_an_atom_feed(client: Client) -> None:
    write(NewsPage, "Öppet & ljust", slug="oppet")
    answer = client.get("/sv/news/feed/")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert "Öppet &amp; ljust" in answer.content.decode()
    assert "http://testserver/sv/news/oppet/" in answer.content.decode()


def test_knowledge_is_found_by_any_form_of_its_words_and_by_topic(client: Client, now: datetime) -> None:
    write(KnowledgePage, "Instruktioner i bild", slug="bild", topic="cog")
    write(KnowledgePage, "Ett tyst rum", slug="tyst", topic="sens", audience="employer")
    assert "Instruktioner i bild" in client.get("/sv/knowledge/?q=instruktionen").content.decode()
    assert "Ett tyst rum" not in client.get("/sv/knowledge/?q=instruktionen").content.decode().partition("<aside")[0]
    by_topic = client.get("/sv/knowledge/?topic=sens").content.decode()
    assert "Ett tyst rum" in by_topic
    assert "Instruktioner i bild" not in by_topic
    assert "Ett tyst rum" not in client.get("/sv/knowledge/?for=jobseeker").content.decode()


@pytest.mark.parametrize("words", ['"', "'; --", "\x00", "*", "AND OR NOT", "a" * 5000, "()", "instruktion -bild", "%", "NEAR("])
def test_no_words_break_the_search(client: Client, words: str) -> None:
    write(KnowledgePage, "Instruktioner i bild", slug="bild", topic="cog")
    assert client.get("/sv/knowledge/", {"q": words}).status_code == 200


def test_nothing_found_names_the_words_and_the_topics(client: Client) -> None:
    write(KnowledgePage, "Instruktioner i bild", slug="bild", topic="cog")
    page = client.get("/sv/knowledge/?q=flygplan").content.decode()
    assert "Inget om ”flygplan”." in page
    assert 'href="?topic=cog"' in page


def test_a_knowledge_page_leads_to_places_that_can_and_to_what_is_like_it(client: Client, now: datetime) -> None:
    load_needs(at=now)
    need = Need.objects.filter(group="cog")[0]
    write(KnowledgePage, "Instruktioner i bild", slug="bild", topic="cog", needs=[need])
    write(KnowledgePage, "En sak i taget", slug="en-sak", needs=[need])
    page = client.get("/sv/knowledge/bild/").content.decode()
    assert f"/sv/postings/?offer={need.code}" in page
    assert need.label_sv in page
    assert "/sv/knowledge/en-sak/" in page


def test_a_page_that_names_money_or_law_is_not_published_without_a_day_of_review() -> None:
    with pytest.raises(UnfinishedError):
        write(GuidancePage, "Bidrag", slug="bidrag", names_money_or_law=True)
    assert not GuidancePage.objects.get(slug="bidrag").live
    write(GuidancePage, "Bidrag igen", slug="bidrag-2", names_money_or_law=True, review_by=date(2027, 1, 1))


def test_a_story_is_not_published_without_everyones_yes() -> None:
    with pytest.raises(UnfinishedError):
        write(KnowledgePage, "Så gjorde vi", slug="gjorde", form="story")
    write(KnowledgePage, "Så gjorde vi", slug="gjorde-2", form="story", consent_noted=True)


def test_few_people_are_in_no_figure() -> None:
    rows = [{"what": "Vår", "number": 12}, {"what": "Höst", "number": 9}]
    figure = {"finding": "Fler kom", "unit": "personer", "people": True, "rows": rows, "source": "Vi, 2026"}
    with pytest.raises(ValidationError):
        write(NewsPage, "Siffror", slug="siffror", body=[("figure", figure)])
    write(NewsPage, "Siffror", slug="siffror-2", body=[("figure", {**figure, "people": False})])


def test_every_block_stands_on_a_page(client: Client) -> None:
    body = [
        ("quote", {"text": "Nu använder alla listan.", "who": "Handledare i en butik"}),
        ("steps", {"steps": [{"title": "Välj", "text": "En sak."}, {"title": "Prova", "text": ""}]}),
        ("contact", {"who": "Navigatorcentrum", "phone": "033-17 40 05", "place": "Torget 1", "hours": "8–16"}),
        ("film", {"title": "En dag", "link": "https://example.org/film", "minutes": 3, "text": "<p>Någon öppnar en dörr.</p>"}),
        ("action", {"words": "Se platser", "page": None, "address": "/sv/postings/"}),
    ]
    write(NewsPage, "Allt", slug="allt", body=body)
    page = client.get("/sv/news/allt/").content.decode()
    for words in (
        "Nu använder alla listan.",
        ">Prova</p>",
        "tel:+46331740",
        "Någon öppnar en dörr.",
        'href="/sv/postings/"',
        "3 minuter",
    ):
        assert words in page


def test_a_course_shows_its_meetings_and_an_agreement_its_goals(client: Client, now: datetime) -> None:
    meeting = Gathering.objects.create(name="Första", starts_at=now, ends_at=now + timedelta(hours=2), place="Sturegatan 22")
    write(CoursePage, "Att vara handledare", slug="handledare", gathering=meeting)
    write(AgreementPage, "En väg in", slug="en-vag-in")
    course = client.get("/sv/courses/handledare/").content.decode()
    assert "24 november 2026" in course
    assert "Sturegatan 22" in course
    assert "1 juni 2027" in client.get("/sv/agreements/en-vag-in/").content.decode()


def test_publishing_stands_in_the_log() -> None:
    page = write(NewsPage, "Öppet", slug="oppet")
    page.unpublish()
    told = Event.objects.filter(subject="page", subject_id=str(page.pk)).order_by("pk").values_list("what", flat=True)
    assert list(told) == ["page_published", "page_taken_down"]


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(client: Client) -> None:
    counts = []
    for number in range(3):
        write(NewsPage, f"Nyhet {number}", slug=f"n{number}")
        client.get("/sv/news/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/sv/news/")
        counts.append(len(asked))
    assert counts[1] == counts[2], counts


def test_pages_go_public_and_go_away_on_the_day_that_was_planned(client: Client, now: datetime, frozen: time_machine.Traveller) -> None:
    planned, hard = (write(GuidancePage, title, slug=title.lower(), live=False) for title in ("Planerad", "Tung"))
    over = write(GuidancePage, "Slut", slug="slut")
    Page.objects.filter(pk=over.pk).update(expire_at=now + timedelta(hours=1))
    for hours, page in enumerate((hard, planned), 1):
        page.go_live_at = now + timedelta(hours=hours)
        page.publish(page.save_revision())
    Revision.page_revisions.filter(object_id=str(hard.pk)).update(content={**hard.latest_revision.content, "lead": ""})
    assert client.get("/sv/guidance/planerad/").status_code == 404
    for at in (now, now + timedelta(hours=3), now + timedelta(hours=4)):
        frozen.move_to(at)
        tasks.plans()
    assert client.get("/sv/guidance/planerad/").status_code == 200
    assert [client.get(f"/sv/guidance/{slug}/").status_code for slug in ("slut", "tung")] == [404, 404]
