"""A joint meeting on a phone, each step by whom it belongs to: planned, asked about, said yes to, answered by a professional who has only
the link of a letter, held, and read about."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from cooperation.models import Meeting, Party
from tests.factories.matching import make_pair
from tests.journeys.world import OnThePhone, deliver

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("console")]
PETRA = "petra@example.com"
WORDS = {
    "sv": {
        "country": "SE",
        "type": "se_several",
        "save": "Spara mötet",
        "waits": "Väntar på ditt svar",
        "invite": "Skicka inbjudningarna",
        "trust": "Bara du har den här länken",
        "coming": "Du har sagt att du kommer.",
        "opened": "Någon med länken i en inbjudan",
        "over": "Mötet har hållits",
    },
    "nb": {
        "country": "NO",
        "type": "no_working",
        "save": "Lagre møtet",
        "waits": "Venter på svaret ditt",
        "invite": "Send invitasjonene",
        "trust": "Bare du har denne lenken",
        "coming": "Du har sagt at du kommer.",
        "opened": "Noen med lenken i en invitasjon",
        "over": "Møtet er holdt",
    },
}


class Journey(OnThePhone):
    """One meeting, one language, one phone."""

    def __init__(self, page: Page, url: str, axe: Callable[[Page], None], language: str) -> None:
        super().__init__(page, url, axe, language)
        self.language, self.words = language, WORDS[language]
        self.pair = make_pair(country=self.words["country"])
        self.advisor, self.person = self.pair.profile.advisor, self.pair.profile.user
        User.objects.update(language=language)

    @property
    def meeting(self) -> Meeting:
        return Meeting.objects.get()

    @property
    def petra(self) -> Party:
        return Party.objects.get(kind="agency")

    def send(self) -> None:
        self.tap("main form button[type=submit]")

    def the_advisor_plans(self) -> None:
        self.visit(self.advisor, f"advisor/meetings/new/?person={self.pair.profile.pk}")
        self.page.locator("#id_type").select_option(self.words["type"])
        self.page.locator("input[name=purpose][value=next]").check()
        self.page.locator("input[name=where][value=place]").check()
        self.write(place=f"Hos {self.person.first_name}", day=(localdate() + timedelta(days=5)).isoformat(), start="13:30")
        self.send()
        expect(self.page.locator(".ds-error-summary")).to_be_focused()
        self.write(place="Storgatan 4")
        self.press(self.words["save"])
        self.visit(self.advisor, f"advisor/meetings/{self.meeting.pk}/agency/")
        self.write(name="Petra Nyström", agency="Vårdcentralen Ugglan", email=PETRA)
        self.page.locator(f"input[name=language][value={self.language}]").check()
        self.send()
        assert not Party.objects.invited().exists()
        self.send()  # "Ask …" is the one next thing on the page
        assert self.petra.asked_at

    def the_person_says_yes(self) -> None:
        deliver()
        assert [one.to for one in mail.outbox if one.attachments] == [], "nobody but the person has heard of it"
        self.visit(self.person, "me/meetings/")
        self.sees(self.words["waits"])
        self.tap("main ul.tasks a")
        self.sees("Petra Nyström", "Vårdcentralen Ugglan", "Storgatan 4")
        self.tap("button[name=answer][value=yes]")
        assert self.petra.said == "yes"

    def the_advisor_invites(self) -> None:
        self.visit(self.advisor, f"advisor/meetings/{self.meeting.pk}/invite/")
        self.sees("Petra Nyström")
        self.press(self.words["invite"])
        deliver()

    @property
    def link(self) -> str:
        """The address in the letter, below the language."""
        [letter] = [one for one in mail.outbox if one.to == [PETRA]]
        assert self.person.first_name not in letter.body
        found = re.search(rf"/{self.language}/(meetings/link/\S+)", letter.body)
        assert found, letter.body
        return found.group(1)

    def petra_answers(self) -> None:
        self.visit(None, self.link)
        self.sees("Storgatan 4", self.words["trust"])
        assert self.person.first_name not in self.page.locator("main").inner_text()
        assert self.petra.comes == "", "looking is no answer: a mail program that looks ahead says nothing"
        self.tap("button[name=comes][value=yes]")
        self.sees(self.words["coming"])
        assert self.petra.comes == "yes"

    def it_is_held(self) -> None:
        """The clock has come to it; who was there, what was decided, who does what."""
        begun = timezone.now() - timedelta(minutes=10)
        Meeting.objects.update(starts=begun, ends=begun + timedelta(hours=1))
        pk, petra = self.meeting.pk, str(self.petra.pk)
        self.visit(self.advisor, f"advisor/meetings/{pk}/held/")
        self.page.locator(f"input[name=there][value='{petra}']").check()
        self.send()
        self.visit(self.advisor, f"advisor/meetings/{pk}/note/")
        self.page.locator("input[name=kind][value=decision]").check()
        self.write(words="Två dagar i veckan")
        for party in Party.objects.exclude(kind="advisor"):
            self.page.locator(f"input[name=readers][value='{party.pk}']").check()
        self.send()
        self.visit(self.advisor, f"advisor/meetings/{pk}/task/")
        self.write(words="Skicka tiderna", due=(localdate() + timedelta(days=7)).isoformat())
        self.page.locator("#id_owner").select_option(petra)
        self.send()
        self.sees("Två dagar i veckan", "Skicka tiderna")

    def all_read(self) -> None:
        self.visit(None, self.link)
        self.sees("Två dagar i veckan", "Skicka tiderna")
        self.visit(self.person, f"me/meetings/{self.meeting.pk}/")
        self.sees("Två dagar i veckan", "Skicka tiderna", self.words["over"])
        self.visit(self.person, "me/seen/")
        self.sees(self.words["opened"])


@pytest.mark.parametrize("language", ["sv", "nb"])
def test_a_joint_meeting_on_a_phone(page: Page, live_server: LiveServer, axe: Callable[[Page], None], language: str) -> None:
    journey = Journey(page, live_server.url, axe, language)
    journey.the_advisor_plans()
    journey.the_person_says_yes()
    journey.the_advisor_invites()
    journey.petra_answers()
    journey.it_is_held()
    journey.all_read()
