"""Somebody without an account is reached at another address: what waits for them goes there, because the old link opens nothing."""

from datetime import datetime

from outbox.actions import post
from placements.fields import Terms
from placements.models import Placement, Version
from placements.states import Paper, Party


def send_again(placement: Placement, version: Version, before: Terms, *, at: datetime) -> None:
    """Of `version`, whose addresses may be others than those that stood there before, or in the version before."""
    terms = version.terms
    for party in (Party.SUPERVISOR, Party.OTHER):
        if terms.address_of(party).casefold() == before.address_of(party).casefold():
            continue
        if version.is_signing and version.shown_at is not None and party in version.asked:
            post(f"agreement_by_link_{party}", reader_id=None, at=at, about=version.pk)
        if version.state == Paper.APPROVED:
            _ask_again(placement, party, at)


def _ask_again(placement: Placement, party: Party, at: datetime) -> None:
    for report in placement.reports.waiting():
        post(f"report_by_link_{party}", reader_id=None, at=at, about=report.pk)
    if party == Party.SUPERVISOR:
        for row in placement.check_ins.filter(party=party).waiting():
            post("check_in_by_link", reader_id=None, at=at, about=row.pk)
