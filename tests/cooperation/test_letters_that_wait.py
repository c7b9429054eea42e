"""What leaves late says what is so for its reader."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from cooperation import actions
from cooperation.models import Meeting
from jobseekers.states import Refused
from outbox import actions as outbox
from outbox.models import Letter
from tests.cooperation.reading import AGENCY, deliver, event_of, said_in
from tests.factories.accounts import browser
from tests.factories.meetings import Gathered, gather, terms

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
OTHER_PLACE = "Hamngatan 1"


@pytest.fixture
def whole(db: None, now: datetime) -> Gathered:
    return gather(now)


class TestLettersThatWait:
    """What leaves late says what is so for its reader."""

    def test_case_35_a_party_that_is_out_does_not_learn_where_the_meeting_goes(self, whole: Gathered, now: datetime) -> None:
        """The person takes somebody out, and the meeting is moved, before the worker comes round."""
        whole.invite(now)
        deliver(now)
        whole.say(whole.agency, now, yes=False)
        later = now + timedelta(minutes=5)
        actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=5), place=OTHER_PLACE), by=whole.advisor, at=later)
        [letter] = deliver(later, AGENCY)
        told = said_in(letter)
        assert "METHOD:CANCEL" in told
        starts = Meeting.objects.get().starts
        assert [
            word
            for word in (OTHER_PLACE, f"{starts:%Y%m%d}", f"{starts.day} {'november' if starts.month == 11 else 'december'}")
            if word in told
        ] == []

    def test_who_has_heard_of_the_time_is_told_it_when_it_is_called_off(self, whole: Gathered, now: datetime) -> None:
        whole.invite(now)
        deliver(now)
        actions.cancel_meeting(whole.meeting.pk, by=whole.advisor, at=now)
        [letter] = deliver(now, AGENCY)
        assert "3 december 2026" in letter.body
        assert event_of(letter).decoded("dtstart") == whole.meeting.starts

    def test_a_calling_off_waits_for_an_invitation_that_is_on_its_way(self, whole: Gathered, now: datetime) -> None:
        """Else the invitation would come after it, and stand in the calendar."""
        whole.invite(now)
        on_its_way = Letter.objects.get(kind="meeting_invitation", about=whole.agency.pk)
        Letter.objects.filter(pk=on_its_way.pk).update(leased_until=now + timedelta(seconds=60), tries=1)
        whole.say(whole.agency, now, yes=False)
        assert deliver(now, AGENCY) == []
        calling_off = Letter.objects.get(kind="meeting_cancelled", about=whole.agency.pk)
        assert calling_off.done_at is None
        Letter.objects.filter(pk=on_its_way.pk).update(leased_until=None, done_at=now, outcome="sent")
        assert len(deliver(calling_off.not_before + timedelta(minutes=2), AGENCY)) == 1

    def test_a_second_change_while_the_first_is_on_its_way_is_sent_too(self, whole: Gathered, now: datetime) -> None:
        """A letter that is written and not yet sent holds the time before last."""
        whole.invite(now)
        deliver(now)
        actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=5)), by=whole.advisor, at=now)
        letter = Letter.objects.get(kind="meeting_changed", about=whole.agency.pk)
        written = outbox._written

        def moved_meanwhile(one: Letter) -> Any:
            content = written(one)
            if one.pk == letter.pk:
                later = now + timedelta(seconds=2)
                actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=6)), by=whole.advisor, at=later)
            return content

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(outbox, "_written", moved_meanwhile)
            outbox.send(str(letter.pk), at=now)
        [last] = deliver(now + timedelta(minutes=1), AGENCY)
        assert event_of(last).decoded("dtstart") == now + timedelta(days=6)

    def test_case_35_what_was_changed_while_a_letter_was_on_its_way_is_not_told_to_who_is_out(
        self, whole: Gathered, now: datetime, frozen: Any
    ) -> None:
        """The letter left after the change, with the words from before it; the second one no longer leaves."""
        whole.invite(now)
        letter, written = Letter.objects.get(kind="meeting_invitation", about=whole.agency.pk), outbox._written

        def moved_meanwhile(one: Letter) -> Any:
            content = written(one)
            if one.pk == letter.pk:
                frozen.shift(2)
                actions.change_meeting(
                    whole.meeting.pk, terms(now + timedelta(days=6), place=OTHER_PLACE), by=whole.advisor, at=now + timedelta(seconds=2)
                )
                frozen.shift(2)
            return content

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(outbox, "_written", moved_meanwhile)
            outbox.send(str(letter.pk), at=now)
        whole.say(whole.agency, now + timedelta(seconds=5), yes=False)
        [last] = deliver(now + timedelta(minutes=1), AGENCY)
        assert "METHOD:CANCEL" in said_in(last)
        assert OTHER_PLACE not in said_in(last)

    def test_an_invitation_that_has_not_left_tells_the_new_time_alone(self, whole: Gathered, now: datetime) -> None:
        """A second letter about a change would speak of a time that nobody has heard of."""
        whole.invite(now)
        actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=5)), by=whole.advisor, at=now)
        [letter] = deliver(now, AGENCY)
        assert event_of(letter).decoded("dtstart") == now + timedelta(days=5)
        actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=6)), by=whole.advisor, at=now)
        [letter] = deliver(now, AGENCY)
        assert "har fått ny tid" in letter.body

    def test_who_was_taken_out_stays_in_the_list_until_they_know(self, whole: Gathered, now: datetime) -> None:
        """Taking the row away would take the letter that calls it off with it, and what they have promised to do."""
        whole.invite(now)
        deliver(now)
        whole.say(whole.agency, now, yes=False)
        page, client = reverse("meeting_party", args=[whole.agency.pk]), browser(whole.advisor.user_id)
        with pytest.raises(Refused, match="told"):
            actions.drop_party(whole.agency.pk, by=whole.advisor, at=now)
        assert 'name="drop"' not in client.get(page).content.decode()
        assert len(deliver(now, AGENCY)) == 1
        assert 'name="drop"' in client.get(page).content.decode()
        actions.drop_party(whole.agency.pk, by=whole.advisor, at=now)

    def test_a_new_invitation_is_newer_than_the_calling_off(self, whole: Gathered, now: datetime) -> None:
        whole.invite(now)
        deliver(now)
        whole.say(whole.agency, now, yes=False)
        [gone] = deliver(now, AGENCY)
        whole.say(whole.agency, now)
        actions.invite(whole.meeting.pk, by=whole.advisor, at=now + timedelta(minutes=5))
        [asked] = deliver(now + timedelta(minutes=5), AGENCY)
        assert int(event_of(asked)["sequence"]) > int(event_of(gone)["sequence"])

    def test_a_person_who_said_yes_hears_of_another_time_before_anybody_is_invited(self, whole: Gathered, now: datetime) -> None:
        """They said yes to who comes to that hour and place."""
        actions.ask_person(whole.meeting.pk, by=whole.advisor, at=now)
        whole.say(whole.agency, now)
        deliver(now)
        actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=5)), by=whole.advisor, at=now)
        assert {one.to[0] for one in deliver(now)} == {whole.emails["person"]}

    def test_a_person_who_was_asked_hears_that_it_is_off(self, whole: Gathered, now: datetime) -> None:
        actions.ask_person(whole.meeting.pk, by=whole.advisor, at=now)
        deliver(now)
        actions.cancel_meeting(whole.meeting.pk, by=whole.advisor, at=now)
        assert {one.to[0] for one in deliver(now)} == {whole.emails["person"]}
