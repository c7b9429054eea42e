"""Versions of what an employer's pages show: the page carries one, the action compares it under the lock (docs/decisions/overtaken.md)."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from audit.queries import version_of
from employers.models import Posting, Supervisor, Workplace
from employers.queries.offers import tidy_offer
from employers.queries.steps import STEPS

WORKPLACE_FIELDS = ("name", "street", "postal_code", "place", "directions", "description", "most_at_once")
SUPERVISOR_FIELDS = ("name", "title", "hours_per_week")


def workplace_version(workplace: Workplace) -> str:
    return version_of("workplace", workplace.pk, [workplace.serializable_value(name) for name in WORKPLACE_FIELDS])


def supervisor_version(supervisor: Supervisor) -> str:
    return version_of("supervisor", supervisor.pk, [getattr(supervisor, name) for name in SUPERVISOR_FIELDS])


def offers_version(owner: UUID, offers: Mapping[str, Mapping[str, str]], codes: Iterable[str]) -> str:
    """Of the answers to some needs, for a workplace or a posting (`owner`). Evidence and dates are no part of an answer."""
    return version_of("offers", owner, {code: tidy_offer(offers.get(code, {})) for code in codes})


def step_version(posting: Posting, step: int) -> str:
    """Of the answers of one step, in the copy that is worked on."""
    return version_of("step", posting.pk, step, [posting.serializable_value(name) for name in STEPS[step]])
