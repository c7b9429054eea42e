"""The log of contacts: one tap is enough, today's row can be put right, and a line of one's own stays the advisor's."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from audit.models import Event, Read
from cooperation import access, actions, queries
from cooperation.models import Contact, ContactWith, Way
from employers.models import Employer
from jobseekers.actions import transfer
from jobseekers.states import NotThere, Refused
from tests.cooperation.conftest import Around
from tests.cooperation.test_plan import text
from tests.factories.accounts import MembershipFactory, browser, role_of
from tests.factories.cooperation import ContactFactory
from tests.factories.employers import EmployerFactory, WorkplaceFactory
from tests.factories.matching import make_pair
from tests.factories.meetings import gather, plan

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
LINE = "vill helst ses på biblioteket"
A_DAY = timedelta(days=1)


def page_of(around: Around) -> str:
    return reverse("person_contacts", args=[around.profile.pk])


@pytest.fixture
def employer(around: Around) -> Employer:
    """One of the advisor's employers: they are its named contact."""
    return EmployerFactory(name="Lindängens Handelsträdgård", contact=around.advising.user)


@pytest.mark.parametrize("way", Way.values)
def test_one_tap_notes_a_contact_with_the_person(around: Around, now: datetime, way: str) -> None:
    assert around.client("advisor").post(page_of(around), {"add": way}).status_code == 303
    made = Contact.objects.get()
    assert (made.way, made.contact_with, made.profile_id, made.at, made.by_id) == (
        way,
        ContactWith.PERSON,
        around.profile.pk,
        now,
        around.advisor.user_id,
    )
    event = Event.objects.get(what="contact_noted")
    assert (event.subject_id, event.after) == (str(made.pk), way)


def test_the_second_press_notes_nothing(around: Around, frozen: time_machine.Traveller) -> None:
    client = around.client("advisor")
    for _ in range(2):
        client.post(page_of(around), {"add": "phone"})
    assert Contact.objects.count() == 1
    frozen.shift(120)
    client.post(page_of(around), {"add": "phone"})
    assert Contact.objects.count() == 2


def test_what_no_button_says_is_not_noted(around: Around) -> None:
    assert around.client("advisor").post(page_of(around), {"add": "telepathy"}).status_code == 200
    assert not Contact.objects.exists()


def test_with_an_employer_for_the_person_and_with_another_agency(around: Around, employer: Employer, now: datetime) -> None:
    client, given = around.client("advisor"), {"way": "phone", "day": "2026-11-23", "line": LINE}
    employers = {**given, "contact_with": "employer", "employer": str(employer.pk)}
    assert client.post(page_of(around), employers).status_code == 303
    assert client.post(page_of(around), {**given, "contact_with": "agency", "agency": "skolkuratorn"}).status_code == 303
    assert client.post(page_of(around), {**given, "contact_with": "agency"}).status_code == 200  # who?
    assert client.post(page_of(around), {**employers, "employer": str(EmployerFactory().pk)}).status_code == 200  # not of the list
    assert client.post(page_of(around), {**employers, "day": "2026-11-25"}).status_code == 200  # tomorrow
    first, second = Contact.objects.order_by("contact_with")
    assert (first.sealed["agency"], second.employer, localdate(second.at)) == ("skolkuratorn", employer, localdate(now) - A_DAY)
    shown = text(client.get(page_of(around)).content)
    assert all(words in shown for words in (LINE, "skolkuratorn", employer.name, "Rätta"))


def test_the_line_is_read_once_more(around: Around) -> None:
    given = {"way": "phone", "day": "2026-11-24", "line": "Har fått en diagnos", "contact_with": "person"}
    assert around.client("advisor").post(page_of(around), given).status_code == 200
    assert around.client("advisor").post(page_of(around), {**given, "keep": "on"}).status_code == 303


