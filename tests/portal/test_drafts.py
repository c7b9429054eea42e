"""Words that come after the session has ended are kept for their writer alone, offered back once, and gone when they are saved."""

import logging
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from portal import actions
from portal.keeping import words_of
from portal.models import Draft
from portal.tasks import forget
from tests.factories.accounts import PASSWORD
from tests.factories.matching import Pair, make_pair
from tests.portal.conftest import AN_HOUR, SignIn, member, too_late

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
WORDS = "Jag vill prova att odla, kanariefågel <och> mera"
BLOCK = "/sv/me/profile/words/"
OFFER, BACK = "Det du skrev här sist finns kvar.", "Det du skrev står i formuläret igen."


def test_the_whole_way_from_a_session_that_ended_to_a_saved_page(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    person = pair.profile.user
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)  # type: ignore[attr-defined] # allauth's
    client = signed_in(person)
    answer = too_late(client, frozen, BLOCK, {"words": WORDS, "csrfmiddlewaretoken": "x", "leave": "1"})
    assert answer.url == f"/sv/account/sign-in/?next={BLOCK}"
    assert Draft.objects.get().words == {"words": [WORDS]}
    assert "Det du har skrivit är sparat." in client.get(answer.url).content.decode()
    back = client.post("/sv/account/sign-in/", {"login": person.email, "password": PASSWORD, "next": BLOCK})
    assert back.url == BLOCK  # type: ignore[attr-defined] # a redirect
    offered = client.get(BLOCK).content.decode()
    assert OFFER in offered
    assert "kanariefågel" not in offered
    filled = client.get(f"{BLOCK}?kept=1").content.decode()
    assert BACK in filled
    assert OFFER not in filled
    assert BeautifulSoup(filled, "html.parser").find("textarea").get_text().strip() == WORDS  # type: ignore[union-attr] # it is there
    pair.profile.refresh_from_db()
    assert pair.profile.words == "", "putting back sends nothing"
    assert client.post(f"{BLOCK}?kept=1", {"words": WORDS}).status_code == 303
    assert not Draft.objects.exists()
    assert OFFER not in client.get(BLOCK).content.decode()


