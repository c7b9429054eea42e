"""Accounts with the one password of the demo, agencies, teams, and the people who work there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.access import ActiveRole, as_role
from accounts.models import Agency, Membership, RoleKind, Team, User
from jobseekers import actions as jobseekers
from portal.demo.content import Clock, account_id, address, key, read

EDITORS = "Editors"
LONG_AGO = 400  # days
COUNTRY_LANGUAGE = {"SE": "sv", "NO": "nb"}


@dataclass(frozen=True)
class NewAccount:
    """What an account of the demo is made from."""

    slug: str
    name: Sequence[str]
    email: str
    phone: str
    language: str


@cache
def password_hash() -> str:
    """Hashed once: it is the same for everybody, and hashing is slow by design."""
    return make_password(read("region")["password"])


def make_accounts(new: Sequence[NewAccount]) -> None:
    """Accounts that can sign in at once: the address counts as verified."""
    User.objects.bulk_create(
        User(
            pk=account_id(one.slug),
            email=one.email,
            password=password_hash(),
            first_name=one.name[0],
            last_name=one.name[1],
            phone=one.phone,
            language=one.language,
        )
        for one in new
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user_id=account_id(one.slug), email=one.email, verified=True, primary=True) for one in new
    )


def make_agencies(clock: Clock, taken: set[str]) -> None:
    """Agencies, teams, and everyone who works there."""
    agencies = read("region")["agency"]
    Agency.objects.bulk_create(
        Agency(pk=key("agency", one["slug"]), name=one["name"], country=one["country"], phone=one["phone"]) for one in agencies
    )
    Team.objects.bulk_create(
        Team(pk=key("team", team["slug"]), agency_id=key("agency", one["slug"]), name=team["name"], address=team["address"])
        for one in agencies
        for team in one["team"]
    )
    country = {team["slug"]: one["country"] for one in agencies for team in one["team"]}
    staff = read("region")["staff"]
    make_accounts(
        [
            NewAccount(
                slug=one["slug"],
                name=one["name"],
                email=address(one["name"], "ingang.example", taken),
                phone=one["phone"],
                language=COUNTRY_LANGUAGE[country.get(one.get("team", ""), "SE")],
            )
            for one in staff
        ]
    )
    Membership.objects.bulk_create(
        Membership(
            user_id=account_id(one["slug"]),
            kind=one["kind"],
            team_id=key("team", one["team"]) if "team" in one else None,
            since=clock.ago(LONG_AGO),
        )
        for one in staff
    )
    group = Group.objects.get(name=EDITORS)
    group.user_set.add(*(account_id(one["slug"]) for one in staff if one["kind"] == RoleKind.EDITOR))


def role_of(slug: str) -> ActiveRole:
    """The role that somebody of the demo acts in."""
    return as_role(Membership.objects.of(account_id(slug), timezone.now()).get())


def grant_overrides(clock: Clock) -> None:
    """Exceptions to the cap, given by a coordinator."""
    for one in read("region")["override"]:
        jobseekers.grant_override(
            by=role_of(one["by"]),
            at=clock.ago(9),
            advisor_id=account_id(one["advisor"]),
            extra=one["extra"],
            reason=one["reason"],
            until=(clock.now + timedelta(days=one["days"])).date(),
        )
