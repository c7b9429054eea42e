"""Who can help to pay for a placement, why, and one text to apply with. Of the person nothing is known here but what was agreed."""

from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import gettext

from placements.access import Sheet
from placements.models import Placement, Scheme
from placements.scoring import PlacementFacts, Reason, Why, fits
from taxonomy.models import Need

ORDER = (Why.ADAPTATION, Why.SUPERVISION, Why.KIND)


@dataclass(frozen=True)
class Payable:
    """A scheme that fits. `why` is a sentence; `overdue`: somebody should have read the scheme again by now."""

    scheme: Scheme
    why: str
    overdue: bool


@dataclass(frozen=True)
class Known:
    """What an application says of the placement. There is no field for who the person is: whoever applies writes that."""

    employer: str
    workplace: str
    address: str
    role: str
    first: date
    last: date | None
    hours: int
    days: tuple[str, ...]  # names of days, in the reader's language
    supervisor: str
    adaptations: tuple[tuple[str, str], ...]  # label of the catalogue, and how it is done here


def facts_of(placement: Placement, sheet: Sheet) -> PlacementFacts | None:
    """What the version that the reader has before them says that matters here; None while it has no first day."""
    if sheet.starts is None:
        return None
    return PlacementFacts(
        country=placement.posting.employer.country,
        kind=placement.kind,
        first=sheet.starts,
        codes=frozenset(one.code for one in sheet.terms.adaptations),
        supervised=bool(sheet.terms.supervisor.name),
    )


def known_of(sheet: Sheet) -> Known | None:
    """The same agreement in names and words, as a reader of the sheet has them."""
    if sheet.starts is None:
        return None
    return Known(
        employer=sheet.employer,
        workplace=sheet.workplace,
        address=sheet.address,
        role=sheet.posting,
        first=sheet.starts,
        last=sheet.ends,
        hours=sheet.terms.hours,
        days=sheet.days,
        supervisor=sheet.terms.supervisor.name,
        adaptations=tuple((one.label, one.how) for one in sheet.adaptations),
    )


def who_can_pay(facts: PlacementFacts, *, today: date) -> list[Payable]:
    """The schemes that fit, those that serve an agreed adaptation first. Two queries."""
    found = [(one, reason) for one in Scheme.objects.filter(country=facts.country) if (reason := fits(one.support, facts))]
    codes = {code for _one, reason in found for code in reason.codes}
    labels = {need.code: need.label for need in Need.objects.filter(code__in=codes)}
    found.sort(key=lambda pair: (ORDER.index(pair[1].why), pair[0].name.casefold()))
    return [Payable(scheme, _why(reason, labels), scheme.overdue(today)) for scheme, reason in found]


def application_text(known: Known, payable: list[Payable]) -> str:
    """One text in the reader's language for every scheme of the list, to copy into a form or a letter."""
    text = render_to_string("placements/application.txt", {"known": known, "payable": payable})
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _why(reason: Reason, labels: dict[str, str]) -> str:
    if reason.why == Why.ADAPTATION:
        agreed = ", ".join(labels.get(code, code) for code in reason.codes)
        return gettext("Because you have agreed on: %(agreed)s.") % {"agreed": agreed}
    if reason.why == Why.SUPERVISION:
        return gettext("Because a supervisor sets time aside.")
    return gettext("Can be asked for in every placement of this kind.")
