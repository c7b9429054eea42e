"""Case 55: whatever somebody writes stays text, on every page of everyone who may read it, in letters and in data for machines."""

import json
import re
from datetime import datetime
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.access import TERMS_VERSION
from accounts.models import Membership, Terms
from employers import actions as employers
from jobseekers.models import PrivateNote
from matching import actions
from matching.models import Interest
from outbox import actions as outbox
from outbox.models import Letter
from search import index
from taxonomy.models import Need
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.employers import PostingFactory, publish
from tests.factories.matching import Pair, make_pair, suggestion_of
from tests.journeys.crawl import walk
from tests.portal.canary import browser

pytestmark = pytest.mark.django_db
HOSTILE = """</script></title>'"><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">{{ 7*7 }}{% now %}"""
SHORT = HOSTILE[:80]


class Live(HTMLParser):
    """What of a page would run: scripts with words of ours in them, handlers, links that are programs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found += [f"<{tag} {name}>" for name in given if name.startswith("on")]
        self.found += [
            f"<{tag} {name}={value[:30]}>" for name, value in given.items() if value.lower().startswith(("javascript:", "data:text"))
        ]
        if tag == "script" and "src" not in given and given.get("type") != "application/ld+json":
            self.found.append("<script>")
        if tag == "img" and given.get("src") == "x":
            self.found.append("<img src=x>")


@pytest.fixture
def pair(now: datetime) -> Pair:
    """Two sides who write markup wherever they may write."""
    pair = make_pair(needs={"sens.quiet": "must"}, words=HOSTILE)
    Need.objects.update(label_sv=HOSTILE[:120])
    for user in (pair.profile.user, pair.profile.advisor, Membership.objects.get(user_id=pair.member.user_id).user):
        user.first_name, user.last_name, user.phone = HOSTILE, "Ek", SHORT[:30]
        user.save()
    workplace, employer = pair.posting.workplace, pair.employer
    employer.name, employer.city = HOSTILE, SHORT
    employer.save()
    for name in ("name", "street", "directions", "description"):
        setattr(workplace, name, SHORT)
    workplace.save()
    workplace.supervisors.create(name=SHORT, title=SHORT)
    PrivateNote.objects.create(profile=pair.profile, sealed={"words": HOSTILE}, changed_at=now)
    Terms.objects.create(user_id=pair.member.user_id, version=TERMS_VERSION, at=now)
    offers = {"sens.quiet": {"answer": "can", "lead": "week", "how": SHORT, "evidence": "declared", "at": "2026-11-01"}}
    for posting in (pair.posting, PostingFactory(workplace=workplace), PostingFactory(workplace=workplace)):
        for name in ("tasks", "day", "contact_name", "pay", "agreement"):
            setattr(posting, name, SHORT)
        posting.title, posting.kind, posting.offers = SHORT, "job", offers
        publish(posting, posting.status)
        index.put(posting.pk)
    return pair


def everything_happens(pair: Pair, now: datetime) -> None:
    """A question, an interest, a door with messages, a card that waits, a posting that was returned."""
    other, third = pair.employer.postings.exclude(pk=pair.posting.pk)
    pair.suggestion.posting_hash = pair.posting.content_hash()
    pair.suggestion.save()
    door = pair.introduce(now)
    for role in (pair.jobseeker, pair.advisor, pair.member):
        actions.say(door.pk, HOSTILE, by=role, at=now)
    actions.answer(door.pk, by=pair.member, at=now, choice="meet", proposal=HOSTILE)
    employers.ask_about(pair.posting.pk, by=pair.advisor, at=now, code="text", quote=SHORT)
    Interest.objects.create(profile=pair.profile, posting=other, sealed={"words": HOSTILE}, at=now)
    suggestion_of(other, pair.profile, interested=True)
    editor = MembershipFactory(editor=True)
    employers.save_step(third.pk, 3, {"title": HOSTILE[:119]}, by=pair.member, at=now)
    employers.submit_posting(third.pk, by=pair.member, at=now)
    editor.user.groups.add(*editor.user.groups.model.objects.filter(name="Editors"))
    employers.send_back(third.pk, by=role_of(editor), at=now, comment=HOSTILE)


@pytest.mark.parametrize("role", ["anyone", "advisor", "jobseeker", "member", "coordinator"])
def test_case_55_nothing_that_was_written_runs_on_any_page(pair: Pair, role: str) -> None:
    everything_happens(pair, timezone.now())
    members = {name: Membership.objects.get(pk=getattr(pair, name).membership_id) for name in ("advisor", "jobseeker", "member")}
    members["coordinator"] = MembershipFactory(kind="coordinator", team=pair.profile.team)
    client = Client() if role == "anyone" else browser(members[role])
    places = walk(client, ["/sv/?signed_in=1"], "sv").places
    bodies = {place.path: client.get(place.path).content.decode() for place in places.values()}
    assert {path: found for path, body in bodies.items() if (found := Live(body).found)} == {}
    assert any("&lt;script&gt;alert(1)" in body for body in bodies.values()), "the words are there, as text"
    assert not any("49{%" in body or ">49<" in body for body in bodies.values()), "nobody's words are a template"


def test_case_55_data_for_search_engines_stays_in_its_element(pair: Pair, client: Client) -> None:
    body = client.get(f"/sv/postings/{pair.posting.pk}/").content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    assert json.loads(data)["title"] == SHORT


def test_case_56_nothing_that_was_written_runs_in_a_letter(pair: Pair, now: datetime) -> None:
    everything_happens(pair, timezone.now())
    for letter in Letter.objects.filter(done_at=None):
        outbox.send(str(letter.pk), at=letter.not_before)
    html = [str(content) for message in mail.outbox for content, _ in getattr(message, "alternatives", [])]
    assert any("&lt;script&gt;alert(1)" in text for text in html), "a letter repeats the words"
    assert [found for text in html if (found := Live(text).found)] == []
    assert all("\n" not in message.subject for message in mail.outbox)
