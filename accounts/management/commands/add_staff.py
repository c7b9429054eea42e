"""Give an account a staff role, with its agency and team if they are new: how the first people of an installation get in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from accounts.access import STAFF_KINDS
from accounts.actions import add_staff
from accounts.models import Agency, RoleKind, Team


class Command(BaseCommand):
    help = "Give an account a staff role. The owner signs in with a code by mail and sets up a second factor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--role", required=True, choices=sorted(STAFF_KINDS))
        parser.add_argument("--agency", default="", help="the agency's name; for advisors and coordinators")
        parser.add_argument("--country", default="SE", choices=["SE", "NO"], help="of an agency that is new")
        parser.add_argument("--team", default="", help="the team's name; for advisors and coordinators")
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")

    def handle(self, *, email: str, role: str, agency: str, country: str, team: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address.") from error
        names = {name: options[name] for name in ("first_name", "last_name")}
        with transaction.atomic():
            try:
                added = add_staff(email=email, kind=RoleKind(role), team=_team(agency, country, team), at=timezone.now(), by=None, **names)
            except ValueError as error:
                raise CommandError(f"{error}: give --agency and --team, or leave both out for an editor.") from error
        self.stdout.write(f"{email} is {role} now; a letter is on its way." if added else f"{email} was {role} already.")


def _team(agency: str, country: str, name: str) -> Team | None:
    if not agency or not name:
        return None
    house, _ = Agency.objects.get_or_create(name=agency, defaults={"country": country})
    return Team.objects.get_or_create(agency=house, name=name)[0]
