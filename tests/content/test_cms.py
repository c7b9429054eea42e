"""The editors' admin: what it refuses, what it warns of, what it previews; and that no page can hold anything about a person."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import EmailField, Field, ForeignObjectRel, Model
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from pytest_django import Settings
from wagtail.models import DraftStateMixin, GroupPagePermission, Page, RevisionMixin, WorkflowMixin, get_page_models
from wagtail.snippets.models import get_snippet_models

from accounts.models import Membership
from content.actions import translate
from content.models import Front, Gathering, GuidancePage, IssuePage, Kind, KnowledgePage, Mailing, NewsPage, Section, UnfinishedError
from content.models.pages import hard_to_read
from content.scoring import readability
from taxonomy.actions import load_needs
from taxonomy.models import Need
from tests.factories.accounts import MembershipFactory, browser
from tests.factories.content import write

pytestmark = pytest.mark.django_db
PEOPLE = {"jobseekers", "matching"}
CONTACT = "Posting.contact_email"  # an employer's own contact for its posting
A_PERSONS = re.compile(r"e_?mail|person_?n|ssn|birth|pnr|fnr|diagnos|jobseeker|profile", re.IGNORECASE)


@pytest.fixture
def editor() -> Client:
    found: Membership = MembershipFactory(editor=True)
    found.user.groups.add(Group.objects.get(name="Editors"))
    return browser(found.user_id)


def form_of(page: Page, **given: Any) -> dict[str, Any]:
    """The fields of the editor's page as a browser would send them."""
    values = {
        "title": page.title, "slug": page.slug, "lead": page.lead, "audience": page.audience, "illustration": "", "seo_title": "",
        "search_description": "", "comment_notifications": "on", "reviewed_on": "", "review_by": "",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "",
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "quote", "body-0-id": "",
        "body-0-value-text": "Det gick bra.", "body-0-value-who": "En handledare",
    }  # fmt: skip
    return {**values, **given}


def test_the_editor_publishes_a_page_of_its_section(editor: Client) -> None:
    page = write(GuidancePage, "Så gör du", slug="sa-gor-du", live=False)
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page, **{"action-publish": "1"}))
    assert answer.status_code == 302
    assert "Det gick bra." in Client().get("/sv/guidance/sa-gor-du/").content.decode()


def test_the_editor_is_told_at_the_field_what_is_missing(editor: Client) -> None:
    page = write(GuidancePage, "Bidrag", slug="bidrag", live=False)
    where = reverse("wagtailadmin_pages:edit", args=[page.pk])
    money = form_of(page, names_money_or_law="on")
    assert editor.post(where, money).status_code == 302, "a draft may be unfinished"
    answer = editor.post(where, {**money, "action-publish": "1"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["review_by"] == [gettext("The page names money or law: say when it must be reviewed again.")]
    assert not GuidancePage.objects.get(pk=page.pk).live


def test_a_hard_text_is_told_of_with_its_number_and_longest_sentence(editor: Client) -> None:
    page = write(GuidancePage, "Så gör du", slug="sa-gor-du", live=False)
    hard = "Arbetsmarknadsutbildningssamordningen förutsätter ansvarsfördelningsöverenskommelser mellan myndigheterna."
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page, lead=hard), follow=True)
    body = answer.content.decode()
    assert "LIX" in body
    assert "Arbetsmarknadsutbildningssamordningen förutsätter" in body


def test_an_editor_chooses_adaptations_by_their_words(editor: Client, now: datetime) -> None:
    load_needs(at=now)
    need = Need.objects.get(code="sens.quiet")
    page = write(KnowledgePage, "En lugn plats", slug="en-lugn-plats")
    shown = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert f'<option value="{need.code}">{need.label_sv}</option>' in shown


def test_an_editor_sees_the_preview_of_a_draft(editor: Client) -> None:
    page = write(NewsPage, "Utkast", slug="utkast", live=False)
    answer = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert answer.status_code == 200
    assert "Utkast" in answer.content.decode()


def test_an_editor_writes_on_the_front_page_of_a_language(editor: Client, client: Client) -> None:
    front = Front.objects.get(locale__language_code="nb")
    front.lead, front.body = "Vi åpner døra.", [("text", "<h2>Åpent hus på torsdag</h2>")]
    revision = front.save_revision()
    draft = editor.get(reverse("wagtailadmin_pages:view_draft", args=[front.pk])).content.decode()
    assert "Åpent hus på torsdag" in draft
    assert 'lang="nb"' in draft  # the website's own page, in the language of the draft
    assert "Åpent hus" not in client.get("/nb/").content.decode()
    revision.publish()
    shown = client.get("/nb/").content.decode()
    assert "Vi åpner døra." in shown
    assert "Åpent hus på torsdag" in shown
    assert "Åpent hus" not in client.get("/sv/").content.decode()