def test_the_person_reads_who_when_and_how_and_not_the_line(around: Around, employer: Employer, now: datetime) -> None:
    actions.note_contact("phone", profile_id=around.profile.pk, line=LINE, by=around.advisor, at=now)
    actions.note_contact("workplace", profile_id=around.profile.pk, employer_id=employer.pk, line=LINE, by=around.advisor, at=now)
    shown = text(around.client("person").get(reverse("my_plan")).content)
    advisor = around.advising.user.get_full_name()
    assert all(words in shown for words in ("Pratade i telefon", "Träffades på arbetsplatsen", advisor, employer.name, "24 november 2026"))
    assert LINE not in shown


def test_the_writer_puts_it_right_the_same_day_and_not_the_next(around: Around, now: datetime, frozen: time_machine.Traveller) -> None:
    made = actions.note_contact("phone", profile_id=around.profile.pk, by=around.advisor, at=now)
    path = reverse("contact", args=[made.pk])
    assert around.client("advisor").get(path).status_code == 200
    assert Read.objects.about(around.profile.pk).get().page == "contacts"
    given = {"way": "video", "day": "2026-11-23", "line": LINE}
    assert around.client("advisor").post(path, given).url == page_of(around)  # type: ignore[attr-defined] # a redirect
    made.refresh_from_db()
    assert (made.way, made.sealed["line"], localdate(made.at)) == ("video", LINE, localdate(now) - A_DAY)
    event = Event.objects.get(what="contact_corrected")
    assert (event.before, event.after) == ("phone", "video")
    frozen.shift(A_DAY)
    assert around.client("advisor").post(path, given).status_code == 404
    with pytest.raises(NotThere):
        actions.remove_contact(made.pk, by=around.advisor, at=now + A_DAY)


def test_what_was_noted_by_mistake_is_taken_away(around: Around, now: datetime) -> None:
    made = actions.note_contact("phone", profile_id=around.profile.pk, by=around.advisor, at=now)
    around.client("advisor").post(reverse("contact", args=[made.pk]), {"remove": "1"})
    assert not Contact.objects.exists()
    assert Event.objects.filter(what="contact_removed", subject_id=str(made.pk)).exists()


@pytest.mark.parametrize("who", ["another advisor", "a colleague"])
def test_case_2_another_advisor_sees_and_notes_no_contact(around: Around, now: datetime, who: str) -> None:
    made = actions.note_contact("phone", profile_id=around.profile.pk, line=LINE, by=around.advisor, at=now)
    client = around.client(who)
    for path in (page_of(around), reverse("contact", args=[made.pk])):
        assert client.get(path).status_code == 404
        assert client.post(path, {"add": "phone", "remove": "1"}).status_code == 404
    role = role_of(around.strangers[who])
    for refused in (
        lambda: actions.note_contact("phone", profile_id=around.profile.pk, by=role, at=now),
        lambda: actions.remove_contact(made.pk, by=role, at=now),
        lambda: actions.correct_contact(made.pk, way="video", line="", on=localdate(now), by=role, at=now),
    ):
        with pytest.raises(NotThere):
            refused()
    assert Contact.objects.get().way == "phone"


@pytest.mark.parametrize("who", ["employer", "coordinator", "person"])
def test_nobody_else_has_the_pages(around: Around, employer: Employer, who: str, now: datetime) -> None:
    made = actions.note_contact("phone", profile_id=around.profile.pk, by=around.advisor, at=now)
    client, role = around.client(who), role_of({"person": around.seeking, **around.strangers}[who])
    addresses = [page_of(around), reverse("contact", args=[made.pk]), reverse("advisor_employers")]
    for path in [*addresses, reverse("advisor_employer", args=[employer.pk])]:
        assert client.get(path).status_code == 403
    with pytest.raises(NotThere):
        actions.note_contact("phone", employer_id=employer.pk, by=role, at=now)
    assert access.portfolio(by=role, at=now) == access.contacts_with(employer.pk, by=role, at=now) == []


