"""What other pages say of a page: who holds it, what an organisation holds, stories for employers."""

from django import template
from django.utils.timezone import localdate
from django.utils.translation import get_language

from content import queries
from content.models import Held, KnowledgePage, OrganisationPage

register = template.Library()


@register.simple_tag
def holders_of(page: Held) -> list[OrganisationPage]:
    return queries.holders_of(page)


@register.simple_tag
def held_by(organisation: OrganisationPage) -> list[tuple[str, list[Held]]]:
    return queries.held_by(organisation)


@register.simple_tag
def employer_stories() -> list[KnowledgePage]:
    """In the reader's language."""
    return queries.employer_stories((get_language() or "sv")[:2], localdate())
