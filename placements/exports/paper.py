"""The agreement as a tagged PDF (PDF/UA) in the reader's language: from the same sheet as the page, so it holds nothing more."""

import json
import unicodedata
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

from placements.access import Sheet, Signer

SOURCE = Path(settings.BASE_DIR) / "templates/placements/agreement.typ"
NO_SIGNS = {"Cc", "Cn", "Co", "Cs"}  # of Unicode
DATES = {"nb": "j. F Y"}
Rows = list[tuple[str, str]]


def as_pdf(sheet: Sheet) -> bytes:
    """PDF 1.7 with its structure, language and title. Words of people are values, never source.

    PDF/UA refuses a sign that no font has, and a name may hold one. Then the paper is made with the fonts of the machine, and where these
    lack it too without the standard: still tagged, with a box for what cannot be drawn.
    """
    said = {"data": json.dumps(_drawable(_said(sheet)))}
    for own_fonts in (True, False):
        with suppress(typst.TypstError):
            return typst.compile(SOURCE.read_bytes(), format="pdf", pdf_standards="ua-1", ignore_system_fonts=own_fonts, sys_inputs=said)
    return typst.compile(SOURCE.read_bytes(), format="pdf", sys_inputs=said)


def _drawable(said: Any) -> Any:
    """Without signs that nothing draws: what steers a machine, and numbers that are no sign."""
    if isinstance(said, str):
        return "".join(one for one in said if one in "\n\t" or unicodedata.category(one) not in NO_SIGNS)
    if isinstance(said, dict):
        return {name: _drawable(one) for name, one in said.items()}
    return [_drawable(one) for one in said] if isinstance(said, list | tuple) else said


def _said(sheet: Sheet) -> dict[str, Any]:
    return {
        "language": (get_language() or "sv")[:2],
        "title": gettext("Agreement about a placement"),
        "lead": gettext("Version %(n)s. %(person)s at %(employer)s.")
        % {"n": sheet.number, "person": sheet.person, "employer": sheet.employer},
        "foot": "Ingång",
        "parts": [part for part in _parts(sheet) if part["rows"] or part["items"]],
        "signed": gettext("Who signs"),
        "columns": [pgettext("signs", "Who"), pgettext("signs", "Name"), pgettext("signs", "Signed")],
        "signers": [_signer(one) for one in sheet.signers],
    }


def _part(title: str, rows: Rows, items: list[str] | None = None) -> dict[str, Any]:
    return {"title": title, "rows": [row for row in rows if row[1]], "items": items or []}


def _parts(sheet: Sheet) -> list[dict[str, Any]]:
    terms = sheet.terms
    return [
        _part(gettext("This holds"), _basics(sheet)),
        _part(pgettext("agreement", "Times"), _times(sheet)),
        _part(gettext("What the person does"), [("", terms.tasks)]),
        _part(gettext("Goals"), [], [f"{label}: {words}" if words else label for label, words in sheet.goals]),
        _part(gettext("Support at work"), [], [_adaptation(one) for one in sheet.adaptations]),
        _part(gettext("Safety"), [("", terms.safety_words)], list(sheet.safety)),
        _part(
            gettext("If it does not work"),
            [
                (
                    "",
                    gettext(
                        "Tell %(advisor)s whenever you want. You can change, pause or stop. %(advisor)s calls both within two working days."
                    )
                    % {"advisor": sheet.advisor_first_name},
                )
            ],
        ),
    ]


def _basics(sheet: Sheet) -> Rows:
    measure, other = sheet.measure, sheet.terms.other
    where = [sheet.employer, sheet.workplace if sheet.workplace != sheet.employer else "", sheet.address]
    return [
        (pgettext("agreement", "What"), measure.name if measure else sheet.kind),
        ("", measure.note if measure else ""),
        (pgettext("agreement", "Where"), ", ".join(part for part in where if part)),
        (pgettext("agreement", "When"), _span(sheet.starts, sheet.ends)),
        (pgettext("agreement", "Rests"), _span(sheet.pause_from, sheet.pause_until)),
        (gettext("Who decides"), measure.decides if measure else ""),
        (gettext("Insurance"), measure.insurance if measure else ""),
        (gettext("School or county"), ", ".join(part for part in (other.name, other.title) if part)),
    ]


def _times(sheet: Sheet) -> Rows:
    terms = sheet.terms
    when = ", ".join(part for part in (*sheet.days, terms.times) if part)
    rows = [(pgettext("agreement", "From the start"), ": ".join(part for part in (_hours(terms.hours), when) if part))]
    rows += [(gettext("From %(date)s") % {"date": _day(day)}, _hours(hours)) for day, hours in sheet.steps]
    named = [terms.supervisor.name, terms.supervisor.title, terms.supervisor.phone]
    return [
        *rows,
        (gettext("Supervisor"), ", ".join(part for part in named if part)),
        (gettext("If something happens"), ", ".join(part for part in (terms.emergency.name, terms.emergency.phone) if part)),
    ]


def _adaptation(one: Any) -> str:
    when = gettext("In place by %(date)s.") % {"date": _day(one.by)} if one.by else gettext("In place from the first day.")
    who = gettext("Done by: %(who)s") % {"who": one.who} if one.who else ""
    said = [one.label, who, one.how, when, one.pays]
    return " ".join(f"{part.rstrip('.')}." for part in said if part)


def _signer(one: Signer) -> list[str]:
    signed = _day(one.at) if one.at else ""
    if one.at and one.for_them:
        signed = f"{signed}, {gettext('by the advisor after talking with them')}"
    return [_party(one.party), one.name, signed]


def _party(party: str) -> str:
    return {
        "jobseeker": pgettext("signs", "The jobseeker"),
        "employer": pgettext("signs", "The employer"),
        "supervisor": pgettext("signs", "The supervisor"),
        "advisor": pgettext("signs", "The advisor"),
    }.get(party, gettext("School or county"))


def _hours(hours: int) -> str:
    return ngettext("%(n)s hour a week", "%(n)s hours a week", hours) % {"n": hours} if hours else ""


def _span(first: date | None, last: date | None) -> str:
    return gettext("%(first)s to %(last)s") % {"first": _day(first), "last": _day(last)} if first and last else ""


def _day(day: date | datetime) -> str:
    return date_format(day, DATES.get((get_language() or "sv")[:2], "j F Y"))
