"""What stands beside a page of the knowledge bank."""

from typing import Any

from django import template

from content import queries
from content.models import KnowledgePage

register = template.Library()


@register.simple_tag
def around(page: KnowledgePage) -> dict[str, Any]:
    """The adaptations that the page is about, and what to read next."""
    return {"needs": queries.needs_of(page), "related": queries.related_to(page)}
