"""Templates of agreements that a team keeps: what was agreed once, without anything of the person it was agreed for."""

import re
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from placements import queries
from placements.actions.moves import own
from placements.fields import Contact, Terms
from placements.models import AgreementTemplate, Placement
from placements.states import NotThere, Refused

SHORTEST_NAME = 2  # letters: fewer stand in too many words


def save_template(placement_id: UUID, name: str, *, by: ActiveRole, at: datetime, tasks: str, safety_words: str) -> AgreementTemplate:
    """Keep the terms for the team, with `tasks` and `safety_words` as the advisor has read them over.

    Refused("named") when a name of the person stands in what is kept, Refused("taken") when the team has a template of that name.
    """
    with transaction.atomic():
        placement = own(placement_id, by)
        terms = replace(_impersonal(queries.newest(placement).terms), tasks=tasks, safety_words=safety_words)
        if _names(placement, " ".join((name, *_free_words(terms)))):
            raise Refused("named")
        try:
            with transaction.atomic():
                made = AgreementTemplate.objects.create(
                    team_id=by.team_key, name=name, held=terms.as_json(), made_by_id=by.user_id, made_at=at
                )
        except IntegrityError as broken:
            raise Refused("taken") from broken
        record("template_saved", "agreement_template", made.pk, by=by, at=at)
    return made


def drop_template(template_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """By anybody in the team. What was begun with it stays as it is."""
    with transaction.atomic():
        found = AgreementTemplate.objects.filter(pk=template_id, team_id=by.team_key).first() if by.kind == RoleKind.ADVISOR else None
        if found is None:
            raise NotThere
        found.delete()
        record("template_dropped", "agreement_template", template_id, by=by, at=at)


def _impersonal(terms: Terms) -> Terms:
    """How much somebody works, what they want in their own words, what they need and whom to call are theirs; so is who supervises."""
    return replace(
        terms,
        hours=0,
        steps=(),
        goals=tuple(replace(one, words="") for one in terms.goals),
        supervisor=Contact(),
        emergency=Contact(),
        adaptations=(),
        other=Contact(),
    )


def _free_words(terms: Terms) -> tuple[str, ...]:
    return (terms.tasks, terms.times, terms.safety_words, terms.pay)


def _names(placement: Placement, words: str) -> bool:
    parts = [part for part in re.findall(r"\w+", placement.profile.name.casefold()) if len(part) > SHORTEST_NAME]
    there = re.findall(r"\w+", words.casefold())
    return any(word in {part, f"{part}s"} for part in parts for word in there)  # "Elins" is Elin as well