def test_what_is_wrong_in_the_form_does_not_throw_the_words_away(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    client = signed_in(pair.profile.user)
    too_late(client, frozen, BLOCK, {"words": WORDS})
    signed_in(pair.profile.user, client)
    assert client.post(BLOCK, {"words": "19811218-9876"}).status_code == 200
    assert Draft.objects.exists()


def test_thrown_away(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    client = signed_in(pair.profile.user)
    too_late(client, frozen, BLOCK, {"words": WORDS})
    signed_in(pair.profile.user, client)
    answer = client.post("/nb/draft/throw-away/", {"next": f"/nb{BLOCK[3:]}?a=1"})
    assert answer.url == f"/nb{BLOCK[3:]}?a=1"  # type: ignore[attr-defined] # a redirect
    assert not Draft.objects.exists()
    assert client.post("/sv/draft/throw-away/", {"next": "https://evil.example/"}).url == "/sv/"  # type: ignore[attr-defined]


def test_the_page_in_another_language_is_the_same_page(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    client = signed_in(pair.profile.user)
    too_late(client, frozen, BLOCK, {"words": WORDS})
    signed_in(pair.profile.user, client)
    assert "Det du skrev her sist, er tatt vare på." in client.get(f"/nb{BLOCK[3:]}").content.decode()


def test_another_account_in_the_same_browser_never_sees_it(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    client = signed_in(pair.profile.user)
    too_late(client, frozen, BLOCK, {"words": WORDS})
    other = make_pair().profile.user
    signed_in(other, client)
    for path in (BLOCK, f"{BLOCK}?kept=1"):
        page = client.get(path).content.decode()
        assert "kanariefågel" not in page
        assert OFFER not in page
    client.post("/sv/draft/throw-away/", {"next": BLOCK})
    client.post(BLOCK, {"words": "Mina egna ord"})
    assert Draft.objects.get().user_id == pair.profile.user_id
    too_late(client, frozen, BLOCK, {"words": "Den andras"})
    assert Draft.objects.get(user=other).words == {"words": ["Den andras"]}


def test_nothing_of_it_stands_anywhere_else(
    signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = signed_in(pair.profile.user)
    answer = too_late(client, frozen, BLOCK, {"words": WORDS})
    client.get(answer.url)
    signed_in(pair.profile.user, client)
    client.get(BLOCK)
    client.get(f"{BLOCK}?kept=1")
    kept = [caplog.text, answer.url, str(client.cookies), *(str(one.get_decoded()) for one in Session.objects.all())]
    with connection.cursor() as cursor:
        for table in ("portal_draft", "django_session", "audit_event", "audit_read"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 (names of our own tables)
            kept.append(str([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()]))
    assert [text for text in kept if "kanarie" in text] == []


def test_passwords_and_files_are_never_words(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    given = QueryDict("password=a&oldpassword=b&password1=c&code=d&words=+%0A")
    assert words_of(given) == {}
    client = signed_in(pair.profile.user)
    answer = too_late(client, frozen, "/sv/account/password/", {"oldpassword": "a", "password1": "b", "words": WORDS})
    assert answer.url == "/sv/account/sign-in/?next=/sv/account/password/"
    assert not Draft.objects.exists()


@pytest.mark.parametrize("way_out", ["/sv/account/sign-out/", "/sv/leave/"])
def test_after_leaving_nothing_is_known(signed_in: SignIn, pair: Pair, way_out: str) -> None:
    client = signed_in(pair.profile.user)
    client.get(BLOCK)
    assert {"sessionid", "ingang_writer", "csrftoken"} <= set(client.cookies)
    client.post(way_out, follow=True)
    assert {name for name, cookie in client.cookies.items() if cookie.value} <= {settings.LANGUAGE_COOKIE_NAME}
    assert client.post(BLOCK, {"words": WORDS}).status_code == 302
    assert not Draft.objects.exists()


def test_leaving_after_the_end_forgets_too(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    client = signed_in(pair.profile.user)
    client.get(BLOCK)
    frozen.shift(AN_HOUR)
    client.post("/sv/leave/")
    assert client.cookies["ingang_writer"].value == ""


def test_a_cookie_that_was_changed_or_is_a_day_old_names_nobody(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    client = signed_in(pair.profile.user)
    client.get(BLOCK)
    good = client.cookies["ingang_writer"].value
    frozen.shift(AN_HOUR)
    client.cookies["ingang_writer"] = good.replace(str(pair.profile.user_id), "1", 1) + "x"
    client.post(BLOCK, {"words": WORDS})
    client.cookies["ingang_writer"] = good
    frozen.shift(24 * 3600)
    client.post(BLOCK, {"words": WORDS})
    assert not Draft.objects.exists()


def test_too_much_is_not_kept_and_nobody_keeps_without_end(pair: Pair) -> None:
    at, writer = timezone.now(), pair.profile.user_id
    assert not actions.keep({"words": ["x" * (actions.LONGEST + 1)]}, writer_id=writer, path="/me/", at=at)
    assert not actions.keep({"words": ["x"]}, writer_id=writer, path=f"/{'x' * 200}", at=at)
    assert not actions.keep({"words": ["x"]}, writer_id=0, path="/me/", at=at)
    for n in range(actions.MOST + 3):
        assert actions.keep({"words": ["x"]}, writer_id=writer, path=f"/{n}/", at=at + timedelta(seconds=n))
    assert Draft.objects.count() == actions.MOST
    assert not Draft.objects.filter(path="/2/").exists()


def test_after_seven_days_it_is_gone(signed_in: SignIn, frozen: time_machine.Traveller, pair: Pair) -> None:
    client = signed_in(pair.profile.user)
    too_late(client, frozen, BLOCK, {"words": WORDS})
    frozen.shift(7 * 24 * 3600 - 10)
    signed_in(pair.profile.user, client)
    assert OFFER in client.get(BLOCK).content.decode()
    forget()
    assert Draft.objects.exists()
    frozen.shift(20)
    assert OFFER not in client.get(BLOCK).content.decode()
    forget()
    assert not Draft.objects.exists()
    assert not Session.objects.filter(expire_date__lt=timezone.now()).exists()


def test_pages_that_are_not_there_offer_nothing(signed_in: SignIn, pair: Pair) -> None:
    path = f"/advisor/people/{uuid4()}/"
    actions.keep({"words": [WORDS]}, writer_id=pair.advisor.user_id, path=path, at=timezone.now())
    answer = signed_in(member(pair, "advisor")).get(f"/sv{path}")
    assert answer.status_code == 404
    assert OFFER not in answer.content.decode()


def test_a_second_factor_asked_for_in_between_is_no_save(
    signed_in: SignIn, pair: Pair, settings: Any, frozen: time_machine.Traveller
) -> None:
    path = f"/advisor/people/{pair.profile.pk}/"
    actions.keep({"words": [WORDS]}, writer_id=pair.advisor.user_id, path=path, at=timezone.now())
    settings.REQUIRE_SECOND_FACTOR = True
    assert "/account/factors/" in signed_in(member(pair, "advisor")).post(f"/sv{path}", {"words": WORDS}).url  # type: ignore[attr-defined]
    assert Draft.objects.exists()


def test_a_page_of_another_role_offers_nothing(signed_in: SignIn, pair: Pair) -> None:
    actions.keep({"words": [WORDS]}, writer_id=pair.advisor.user_id, path="/me/profile/words/", at=timezone.now())
    answer = signed_in(member(pair, "advisor")).get(BLOCK)
    assert (answer.status_code, OFFER in answer.content.decode()) == (403, False)
