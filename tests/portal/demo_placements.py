"""What the demo shows of placements: asked of the rows by `test_demo`."""

from collections import Counter

from placements.models import CheckIn, Outcome, Placement, Task, Version
from placements.states import Paper, State
from portal.demo.content import account_id


def has_placements_in_every_state() -> None:
    states = Counter(Placement.objects.values_list("posting__employer__country", "state"))
    assert {state for _, state in states} == set(State), states
    assert {state for country, state in states if country == "NO"} >= {State.DRAFT, State.RUNNING}, states
    assert set(Version.objects.values_list("state", flat=True)) == set(Paper)
    waiting = Version.objects.filter(placement__state=State.DRAFT).values_list("state", flat=True)
    assert set(waiting) == {Paper.DRAFT, Paper.TO_SIGN, Paper.PART_SIGNED, Paper.SIGNED}
    assert Version.objects.open().filter(placement__state=State.RUNNING).exists(), "a change that waits for signatures"
    assert set(CheckIn.objects.values_list("state", flat=True)) >= {"planned", "answered", "missed"}
    assert set(CheckIn.objects.exclude(colour="").values_list("colour", flat=True)) >= {"green", "red"}
    assert Placement.objects.filter(kind="apprenticeship", state=State.RUNNING).exists()
    assert Outcome.objects.exclude(where="").exists()
    for advisor in ("maria", "ingrid"):
        assert Task.objects.open().filter(kind="red", placement__profile__advisor_id=account_id(advisor)).exists(), advisor
    assert not Placement.objects.filter(versions__state=Paper.APPROVED, adaptations=None).exists()
