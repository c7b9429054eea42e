"""The world that the walk of a meeting goes through: everybody who may try something, a worker with many hands, and a ledger of its own."""

import contextlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import initialize

from accounts.models import Membership
from cooperation import actions
from cooperation.models import Meeting, Party, digest_of
from jobseekers import actions as people
from matching import actions as matching
from outbox import actions as outbox
from outbox.models import Letter
from tests.cooperation.meeting_mail import A_MINUTE, address, is_welcome
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.matching import make_pair
from tests.factories.meetings import CLINIC, PLACE, Gathered, gather, terms
from tests.factories.races import REFUSALS
from tests.journeys.world import carry_facts

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PLACES = (PLACE, "Hamngatan 1", "Kyrkbacken 9")
SCHOOL = {"name": "Sigrid Alm", "agency": "Lärcentrum", "email": "sigrid@example.com", "language": "nb"}
TOLD = {"channel": "phone", "why": "asked"}
WHO = ("advisor", "jobseeker", "member", "second", "stranger")
who = st.sampled_from([*3 * WHO[:1], *WHO[:2], *WHO])
which = st.sampled_from(["agency", "member", "agency", "member", "school"])
OFTEN = ("ask", "answer", "answer", "invite", "change", "deliver", "deliver", "sent_while", "move_away")
SELDOM = ("come", "note", "task", "drop", "add", "hand_over", "facts", "close", "leave_work", "rest", "remind", "time", "hold", "cancel")
AROUND = ("deliver", "sent_while", "facts", "leave_work", "time")  # they change something without being let through


class Killed(BaseException):
    """A worker is killed: nothing of it is caught."""


