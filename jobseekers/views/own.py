"""The profile, its skills and its needs: the person's own pages, and the same pages when the advisor acts for them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext

from accounts.access import RoleRequest, role_required, signed_in
from audit.actions import record_read, record_refusal
from jobseekers import access, actions, queries
from jobseekers.actions.profiles import BLOCKS
from jobseekers.forms import BLOCK_FORMS, JoinForm, channel_field
from jobseekers.models import Profile
from jobseekers.states import CHANNELS, IMPORTANCE, NotThere, Refused
from taxonomy import linker
from taxonomy.encoders import EncoderUnavailable
from taxonomy.models import Concept, Need, NeedGroup

REVIEW = {"m3": 91, "m6": 182}
LONGEST_PARAMETER = 4  # digits


def found(request: RoleRequest, pk: UUID | None, page: str) -> Profile:
    """The profile a page is about: the own one, or that of a person the advisor helps (the look is logged)."""
    if pk is None:
        profile = access.own(by=request.role)
    else:
        profile = access.of_advisor(pk, by=request.role)
        at = timezone.now()
        if profile is None and request.role.kind == "advisor":
            record_refusal(page, by=request.role, at=at)
        elif profile is not None:
            record_read([profile.pk], page, by=request.role, at=at)
    if profile is None:
        raise Http404
    return profile


def address(name: str, pk: UUID | None, *args: str) -> str:
    """The address of a page for the person, or of its twin for the advisor."""
    return reverse(f"person_{name}", args=[pk, *args]) if pk else reverse(f"my_{name}", args=args)


def frame(request: RoleRequest, profile: Profile, pk: UUID | None) -> dict[str, Any]:
    """What every page of this module gives its template."""
    return {
        "profile": profile,
        "pk": pk,
        "on_behalf": pk is not None,
        "home": address("profile", pk) if pk is None else reverse("person", args=[pk]),
    }


@role_required("jobseeker")
def profile(request: RoleRequest) -> HttpResponse:
    mine = found(request, None, "profile")
    return render(request, "jobseekers/profile.html", {**frame(request, mine, None), **sections(mine)})


def sections(mine: Profile) -> dict[str, Any]:
    """The profile's blocks in words."""
    skills = mine.skills.select_related("concept").prefetch_related("concept__labels").order_by("added_at", "pk")
    wishes = mine.wishes.select_related("concept").prefetch_related("concept__labels").order_by("added_at", "pk")
    return {"skills": skills, "wishes": wishes, "blocks": list(BLOCKS)}


