"""Signed links for somebody without an account: each opens one check-in, one report or one version to sign, and nothing else. A link holds
for the address that it was sent to: where the agreement names another one, it opens nothing any more."""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac

from placements.models import CheckIn, CheckInState, Report, Version
from placements.states import SIGNING, Party

SALT = "placements.link"
LONGEST = timedelta(days=60)
CHECK_IN = "check-in"
REPORTS = {Party.SUPERVISOR: "report-supervisor", Party.OTHER: "report-other"}


class Link(NamedTuple):
    what: str  # CHECK_IN, one of REPORTS, or the party that signs
    id: UUID


def token_of(what: str, pk: UUID) -> str:
    """For the address that the agreement names now."""
    return signing.dumps([what, str(pk), _mark(Link(what, pk))], salt=SALT)


def _read(token: str) -> Link | None:
    try:
        what, pk, mark = signing.loads(token, salt=SALT, max_age=LONGEST)
        link = Link(str(what), UUID(pk))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return link if mark == _mark(link) else None


def _mark(link: Link) -> str:
    """Which address a link is for, without telling it; empty where the letter goes to an account."""
    address = _address(link).casefold()
    return salted_hmac(SALT, address).hexdigest()[:16] if address else ""


def _address(link: Link) -> str:
    """The address in the version to sign, or in the one in force."""
    if link.what in {Party.SUPERVISOR, Party.OTHER}:
        return address_in(Version.objects.filter(pk=link.id).first(), link.what)
    if link.what == CHECK_IN:
        asks = {"placement__check_ins": link.id, "placement__check_ins__party": Party.SUPERVISOR}
        return address_in(Version.objects.in_force().filter(**asks).first(), Party.SUPERVISOR)
    party = next((one for one, what in REPORTS.items() if what == link.what), Party.OTHER)
    return address_in(Version.objects.in_force().filter(placement__reports=link.id).first(), party)


def address_in(version: Version | None, party: str) -> str:
    return version.terms.address_of(party) if version else ""


def check_in_by_link(token: str) -> CheckIn | None:
    """The check-in that a link opens: while it is asked for, and for saying that it is answered. None for everything else."""
    link = _read(token)
    if link is None or link.what != CHECK_IN:
        return None
    row = CheckIn.objects.select_related("placement__profile__advisor", "placement__posting").filter(pk=link.id).first()
    shown = row and row.state in {CheckInState.SENT, CheckInState.MISSED, CheckInState.ANSWERED} and row.placement.is_live
    return row if shown else None


def version_by_link(token: str) -> tuple[Version, Party] | None:
    """The version that a link lets somebody sign: as long as it is the one to sign, and the person lets it be read."""
    link = _read(token)
    if link is None or link.what not in {Party.SUPERVISOR, Party.OTHER}:
        return None
    version = Version.objects.select_related("placement").filter(pk=link.id, state__in=SIGNING, shown_at__isnull=False).first()
    return (version, Party(link.what)) if version and version.placement.is_live and version.placement.may_go_on else None


def report_by_link(token: str) -> tuple[Report, Party] | None:
    """The report that a link lets somebody write and read, while the apprenticeship goes on and for twelve weeks after."""
    link = _read(token)
    party = next((one for one, what in REPORTS.items() if link and what == link.what), None)
    if link is None or party is None:
        return None
    open_now = Report.objects.writable(timezone.now()).select_related("placement__profile__advisor", "placement__posting__employer")
    row = open_now.filter(pk=link.id).first()
    return (row, party) if row else None
