"""What tests of employers share: a manager, their workplace with one supervisor, a complete draft, an editor."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from accounts.access import ActiveRole
from accounts.models import Membership
from employers import actions
from employers.models import Employer, Posting, Workplace
from taxonomy.models import Concept, Label, Need
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.employers import EmployerFactory, PlaceFactory, PostingFactory, WorkplaceFactory, employer_member


@pytest.fixture
def employer() -> Employer:
    return EmployerFactory(name="Trädgården AB")


@pytest.fixture
def member(employer: Employer) -> Membership:
    return employer_member(employer, manages=True)


@pytest.fixture
def by(member: Membership) -> ActiveRole:
    return role_of(member)


@pytest.fixture
def stranger() -> Membership:
    """A manager of another employer."""
    return employer_member(EmployerFactory(), manages=True)


@pytest.fixture
def editor() -> Membership:
    found = MembershipFactory(editor=True)
    found.user.groups.add(Group.objects.get(name="Editors"))
    return found


@pytest.fixture
def workplace(employer: Employer) -> Workplace:
    return WorkplaceFactory(employer=employer, name="Sjöbovägen 12", place=PlaceFactory())


@pytest.fixture
def draft(workplace: Workplace) -> Posting:
    return PostingFactory(workplace=workplace)


@pytest.fixture
def published(draft: Posting, by: ActiveRole, editor: Membership, now: datetime) -> Posting:
    """Public through the front door: sent, and approved by an editor."""
    actions.submit_posting(draft.pk, by=by, at=now)
    actions.approve(draft.pk, by=role_of(editor), at=now)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def signed_in(client: Client) -> Callable[[Membership], Client]:
    def sign_in(membership: Membership) -> Client:
        client.force_login(membership.user)
        return client

    return sign_in


@pytest.fixture
def need() -> str:
    """One code of the catalogue."""
    made = Need.objects.create(
        code="acc.step_free", group="acc", position=1, label_sv="Trappfri väg in", label_nb="Trinnfri adkomst", label_en="Step-free way in"
    )
    return made.code


@pytest.fixture
def words() -> None:
    """A vocabulary of one occupation and one skill, and the place."""
    PlaceFactory()
    for key, kind, text in (("worker", "occupation", "Lagerarbetare"), ("pick", "skill", "plocka varor")):
        concept = Concept.objects.create(key=key, kind=kind)
        Label.objects.create(concept=concept, language="sv", text=text, preferred=True)


@pytest.fixture
def run(tmp_path: Path, words: None) -> Any:
    def imported(delivery: Any, *, format_name: str = "jobtech", wanted: str = "DRAFT") -> str:
        path = tmp_path / "ads.json"
        path.write_text(delivery if isinstance(delivery, str) else json.dumps(delivery))
        said = io.StringIO()
        call_command("import_postings", str(path), "--format", format_name, "--as", wanted, stdout=said)
        return said.getvalue()

    return imported
