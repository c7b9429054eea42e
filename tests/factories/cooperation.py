"""Plans for tests."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from cooperation.models import PlanStep, Side
from tests.factories.accounts import LONG_AGO
from tests.factories.jobseekers import ProfileFactory


class PlanStepFactory(DjangoModelFactory[PlanStep]):
    """An open step of the person's; `words` is what it says, `advisors=True` makes it the advisor's."""

    class Meta:
        model = PlanStep
        exclude = ("words", "who")

    class Params:
        advisors = factory.Trait(side=Side.ADVISOR, by_person=False)
        employers = factory.Trait(side=Side.EMPLOYER, by_person=False, who="handledaren")

    words = factory.Sequence(lambda n: f"Steg nummer {n}")
    who = ""
    profile = factory.SubFactory(ProfileFactory)
    side = Side.PERSON
    by_person = True
    made_at = LONG_AGO
    made_by = factory.LazyAttribute(lambda made: made.profile.user if made.by_person else made.profile.advisor)

    @factory.lazy_attribute
    def sealed(self) -> dict[str, Any]:
        return {"words": self.words, "who": self.who}
