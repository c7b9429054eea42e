"""The tree that every site begins with, what editors may do in it, and the log of what became public."""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import GroupApprovalTask, GroupPagePermission, Locale, Page, Revision, Site

from audit.actions import record
from content.models import Front, Kind, Section, UnfinishedError

logger = logging.getLogger(__name__)
EDITORS = "Editors"
ON_PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
BESIDE = (
    "wagtailadmin.access_admin",
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
    "simple_translation.submit_translation",
    "content.add_gathering",
    "content.change_gathering",
    "content.view_gathering",
)


def ensure_tree() -> None:
    """At `post_migrate`: a front page for each language, translations of each other, with all sections. The site begins at the first."""
    with transaction.atomic():
        locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
        first, *others = locales.values()
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=first)
        front = Front.objects.filter(locale=first).first() or root.add_child(instance=Front(title="Ingång", slug="front", locale=first))
        fronts = {first: front}
        for locale in others:
            twin = Front.objects.filter(locale=locale).first()
            made = Front(title="Ingång", slug=f"front-{locale.language_code}", locale=locale, translation_key=front.translation_key)
            fronts[locale] = twin or root.add_child(instance=made)
        for kind in Kind:
            _ensure_section(kind, fronts)
        _ensure_site(front)


def _ensure_section(kind: Kind, fronts: dict[Any, Front]) -> None:
    key = Section.objects.filter(kind=kind).values_list("translation_key", flat=True).first()
    for locale, front in fronts.items():
        with translation.override(locale.language_code):
            words = {"title": str(kind.label), "intro": _intro(kind)}
        there = Section.objects.filter(kind=kind, locale=locale)
        if there.exists():
            # What no editor has touched follows the translations: they may not have been compiled when the section was made.
            there.filter(latest_revision=None).exclude(**words).update(draft_title=words["title"], **words)
            continue
        made = Section(slug=kind.value, kind=kind, locale=locale, **words)
        made.translation_key = key or made.translation_key
        key = made.translation_key
        Front.objects.get(pk=front.pk).add_child(instance=made)


def _intro(kind: Kind) -> str:
    return {
        Kind.NEWS: gettext("What happens here, told as it is."),
        Kind.GUIDANCE: gettext("Short pages on what to do, one thing at a time."),
        Kind.KNOWLEDGE: gettext("What has helped at other workplaces, and who can pay for it."),
        Kind.PROGRAMMES: gettext("What you can take part in, who decides, and how long it lasts."),
        Kind.EVENTS: gettext("Open days and visits. You need no account to come."),
        Kind.COURSES: gettext("What you can learn here, and when the meetings are."),
        Kind.ACTIVITIES: gettext("Come as you are. No sign-up, and nobody asks for your name."),
        Kind.AGREEMENTS: gettext("What the agencies here have promised each other, with goals and dates."),
        Kind.ORGANISATIONS: gettext("Who works together here, and what each of them does."),
        Kind.NEWSLETTER: gettext("A letter about six times a year. You can stop it with one click."),
    }[kind]


def _ensure_site(front: Front) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", port=80, root_page=front, is_default_site=True, site_name="Ingång")
    elif not Front.objects.filter(pk=site.root_page_id).exists():
        welcome = site.root_page
        site.root_page, site.site_name = front, "Ingång"
        site.save()
        if welcome.depth > 1 and not welcome.get_children().exists():  # the page that Wagtail brings
            welcome.delete()


def let_editors_publish() -> None:
    """At `post_migrate`: editors write, publish and review every page; giving a permission twice changes nothing."""
    group, _created = Group.objects.get_or_create(name=EDITORS)
    root = Page.objects.filter(depth=1).first()
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=ON_PAGES):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    for name in BESIDE:
        app, _dot, codename = name.partition(".")
        group.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename=codename))
    for task in GroupApprovalTask.objects.filter(active=True):
        task.groups.add(group)


def translate(page: Page, language: str, *, values: dict[str, Any]) -> Page:
    """A translation of a page, as a draft with these values; the same page has one for each language."""
    with transaction.atomic():
        twin = page.copy_for_translation(Locale.objects.get(language_code=language))
        for name, value in values.items():
            setattr(twin, name, value)
        return twin


def do_what_is_planned(*, at: datetime) -> None:
    """Pages whose day has come become public, and those whose day is over are taken down. A page that is unfinished on its day holds up
    no other: its plan ends, and the log of the machine says so."""
    for page in Page.objects.live().filter(expire_at__lt=at).specific():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for revision in Revision.page_revisions.filter(approved_go_live_at__lt=at).order_by("approved_go_live_at"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except (UnfinishedError, ValidationError):
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            logger.warning("page %s is not finished and was not published on its day", revision.object_id)


def note_published(page_id: int, *, at: datetime) -> None:
    """Wagtail's own log says who; ours says that and when, beside everything else that happened."""
    record("page_published", "page", page_id, by=None, at=at)


def note_taken_down(page_id: int, *, at: datetime) -> None:
    record("page_taken_down", "page", page_id, by=None, at=at)
