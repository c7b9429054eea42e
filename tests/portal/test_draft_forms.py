"""Every form of the site: what may have been written in it comes back, what decides something never does."""

import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from jobseekers.models import CapOverride
from matching.models import Consent, Introduction, Suggestion
from portal import actions
from portal.keeping import NEVER
from portal.models import Draft
from taxonomy.actions import load_needs
from tests.factories.accounts import MembershipFactory
from tests.factories.matching import Pair
from tests.portal.conftest import AN_HOUR, SignIn, member, too_late

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WORDS = "Jag vill prova att odla, <och> mera"
OFFER = "Det du skrev här sist finns kvar."


@pytest.mark.parametrize("words", [{"answer": "yes", "card": "h"}, {"answer": "no", "card": "h"}, {"remove": "phone"}, {}])
def test_a_decision_is_never_kept(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair, words: dict[str, str]) -> None:
    pair.approve(timezone.now())
    path = f"/sv/me/suggestions/{pair.suggestion.pk}/consent/"
    client = signed_in(pair.profile.user)
    assert too_late(client, frozen, path, words).url == f"/sv/account/sign-in/?next={path}"
    assert not Draft.objects.exists()
    signed_in(pair.profile.user, client)
    client.get(f"{path}?kept=1")
    assert not Consent.objects.exists()
    assert Suggestion.objects.get().state == "approved"


