"""Profiles for tests."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import Membership, RoleKind
from jobseekers.models import NeedsRecord, Profile
from matching.actions import relist
from tests.factories.accounts import LONG_AGO, MembershipFactory, UserFactory
from tests.factories.employers import PlaceFactory


class ProfileFactory(DjangoModelFactory[Profile]):
    """A person with an advisor. `advised_by` takes an advisor's membership; `skills` and `wishes` concept keys;
    `needs` {code: "must" | "helps" | "none"}."""

    class Meta:
        model = Profile
        skip_postgeneration_save = True
        exclude = ("advised_by",)

    advised_by = factory.SubFactory(MembershipFactory, advisor=True)
    user = factory.SubFactory(UserFactory)
    advisor = factory.SelfAttribute("advised_by.user")
    team = factory.SelfAttribute("advised_by.team")
    country = "SE"
    stage_since = enrolled_at = changed_at = LONG_AGO
    place = factory.SubFactory(PlaceFactory)
    travel_km = 30
    hours_now = 10
    hours_goal = 20

    @factory.post_generation
    def skills(self, create: bool, extracted: Any, **_: Any) -> None:
        for key in extracted or ():
            self.skills.create(concept_id=key, added_at=LONG_AGO)  # type: ignore[attr-defined]

    @factory.post_generation
    def wishes(self, create: bool, extracted: Any, **_: Any) -> None:
        for key in extracted or ():
            self.wishes.create(concept_id=key, added_at=LONG_AGO)  # type: ignore[attr-defined]

    @factory.post_generation
    def needs(self, create: bool, extracted: Any, **_: Any) -> None:
        if extracted:
            needs = {code: {"importance": importance, "parameter": "", "stated_by": "self"} for code, importance in extracted.items()}
            NeedsRecord.objects.create(profile=self, sealed={"needs": needs, "review_on": {}}, changed_at=LONG_AGO)

    @factory.post_generation
    def listed(self, create: bool, extracted: Any, **_: Any) -> None:
        relist(profile_id=self.pk)  # type: ignore[attr-defined]


def jobseeker_role(profile: Profile) -> Membership:
    return MembershipFactory(user=profile.user, kind=RoleKind.JOBSEEKER)