def test_who_gets_the_person_reads_on_and_who_had_them_does_not(around: Around, now: datetime) -> None:
    made = actions.note_contact("phone", profile_id=around.profile.pk, line=LINE, by=around.advisor, at=now)
    colleague = around.strangers["a colleague"]
    transfer(around.profile.pk, to=colleague.user_id, by=role_of(around.strangers["coordinator"]), at=now)
    assert LINE in text(around.client("a colleague").get(page_of(around)).content)
    for path in (page_of(around), reverse("contact", args=[made.pk])):
        assert around.client("advisor").get(path).status_code == 404


def test_a_contact_is_with_somebody_at_a_place_that_fits(around: Around, now: datetime) -> None:
    """The database says so too."""
    for wrong in ({"employer": EmployerFactory()}, {"where": "online"}, {"how": "phone"}, {"back_by": localdate(now)}, {"missed": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ContactFactory(profile=around.profile, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactFactory(with_employer=True, employer=None)
    with pytest.raises(Refused):
        actions.note_contact("phone", by=around.advisor, at=now)
    with pytest.raises(NotThere):
        actions.note_contact("phone", employer_id=uuid4(), by=around.advisor, at=now)
    employer, elsewhere = EmployerFactory(), WorkplaceFactory()
    with pytest.raises(NotThere):
        actions.note_contact("phone", employer_id=employer.pk, workplace_id=elsewhere.pk, by=around.advisor, at=now)


def test_the_line_is_sealed(around: Around, now: datetime) -> None:
    actions.note_contact("phone", profile_id=around.profile.pk, agency="skolkuratorn", line=LINE, by=around.advisor, at=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM cooperation_contact")
        row = bytes(cursor.fetchone()[0])
    assert not [word for word in (LINE, "skolkuratorn") if word.encode() in row]


def test_missed_meetings_ask_for_other_ways_until_somebody_reaches_the_person(around: Around, now: datetime) -> None:
    pk, client = around.profile.pk, around.client("advisor")
    assert queries.missed_of(around.profile) is None
    for n, way in enumerate(("missed", "no_answer", "message", "missed")):
        actions.note_contact(way, profile_id=pk, by=around.advisor, at=now - 4 * A_DAY + n * A_DAY)
    found = queries.missed_of(around.profile)
    assert found
    assert (found.meetings, found.tries, found.untried, found.many) == (2, 3, ("others",), False)
    shown = text(client.get(page_of(around)).content)
    assert "2 möten blev inte av" in shown
    assert "Stödet upphör aldrig bara för att möten inte blev av." in shown
    actions.note_contact("phone", profile_id=pk, agency="boendestödet", by=around.advisor, at=now)
    found = queries.missed_of(around.profile)
    assert found
    assert (found.untried, found.many) == ((), True)
    actions.note_contact("phone", profile_id=pk, by=around.advisor, at=now + A_DAY)
    assert queries.missed_of(around.profile) is None
    assert "blev inte av" not in text(client.get(reverse("person_plan", args=[pk])).content)


def test_the_clock_of_the_first_contact_with_an_employer(around: Around, employer: Employer, now: datetime) -> None:
    around.profile.enrolled_at = now - 31 * A_DAY
    around.profile.save()
    clock = queries.search_clock(around.profile, now)
    assert (clock.due, clock.first, clock.late) == (localdate(now) - A_DAY, None, True)
    assert "Ingen kontakt med en arbetsgivare än" in text(around.client("advisor").get(page_of(around)).content)
    for way in ("message", "no_answer"):  # nobody was reached
        actions.note_contact(way, profile_id=around.profile.pk, employer_id=employer.pk, by=around.advisor, at=now)
    actions.note_contact("phone", employer_id=employer.pk, by=around.advisor, at=now - 9 * A_DAY)  # for nobody
    assert queries.search_clock(around.profile, now).first is None
    actions.note_contact(
        "phone", profile_id=around.profile.pk, employer_id=employer.pk, on=localdate(now) - 2 * A_DAY, by=around.advisor, at=now
    )
    clock = queries.search_clock(around.profile, now)
    assert (clock.first, clock.late) == (localdate(now) - 2 * A_DAY, False)


def test_an_introduction_is_a_contact_with_an_employer(now: datetime) -> None:
    pair = make_pair()
    pair.introduce(now)
    assert queries.search_clock(pair.profile, now).first == localdate(now)


def test_the_timeline_is_one_list(now: datetime) -> None:
    pair = make_pair()
    door = pair.introduce(now - 3 * A_DAY)
    actions.note_contact("phone", profile_id=pair.profile.pk, line=LINE, by=pair.advisor, at=now)
    step = actions.add_step(pair.profile.pk, words="Ringa", side="person", by=pair.jobseeker, at=now)
    actions.set_done(step.pk, True, by=pair.jobseeker, at=now + timedelta(hours=1))
    more = [queries.Happening(now - A_DAY, "placement", "Praktiken började")]
    found = queries.timeline(pair.profile, now, reader_id=pair.advisor.user_id, more=more)
    assert [one.kind for one in found] == ["step", "contact", "placement", "opened", "enrolled"]
    assert (found[1].line, found[1].correctable, found[3].pk) == (LINE, True, door.pk)
    assert not queries.timeline(pair.profile, now, reader_id=0)[1].correctable


def test_meetings_stand_in_the_timeline_when_they_are_over(now: datetime) -> None:
    one = gather(now)
    one.invite(now)
    off, ahead = plan(one.pair, now), plan(one.pair, now, starts=now + 20 * A_DAY)
    actions.cancel_meeting(off.pk, by=one.advisor, at=now)
    later = one.meeting.ends + timedelta(minutes=1)
    actions.hold_meeting(one.meeting.pk, [one.person.pk], by=one.advisor, at=later)
    found = queries.timeline(one.profile, later, reader_id=one.advisor.user_id)
    assert {one.pk: one.kind for one in found if one.kind.startswith("meeting")} == {one.meeting.pk: "meeting", off.pk: "meeting_off"}
    shown = browser(one.advisor.user_id).get(reverse("person_contacts", args=[one.profile.pk])).content.decode()
    assert "inställt" in shown
    assert reverse("advisor_meeting", args=[one.meeting.pk]) in shown
    assert reverse("advisor_meeting", args=[ahead.pk]) not in shown


def test_what_the_method_counts(around: Around, now: datetime) -> None:
    """A Tuesday: the week began yesterday."""
    mine = {"by": around.advising.user, "team": around.advising.team}
    for n, way in enumerate((Way.WORKPLACE, Way.COMMUNITY, Way.OFFICE, Way.PHONE, Way.MISSED)):
        ContactFactory(with_employer=True, way=way, at=now - timedelta(minutes=n), **mine)
    ContactFactory(with_employer=True, at=now - 2 * A_DAY, **mine)  # last week
    ContactFactory(with_employer=True, at=now)  # somebody else's
    ContactFactory(profile=around.profile, at=now)  # a person, at the office
    ContactFactory(profile=around.profile, at=now - 29 * A_DAY, way=Way.COMMUNITY)  # long ago
    counts = queries.counts_of(around.advisor.user_id, around.advisor.team_key, now)
    assert (counts.faces, counts.outside, counts.met, counts.of_100, counts.inside) == (3, 3, 5, 60, True)
    empty = queries.counts_of(MembershipFactory(advisor=True).user_id, around.advisor.team_key, now)
    assert (empty.faces, empty.of_100, empty.inside) == (0, 0, False)


def test_visits_before_the_first_placement_are_days(employer: Employer, now: datetime) -> None:
    for days, way in ((1, Way.WORKPLACE), (1, Way.WORKPLACE), (5, Way.WORKPLACE), (6, Way.OFFICE), (7, Way.MISSED)):
        ContactFactory(with_employer=True, employer=employer, way=way, at=now - days * A_DAY)
    assert queries.visits_before(employer.pk) == 2
    assert queries.visits_before(employer.pk, localdate(now) - 3 * A_DAY) == 1
