"""Plans and contacts for tests."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from cooperation.models import MEANS, Contact, ContactWith, PlanStep, Side, Way
from tests.factories.accounts import LONG_AGO, TeamFactory, UserFactory
from tests.factories.employers import EmployerFactory
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


class ContactFactory(DjangoModelFactory[Contact]):
    """A meeting with a person at the office; `way` is another way, `with_employer=True` makes it an employer's, for no one person,
    `agencys=True` another agency's. It is noted by the person's advisor; with an employer, `by` and `team` say who noted it."""

    class Meta:
        model = Contact
        exclude = ("way", "line", "agency", "meant")

    class Params:
        with_employer = factory.Trait(
            contact_with=ContactWith.EMPLOYER,
            profile=None,
            employer=factory.SubFactory(EmployerFactory),
            by=factory.SubFactory(UserFactory),
            team=factory.SubFactory(TeamFactory),
            way=Way.WORKPLACE,
        )
        agencys = factory.Trait(contact_with=ContactWith.AGENCY, agency="skolkuratorn")

    way = Way.OFFICE
    line = ""
    agency = ""
    meant = factory.LazyAttribute(lambda made: MEANS[made.way])
    contact_with = ContactWith.PERSON
    profile = factory.SubFactory(ProfileFactory)
    by = factory.LazyAttribute(lambda made: made.profile.advisor)
    team = factory.LazyAttribute(lambda made: made.profile.team)
    how = factory.LazyAttribute(lambda made: made.meant.how)
    where = factory.LazyAttribute(lambda made: made.meant.where)
    missed = factory.LazyAttribute(lambda made: made.meant.missed)
    at = LONG_AGO
    noted_at = factory.SelfAttribute("at")
    sealed = factory.LazyAttribute(lambda made: {"line": made.line, "agency": made.agency})
