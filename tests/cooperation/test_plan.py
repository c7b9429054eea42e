"""The plan: both sides write in it, each step is somebody's, and what is the person's the advisor writes on their behalf alone."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate

from audit.models import Event, Read
from cooperation import access, actions, queries
from cooperation.models import Plan, PlanStep, Side
from jobseekers.actions import set_stage
from jobseekers.states import NotThere, Refused
from outbox.models import Letter
from tests.cooperation.conftest import Around
from tests.factories.accounts import role_of
from tests.factories.cooperation import PlanStepFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
GOAL, WORDS = "Jag vill arbeta med djur, några timmar om dagen", "Ringa stallet i Brämhult"
BEHALF = {"channel": "phone", "why": "asked"}


def text(page: bytes) -> str:
    main = BeautifulSoup(page, "html.parser").find("main")
    return " ".join(main.get_text(" ").split()) if main else ""


def test_the_person_writes_goal_and_steps_and_the_advisor_reads_them(around: Around) -> None:
    mine = around.client("person")
    assert mine.post(reverse("my_goal"), {"words": GOAL}).status_code == 303
    assert mine.post(reverse("my_step_new"), {"words": WORDS, "side": "person", "due": "2026-12-01"}).status_code == 303
    assert mine.post(reverse("my_step_new"), {"words": "Fråga om resorna", "side": "advisor"}).status_code == 303
    own = text(mine.get(reverse("my_plan")).content)
    assert all(words in own for words in (GOAL, WORDS, "Fråga om resorna", "1 december 2026"))
    theirs = text(around.client("advisor").get(reverse("person_plan", args=[around.profile.pk])).content)
    assert all(words in theirs for words in (GOAL, WORDS, "Fråga om resorna"))
    assert Read.objects.about(around.profile.pk).get().page == "plan"


def test_the_advisor_writes_what_the_person_said_and_the_person_is_told(around: Around) -> None:
    theirs, pk = around.client("advisor"), around.profile.pk
    assert theirs.post(reverse("person_goal", args=[pk]), {"words": GOAL}).status_code == 200  # not without saying how
    assert not Plan.objects.exists()
    assert theirs.post(reverse("person_goal", args=[pk]), {"words": GOAL, **BEHALF}).status_code == 303
    assert theirs.post(f"{reverse('person_step_new', args=[pk])}?choice=own", {"words": WORDS, **BEHALF}).status_code == 303
    assert PlanStep.objects.get().side == Side.PERSON
    assert {(one.what, one.channel, one.why) for one in Event.objects.filter(subject_id=str(pk))} == {
        ("goal_saved", "phone", "asked"),
        ("step_added", "phone", "asked"),
    }
    assert Letter.objects.filter(kind="answered_for_you", reader_id=around.profile.user_id).count() == 1


def test_the_advisors_own_step_needs_no_channel(around: Around) -> None:
    theirs, pk = around.client("advisor"), around.profile.pk
    given = {"words": WORDS, "side": "advisor"}
    assert theirs.post(reverse("person_step_new", args=[pk]), given).status_code == 303
    assert not Event.objects.exclude(channel="").exists()
    assert "Du" in text(theirs.get(reverse("person_plan", args=[pk])).content)


def test_somebody_at_a_workplace_is_named_by_role(around: Around) -> None:
    theirs, pk = around.client("advisor"), around.profile.pk
    given = {"words": WORDS, "side": "employer"}
    assert theirs.post(reverse("person_step_new", args=[pk]), given).status_code == 200
    assert theirs.post(reverse("person_step_new", args=[pk]), {**given, "who": "handledaren på lagret"}).status_code == 303
    assert "Handledaren på lagret" in text(around.client("person").get(reverse("my_plan")).content)


def test_the_advisors_words_are_read_once_more_and_the_persons_are_not(around: Around) -> None:
    given = {"words": "Berätta om din diagnos för chefen", "side": "advisor"}
    theirs = around.client("advisor")
    page = theirs.post(reverse("person_step_new", args=[around.profile.pk]), given)
    assert (page.status_code, "keep" in page.content.decode()) == (200, True)
    assert theirs.post(reverse("person_step_new", args=[around.profile.pk]), {**given, "keep": "on"}).status_code == 303
    assert around.client("person").post(reverse("my_step_new"), {**given, "side": "person"}).status_code == 303


def test_done_pressed_twice_stays_done(around: Around) -> None:
    """The button says what it means: the second press does not open the step again."""
    step, mine, theirs = PlanStepFactory(profile=around.profile), around.client("person"), around.client("advisor")
    button = 'name="done" value="yes"'
    assert button in mine.get(reverse("my_plan")).content.decode()
    assert button in theirs.get(reverse("person_step_done", args=[around.profile.pk, step.pk])).content.decode()
    for _ in range(2):
        mine.post(reverse("my_step_done", args=[step.pk]), {"done": "yes"})
        step.refresh_from_db()
        assert step.done_at
    assert 'name="done" value="no"' in mine.get(reverse("my_plan")).content.decode()


def test_a_step_is_done_opened_changed_and_taken_away(around: Around) -> None:
    step, mine = PlanStepFactory(profile=around.profile), around.client("person")
    assert mine.post(reverse("my_step_done", args=[step.pk])).status_code == 303
    step.refresh_from_db()
    assert step.done_at
    mine.post(reverse("my_step_done", args=[step.pk]))
    mine.post(reverse("my_step", args=[step.pk]), {"words": WORDS, "due": ""})
    step.refresh_from_db()
    assert (step.done_at, step.sealed["words"]) == (None, WORDS)
    assert mine.get(reverse("my_step_remove", args=[step.pk])).status_code == 200
    assert PlanStep.objects.exists()
    mine.post(reverse("my_step_remove", args=[step.pk]))
    assert not PlanStep.objects.exists()
    assert [one.what for one in Event.objects.order_by("pk")] == ["step_done", "step_opened", "step_changed", "step_removed"]


def test_a_person_does_not_change_what_the_advisor_promised(around: Around) -> None:
    step, mine = PlanStepFactory(profile=around.profile, advisors=True), around.client("person")
    assert step.sealed["words"] in text(mine.get(reverse("my_plan")).content)
    for name in ("my_step", "my_step_done", "my_step_remove"):
        assert mine.post(reverse(name, args=[step.pk]), {"words": WORDS}).status_code == 404
    with pytest.raises(NotThere):
        actions.set_done(step.pk, True, by=around.person, at=step.made_at)
    assert PlanStep.objects.get(done_at=None).sealed["words"] != WORDS


def test_the_advisor_marks_their_own_step_that_the_person_wrote(around: Around, now: datetime) -> None:
    step = actions.add_step(around.profile.pk, words=WORDS, side="advisor", by=around.person, at=now)
    actions.set_done(step.pk, True, by=around.advisor, at=now)
    with pytest.raises(Refused):  # the words are the person's
        actions.change_step(step.pk, words="Annat", by=around.advisor, at=now)
    actions.change_step(step.pk, words="Annat", by=around.advisor, at=now, **BEHALF)
    assert PlanStep.objects.get().sealed["words"] == "Annat"


def test_the_second_press_adds_nothing(around: Around) -> None:
    for _ in range(2):
        around.client("person").post(reverse("my_step_new"), {"words": WORDS, "side": "person"})
    assert PlanStep.objects.count() == 1


def test_who_saves_over_something_unread_is_told_first(around: Around, now: datetime) -> None:
    actions.save_goal(around.profile.pk, "Först", by=around.person, at=now)
    seen = queries.goal_version(around.profile.pk, "Först")
    actions.save_goal(around.profile.pk, "Sedan", by=around.person, at=now)
    page = around.client("person").post(reverse("my_goal"), {"words": "Till sist", "version": seen})
    assert (page.status_code, "Sedan" in page.content.decode()) == (409, True)
    step = PlanStepFactory(profile=around.profile)
    old = queries.step_version(step)
    actions.change_step(step.pk, words="Nytt", by=around.person, at=now)
    page = around.client("person").post(reverse("my_step", args=[step.pk]), {"words": "Annat", "version": old})
    assert (page.status_code, PlanStep.objects.get().sealed["words"]) == (409, "Nytt")


@pytest.mark.parametrize("who", ["another advisor", "a colleague"])
def test_case_2_another_advisor_sees_no_plan(around: Around, who: str) -> None:
    """Not even one of the same team: the plan is the person's and the own advisor's."""
    step, client = PlanStepFactory(profile=around.profile), around.client(who)
    for name, args in (("person_plan", []), ("person_goal", []), ("person_step_new", []), ("person_step", [step.pk])):
        assert client.get(reverse(name, args=[around.profile.pk, *args])).status_code == 404
    assert client.post(reverse("person_step_done", args=[around.profile.pk, step.pk]), BEHALF).status_code == 404
    with pytest.raises(NotThere):
        actions.set_done(step.pk, True, by=role_of(around.strangers[who]), at=step.made_at, **BEHALF)


@pytest.mark.parametrize("who", ["employer", "coordinator"])
def test_no_employer_and_no_coordinator_has_the_page(around: Around, who: str) -> None:
    client = around.client(who)
    assert client.get(reverse("person_plan", args=[around.profile.pk])).status_code == 403
    assert client.get(reverse("my_plan")).status_code == 403


def test_case_7_a_step_of_somebody_else_is_not_there(around: Around) -> None:
    step, mine = PlanStepFactory(profile=around.profile), around.client("another person")
    answers = [mine.get(reverse("my_step", args=[pk])) for pk in (step.pk, uuid4())]
    assert [one.status_code for one in answers] == [404, 404]
    other = PlanStepFactory()  # of somebody whom this advisor does not help
    theirs = around.client("advisor")
    assert theirs.get(reverse("person_step", args=[around.profile.pk, other.pk])).status_code == 404


def test_the_database_holds_no_word_of_it(around: Around, now: datetime) -> None:
    actions.save_goal(around.profile.pk, GOAL, by=around.person, at=now)
    actions.add_step(around.profile.pk, words=WORDS, side="agency", who="kuratorn", by=around.person, at=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM cooperation_plan UNION ALL SELECT sealed FROM cooperation_planstep")
        rows = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert rows
    assert not [word for word in (GOAL, WORDS, "kuratorn") if word.encode() in rows]


def test_what_is_next_are_the_persons_open_steps_by_day(around: Around, now: datetime) -> None:
    today = localdate(now)
    later = PlanStepFactory(profile=around.profile, due=today + timedelta(days=3))
    late = PlanStepFactory(profile=around.profile, due=today - timedelta(days=1))
    some_day = PlanStepFactory(profile=around.profile)
    PlanStepFactory(profile=around.profile, advisors=True, due=today)
    PlanStepFactory(profile=around.profile, done_at=now)
    found = access.next_steps(around.profile, now)
    assert [one.pk for one in found] == [late.pk, later.pk, some_day.pk]
    assert [one.late for one in found] == [True, False, False]
    assert "Skulle vara klart" in text(around.client("person").get(reverse("my_plan")).content)


def test_each_stage_has_its_clock(around: Around, now: datetime) -> None:
    profile = around.profile
    profile.enrolled_at = profile.stage_since = now - timedelta(days=100)
    profile.save()
    for stage, ago in (("profile", 90), ("searching", 50), ("profile", 40), ("searching", 10)):
        set_stage(profile.pk, stage, by=around.advisor, at=now - timedelta(days=ago))
    profile.refresh_from_db()
    clocks = queries.stage_clocks(profile, now)
    assert [(one.code, one.state, one.days) for one in clocks] == [
        ("start", "done", 10),
        ("profile", "done", 40 + 30),
        ("searching", "now", 10),
        ("dialogue", "", 0),
        ("workplace", "", 0),
    ]
    assert [one.late for one in queries.stage_clocks(profile, now + timedelta(days=51))] == [False, False, True, False, False]
    assert "Här är du nu, 10 dagar" in text(around.client("person").get(reverse("my_plan")).content)