@role_required("jobseeker", "advisor")
def block(request: RoleRequest, name: str, pk: UUID | None = None) -> HttpResponseBase:
    """One block as one question page."""
    if name not in BLOCK_FORMS:
        raise Http404
    mine = found(request, pk, "profile")
    initial = {field: getattr(mine, f"{field}_id" if field == "place" else field) for field in BLOCKS[name]}
    form = BLOCK_FORMS[name](request.POST or None, initial=initial, on_behalf=pk is not None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        actions.save_block(mine.pk, name, values, by=request.role, at=timezone.now(), channel=values.get("channel", ""))
        return redirect(frame(request, mine, pk)["home"])
    return render(request, "jobseekers/block.html", {**frame(request, mine, pk), "form": form, "name": name})


@role_required("jobseeker", "advisor")
def concepts(request: RoleRequest, kind: str, pk: UUID | None = None) -> HttpResponseBase:
    """Skills, or occupations as wishes: typed words, what they may mean, and a button for each."""
    mine = found(request, pk, kind)
    if request.method == "POST":
        return _concept_changed(request, mine, kind, pk)
    typed = request.GET.get("q", "").replace("\0", "").strip()[:100]
    rows = mine.skills if kind == "skills" else mine.wishes
    held = rows.select_related("concept").prefetch_related("concept__labels").order_by("added_at", "pk")
    links, resting = _links(typed, "skill" if kind == "skills" else "occupation")
    context = {
        "kind": kind,
        "typed": typed,
        "held": held,
        "links": links,
        "resting": resting,
        "channels": channel_field().choices if pk else [],
    }
    return render(request, "jobseekers/concepts.html", {**frame(request, mine, pk), **context})


def _links(typed: str, kind: Any) -> tuple[list[tuple[str, str]], bool]:
    """What typed words may mean: (key, label in the reader's language); True when the encoder is not there."""
    if not typed:
        return [], False
    try:
        links = linker.link(typed, kind=kind, limit=6)
    except EncoderUnavailable:
        return [], True
    named = {one.key: one.label_in() for one in Concept.objects.filter(key__in=[link.concept for link in links]).with_labels()}
    return [(link.concept, named[link.concept]) for link in links if link.concept in named], False


def _concept_changed(request: RoleRequest, mine: Profile, kind: str, pk: UUID | None) -> HttpResponse:
    at, channel = timezone.now(), request.POST.get("channel", "")
    try:
        if "add" in request.POST:
            actions.add_concept(mine.pk, request.POST["add"], by=request.role, at=at, channel=channel)
        elif "remove" in request.POST:
            actions.remove_concept(mine.pk, request.POST["remove"], by=request.role, at=at, channel=channel)
    except (NotThere, Refused):
        raise Http404 from None
    return redirect(address(kind, pk))


@role_required("jobseeker")
def needs(request: RoleRequest) -> HttpResponse:
    mine = found(request, None, "needs")
    return render(request, "jobseekers/needs.html", {**frame(request, mine, None), "groups": queries.groups_of(mine)})


@role_required("jobseeker", "advisor")
def need_group(request: RoleRequest, group: str, pk: UUID | None = None) -> HttpResponseBase:
    """One group of needs: must, helps or not for me; a parameter where the catalogue has one; when to look again."""
    if group not in NeedGroup.values:
        raise Http404
    mine = found(request, pk, "needs")
    rows = queries.needs_of(mine, group)
    errors: dict[str, str] = {}
    if request.method == "POST":
        answers, errors = _answers(request, [row.need for row in rows], pk is not None)
        if not errors:
            review = REVIEW.get(request.POST.get("again", ""))
            on: date | None = localdate() + timedelta(days=review) if review else None
            channel = request.POST.get("channel", "")
            actions.save_needs(mine.pk, group, answers, by=request.role, at=timezone.now(), review_on=on, channel=channel)
            return redirect(_next_group(request, group, pk))
        rows = [queries.Answered(row.need, *answers.get(row.need.code, ("", "")), "") for row in rows]
    context = {
        "rows": rows,
        "errors": errors,
        "group": group,
        "label": NeedGroup(group).label,
        "place": NeedGroup.values.index(group) + 1,
        "groups": [(one, address("need_group", pk, one.code)) for one in queries.groups_of(mine)],
        "channels": channel_field().choices if pk else [],
    }
    return render(request, "jobseekers/need_group.html", {**frame(request, mine, pk), **context}, status=200)


def _answers(request: RoleRequest, needs: list[Need], on_behalf: bool) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """The answers of the form, and a sentence for each field that is in error; what was typed is kept."""
    answers: dict[str, tuple[str, str]] = {}
    errors: dict[str, str] = {}
    for need in needs:
        importance = request.POST.get(need.code, "")
        parameter = request.POST.get(f"{need.code}:parameter", "").strip()
        if importance not in IMPORTANCE:
            continue
        answers[need.code] = (importance, parameter)
        if importance != "none" and not _fine(need, parameter):
            errors[f"{need.code}:parameter"] = gettext("Write a number with digits, for example 5, or leave it empty.")
    if on_behalf and request.POST.get("channel") not in CHANNELS:
        errors["channel"] = gettext("Choose how the person told you")
    return answers, errors


def _fine(need: Need, parameter: str) -> bool:
    """No free text beside a need: a parameter is a number, or nothing."""
    return not parameter or (bool(need.parameter) and parameter.isascii() and parameter.isdecimal() and len(parameter) <= LONGEST_PARAMETER)


def _next_group(request: RoleRequest, group: str, pk: UUID | None) -> str:
    order = NeedGroup.values
    after = order.index(group) + 1
    if "leave" in request.POST or after == len(order):
        return reverse("person", args=[pk]) if pk else reverse("my_needs")
    return address("need_group", pk, order[after])


@role_required("jobseeker")
def seen(request: RoleRequest) -> HttpResponse:
    mine = found(request, None, "seen")
    return render(request, "jobseekers/seen.html", {**frame(request, mine, None), "days": access.who_has_seen(mine)})


@role_required("jobseeker")
def data(request: RoleRequest) -> HttpResponseBase:
    """Pause or resume the matching, on a page that says what happens."""
    mine = found(request, None, "data")
    if request.method == "POST":
        change = actions.resume if mine.paused else actions.pause
        change(mine.pk, by=request.role, at=timezone.now())
        return redirect("my_data")
    return render(request, "jobseekers/data.html", frame(request, mine, None))


@signed_in
def join(request: HttpRequest) -> HttpResponseBase:
    """A code from an advisor's office makes an account a jobseeker's."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.redeem_code(form.cleaned_data["code"], user_id=request.user.pk or 0, at=timezone.now())
            return redirect("today")
        except Refused as refused:
            full = gettext("The advisor has no room right now. Call the office.")
            wrong = gettext("The code does not open. Check the signs, or ask the office for a new one.")
            form.add_error("code", full if refused.code == "full" else wrong)
    return render(request, "jobseekers/join.html", {"form": form})
