"""Employers, workplaces and postings for tests."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import Membership, RoleKind
from employers.models import Employer, Posting, PostingStatus, Workplace
from employers.states import PostingState
from matching.actions import relist
from taxonomy.models import Place
from tests.factories.accounts import LONG_AGO, MembershipFactory


def organisation_number(n: int) -> str:
    """A Swedish organisation number with the right check digit."""
    nine = f"556{n:06d}"
    doubled = [int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(nine)]
    return nine + str(-sum(d // 10 + d % 10 for d in doubled) % 10)


class PlaceFactory(DjangoModelFactory[Place]):
    class Meta:
        model = Place
        django_get_or_create = ("country", "municipality_code", "name")

    name = "Borås"
    folded = "boras"
    country = "SE"
    municipality_code = "1490"
    latitude = 57.721
    longitude = 12.94


class EmployerFactory(DjangoModelFactory[Employer]):
    class Meta:
        model = Employer

    country = "SE"
    number = factory.Sequence(organisation_number)
    name = factory.Sequence(lambda n: f"Arbetsgivare {n}")
    joined_at = LONG_AGO


class WorkplaceFactory(DjangoModelFactory[Workplace]):
    class Meta:
        model = Workplace

    employer = factory.SubFactory(EmployerFactory)
    name = factory.Sequence(lambda n: f"Arbetsplats {n}")
    place = factory.SubFactory(PlaceFactory)


class PostingFactory(DjangoModelFactory[Posting]):
    """A complete draft; `published=True` makes it public as an editor's approval would."""

    class Meta:
        model = Posting
        skip_postgeneration_save = True

    workplace = factory.SubFactory(WorkplaceFactory)
    employer = factory.SelfAttribute("workplace.employer")
    live = False
    kind = "trial"
    title = factory.Sequence(lambda n: f"Praktik {n}")
    tasks = "Plocka varor och hålla ordning."
    day = "Vi börjar klockan åtta."
    leads_to_job = "perhaps"
    hours_min = 10
    hours_max = 20
    places = 1
    contact_name = "Anna Berg"

    @factory.post_generation
    def published(self, create: bool, extracted: Any, **_: Any) -> None:
        status = PostingStatus.objects.create(posting=self)
        if extracted:
            publish(self, status)


def publish(posting: Any, status: PostingStatus) -> None:
    posting.live = True
    posting.save()
    posting.refresh_from_db()
    status.state, status.published_at, status.published_hash = PostingState.PUBLISHED, LONG_AGO, posting.content_hash()
    status.save()
    relist(posting_id=posting.pk)


def employer_member(employer: Employer, **fields: Any) -> Membership:
    """Somebody who acts for the employer."""
    return MembershipFactory(kind=RoleKind.EMPLOYER, employer_id=employer.pk, organisation=employer.name, **fields)


def jobtech(**changes: Any) -> dict[str, Any]:
    ad = {
        "id": "1",
        "headline": "Lagerarbetare",
        "description": {"text": "<p>Plocka varor.</p><script>alert(1)</script><p>Ring Anna Berg på 070-174 06 05 eller a@b.se.</p>"},
        "employer": {"organization_number": "556000-4615", "name": "Lagret AB", "workplace": "Lagret", "email": "a@b.se"},
        "application_details": {"reference": "Anna Berg", "email": "a@b.se"},
        "workplace_address": {"municipality_code": "1490", "municipality": "Borås", "city": "Borås", "street_address": "Gatan 1"},
        "scope_of_work": {"min": 50, "max": 100},
        "number_of_vacancies": 2,
        "application_deadline": "2099-05-12T23:59:59",
        "driving_license_required": True,
        "occupation": {"label": "Lagerarbetare"},
        "salary_description": "Enligt avtal",
    }
    return {**ad, **changes}
