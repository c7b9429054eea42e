"""The advisor's employers: who is among them, what waits on both sides, and a visit in one tap. Nobody's name stands there."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from audit.models import Event, Read
from cooperation import access, actions
from cooperation.models import Contact
from employers.actions import ask_about
from employers.models import Employer, Evidence, WorkplaceOffer
from employers.queries import contact_of, contacts_of
from jobseekers.states import NotThere
from tests.cooperation.conftest import Around
from tests.cooperation.test_plan import text
from tests.factories.accounts import MembershipFactory, browser, role_of
from tests.factories.cooperation import ContactFactory
from tests.factories.employers import EmployerFactory, WorkplaceFactory
from tests.factories.matching import make_pair

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
A_DAY = timedelta(days=1)
LINE, NAME = "chefen slutar i januari", "Lindängens Handelsträdgård"
FEW, MANY = 3, 40


@pytest.fixture
def employer(around: Around) -> Employer:
    return EmployerFactory(name=NAME, contact=around.advising.user)


def page_of(employer: Employer) -> str:
    return reverse("advisor_employer", args=[employer.pk])


def test_a_visit_in_one_tap_and_with_words(around: Around, employer: Employer, now: datetime) -> None:
    client, site = around.client("advisor"), WorkplaceFactory(employer=employer, name="Växthuset")
    assert client.post(page_of(employer), {"add": "workplace"}).status_code == 303
    given = {"way": "workplace", "workplace": str(site.pk), "day": "2026-11-20", "line": LINE, "back_by": "2026-11-27"}
    assert client.post(page_of(employer), given).status_code == 303
    assert client.post(page_of(employer), {**given, "workplace": str(WorkplaceFactory().pk)}).status_code == 200
    shown = text(client.get(page_of(employer)).content)
    assert all(
        words in shown for words in ("Träffades på arbetsplatsen, Växthuset", LINE, "Lovade att höra av sig senast 27 november", "2 dagar")
    )
    assert Contact.objects.count() == 2
    assert not Read.objects.filter(refused=False).exists()  # the page is about no person


def test_a_promise_is_kept_by_anybody_of_the_team(around: Around, employer: Employer, now: datetime) -> None:
    made = actions.note_contact("phone", employer_id=employer.pk, back_by=localdate(now) - A_DAY, by=around.advisor, at=now)
    assert access.portfolio(by=around.advisor, at=now)[0].back_late
    back = reverse("advisor_employer_back", args=[employer.pk, made.pk])
    assert around.client("another advisor").post(back).status_code == 404
    for _ in range(2):
        assert around.client("a colleague").post(back).status_code == 303
    assert Event.objects.filter(what="came_back").count() == 1
    assert access.portfolio(by=around.advisor, at=now)[0].back_by is None
    assert "Hörde av sig" in text(around.client("advisor").get(page_of(employer)).content)


def test_the_promise_is_put_right_the_same_day(around: Around, employer: Employer, now: datetime) -> None:
    made = actions.note_contact("phone", employer_id=employer.pk, by=around.advisor, at=now)
    given = {"way": "phone", "day": "2026-11-24", "line": "", "back_by": "2026-12-01"}
    answer = around.client("advisor").post(reverse("contact", args=[made.pk]), given)
    assert answer.url == page_of(employer)  # type: ignore[attr-defined] # a redirect
    assert Contact.objects.get().back_by == localdate(now) + 7 * A_DAY


def test_who_is_in_the_portfolio(around: Around, employer: Employer, now: datetime) -> None:
    """Employers of one's introductions, of one's contacts, and those whose named contact one is. The longest untouched comes first."""
    pair = make_pair(advised_by=around.advising)
    pair.introduce(now)
    noted = EmployerFactory()
    ContactFactory(with_employer=True, employer=noted, by=around.advising.user, team=around.advising.team, at=now)
    ContactFactory(with_employer=True, employer=EmployerFactory())  # somebody else's
    rows = access.portfolio(by=around.advisor, at=now)
    assert {row.pk for row in rows} == {employer.pk, pair.employer.pk, noted.pk}
    assert (rows[-1].pk, rows[-1].last) == (noted.pk, now)
    assert [row.answer_by is not None for row in rows if row.pk == pair.employer.pk] == [True]


def test_what_waits_and_what_has_been_seen(around: Around, now: datetime) -> None:
    pair = make_pair(advised_by=around.advising, needs={"sens.quiet": "must"})
    door = pair.introduce(now)
    ask_about(pair.posting.pk, by=around.advisor, at=now, code="hours")
    for code, evidence in (("sens.quiet", Evidence.VISITED),):
        WorkplaceOffer.objects.create(workplace=pair.posting.workplace, need_id=code, answer="yes", evidence=evidence, at=now)
    later = now + 30 * A_DAY
    row = access.portfolio(by=around.advisor, at=later)[0]
    assert (row.questions, row.seen, row.answer_by, row.answer_late) == (1, 1, door.answer_by, True)
    shown = text(around.client("advisor").get(page_of(pair.employer)).content)
    assert "Kan tiderna börja lägre?" in shown
    assert pair.profile.name not in shown
    assert pair.profile.first_name not in shown


def test_a_colleague_reads_that_there_was_a_contact_and_not_for_whom(around: Around, employer: Employer, now: datetime) -> None:
    actions.note_contact("phone", employer_id=employer.pk, line=LINE, by=around.advisor, at=now)
    theirs = "för vår nya deltagare"
    actions.note_contact("video", profile_id=around.profile.pk, employer_id=employer.pk, line=theirs, by=around.advisor, at=now)
    colleague = text(around.client("a colleague").get(page_of(employer)).content)
    assert LINE in colleague
    assert "För någon vi hjälper." in colleague
    assert theirs not in colleague
    assert around.profile.first_name not in colleague
    assert theirs in text(around.client("advisor").get(page_of(employer)).content)
    assert LINE not in text(around.client("another advisor").get(page_of(employer)).content)  # another team notes for itself


def test_an_employer_that_nobody_knows_yet_is_found_by_name_or_number(around: Around, now: datetime) -> None:
    found = EmployerFactory(name="Fristads Bageri", number="5560004615", city="Fristad")
    client, path = around.client("advisor"), reverse("advisor_employers")
    for asked in ("bageri", "556000-4615"):
        page = client.get(path, {"q": asked}).content.decode()
        assert page_of(found) in page, asked
    for nothing in ("x", "Ingen AB"):
        assert "Ingen med det namnet" in client.get(path, {"q": nothing}).content.decode()
    assert page_of(found) not in client.get(path).content.decode()


def test_the_named_contact_is_the_one_whom_the_employer_reads(around: Around, employer: Employer, now: datetime) -> None:
    assert around.advising.user.get_full_name() in text(around.client("a colleague").get(page_of(employer)).content)
    assert contacts_of([employer.pk, EmployerFactory().pk], at=now) == {employer.pk: around.advising.user}
    around.advising.until = now - A_DAY
    around.advising.save()
    assert contact_of(employer.pk, at=now) is None
    assert "Den här arbetsgivaren har ingen namngiven kontakt." in text(around.client("a colleague").get(page_of(employer)).content)


def test_no_page_of_an_employer_tells_of_a_contact(around: Around, now: datetime) -> None:
    pair = make_pair(advised_by=around.advising)
    actions.note_contact("workplace", profile_id=pair.profile.pk, employer_id=pair.employer.pk, line=LINE, by=around.advisor, at=now)
    actions.add_step(pair.profile.pk, words=LINE, side="employer", who="handledaren", by=around.advisor, at=now)
    theirs = browser(pair.member.user_id)
    for name in ("employer_home", "employer_postings", "employer_introductions", "workplaces", "employer_settings"):
        page = theirs.get(reverse(name), follow=True).content.decode()
        assert not [word for word in (LINE, "Träffades på arbetsplatsen", pair.profile.first_name) if word in page], name


def test_come_back_is_for_a_promise(around: Around, employer: Employer, now: datetime) -> None:
    made = actions.note_contact("phone", employer_id=employer.pk, by=around.advisor, at=now)
    with pytest.raises(NotThere):
        actions.come_back(made.pk, by=around.advisor, at=now)
    promised = actions.note_contact("video", employer_id=employer.pk, back_by=localdate(now), by=around.advisor, at=now)
    with pytest.raises(NotThere):
        actions.come_back(promised.pk, by=role_of(around.strangers["employer"]), at=now)


def more(around: Around, first: int, last: int, now: datetime, visited: Employer) -> None:
    """On every list one row more for each number."""
    for n in range(first, last):
        by = {"by": around.advising.user, "team": around.advising.team, "at": now - timedelta(minutes=n)}
        ContactFactory(with_employer=True, employer=EmployerFactory(name=f"Rad {n}", contact=around.advising.user), **by)
        ContactFactory(with_employer=True, employer=visited, line=f"Rad {n}", **by)
        ContactFactory(profile=around.profile, line=f"Rad {n}", at=now - timedelta(minutes=n))
        actions.add_step(around.profile.pk, words=f"Rad {n}", side="person", by=around.person, at=now)


def test_lists_do_not_grow(around: Around, employer: Employer, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("contacts", "employers"):
        monkeypatch.setattr(f"cooperation.views.{module}.PER_PAGE", MANY * 3)
    paths = {
        reverse("advisor_employers"): "advisor",
        page_of(employer): "advisor",
        reverse("person_contacts", args=[around.profile.pk]): "advisor",
        reverse("person_plan", args=[around.profile.pk]): "advisor",
        reverse("my_plan"): "person",
    }
    counts: dict[str, list[int]] = {path: [] for path in paths}
    for first, last in ((0, FEW), (FEW, MANY)):
        more(around, first, last, now, employer)
        for path, who in paths.items():
            client = around.client(who)
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                page = client.get(path).content.decode()
            assert page.count("Rad ") >= last, path
            counts[path].append(len(asked))
    assert {path: few for path, (few, _) in counts.items()} == {path: many for path, (_, many) in counts.items()}


def test_a_new_day_has_no_row_to_put_right(around: Around, employer: Employer, now: datetime, frozen: time_machine.Traveller) -> None:
    actions.note_contact("phone", employer_id=employer.pk, by=around.advisor, at=now)
    assert "Rätta" in text(around.client("advisor").get(page_of(employer)).content)
    frozen.shift(A_DAY)
    assert "Rätta" not in text(around.client("advisor").get(page_of(employer)).content)


def test_two_roles_of_one_advisor_do_not_mix(around: Around, employer: Employer, now: datetime) -> None:
    """Who works for two teams has the log of each for itself."""
    elsewhere = role_of(MembershipFactory(advisor=True, user=around.advising.user))
    actions.note_contact("phone", employer_id=employer.pk, line=LINE, by=around.advisor, at=now)
    assert access.contacts_with(employer.pk, by=elsewhere, at=now) == []
    assert access.portfolio(by=elsewhere, at=now)[0].last is None