def test_a_front_page_with_an_unfinished_block_is_not_published() -> None:
    front = Front.objects.get(locale__language_code="sv")
    front.body = [("action", {"words": "Läs mer", "page": None, "address": ""})]
    with pytest.raises(ValidationError):
        front.save_revision().publish()
    assert not Front.objects.get(pk=front.pk).body


def test_a_section_takes_only_its_own_kind_of_page(editor: Client) -> None:
    news = Section.objects.get(kind=Kind.NEWS, locale__language_code="sv")
    assert NewsPage.can_create_at(news)
    assert not GuidancePage.can_create_at(news)
    assert not Section.can_create_at(news.get_parent())
    assert editor.get(reverse("wagtailadmin_pages:add_subpage", args=[news.pk])).status_code in {200, 302}


def test_a_picture_is_served_and_nothing_else_of_the_folder(client: Client) -> None:
    default_storage.save("images/a.png", ContentFile(b"\x89PNG"))
    default_storage.save("images/a.svg", ContentFile(b"<svg onload='alert(1)'/>"))
    default_storage.save("secret.png", ContentFile(b"x"))
    try:
        answer = client.get("/media/images/a.png")
        assert answer.headers["Content-Type"] == "image/png"
        assert b"".join(answer.streaming_content) == b"\x89PNG"  # type: ignore[attr-defined] # a file is streamed
        answer.close()
        for path in ("/media/images/a.svg", "/media/secret.png", "/media/images/..%2Fsecret.png", "/media/images/b.png"):
            assert client.get(path).status_code == 404, path
    finally:
        for name in ("images/a.png", "images/a.svg", "secret.png"):
            default_storage.delete(name)


def wagtails() -> list[type[Model]]:
    """Every model that an editor can write in."""
    found = {*get_page_models(), *get_snippet_models()}
    found |= {one for one in apps.get_models() if issubclass(one, DraftStateMixin | RevisionMixin | WorkflowMixin)}
    return sorted(found, key=lambda one: one._meta.label)


def test_case_12_no_model_of_wagtail_knows_a_person() -> None:
    """No relation to people's apps in either direction, and no column that would hold somebody's address or number."""
    models = wagtails()
    assert {"content.NewsPage", "employers.Posting"} <= {one._meta.label for one in models}
    wrong = []
    for model in models:
        for field in model._meta.get_fields(include_hidden=False):
            other = getattr(field, "related_model", None)
            incoming = isinstance(field, ForeignObjectRel) and model._meta.label == "employers.Posting"  # matching knows of postings
            if other is not None and other._meta.app_label in PEOPLE and not incoming:
                wrong.append(f"{model._meta.label}.{field.name} -> {other._meta.label}")
            if (
                isinstance(field, Field)
                and (isinstance(field, EmailField) or A_PERSONS.search(field.name))
                and f"{model.__name__}.{field.name}" != "Posting.contact_email"
            ):
                wrong.append(f"{model._meta.label}.{field.name}")
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "lix"),
    [("", 0), ("Det är en katt.", 4), ("Katten sover. Hunden vaktar.", 2), ("Arbetsgivare beskriver arbetsplatsen.", 103)],
)
def test_lix_is_words_in_a_sentence_and_long_words_in_a_hundred(text: str, lix: int) -> None:
    assert readability(text).lix == lix


def test_the_longest_sentences_come_first() -> None:
    assert readability("Kort. Den här är lite längre. Nu då.", show=1).longest == ("Den här är lite längre.",)


@pytest.fixture
def writer() -> Client:
    """May write pages, and publish none."""
    found: Membership = MembershipFactory(editor=True)
    group = Group.objects.create(name="Writers")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=permission)
    found.user.groups.add(group)
    return browser(found.user_id)


