"""The pages of the demo: written in Swedish, translated, and published by the same means that an editor has."""

import copy
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from content import actions, models
from content.models import Article, Gathering, Meeting, OrganisationPage, Section
from portal.demo.content import Clock, key, read
from taxonomy.models import Need

FIRST = "sv"
WORDS = (
    *("title", "lead", "cost", "time", "who_for", "who_decides", "length", "enrol", "ask", "join", "access", "does", "place"),
    *("when", "where", "level", "course_language", "parties"),
)
GIVEN = ("illustration", "audience", "form", "topic", "consent_noted", "web")


def make_pages(clock: Clock) -> None:
    for row in sorted(read("pages")["page"], key=lambda row: row["type"] != "OrganisationPage"):  # others name them
        _make(clock, row)


def _make(clock: Clock, row: dict[str, Any]) -> None:
    model: type[Article] = getattr(models, row["type"])
    section = Section.objects.get(kind=model.section, locale__language_code=FIRST)
    page = model(slug=row["slug"], locale=section.locale, live=False, **_fixed(clock, row), **_words(clock, row, FIRST))
    Page.objects.get(pk=section.pk).add_child(instance=page)
    if "needs" in row:
        page.needs = Need.objects.filter(code__in=row["needs"])
    if "organisations" in row:
        page.organisations = OrganisationPage.objects.filter(locale=section.locale, slug__in=row["organisations"])
    page.save_revision()
    drafts = [actions.translate(model.objects.get(pk=page.pk), language, values=_words(clock, row, language)) for language in ("nb", "en")]
    for twin in drafts:
        twin.save_revision()
    for one in (page, *drafts):
        _publish(clock, row, one)


def _fixed(clock: Clock, row: dict[str, Any]) -> dict[str, Any]:
    """What is the same in every language."""
    given: dict[str, Any] = {name: row[name] for name in GIVEN if name in row}
    if row["type"] == "NewsPage":
        given["date"] = clock.day(-row["days"])
    if row["type"] == "ProgrammePage":
        given |= {"length_checked_on": clock.day(-row["days"]), "team_id": key("team", row["team"])}
    if "gathering" in row:
        given["gathering"] = _gathering(clock, row)
    if row["type"] == "AgreementPage":
        given |= {"since": clock.day(-row["days"]), "until": clock.day(row["until"])}
    if "pages" in row:
        first = Page.objects.filter(locale__language_code=FIRST, slug__in=row["pages"])
        given["pages"] = [("page", page) for page in first.order_by("pk")]
    if "review" in row:
        given |= {"reviewed_on": clock.day(-row["days"]), "review_by": clock.day(row["review"])}
    return given


def _gathering(clock: Clock, row: dict[str, Any]) -> Gathering:
    told = copy.deepcopy(row["gathering"])
    more = told.pop("more", [])
    made: Gathering = Gathering.objects.create(name=row["sv"]["title"], **_hours(clock, told), **told)
    for one in more:
        Meeting.objects.create(gathering=made, **_hours(clock, one), **one)
    actions.tell_of_changes(made.pk, by=None, at=clock.now)
    return made


def _hours(clock: Clock, told: dict[str, Any]) -> dict[str, datetime]:
    """When it begins and ends, taken out of what is told of it."""
    day, hour, hours = clock.day(told.pop("ahead")), told.pop("hour"), told.pop("hours")
    begins = timezone.make_aware(datetime.combine(day, time(hour)))
    return {"starts_at": begins, "ends_at": begins + timedelta(hours=hours)}


def _words(clock: Clock, row: dict[str, Any], language: str) -> dict[str, Any]:
    told = row[language]
    words = {**{name: told[name] for name in WORDS if name in told}, "body": [_block(one) for one in told["body"]]}
    if "goals" in told:
        days = [clock.day(ahead) for ahead in row["goals"]]
        words["goals"] = [("goal", {"goal": goal, "who": who, "by": day}) for (goal, who), day in zip(told["goals"], days, strict=True)]
    return words


def _block(one: dict[str, Any]) -> tuple[str, Any]:
    ((kind, value),) = one.items()
    return kind, {"steps": value} if kind == "steps" else {"page": None, **value} if kind == "action" else value


def _publish(clock: Clock, row: dict[str, Any], page: Any) -> None:
    page.publish(page.save_revision())
    at = clock.ago(row["days"])
    type(page).objects.filter(pk=page.pk).update(first_published_at=at, last_published_at=at)
