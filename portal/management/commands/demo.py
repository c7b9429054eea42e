"""The demo region: `manage.py demo` makes it where it is missing, `--reset` makes it anew, `--people` says who to sign in as."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Membership, RoleKind
from placements.models import Placement, Works
from placements.states import State
from portal.demo import region, removal
from portal.demo.content import account_id, read

REFUSED = "INGANG_DEMO is not set: this database is not for a demo, where everybody's password is known."


class Command(BaseCommand):
    help = "Make the demo region where it is missing. A second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="remove every person, employer, posting and suggestion first")
        parser.add_argument("--people", action="store_true", help="only print who to sign in as")

    def handle(self, *, reset: bool, people: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(REFUSED)
        if people:
            self._people()
            return
        if reset:
            gone = removal.remove()
            self.stdout.write(f"Removed: {sum(gone.values())} rows. The log stays.")
        if region.is_whole():
            self.stdout.write("The demo region is there.")
            return
        region.make(self.stdout.write)

    def _people(self) -> None:
        wanted = [*(account_id(one["person"]) for one in read("region")["to_try"]), *_at_work()]
        found = {one.user_id: one for one in Membership.objects.filter(user_id__in=wanted).select_related("user", "team__agency")}
        if not found:
            return
        self.stdout.write("Sign in as:")
        for user_id in wanted:
            if user_id in found:
                self.stdout.write(f"  {found[user_id].user.email:34} {_who(found[user_id])}")
        self.stdout.write(f"Everybody's password: {read('region')['password']}")


def _at_work() -> list[int]:
    """The person and the employer of one placement under way in each country, which have changed the most."""
    running = Placement.objects.filter(state=State.RUNNING, adaptations__state=Works.WORKS).select_related("profile", "posting__employer")
    first = {one.posting.employer.country: one for one in running.order_by("-starts")}
    employers = {country: one.posting.employer_id for country, one in first.items()}
    members = dict(
        Membership.objects.filter(kind=RoleKind.EMPLOYER, employer_id__in=employers.values()).values_list("employer_id", "user_id")
    )
    return [user for country, one in sorted(first.items(), reverse=True) for user in (one.profile.user_id, members[employers[country]])]


def _who(membership: Membership) -> str:
    """The name, the role in English, and where."""
    kind = RoleKind(membership.kind).value
    where = ", ".join((membership.team.name, membership.team.agency.name)) if membership.team else membership.organisation
    return ", ".join(part for part in (membership.user.get_full_name(), kind, where) if part)
