"""The canary and what machines keep: logs, queue, cache, sessions, letters that wait, error pages, and what a command prints."""

import base64
import io
import json
import logging
import pickle
import sqlite3
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from celery import current_app
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from kombu.transport.memory import Channel
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.access import TERMS_VERSION
from accounts.models import Membership, Terms
from matching import actions
from matching.actions import TEXT_VERSION, relist
from outbox.models import Fact, Letter
from portal import errors
from taxonomy.actions import load_needs, load_starter
from tests.factories.accounts import MembershipFactory
from tests.factories.employers import publish
from tests.factories.matching import Pair
from tests.portal.canary import EVERYTHING, LAST, MAIL, NAME, NEED, PERSONAL, browser, found_in, hits

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TABLES = (
    *("audit_event", "audit_read", "outbox_fact", "outbox_letter", "search_postingentry", "django_session"),
    *("wagtailsearch_indexentry", "wagtailcore_revision", "wagtailcore_modellogentry", "wagtailcore_referenceindex"),
    *("matching_suggestion", "matching_run", "matching_approval", "matching_consent", "matching_introduction", "employers_postingquestion"),
)


def walk(canary: Pair, now: datetime) -> list[Client]:
    """Everybody who has to do with the canary opens what they may open; returns their browsers."""
    door = canary.introduce(now)
    Terms.objects.create(user_id=canary.member.user_id, version=TERMS_VERSION, at=now)
    pages = {
        canary.advisor.user_id: ["/sv/advisor/", "/sv/advisor/people/", f"/sv/advisor/people/{canary.profile.pk}/"],
        canary.jobseeker.user_id: ["/sv/me/", "/sv/me/profile/", "/sv/me/needs/", "/sv/me/seen/", f"/sv/me/introductions/{door.pk}/"],
        canary.member.user_id: ["/sv/employer/", f"/sv/employer/introductions/{door.pk}/"],
    }
    browsers = []
    for user_id, paths in pages.items():
        client = browser(Membership.objects.get(user_id=user_id))
        assert [client.get(path).status_code for path in paths] == [200] * len(paths)
        browsers.append(client)
    return browsers