def test_moves_that_close_something_are_never_kept(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    door = pair.introduce(timezone.now())
    asked = {
        "jobseeker": [(f"/sv/me/consents/{door.consent_id}/withdraw/", {}), ("/sv/me/data/pause/", {})],
        "advisor": [
            (f"/sv/advisor/introductions/{door.pk}/", {"reason": "ended"}),
            (f"/sv/advisor/suggestions/{pair.suggestion.pk}/take/", {}),
        ],
        "employer": [(f"/sv/employer/postings/{pair.posting.pk}/move/{move}/", {}) for move in ("pause", "fill", "withdraw")],
    }
    for kind, forms in asked.items():
        client = signed_in(member(pair, kind))
        for path, words in forms:
            assert too_late(client, frozen, path, words).status_code == 302
            signed_in(member(pair, kind), client)
    assert not Draft.objects.exists()
    assert Introduction.objects.get().closed_at is None


def test_of_an_approval_and_an_answer_only_the_words_are_kept(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    path = f"/sv/advisor/suggestions/{pair.suggestion.pk}/confirm/?decision=approve"
    client = signed_in(member(pair, "advisor"))
    answer = too_late(client, frozen, path, {"seen": "old", "words": WORDS, "answer_by": "2026-12-01"})
    assert answer.url.endswith("confirm/%3Fdecision%3Dapprove")
    assert Draft.objects.get().words == {"words": [WORDS], "answer_by": ["2026-12-01"]}
    signed_in(member(pair, "advisor"), client)
    page = BeautifulSoup(client.get(f"{path}&kept=1").content, "html.parser")
    assert page.select_one("textarea[name=words]").get_text().strip() == WORDS  # type: ignore[union-attr] # it is there
    assert page.select_one("input[name=seen]")["value"] != "old"  # type: ignore[index] # it is there
    assert Suggestion.objects.get().state == "suggested"


def test_names_of_buttons_and_hidden_fields_are_never_words() -> None:
    """A new template with a new button belongs in NEVER: a button decides, and is not written."""
    named: set[str] = set()
    for template in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        text = template.read_text()
        tags = re.findall(r"<(?:button|input)\b(?:[^>{]|\{\{.*?\}\}|\{%.*?%\})*>", text)
        found = {re.search(r'\bname="([^"{]+)"', tag) for tag in tags if tag.startswith("<button") or 'type="hidden"' in tag}
        named |= {one[1] for one in found if one}
    for forms in Path(settings.BASE_DIR).glob("*/forms*"):
        for file in [forms] if forms.is_file() else forms.glob("*.py"):
            named |= set(re.findall(r"^ +(\w+) = forms\.\w+\(.*HiddenInput", file.read_text(), re.MULTILINE))
    assert {"answer", "card", "seen", "leave"} <= named, "the pattern finds them"
    assert named - NEVER == set()


def test_a_form_that_is_sent_elsewhere_comes_back_to_its_page(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    question = pair.posting.questions.create(code="who", asked_at=timezone.now())
    page, to = f"/sv/employer/postings/{pair.posting.pk}/", f"/sv/employer/postings/{pair.posting.pk}/questions/{question.pk}/"
    client = signed_in(member(pair, "employer"))
    client.get(page)
    frozen.shift(AN_HOUR)
    name = f"{question.pk}-words"
    answer = client.post(to, {name: WORDS}, headers={"Referer": f"http://testserver{page}"})
    assert answer.url == f"/sv/account/sign-in/?next={page}"  # type: ignore[attr-defined] # a redirect
    signed_in(member(pair, "employer"), client)
    assert WORDS in BeautifulSoup(client.get(f"{page}?kept=1").content, "html.parser").find(attrs={"name": name}).get_text()  # type: ignore[union-attr]
    client.post(to, {name: WORDS}, headers={"Referer": f"http://testserver{page}"})
    assert not Draft.objects.exists()
    away = {"Referer": "http://evil.example/sv/me/"}
    frozen.shift(AN_HOUR)
    assert client.post(to, {name: WORDS}, headers=away).url.endswith(f"next={to}")  # type: ignore[attr-defined] # a redirect


def test_one_form_of_a_page_saved_leaves_the_words_of_the_other(signed_in: SignIn, pair: Pair) -> None:
    page = f"/advisor/people/{pair.profile.pk}/"
    actions.keep({"words": [WORDS]}, writer_id=pair.advisor.user_id, path=page, at=timezone.now())
    came = {"Referer": f"http://testserver/sv{page}"}
    client = signed_in(member(pair, "advisor"))
    assert client.post(f"/sv{page}stage/", {"stage": "searching"}, headers=came).status_code == 303
    pair.profile.refresh_from_db()
    assert pair.profile.stage == "searching"
    assert Draft.objects.exists()
    client.post(f"/sv{page}", {"words": WORDS}, headers=came)
    assert not Draft.objects.exists()


def test_each_decision_of_a_page_keeps_its_own_words(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    path = f"/sv/advisor/suggestions/{pair.suggestion.pk}/confirm/"
    client = signed_in(member(pair, "advisor"))
    for decision in ("approve", "dismiss"):
        too_late(client, frozen, f"{path}?decision={decision}", {"seen": "old", "words": f"{decision}: {WORDS}"})
        signed_in(member(pair, "advisor"), client)
    assert Draft.objects.count() == 2
    page = BeautifulSoup(client.get(f"{path}?decision=approve&kept=1").content, "html.parser")
    assert page.select_one("textarea[name=words]").get_text().strip() == f"approve: {WORDS}"  # type: ignore[union-attr] # it is there
    client.post(reverse("throw_away_draft"), {"next": f"{path}?decision=approve&kept=1"})
    assert [draft.path.rpartition("=")[2] for draft in Draft.objects.all()] == ["dismiss"]


def test_the_grounds_of_an_exception_are_kept(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    coordinating = MembershipFactory(kind="coordinator", team=pair.profile.team)
    path, given = "/sv/team/overrides/", {"advisor_id": str(pair.advisor.user_id), "extra": "2", "grounds": WORDS, "until": "2026-12-24"}
    client = signed_in(coordinating)
    too_late(client, frozen, path, given)
    signed_in(coordinating, client)
    page = BeautifulSoup(client.get(f"{path}?kept=1").content, "html.parser")
    assert WORDS in str(page.find(attrs={"name": "grounds"}).get("value") or page.find(attrs={"name": "grounds"}).get_text())  # type: ignore[union-attr]
    client.post(path, given)
    assert CapOverride.objects.get().reason == WORDS
    assert not Draft.objects.exists()


def every_form(pair: Pair) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """A page per kind of field, and what somebody may have put into it."""
    person, posting = f"/sv/advisor/people/{pair.profile.pk}", f"/sv/employer/postings/{pair.posting.pk}"
    behalf = {"channel": "phone", "why": "no_eid"}
    return {
        "jobseeker": [
            ("/sv/me/needs/phys/", {"phys.no_heavy_lifting": "helps", "phys.no_heavy_lifting:parameter": "7", "again": "m6"}),
            ("/sv/me/profile/times/", {"times": ["evening", "weekend"]}),
            ("/sv/me/profile/place/", {"place": "Göteborg", "travel_km": "12"}),
            ("/sv/me/profile/languages/", {"code_0": "ar", "level_0": "B1"}),
            ("/sv/me/settings/", {"language": "nb", "phone": "070 1"}),
        ],
        "advisor": [
            ("/sv/advisor/people/new/", {"first_name": "Åsa & Co", "email": "not an address"}),
            (f"{person}/", {"words": "rad ett\r\nrad två"}),
            (f"{person}/needs/sens/", {"sens.quiet": "must", **behalf}),
        ],
        "employer": [
            (f"{posting}/edit/3/", {"title": "Odla", "tasks": "a\r\nb", "day": "", "language": "nb"}),
            (f"{posting}/edit/4/", {"hours_min": "x", "times": ["day"], "starts_on": "2027-02-01"}),
            ("/sv/employer/workplaces/new/", {"name": "Lagret", "postal_code": "503", "directions": "Grinden"}),
            ("/sv/employer/members/", {"email": "anna@"}),
        ],
    }


@pytest.mark.parametrize("kind", ["jobseeker", "advisor", "employer"])
def test_every_kind_of_form_is_shown_filled(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair, kind: str) -> None:
    load_needs(at=timezone.now())
    Membership.objects.filter(user_id=pair.member.user_id).update(manages=True)
    client = signed_in(member(pair, kind))
    for path, words in every_form(pair)[kind]:
        assert too_late(client, frozen, path, words).status_code == 302, path
        signed_in(member(pair, kind), client)
        assert OFFER in client.get(path).content.decode(), path
        page = BeautifulSoup(client.get(f"{path}?kept=1").content, "html.parser")
        for name, given in words.items():
            held = [str(one.get("value")) for one in page.select(f'main input[name="{name}"]:not([type=radio], [type=checkbox])')]
            held += [one.get_text().removeprefix("\n") for one in page.select(f'main textarea[name="{name}"]')]
            held += [str(one["value"]) for one in page.select(f'main [name="{name}"][checked], main [name="{name}"] option[selected]')]
            assert held == (given if isinstance(given, list) else [given]), (path, name)
