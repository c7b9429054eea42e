"""The letters of placements: that there is something to read or to sign, and no word of what. Checked at the moment of sending."""

from uuid import UUID

from outbox.letters import render
from outbox.models import Letter
from outbox.signals import Content, writes
from placements.access import parties_of
from placements.models import Placement, Version
from placements.states import SIGNING, Paper, State

NOTHING = UUID(int=0)


def _neutral(letter: Letter, template: str = "letters/something_new") -> Content:
    return render(template, language=letter.reader.language)


@writes("agreement_to_sign", about="always")
@writes("not_signed_yet", about="always")
def agreement_to_sign(letter: Letter) -> Content | None:
    """To a party whose signature is missing; nothing once it is there, or the version is no longer the one to sign."""
    version = _version(letter)
    waits = version and version.state in SIGNING and not version.signatures.filter(by_id=letter.reader_id).exists()
    return _neutral(letter) if waits else None


@writes("signatures_void", about="always")
@writes("agreement_approved", about="always")
def agreement_changed(letter: Letter) -> Content | None:
    """To a party that may read the version: its words are new, or it is in force now."""
    version = _version(letter)
    return _neutral(letter) if version and version.state != Paper.VOID else None


def _version(letter: Letter) -> Version | None:
    """The version that the letter is about, if its reader is still one of the parties and may read it."""
    version = Version.objects.select_related("placement__profile", "placement__posting").filter(pk=letter.about or NOTHING).first()
    theirs = version and letter.reader_id in parties_of(version.placement, employer=version.shown_at is not None)
    return version if theirs else None


@writes("placement_moved", about="always")
def placement_moved(letter: Letter) -> Content | None:
    """To a party: the placement has begun, rests, or is over."""
    placement = _placement(letter)
    shown = placement and placement.versions.filter(shown_at__isnull=False).exists()
    return _neutral(letter) if placement and letter.reader_id in parties_of(placement, employer=bool(shown)) else None


@writes("draft_idle", about="always")
def draft_idle(letter: Letter) -> Content | None:
    """To the advisor: a draft that nobody touches will go."""
    placement = _placement(letter)
    waits = placement and placement.state == State.DRAFT and placement.profile.advisor_id == letter.reader_id
    return _neutral(letter, "letters/reminder") if waits else None


def _placement(letter: Letter) -> Placement | None:
    return Placement.objects.select_related("profile", "posting").filter(pk=letter.about or NOTHING).first()