def rows_of(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 (names of our own tables)
        return str([[bytes(value) if isinstance(value, memoryview) else value for value in row] for row in cursor.fetchall()])


def test_case_18_logs_and_tables_hold_nothing(canary: Pair, now: datetime, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    walk(canary, now)
    kept = {"log": caplog.text, **{table: rows_of(table) for table in TABLES}}
    assert "[]" not in {kept["audit_event"], kept["audit_read"], kept["outbox_letter"], kept["matching_consent"]}
    assert found_in(kept) == []


def test_case_18_sessions_hold_nothing(canary: Pair, now: datetime) -> None:
    """Also what somebody has typed on the way, and messages that wait to be shown."""
    for client in walk(canary, now):
        client.post("/sv/i18n/setlang/", {"language": "nb"})
        client.get("/nb/")
    kept = {session.session_key: json.dumps(session.get_decoded(), default=str) for session in Session.objects.all()}
    assert len(kept) == 3
    assert found_in(kept) == []


def test_case_18_the_queue_carries_ids_only(
    canary: Pair, now: datetime, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    for queue in Channel.queues.values():
        queue.queue.clear()
    with django_capture_on_commit_callbacks(execute=True):
        door = canary.introduce(now)
        actions.say(door.pk, f"Ring {NAME} om {LAST}.", by=canary.jobseeker, at=now)
        actions.withdraw(door.consent_id, by=canary.jobseeker, at=now)
    messages = [message for queue in Channel.queues.values() for message in queue.queue]
    assert messages, "the steps have rung"
    bodies = [json.loads(base64.b64decode(message["body"])) for message in messages]
    known = {str(pk) for model in (Fact, Letter) for pk in model.objects.values_list("pk", flat=True)}
    assert all(set(arguments) <= known and not named for arguments, named, _ in bodies)
    assert found_in({"messages": json.dumps(messages, default=str), "bodies": json.dumps(bodies)}) == []
    assert current_app.conf.task_ignore_result


def test_case_18_the_cache_holds_nothing(canary: Pair, now: datetime) -> None:
    browser(MembershipFactory(coordinator=True)).get("/sv/postings/")
    walk(canary, now)
    with sqlite3.connect(settings.CACHES["default"]["LOCATION"]) as file:
        values = file.execute("SELECT value FROM entries WHERE value IS NOT NULL").fetchall()
    held = {str(place): pickle.loads(value) for place, (value,) in enumerate(values)}  # noqa: S301 (this test has written it)
    assert held, "the catalogue's own words are cached for everyone"
    assert found_in(held, (*PERSONAL, str(canary.profile.pk), str(canary.profile.index_id))) == []


def test_case_18_letters_that_wait_name_nobody(canary: Pair, now: datetime) -> None:
    walk(canary, now)
    assert Letter.objects.filter(done_at=None).count() >= 3
    assert found_in({str(letter["id"]): letter for letter in Letter.objects.values()}) == []


def test_case_15_error_pages_hold_nothing(canary: Pair, now: datetime, rf: RequestFactory) -> None:
    """403, 404, 405, 409, 410, 413 and 500, for those who know the person and for those who do not."""
    door = canary.introduce(now)
    actions.withdraw(door.consent_id, by=canary.jobseeker, at=now)
    suggestion, person = canary.suggestion.pk, canary.profile.pk
    own = {role: browser(Membership.objects.get(user_id=getattr(canary, role).user_id)) for role in ("advisor", "jobseeker", "member")}
    stranger = browser(MembershipFactory(advisor=True))
    asked: list[tuple[int, Client, str, str]] = [
        (404, stranger, "get", f"/sv/advisor/people/{person}/"),
        (404, stranger, "post", f"/sv/advisor/suggestions/{suggestion}/take/"),
        (404, own["member"], "get", f"/sv/postings/{uuid4()}/{NEED}/"),
        (403, own["member"], "get", f"/sv/advisor/people/{person}/"),
        (403, own["jobseeker"], "get", f"/sv/advisor/suggestions/{suggestion}/"),
        (405, own["advisor"], "get", f"/sv/advisor/suggestions/{suggestion}/take/"),
        (409, own["jobseeker"], "post", f"/sv/me/suggestions/{suggestion}/consent/"),
        (413, Client(), "get", "/sv/postings/?" + "&".join(f"a{n}=1" for n in range(1_100))),
    ]
    Terms.objects.create(user_id=canary.member.user_id, version=TERMS_VERSION, at=now)
    asked.append((410, own["member"], "get", f"/sv/employer/introductions/{door.pk}/"))
    for status, client, method, path in asked:
        answer = getattr(client, method)(path, {"answer": "yes"} if method == "post" else None)
        assert answer.status_code == status, path
        forbidden = tuple(word for word in EVERYTHING if word != NAME) if client is own["jobseeker"] else EVERYTHING
        assert hits(answer, path.replace(NEED, ""), forbidden) == [], path
    fault = rf.get(f"/sv/advisor/people/{person}/")
    fault.user = canary.profile.user  # type: ignore[attr-defined]
    assert hits(errors.fault(fault), "", EVERYTHING) == []


def test_case_18_what_suggest_prints_names_nobody(canary: Pair, now: datetime, caplog: pytest.LogCaptureFixture) -> None:
    load_starter(at=now)
    load_needs(at=now)
    canary.profile.skills.create(concept_id="pick-orders", added_at=now)
    relist(profile_id=canary.profile.pk)
    canary.posting.skills = [{"key": "pick-orders", "importance": "must"}]
    canary.posting.save()
    publish(canary.posting, canary.posting.status)
    caplog.set_level(logging.DEBUG)
    said = io.StringIO()
    call_command("suggest", str(canary.posting.pk), "--most", "50", "--language", "sv", stdout=said, stderr=said)
    assert str(canary.profile.pk)[:8] in said.getvalue(), "the person has been scored and printed"
    assert found_in({"printed": said.getvalue(), "log": caplog.text}, PERSONAL) == []


def test_case_20_no_address_that_anyone_is_sent_to_names_the_person(canary: Pair, now: datetime) -> None:
    """Where a browser is led after each step stands in its history."""
    canary.approve(now + timedelta(minutes=1))
    client = browser(Membership.objects.get(user_id=canary.jobseeker.user_id))
    consent = reverse("my_consent", args=[canary.suggestion.pk])
    led = [client.post(consent, {"remove": "phone"}), client.post(consent, {"answer": "talk"})]
    card = client.get(consent).context["card"].hash
    led.append(client.post(consent, {"answer": "yes", "card": card, "asked_with": TEXT_VERSION}))
    assert [answer.status_code for answer in led] == [302, 302, 302]
    assert found_in({"addresses": " ".join(str(answer.headers["Location"]) for answer in led)}, (*EVERYTHING, NEED, MAIL)) == []
