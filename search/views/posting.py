"""One posting: its public page, the same in easy words, and as a preview for its employer."""

import json
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import ActiveRole, RoleRequest, anyone, role_required
from employers.models import Answer, Kind, Posting
from employers.queries import hints_of, working_copy
from search import queries
from search.models import Favourite
from search.views.words import TIMES, sentences
from taxonomy.models import Concept, Need, NeedGroup


@anyone
def posting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One posting; 410 with similar ones when it is closed, 404 when it never was public."""
    found = Posting.objects.open().whole().select_related("occupation").filter(pk=pk).first()
    if found is None:
        closed = Posting.objects.was_public().whole().filter(pk=pk).first()
        if closed is None:
            raise Http404
        return render(request, "search/closed.html", {"similar": queries.similar(closed)}, status=410)
    return render(request, "search/posting.html", {**page_of(found), "kept": _kept(request, found), "address": _address(found)})


@anyone
def easy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same facts in short sentences, one to a line. Only while the posting is open: the ordinary page says what became of it."""
    found = Posting.objects.open().whole().select_related("occupation").filter(pk=pk).first()
    if found is None:
        raise Http404
    return render(request, "search/easy.html", {**page_of(found), **_easy(found), "address": _address(found)})


def _easy(found: Posting) -> dict[str, object]:
    """The employer's own words sentence by sentence, and the needs by what the answer to them is."""
    needs = list(Need.objects.filter(code__in=found.offers).order_by("position"))
    return {
        "tasks": sentences(found.tasks),
        "day": sentences(found.day),
        "way": sentences(found.workplace.directions) if found.workplace else [],
        "by_answer": [
            (answer.value, [need for need in needs if found.offer(need.code) == answer]) for answer in Answer if answer != Answer.UNKNOWN
        ],
    }


def _kept(request: HttpRequest, found: Posting) -> bool:
    """Whether it is among the reader's favourites."""
    role: ActiveRole | None = request.role  # type: ignore[attr-defined] # put there by accounts.access.active_role
    return bool(role and role.kind == "jobseeker" and Favourite.objects.of(role.user_id).filter(posting=found).exists())


def _address(found: Posting) -> str:
    """As somebody would send it to a friend."""
    return f"{settings.PUBLIC_URL}{reverse('posting', args=[found.pk])}"


@role_required("employer")
def preview(request: RoleRequest, pk: UUID) -> HttpResponse:
    """The newest words of an own posting, as the public page would show them."""
    own = Posting.objects.of(request.role.employer_id).whole().select_related("occupation").filter(pk=pk).first()
    if own is None:
        raise Http404
    return render(request, "search/posting.html", {**page_of(working_copy(own)), "preview": True, "similar": []})


def page_of(found: Posting) -> dict[str, object]:
    """Everything that the page of a posting shows; preview and public page share it."""
    needs = {need.code: need for need in Need.objects.filter(code__in=found.offers)}
    groups = [
        (
            label,
            [(needs[code], found.offers[code]) for code in sorted(needs, key=lambda c: needs[c].position) if needs[code].group == group],
        )
        for group, label in NeedGroup.choices
    ]
    known = [(label, [row for row in rows if row[1]["answer"] != Answer.UNKNOWN]) for label, rows in groups]
    wanted = {one["key"]: one["importance"] for one in found.skills}
    skills = [(concept.label_in(), wanted[concept.key]) for concept in Concept.objects.filter(key__in=wanted).with_labels()]
    return {
        "posting": found,
        "offer_groups": [(label, rows) for label, rows in known if rows],
        "answered": sum(len(rows) for _, rows in known),
        "said": hints_of(found, sorted(needs.values(), key=lambda need: need.position)),
        "asked": Need.objects.count(),
        "times": [TIMES[one] for one in found.times if one in TIMES],
        "musts": [label for label, importance in skills if importance == "must"],
        "goods": [label for label, importance in skills if importance != "must"],
        "similar": queries.similar(found) if found.live else [],
        "structured": _structured(found) if found.kind == Kind.JOB else "",
    }


def _structured(found: Posting) -> str:
    """schema.org JobPosting, for jobs only. Signs that could end the script element are escaped."""
    place = found.workplace.place if found.workplace else None
    published = found.status.published_at
    data = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": found.title,
        "description": found.tasks,
        "datePosted": published.date().isoformat() if published else None,
        "validThrough": found.last_day.isoformat() if found.last_day else None,
        "hiringOrganization": {"@type": "Organization", "name": found.employer.name},
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": place.name, "addressCountry": place.country},
        }
        if place
        else None,
    }
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
