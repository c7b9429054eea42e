"""Pages for tests."""

from datetime import date
from typing import Any

from wagtail.models import Page

from content.models import Article, Section

TEXT = [("text", "<h2>Så gör ni</h2><p>Ta en sak i taget. Skriv ner den.</p>")]
A_DAY = date(2026, 11, 20)
MORE: dict[str, dict[str, Any]] = {
    "NewsPage": {"date": A_DAY},
    "ActivityPage": {"when": "Tisdagar", "where": "Torget 1", "ask": "Föreningen"},
    "CoursePage": {"level": "Alla", "course_language": "Svenska", "cost": "Ingen", "length": "En dag"},
    "AgreementPage": {
        "parties": "Kommunen\nRegionen",
        "since": A_DAY,
        "until": date(2027, 12, 31),
        "goals": [("goal", {"goal": "En väg in", "by": date(2027, 6, 1), "who": "Kommunen"})],
    },
    "KnowledgePage": {"review_by": date(2027, 2, 1)},
    "OrganisationPage": {"does": "Håller i verkstaden.", "place": "Torget 1"},
    "ProgrammePage": {
        "who_for": "Den som vill prova",
        "who_decides": "Kommunen",
        "length": "Tre till sex månader",
        "length_checked_on": A_DAY,
        "enrol": "Ring oss.",
        "ask": "Navigatorcentrum",
    },
}


def write(model: type[Article], title: str, *, slug: str, language: str = "sv", live: bool = True, **given: Any) -> Any:
    """A page of this type in its section; published unless `live` is False."""
    section = Section.objects.get(kind=model.section, locale__language_code=language)
    values = {"lead": f"Om {title}.", "body": TEXT, **MORE.get(model.__name__, {}), **given}
    many = {name: values.pop(name) for name in ("needs",) if name in values}
    page = model(title=title, slug=slug, live=False, locale=section.locale, **values)
    Page.objects.get(pk=section.pk).add_child(instance=page)
    for name, rows in many.items():
        setattr(page, name, rows)
    revision = page.save_revision()
    if live:
        page.publish(revision)
    return model.objects.get(pk=page.pk)
