"""Organisations: what each of them holds is listed on its page, in the reader's language; and the stories that employers read."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from content import actions
from content.models import (
    ActivityPage,
    AgreementPage,
    CoursePage,
    EventPage,
    Gathering,
    KnowledgePage,
    OrganisationPage,
    ProgrammePage,
    UnfinishedError,
)
from tests.factories.content import write

pytestmark = pytest.mark.django_db
Clock = time_machine.Traveller


def association(**given: Any) -> OrganisationPage:
    made: OrganisationPage = write(OrganisationPage, "Föreningen Händer", slug="hander", **given)
    return made


def hold(page: Any, *organisations: OrganisationPage) -> None:
    page.organisations = organisations
    page.publish(page.save_revision())


def everything(now: datetime) -> list[Page]:
    gathering = Gathering.objects.create(name="Öppet hus", starts_at=now, ends_at=now + timedelta(hours=1), place="Torget")
    return [
        write(ProgrammePage, "Ett program", slug="p"),
        write(EventPage, "En träff", slug="e", gathering=gathering),
        write(CoursePage, "En kurs", slug="c"),
        write(ActivityPage, "En aktivitet", slug="a"),
        write(AgreementPage, "Ett avtal", slug="o"),
    ]


def test_what_an_organisation_holds_is_listed_and_leads_back(client: Client, now: datetime) -> None:
    holder, pages = association(), everything(now)
    for page in pages:
        hold(page, holder)
    shown = client.get("/sv/organisations/hander/").content.decode()
    for page in pages:
        assert f'href="{page.url}"' in shown, page
        assert 'href="/sv/organisations/hander/"' in client.get(page.url).content.decode(), page
    assert "Föreningen Händer" in client.get("/sv/organisations/").content.decode()


def test_a_translation_names_the_translation_and_the_first_one_where_there_is_none(client: Client) -> None:
    holder = association()
    page = write(ActivityPage, "Verkstad", slug="verkstad")
    hold(page, holder)
    twin = actions.translate(ActivityPage.objects.get(pk=page.pk), "nb", values={"title": "Verksted"})
    twin.publish(twin.save_revision())
    assert 'href="/sv/organisations/hander/"' in client.get("/nb/activities/verkstad/").content.decode()
    theirs = actions.translate(holder, "nb", values={"title": "Foreningen Händer"})
    theirs.publish(theirs.save_revision())
    assert 'href="/nb/organisations/hander/"' in client.get("/nb/activities/verkstad/").content.decode()
    shown = client.get("/nb/organisations/hander/").content.decode()
    assert "Verksted" in shown
    assert "/sv/activities/" not in shown


def test_an_agreement_is_between_somebody(client: Client) -> None:
    page = write(AgreementPage, "En väg in", slug="en-vag-in", parties="", live=False)
    with pytest.raises(UnfinishedError):
        page.publish(page.save_revision())
    hold(page, association())
    assert "Föreningen Händer" in client.get("/sv/agreements/en-vag-in/").content.decode()


def test_an_agreement_begins_its_parties_with_between_while_an_organisation_is_a_draft(client: Client) -> None:
    holder = association(live=False)
    page = write(AgreementPage, "En väg in", slug="en-vag-in", parties="Borås stad")
    hold(page, holder)
    assert "<dt>Mellan</dt><dd>Borås stad" in client.get("/sv/agreements/en-vag-in/").content.decode()
    holder.publish(holder.save_revision())
    assert "<dt>Och</dt><dd>Borås stad" in client.get("/sv/agreements/en-vag-in/").content.decode()


def test_a_draft_is_not_named(client: Client) -> None:
    holder = association(live=False)
    page = write(ActivityPage, "Verkstad", slug="verkstad")
    hold(page, holder)
    assert "Händer" not in client.get("/sv/activities/verkstad/").content.decode()


def test_the_list_asks_the_same_number_of_questions_however_much_an_organisation_holds(client: Client) -> None:
    holder, counts = association(), []
    for number in range(3):
        hold(write(ActivityPage, f"Verkstad {number}", slug=f"v{number}"), holder)
        client.get("/sv/organisations/hander/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/sv/organisations/hander/")
        counts.append(len(asked))
    assert counts[1] == counts[2], counts


STORY = {"form": "story", "audience": "employer", "consent_noted": True, "review_by": date(2027, 2, 1)}


def test_employers_read_the_stories_that_are_written_for_them(client: Client, frozen: Clock) -> None:
    page = client.get("/sv/employers/").content.decode()
    assert "Så kan det gå" not in page, "no heading over nothing"
    write(KnowledgePage, "Listan", slug="listan", **STORY)
    write(KnowledgePage, "För alla", slug="for-alla", **{**STORY, "audience": "anyone"})
    write(KnowledgePage, "En metod", slug="metod", **{**STORY, "form": "method"})
    write(KnowledgePage, "Gammal", slug="gammal", **{**STORY, "review_by": date(2026, 11, 1)})
    write(KnowledgePage, "Lista på norsk", slug="lista", language="nb", **STORY)
    page = client.get("/sv/employers/").content.decode()
    assert 'href="/sv/knowledge/listan/"' in page
    assert not [slug for slug in ("for-alla", "metod", "gammal", "lista") if f"/knowledge/{slug}/" in page]
    assert 'href="/nb/knowledge/lista/"' in client.get("/nb/employers/").content.decode()
