"""The whole cycle of a placement on a phone, each step by whom it belongs to: written, signed, begun, asked about, read, and ended."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.access import TERMS_VERSION
from accounts.models import Terms, User
from employers.models import Supervisor
from matching.models import Introduction
from placements import access, actions
from placements.access import links
from placements.models import CheckIn, Placement
from placements.states import Paper, Party, State
from tests.factories.matching import Pair
from tests.factories.placements import ADAPTED, agreed_pair, measure
from tests.journeys.world import PHONE, OnThePhone, deliver

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("console")]


class Cycle(OnThePhone):
    """One placement, one language, one phone."""

    def __init__(self, page: Page, url: str, axe: Callable[[Page], None], language: str) -> None:
        super().__init__(page, url, axe, language)
        self.pair: Pair
        self.door: Introduction
        self.pair, self.door = agreed_pair(timezone.now(), needs={ADAPTED: "must"})
        measure()
        posting = self.pair.posting
        posting.supervisor = Supervisor.objects.create(workplace=posting.workplace, name="Sara Nyström", title="förman")
        posting.save()
        Terms.objects.create(user_id=self.pair.member.user_id, version=TERMS_VERSION, at=timezone.now())
        self.advisor, self.person = self.pair.profile.advisor, self.pair.profile.user
        self.member = User.objects.get(pk=self.pair.member.user_id)

    @property
    def placement(self) -> Placement:
        return Placement.objects.get(introduction=self.door)

    def by_keyboard(self, selector: str) -> None:
        """The button takes the focus, and Enter presses it."""
        button = self.page.locator(selector).first
        button.focus()
        expect(button).to_be_focused()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()
        self.page.set_viewport_size(PHONE)

    def the_advisor_writes_and_sends(self) -> None:
        self.visit(self.advisor, f"advisor/introductions/{self.door.pk}/agreement/")
        self.tap("main form button[type=submit]")
        today = localdate()
        self.write(starts=today.isoformat(), ends=(today + timedelta(weeks=8)).isoformat(), hours="12", times="9.00–13.00")
        self.write(emergency_name="Ali Hassan", emergency_phone="070-174 06 99", goal1_words="Jag vill veta om jag orkar.")
        self.page.locator("#id_goal1").select_option("try")
        for day in ("mon", "wed", "fri"):
            self.page.locator(f"input[name=days][value={day}]").check()
        self.tap("main form button[type=submit]")
        self.tap("main form button[type=submit]")
        assert self.placement.versions.get().state == Paper.TO_SIGN

    def all_sign(self) -> None:
        pk = self.placement.pk
        self.visit(self.person, f"me/agreements/{pk}/sign/")
        assert self.page.locator("form.answers button:not([data-variant])").count() == 0, "both answers weigh the same"
        self.by_keyboard("button[name=answer][value=sign]")
        self.visit(self.member, f"employer/agreements/{pk}/sign/")
        self.tap("button[name=answer][value=employer]")
        self.by_keyboard("button[name=answer][value=supervisor]")
        self.visit(self.advisor, f"advisor/agreements/{pk}/approve/")
        self.tap("main form button[type=submit]")
        assert self.placement.state == State.APPROVED

    def it_begins(self) -> datetime:
        """The clock goes to the day of the first questions."""
        actions.tick(at=timezone.now())
        assert self.placement.state == State.RUNNING
        first = self.placement.check_ins.exclude(code="before").order_by("due").first()
        assert first is not None
        asked = timezone.now() + timedelta(days=(first.due - localdate()).days)
        actions.tick_check_ins(at=asked)
        return asked

    def row(self, party: Party) -> CheckIn:
        return self.placement.check_ins.get(party=party, state="sent")

    def both_answer(self) -> CheckIn:
        asked, supervised = self.row(Party.JOBSEEKER), self.row(Party.SUPERVISOR)
        self.visit(self.person, f"me/check-ins/{asked.pk}/")
        self._three_taps("bad", "no", "yes", send="mine")
        self.visit(None, f"check-ins/{access.token_of(links.CHECK_IN, supervised.pk)}/")
        assert self.person.first_name not in self.page.content()
        self._three_taps("well", "yes", "no", send="both")
        asked.refresh_from_db()
        supervised.refresh_from_db()
        assert (asked.colour, asked.private, supervised.colour, supervised.private) == ("red", True, "green", False)
        return asked

    def _three_taps(self, how: str, works: str, change: str, *, send: str) -> None:
        for name, value in {"how": how, "works": works, "change": change, "send": send}.items():
            self.by_keyboard(f"button[name={name}][value={value}]") if name == "works" else self.tap(f"button[name={name}][value={value}]")

    def the_advisor_reads(self, red: CheckIn) -> None:
        assert self.placement.tasks.open().filter(kind="red", about=red.pk).exists()
        self.visit(self.advisor, "advisor/check-ins/")
        self.visit(self.advisor, f"advisor/check-ins/{red.pk}/")
        self.page.locator("input[name=decision][value=called]").check()
        self.tap("form:has(input[name=decision]) button[type=submit]")
        assert not self.placement.tasks.open().exists()

    def the_person_ends_it(self) -> None:
        pk = self.placement.pk
        self.visit(self.member, f"employer/placements/{pk}/")
        assert "sens.quiet" not in self.page.content()
        self.visit(self.person, f"me/placements/{pk}/")
        self.visit(self.person, f"me/placements/{pk}/stop/")
        self.page.locator("input[name=why][value=suit]").check()
        self.write(last_day=localdate().isoformat())
        self.tap("main form button[type=submit]")
        done = self.placement
        assert (done.state, done.ended_by, done.ended_on) == (State.ENDED_EARLY, "jobseeker", localdate())


@pytest.mark.parametrize("language", ["sv", "nb"])
def test_the_whole_cycle_on_a_phone(page: Page, live_server: LiveServer, axe: Callable[[Page], None], language: str) -> None:
    cycle = Cycle(page, live_server.url, axe, language)
    cycle.the_advisor_writes_and_sends()
    cycle.all_sign()
    cycle.it_begins()
    cycle.the_advisor_reads(cycle.both_answer())
    cycle.the_person_ends_it()
    deliver()
    assert mail.outbox
    assert all(ADAPTED not in message.body for message in mail.outbox)