def test_who_may_not_publish_sends_the_page_to_an_editor(writer: Client, editor: Client) -> None:
    page = write(GuidancePage, "Så gör du", slug="sa-gor-du", live=False)
    where, public = reverse("wagtailadmin_pages:edit", args=[page.pk]), "/sv/guidance/sa-gor-du/"
    writer.post(where, form_of(page, **{"action-publish": "1"}))
    assert Client().get(public).status_code == 404, "the button is not theirs, however it was pressed"
    assert writer.post(where, form_of(page, **{"action-submit": "1"})).status_code == 302
    assert Client().get(public).status_code == 404
    step = GuidancePage.objects.get(pk=page.pk).current_workflow_task_state
    decide = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", step.pk])
    assert writer.post(decide, {}).status_code != 200
    assert Client().get(public).status_code == 404, "nor may its writer review it"
    assert "Så gör du" in editor.get(reverse("wagtailadmin_home")).content.decode()
    editor.post(decide, {"comment": "Bra."})
    assert "Det gick bra." in Client().get(public).content.decode()


def test_who_may_not_publish_sends_no_newsletter_and_reads_no_names(writer: Client, editor: Client, now: datetime) -> None:
    issue = write(IssuePage, "Höstens brev", slug="host")
    values = {"name": "Öppet hus", "starts_at": now, "ends_at": now + timedelta(hours=2), "place": "Torget 1"}
    gathering = Gathering.objects.create(**values)
    doors = [f"/cms/newsletter/{issue.pk}/", f"/cms/newsletter/{issue.pk}/start/", f"/cms/events/{gathering.pk}/people/"]
    refused = reverse("wagtailadmin_home")
    for door in [*doors, f"{doors[2]}save/"]:
        answer = writer.post(door, {"call_off": "1"})
        assert answer.status_code == 403 or answer.headers.get("Location") == refused, door
    assert not Mailing.objects.exists()
    assert not Gathering.objects.exclude(cancelled_at=None).exists()
    assert [editor.get(door).status_code for door in doors] == [200, 302, 200]


HARD = "Arbetsmarknadsutbildningssamordningen förutsätter ansvarsfördelningsöverenskommelser mellan myndigheterna."


def test_a_hard_text_is_not_published_whoever_publishes(editor: Client) -> None:
    page = write(GuidancePage, "Så gör du", slug="sa-gor-du", live=False, body=[("text", f"<p>{HARD} {HARD}</p>")])
    with pytest.raises(UnfinishedError, match="LIX"):
        page.publish(page.save_revision())
    where = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = editor.post(where, form_of(page, **{"body-0-value-text": f"{HARD} {HARD}", "action-publish": "1"}))
    assert "LIX" in answer.context["form"].errors["body"][0]
    assert not GuidancePage.objects.get(pk=page.pk).live


def test_those_who_work_with_this_may_meet_a_harder_text() -> None:
    words = "Samordnaren ringer varje person. " * 3 + "Teamet bestämmer sedan gemensamt vilka åtgärder kommunen erbjuder."
    assert 40 < readability(words).lix <= 45
    assert hard_to_read("jobseeker", words)
    assert not hard_to_read("professional", words)


def test_a_page_is_published_when_a_draft_stands_in_each_language(editor: Client, settings: Settings) -> None:
    settings.PAGE_LANGUAGES = ["sv", "nb", "en"]
    page = write(GuidancePage, "Så gör du", slug="sa-gor-du", live=False)
    where = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = editor.post(where, form_of(page, **{"action-publish": "1"}))
    assert "Inte skriven än på" in str(answer.context["form"].non_field_errors())
    with pytest.raises(UnfinishedError):
        page.publish(page.save_revision())
    twins = [translate(GuidancePage.objects.get(pk=page.pk), language, values={}) for language in ("nb", "en")]
    assert page.unwritten(), "a copy in which nothing is written yet"
    for twin in twins:
        twin.lead = f"Skrevet på {twin.locale.language_code}."
        twin.save_revision()
    assert page.unwritten() == []
    page.publish(page.save_revision())
    assert GuidancePage.objects.get(pk=page.pk).live


def test_where_a_page_has_moved_to_is_said_with_301(editor: Client, django_capture_on_commit_callbacks: Any) -> None:
    page = write(NewsPage, "Vi har flyttat", slug="flyttat")
    where = reverse("wagtailadmin_pages:edit", args=[page.pk])
    sent = form_of(page, slug="vi-har-flyttat", date="2026-11-20", **{"action-publish": "1"})
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(where, sent).status_code == 302
    answer = Client().get("/sv/news/flyttat/")
    assert (answer.status_code, answer.headers.get("Location")) == (301, "/sv/news/vi-har-flyttat/")
    assert Client().get("/sv/news/vi-har-flyttat/").status_code == 200


def test_the_editor_reads_the_names_of_the_drawings_in_their_language(editor: Client) -> None:
    page = write(NewsPage, "Utkast", slug="utkast", live=False)
    shown = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "En stig över kullar" in shown
