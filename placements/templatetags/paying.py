"""Who can help to pay, as pieces of a page: `{% load paying %}`, `{% who_can_pay facts %}`, `{% application facts known %}`."""

from typing import Any

from django import template
from django.utils.timezone import localdate

from placements.queries.paying import Known, application_text, who_can_pay
from placements.scoring import PlacementFacts

register = template.Library()


@register.inclusion_tag("placements/_who_can_pay.html", name="who_can_pay")
def list_of_schemes(facts: PlacementFacts) -> dict[str, Any]:
    return {"payable": who_can_pay(facts, today=localdate())}


@register.inclusion_tag("placements/_application.html", name="application")
def text_to_apply_with(facts: PlacementFacts, known: Known) -> dict[str, Any]:
    payable = who_can_pay(facts, today=localdate())
    return {"text": application_text(known, payable), "payable": payable}