class World:
    """`said`: the last answer of the person to each party, as it was given here. `heard`: what each address has been sent of when and
    where. `asked`: to whom an invitation has gone, or may have gone."""

    at: datetime
    whole: Gathered
    touched = True  # since the promises were looked at: a refused step changes nothing

    @initialize(begun=st.sampled_from([2, 1, 2, 0, 1]))
    def meet(self, begun: int) -> None:
        """0: planned; 1: invited; 2: and told."""
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.at, self.said, self.heard = START, {}, {}
        self.asked: set[str] = set()
        self.links: set[tuple[UUID, str, Any]] = set()
        self.clock = time_machine.travel(START, tick=False)
        self.traveller = self.clock.start()
        self.whole = gather(START)
        team = self.whole.profile.team
        self.leads = role_of(MembershipFactory(kind="coordinator", team=team))
        self.second = role_of(MembershipFactory(advisor=True, team=team))
        self.strangers = make_pair()
        self.parties = {"agency": self.whole.agency.pk, "member": self.whole.member.pk}
        Letter.objects.all().delete()
        mail.outbox.clear()
        if begun:
            self.whole.invite(START)
            self.said = dict.fromkeys(self.parties.values(), True)
        if begun > 1:
            self.deliver("", "", True, 9)

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            try:
                self.settle()
            finally:
                self.clock.stop()
                transaction.set_rollback(True)
                self.undo.__exit__(None, None, None)

    def settle(self) -> None:
        raise NotImplementedError

    # Who is who, and what is let through.

    @property
    def pk(self) -> UUID:
        return self.whole.meeting.pk

    def meeting(self) -> Meeting:
        return Meeting.objects.select_related("profile").get(pk=self.pk)

    def role(self, name: str) -> Any:
        pair = self.whole.pair
        roles = {"advisor": pair.advisor, "jobseeker": pair.jobseeker, "member": pair.member, "second": self.second}
        return roles.get(name) or self.strangers.advisor

    def helps(self, name: str) -> bool:
        return bool(self.role(name).user_id == self.meeting().profile.advisor_id)

    @property
    def helper(self) -> str:
        return "second" if self.helps("second") else "advisor"

    def attempt(self, step: Callable[..., object], *args: object, may: bool, **more: object) -> bool:
        """Whether it was let through: never for somebody who may not. Anything but a refusal is a fault."""
        done = False
        with contextlib.suppress(*REFUSALS), transaction.atomic():
            step(*args, at=self.at, **more)
            done = self.touched = True
        assert may or not done, (step, "was let through")
        return done

    def tick(self, by: timedelta = A_MINUTE) -> None:
        self.at += by
        self.traveller.move_to(self.at)

    # What anybody can try.

    def ask(self, by: str, *_: object) -> None:
        self.attempt(actions.ask_person, self.pk, by=self.role(by), may=self.helps(by))

    def answer(self, by: str, party: str, yes: bool, _: int) -> None:
        told = {} if by == "jobseeker" else TOLD
        pk = self.parties.get(party)
        if pk and self.attempt(actions.answer_party, pk, yes, by=self.role(by), may=by == "jobseeker" or self.helps(by), **told):
            self.said[pk] = yes

    def invite(self, by: str, *_: object) -> None:
        self.attempt(actions.invite, self.pk, by=self.role(by), may=self.helps(by))

    def change(self, by: str, _party: str, yes: bool, n: int) -> None:
        where = terms(self.at + timedelta(days=n - 1, hours=n), place=PLACES[n % 3])
        self.attempt(actions.change_meeting, self.pk, where, by=self.role(by), may=self.helps(by))

    def move_away(self, _by: str, party: str, _yes: bool, n: int) -> None:
        """The person takes somebody out, and asks the advisor to meet elsewhere."""
        self.answer("jobseeker", party, False, n)
        self.tick()
        self.change(self.helper, party, False, n)

    def come(self, by: str, party: str, yes: bool, _: int) -> None:
        row = {"jobseeker": self.whole.person.pk, "member": self.parties.get("member")}.get(by) or self.parties.get(party)
        if row:
            own = Party.objects.filter(pk=row, user_id=self.role(by).user_id).exists()
            self.attempt(actions.answer_invitation, row, yes, by=self.role(by), may=own)

    def note(self, by: str, party: str, *_: object) -> None:
        readers = {self.parties.get(party)} - {None}
        self.attempt(actions.add_note, self.pk, "note", f"för {party}", readers, by=self.role(by), may=self.helps(by))

    def task(self, by: str, party: str, *_: object) -> None:
        if pk := self.parties.get(party):
            self.attempt(actions.add_task, self.pk, pk, f"gör {party}", self.at.date(), by=self.role(by), may=self.helps(by))

    def drop(self, by: str, party: str, *_: object) -> None:
        if (pk := self.parties.get(party)) and self.attempt(actions.drop_party, pk, by=self.role(by), may=self.helps(by)):
            del self.parties[party]

    def add(self, by: str, party: str, *_: object) -> None:
        """Somebody of an agency; the member stays or goes."""
        if party in self.parties or party == "member":
            return
        given = CLINIC if party == "agency" else SCHOOL
        if self.attempt(actions.add_agency, self.pk, **given, by=self.role(by), may=self.helps(by)):
            digest = digest_of({name: words for name, words in given.items() if name != "language"} | {"email": given["email"].lower()})
            self.parties[party] = Party.objects.get(meeting_id=self.pk, digest=digest).pk

    def hold(self, by: str, *_: object) -> None:
        self.attempt(actions.hold_meeting, self.pk, set(self.parties.values()), by=self.role(by), may=self.helps(by))

    def cancel(self, by: str, _party: str, _yes: bool, n: int) -> None:
        if n < 5:
            self.attempt(actions.cancel_meeting, self.pk, by=self.role(by), may=self.helps(by))

    # What happens around it.

    def hand_over(self, _by: str, _party: str, yes: bool, _: int) -> None:
        """A coordinator gives the person another advisor, or the first one back; the worker may hear of it later."""
        to = self.second if yes else self.whole.pair.advisor
        self.attempt(people.transfer, self.whole.profile.pk, to=to.user_id, by=self.leads, may=True)

    def facts(self, *_: object) -> None:
        carry_facts()

    def close(self, _by: str, _party: str, _yes: bool, n: int) -> None:
        """The person takes back the yes to the card."""
        if n < 3:
            self.attempt(matching.withdraw, self.whole.door.consent_id, by=self.whole.pair.jobseeker, may=True)

    def leave_work(self, _by: str, _party: str, _yes: bool, n: int) -> None:
        if n < 3:
            Membership.objects.filter(user_id=self.whole.pair.member.user_id, kind="employer", until=None).update(until=self.at)

    def rest(self, _by: str, _party: str, yes: bool, _: int) -> None:
        self.attempt(people.pause if yes else people.resume, self.whole.profile.pk, by=self.whole.pair.jobseeker, may=True)

    def remind(self, *_: object) -> None:
        actions.remind(at=self.at)

    def time(self, _by: str, _party: str, yes: bool, n: int) -> None:
        """Some hours, or to the morning of the day before."""
        starts = self.meeting().starts
        morning = (starts - timedelta(days=1)).replace(hour=8, minute=30)
        self.tick(timedelta(hours=n) if yes or morning <= self.at else morning - self.at)

    # The worker.

    def deliver(self, _by: str, _party: str, _yes: bool, n: int) -> None:
        """One hand sends up to so many of what is due."""
        for letter in self.due()[: n + 1]:
            self.send(letter)

    def due(self) -> list[Letter]:
        return list(Letter.objects.due(self.at).filter(kind__startswith="meeting_").order_by("not_before", "created_at", "pk"))

    def sent_while(self, by: str, party: str, yes: bool, n: int) -> None:
        """Something happens between the writing of a letter and its sending; or the worker is killed, before or after. Letters to those
        who need a yes come first, and the answer in between is about them."""
        between = (*4 * ("answer",), "change", "change", "cancel", "hand_over")
        names = {pk: name for name, pk in self.parties.items()}
        for letter in sorted(self.due(), key=lambda one: one.about not in names)[:1]:
            if n < len(between):
                who_reads = names.get(letter.about, party)
                self.send(letter, partial(self.in_between, between[n], by, who_reads, yes and n == 0, n))
            else:
                self.send(letter, kill="before" if n == len(between) else "after")

    def in_between(self, step: str, by: str, party: str, yes: bool, n: int) -> None:
        """The person's answer, or what an advisor changes; and another hand of the worker comes round before the first is done."""
        getattr(self, step)("jobseeker" if step == "answer" else self.helper, party, yes, n)
        self.deliver(by, party, yes, 9)

    def send(self, letter: Letter, between: Callable[[], object] | None = None, kill: str = "") -> None:
        real, wrongs = outbox.send_out, list[AssertionError]()

        def hand_over(one: Letter, content: Any) -> None:
            with pytest.MonkeyPatch.context() as plain:
                plain.setattr(outbox, "send_out", real)
                try:
                    self.written(one, content)
                except AssertionError as wrong:  # the outbox lets no error out
                    wrongs.append(wrong)
                self.tick(timedelta(seconds=1))
                if between:
                    between()
            if kill == "before":
                raise Killed
            real(one, content)
            if kill:
                raise Killed

        with pytest.MonkeyPatch.context() as patched, contextlib.suppress(Killed):
            patched.setattr(outbox, "send_out", hand_over)
            outbox.send(str(letter.pk), at=self.at)
        for wrong in wrongs:
            raise wrong

    def written(self, letter: Letter, content: Any) -> None:
        """What a letter says at the moment when it is written; it may be sent some seconds later."""
        party = Party.objects.whole().filter(pk=letter.about).first()
        if party is None or party.meeting_id != self.pk or letter.kind in {"meeting_asked", "meeting_answered"}:
            return
        to = address(party)
        if letter.kind == "meeting_cancelled":
            assert to in self.asked, "of what they never heard"
            known = self.heard.get(to, set())
            assert [place for place in PLACES if place in content.text + content.calendar and place not in known] == []
            assert [day for day in re.findall(r"DTSTART[^:]*:(\S+)", content.calendar) if day not in known] == []
            return
        assert is_welcome(party, self.at), (letter.kind, party.kind, party.said)
        self.asked.add(to)
        self.heard.setdefault(to, set()).update({party.meeting.place, *re.findall(r"DTSTART[^:]*:(\S+)", content.calendar)})
        self.links |= {(party.pk, token, party.invited_at) for token in re.findall(r"/meetings/link/([^/\s]+)/", content.text)}
        if letter.kind == "meeting_reminder":
            zone, starts = party.meeting.zone, party.meeting.starts
            assert (starts.astimezone(zone).date() - self.at.astimezone(zone).date()).days == 1
            assert party.comes != "no"
