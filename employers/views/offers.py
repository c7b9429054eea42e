"""What can be arranged: the common ten, then the twelve groups; for a workplace, and again for one posting (step 6)."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts.access import RoleRequest
from employers import actions
from employers.forms import OffersForm
from employers.queries import WHO_PAYS_REVIEWED, Group, Said, answered, common_needs, groups, offers_version, said_of, working_copy
from employers.views.doors import employer_page, own_posting, own_workplace, see_other
from taxonomy.forms import posted
from taxonomy.models import Need

Held = Mapping[str, Mapping[str, str]]


@employer_page
def workplace_offers(request: RoleRequest, pk: UUID, group: str = "", *, overtaken: bool = False) -> HttpResponseBase:
    """One page of answers about the workplace."""
    workplace = own_workplace(request, pk)
    held = actions.offers_of(workplace)
    all_groups, needs = groups(held), needs_of(group)
    form = _form(request, pk, needs, held, overtaken=overtaken, said=said_of(workplace))
    if request.method == "POST" and not overtaken and form.is_valid():
        actions.save_offers(pk, form.offers(), by=request.role, at=timezone.now(), seen=form.seen)
        following = "" if "leave" in request.POST else next_group(all_groups, group)
        return see_other("workplace_offers_group", pk, following) if following else see_other("workplace", pk)
    shown = {**context(form, all_groups, group, held), "workplace": workplace}
    return render(request, "employers/offers.html", shown, status=form.status)


@employer_page
def posting_offers(request: RoleRequest, pk: UUID, group: str = "", *, overtaken: bool = False) -> HttpResponseBase:
    """Step 6: the answers came with the workplace; what differs for this posting is changed here."""
    copy = working_copy(own_posting(request, pk))
    all_groups, needs = groups(copy.offers), needs_of(group)
    form = _form(request, pk, needs, copy.offers, overtaken=overtaken)
    if request.method == "POST" and not overtaken and form.is_valid():
        actions.save_step(pk, 6, {"offers": form.offers()}, by=request.role, at=timezone.now(), seen=form.seen)
        if "leave" in request.POST:
            return see_other("employer_posting", pk)
        following = next_group(all_groups, group) if group else ""
        return see_other("posting_offers_group", pk, following) if following else see_other("posting_step", pk, 7)
    shown = {**context(form, all_groups, group, copy.offers), "posting": copy}
    return render(request, "employers/posting_offers.html", shown, status=form.status)


def _form(
    request: RoleRequest, owner: UUID, needs: list[Need], held: Held, *, overtaken: bool, said: Mapping[str, Said] | None = None
) -> OffersForm:
    now = offers_version(owner, held, [need.code for need in needs])
    return OffersForm(posted(request), needs=needs, held=held, said=said, now=now, overtaken=overtaken)


def needs_of(group: str) -> list[Need]:
    """The questions of one group, or the common ten. A group that does not exist is a page that does not exist."""
    needs = list(Need.objects.filter(group=group)) if group else common_needs()
    if group and not needs:
        raise Http404
    return needs


def next_group(all_groups: list[Group], group: str) -> str:
    """The group after this one; after the common ten the first; after the last none."""
    codes = ["", *(one.code for one in all_groups if one.needs)]
    at = codes.index(group) + 1
    return codes[at] if at < len(codes) else ""


def context(form: OffersForm, all_groups: list[Group], group: str, held: Held) -> dict[str, object]:
    codes = [one.code for one in all_groups]
    return {
        "form": form,
        "groups": all_groups,
        "reviewed": WHO_PAYS_REVIEWED,
        "group": next((one for one in all_groups if one.code == group), None),
        "number": codes.index(group) + 1 if group else 0,
        "answered": answered(held.values()),
        "all": sum(len(one.needs) for one in all_groups),
    }
