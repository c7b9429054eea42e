"""Story 8: ads of other job boards come in by one command, stand on the public list, and are matched by another."""

import io
import re
from collections import Counter
from datetime import datetime

import pytest
from django.core.management import call_command

from accounts.models import Membership
from employers.models import Posting
from jobseekers.models import Profile
from matching.models import Suggestion
from taxonomy.models import Place
from tests.factories.accounts import MembershipFactory
from tests.factories.jobseekers import ProfileFactory
from tests.journeys.world import Visitor, carry_facts
from tests.real_ads import ADS, FILES, needs_ads

pytestmark = [needs_ads, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabulary")]
SCHOOL = "23483261"  # the id that one of the ads has at its source: full time in Knivsta
LINE = re.compile(r"^ +(\d+)\. person ([0-9a-f]{8})  order ([\d.]+)", re.MULTILINE)


def run(*words: str) -> str:
    said = io.StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()


def import_all() -> list[str]:
    """The last line that each file's import prints."""
    files = [(str(ADS / f"{name}.json"), format_name) for name, format_name, _ in FILES]
    return [run("import_postings", file, "--format", name, "--as", "PUBLISHED").splitlines()[-1] for file, name in files]


@pytest.fixture
def ads() -> None:
    assert import_all() == [f"{n} created, 0 already here, 0 refused" for _, _, n in FILES]


@pytest.fixture
def advisor(transactional_db: None) -> Membership:
    return MembershipFactory(advisor=True)


@pytest.fixture
def people(advisor: Membership, vocabulary: None, now: datetime) -> list[Profile]:
    """Two who live where the school is, the better one last; and one who lives too far away."""
    near = {"place": Place.objects.get(name="Knivsta"), "hours_now": 40, "hours_goal": 40, "advised_by": advisor}
    far = {**near, "place": Place.objects.get(name="Borås", country="SE")}
    return [
        ProfileFactory(skills=["be-reliable"], **near),
        ProfileFactory(skills=["be-reliable", "notice-faults"], **near),
        ProfileFactory(skills=["be-reliable", "notice-faults"], **far),
    ]


def sentences(printed: str, sign: str) -> list[str]:
    return re.findall(rf"^ +{re.escape(sign)} (.+)$", printed, re.MULTILINE)


def test_story_8_ads_come_in_once_and_stand_on_the_public_list(visitor: Visitor, ads: None) -> None:
    carry_facts()
    assert import_all() == [f"0 created, {n} already here, 0 refused" for _, _, n in FILES]
    titles = list(Posting.objects.open().values_list("title", flat=True))
    states = Counter(Posting.objects.values_list("status__state", flat=True))
    assert (len(titles), states) == (5, {"published": 5, "draft": 1, "submitted": 1}), "one was taken down by its source, one names ages"
    visitor.go("postings/")
    visitor.sees("5 platser", *titles)
    school = Posting.objects.get(source_id=SCHOOL)
    visitor.press(school.title)
    visitor.sees(school.employer.name, "Knivsta", "40 timmar i veckan", max(school.tasks.splitlines(), key=len))
    page = visitor.page.locator("main").inner_text()
    assert "@" not in page
    assert "Kontakt Person" not in page


def test_story_8_the_command_and_the_advisor_say_the_same(visitor: Visitor, ads: None, people: list[Profile], advisor: Membership) -> None:
    printed = run("suggest", SCHOOL, "--language", "sv")
    school = Posting.objects.get(source_id=SCHOOL)
    weaker, best, far = people
    assert printed.splitlines()[0] == f"{school.title}: 3 people scored, 2 suggestions, 1 would fit if, 3 new"
    found = LINE.findall(printed)
    assert [person for _, person, _ in found] == [str(one.pk)[:8] for one in (best, weaker, far)]
    assert [place for place, _, _ in found] == ["1", "2", "3"]
    assert float(found[0][2]) > float(found[1][2])
    carry_facts()
    assert "0 new" in run("suggest", SCHOOL)
    assert Suggestion.objects.filter(posting=school).count() == 3

    visitor.sign_in(advisor.user)
    visitor.go("advisor/")
    rows = visitor.page.locator("table.queue tbody tr").filter(has_text=school.title)
    assert [row.locator("th").inner_text().splitlines()[0] for row in rows.all()] == [best.short_name, weaker.short_name]
    visitor.page.goto(f"{visitor.site}/advisor/suggestions/{Suggestion.objects.get(posting=school, profile=best).pk}/")
    visitor.look()
    of_the_best = printed.split("  2. person")[0]
    visitor.sees(*sentences(of_the_best, "+"), *sentences(of_the_best, "-"))
    visitor.go("advisor/?tab=would_fit")
    visitor.sees(far.short_name)
    visitor.page.locator("table.queue a.ds-button").click()
    visitor.look()
    visitor.sees(*sentences(printed, "?"))
