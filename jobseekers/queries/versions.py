"""Versions of what question pages show: the page carries one, the action compares it under the lock (docs/decisions/overtaken.md)."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from accounts.models import User
from audit.queries import version_of
from jobseekers.models import Profile
from jobseekers.states import BLOCKS


def block_version(profile: Profile, block: str) -> str:
    """Of one block of the profile."""
    return version_of("block", profile.pk, block, [profile.serializable_value(name) for name in BLOCKS[block]])


def needs_version(profile_id: UUID, group: str, codes: Iterable[str], sealed: Mapping[str, Mapping[str, Any]]) -> str:
    """Of the answers of one group, whose needs are `codes`, and of the day to look at them again. `sealed` is the opened record."""
    needs = {code: sealed["needs"].get(code, {}) for code in codes}
    answers = {code: (need.get("importance", ""), need.get("parameter", "")) for code, need in needs.items()}
    return version_of("needs", profile_id, group, answers, sealed["review_on"].get(group, ""))


def note_version(profile_id: UUID, words: str) -> str:
    """Of the advisor's private note."""
    return version_of("note", profile_id, words)


def contact_version(user: User) -> str:
    """Of what a person sets about letters, phone and the look of the pages."""
    return version_of("contact", user.pk, user.language, user.phone, user.colours, user.text_size)
