"""A posting in our own form."""

from typing import Any

from django.utils.timezone import localtime

from employers.models import Answer, Posting, Workplace
from search.exports.words import LANGUAGES, Words, labels, public_url
from taxonomy.models import Need, Place

PLAIN = ("kind", "language", "title", "tasks", "day", "starts_on", "places", "last_day", "pay", "agreement", "language_level")


def posting(one: Posting, words: Words) -> dict[str, Any]:
    occupation = words.occupation(one)
    return {
        "id": one.pk,
        "url": public_url(one.pk, one.language),
        **{name: getattr(one, name) for name in PLAIN},
        "leads_to_job": one.leads_to_job if one.kind != "job" else "",
        "employer": one.employer.name,
        "workplace": _workplace(one.workplace) if one.workplace else None,
        "occupation": {"key": occupation.key, "isco": occupation.isco, "labels": labels(occupation)} if occupation else None,
        "hours_a_week": {"least": one.hours_min, "most": one.hours_max},
        "weeks": {"least": one.weeks_min, "most": one.weeks_max},
        "times": one.times,
        "skills": [
            {"key": skill.key, "importance": importance, "labels": labels(skill)}
            for importance in ("must", "good")
            for skill in words.skills(one, importance)
        ],
        "licences": one.licences,
        "supervisor": one.supervisor is not None,
        "offers": [_offer(code, offer) for code, offer in sorted(one.offers.items()) if offer.get("answer") in ANSWERED],
        "published_at": localtime(one.status.published_at) if one.status.published_at else None,
        "imported": bool(one.source),
    }


ANSWERED = {str(answer) for answer in Answer if answer != Answer.UNKNOWN}


def _workplace(workplace: Workplace) -> dict[str, Any]:
    return {"street": workplace.street, "directions": workplace.directions, "place": place(workplace.place) if workplace.place else None}


def _offer(code: str, offer: dict[str, str]) -> dict[str, str]:
    return {"need": code, "answer": offer["answer"], "how": offer.get("how", ""), "evidence": offer.get("evidence", "declared")}


def place(one: Place) -> dict[str, Any]:
    names = ("name", "municipality", "municipality_code", "country", "latitude", "longitude")
    return {name: getattr(one, name) for name in names}


def need(one: Need) -> dict[str, Any]:
    return {"code": one.code, "group": one.group, "icf": one.icf, "labels": {language: one.label_in(language) for language in LANGUAGES}}
