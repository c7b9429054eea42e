"""What the demo shows of placements: asked of the rows by `test_demo`."""

from collections import Counter
from datetime import date

from cooperation.models import Meeting
from cooperation.states import MeetingState
from employers.models import Employer, WorkplaceOffer
from placements.models import (
    Adaptation,
    AgreementTemplate,
    CheckIn,
    DropIn,
    Feedback,
    Hire,
    Incident,
    Outcome,
    OutcomeConsent,
    Placement,
    Report,
    Task,
    Version,
)
from placements.states import Paper, State
from portal.demo.content import account_id


def has_placements_in_every_state() -> None:
    states = Counter(Placement.objects.values_list("posting__employer__country", "state"))
    for country in ("SE", "NO"):
        assert {state for land, state in states if land == country} == set(State), (country, states)
        _has_all_that_follows(country)
    assert set(Version.objects.values_list("state", flat=True)) == set(Paper)
    waiting = Version.objects.filter(placement__state=State.DRAFT).values_list("state", flat=True)
    assert set(waiting) == {Paper.DRAFT, Paper.TO_SIGN, Paper.PART_SIGNED, Paper.SIGNED}
    assert Version.objects.open().filter(placement__state=State.RUNNING).exists(), "a change that waits for signatures"
    assert set(CheckIn.objects.values_list("state", flat=True)) >= {"planned", "answered", "missed"}
    assert set(CheckIn.objects.exclude(colour="").values_list("colour", flat=True)) >= {"green", "red"}
    for advisor in ("maria", "ingrid"):
        assert Task.objects.open().filter(kind="red", placement__profile__advisor_id=account_id(advisor)).exists(), advisor
    assert not Placement.objects.filter(versions__state=Paper.APPROVED, adaptations=None).exists()


def _has_all_that_follows(country: str) -> None:
    """Where no placement is in a state of its own: words at the end, thanks, reports, templates, drop-ins, hires, what works."""
    here = Placement.objects.filter(posting__employer__country=country)
    assert here.filter(kind="apprenticeship", state=State.RUNNING).exists()
    assert Report.objects.filter(placement__in=here).exists()
    assert AgreementTemplate.objects.filter(team__agency__country=country).exists()
    assert DropIn.objects.filter(posting__employer__in=Employer.objects.filter(country=country)).count() > 1
    assert set(Feedback.objects.filter(placement__in=here).values_list("again", flat=True)) == {"yes", "perhaps"}
    assert set(Hire.objects.filter(placement__in=here).values_list("form", flat=True)) == {"ordinary", "subsidised"}
    outcomes = Outcome.objects.filter(placement__in=here)
    assert outcomes.exclude(where="").exists()
    assert outcomes.filter(where="", months=3).exclude(asked_at=None).exists(), "somebody is asked three months later"
    agreed = OutcomeConsent.objects.values("profile_id")
    assert outcomes.filter(where="", due__lte=date.today()).exclude(placement__profile__in=agreed).exists()  # noqa: DTZ011 (of the machine)
    assert set(Adaptation.objects.filter(placement__in=here).values_list("state", flat=True)) >= {
        "agreed",
        "in_place",
        "works",
        "works_not",
    }
    assert WorkplaceOffer.objects.filter(workplace__placements__in=here, evidence="shown").exists()
    assert {one.followed_at is None for one in Incident.objects.filter(placement__in=here)} == {True, False}
    assert Meeting.objects.filter(profile__placements__in=here, parties__kind="employer", state="invited").exists()
    assert set(Meeting.objects.filter(country=country).values_list("state", flat=True)) == set(MeetingState)
