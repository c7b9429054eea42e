"""Following the feeds of others: real ads replayed by a server on this machine, and our own feeds read by another Ingång."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from employers.models import Posting
from tests.factories.public import heard, open_posting
from tests.real_ads import ADS, needs_ads
from tests.search.board import Board, Sync, nav_item, nav_page, said, titles

pytestmark = pytest.mark.django_db
BEFORE = "2021-03-23T17:09:58.457"


@needs_ads
def test_real_ads_of_jobtech_come_change_and_go(board: Board, sync: Sync) -> None:
    ads = json.loads((ADS / "jobtech.json").read_text())
    with time_machine.travel("2019-03-15T12:00:00+00:00", tick=False):
        board.pages["/snapshot"] = said(ads)
        assert "3 created" in sync("/stream")
        assert board.asked == ["/snapshot"]
        assert "Java-utvecklare" in titles()
        changed = {**ads[0], "headline": "Javautvecklare sökes"}
        board.pages["/stream"] = said([changed, {"id": ads[1]["id"], "removed": True, "removed_date": "2019-03-15T13:00:00"}, ads[2]])
        assert sync("/stream").splitlines()[-1] == "1 changed, 1 removed"
    assert board.asked[-1].startswith("/stream?date=2019-03-15T1")
    assert titles() == {"Javautvecklare sökes", "Operationssjuksköterska till Umeå!"}
    assert "@" not in " ".join(f"{one.tasks} {one.contact_email}" for one in Posting.objects.all())


@needs_ads
def test_real_ads_of_nav_come_and_go(board: Board, sync: Sync) -> None:
    ads = json.loads((ADS / "nav.json").read_text())
    first, second = (one["uuid"] for one in ads)
    with time_machine.travel("2021-03-24T12:00:00+00:00", tick=False):
        for ad in ads:
            board.pages[f"/api/v1/feedentry/{ad['uuid']}"] = said({"uuid": ad["uuid"], "status": "ACTIVE", "json": json.dumps(ad)})
        board.pages["/api/v1/feed"] = said(nav_page(1, [nav_item(first, BEFORE)], following=True))
        board.etagged("/api/v1/feed/2", nav_page(2, [nav_item(second, BEFORE)]), '"a"')
        assert "2 created" in sync("/api/v1/feed", "nav")
        assert sync("/api/v1/feed", "nav").strip() == "nothing new"
        board.etagged("/api/v1/feed/2", nav_page(2, [nav_item(second, BEFORE), nav_item(first, "2021-03-24T12:00:00Z", "INACTIVE")]), '"b"')
        assert sync("/api/v1/feed", "nav").strip() == "1 removed"
    assert titles() == {"Vi søker pedagogisk leder til"}
    assert board.asked.count("/api/v1/feed") == 1
    assert board.asked.count(f"/api/v1/feedentry/{first}") == 1


@pytest.mark.parametrize("form", ["jobtech", "nav"])
def test_another_ingang_follows_us(board: Board, sync: Sync, client: Client, form: str) -> None:
    """The round trip: what we say is replayed, and read."""
    first, second = open_posting(title="Odla", kind="trial", language="nb"), open_posting(title="Diska", kind="job")

    def ours(path: str) -> Callable[[dict[str, str]], Any]:
        def answer(headers: dict[str, str]) -> Any:
            given = client.get(path)
            body = b"".join(given.streaming_content) if given.streaming else given.content
            return said(body, given.status_code)

        return answer

    def lay_out() -> None:
        for path in ("/api/jobtech/snapshot", "/api/nav/v1/feed"):
            board.pages[path] = said(json.loads(ours(path)({})[2]))
        board.pages["/api/jobtech/stream"] = said(json.loads(ours("/api/jobtech/stream?date=2026-11-24")({})[2]))
        page = json.loads(board.pages["/api/nav/v1/feed"][2])  # type: ignore[index]
        board.pages[page["feed_url"]] = board.pages["/api/nav/v1/feed"]
        for one in page["items"]:
            board.pages[one["url"]] = said(json.loads(ours(one["url"])({})[2]))

    lay_out()
    path = "/api/jobtech/stream" if form == "jobtech" else "/api/nav/v1/feed"
    assert "2 created" in sync(path, form)
    copies = Posting.objects.filter(source=form)
    assert {(one.source_id, one.title, one.kind, one.tasks.splitlines()[0]) for one in copies} == {
        (str(one.pk), one.title, one.kind, "Plocka varor och hålla ordning.") for one in (first, second)
    }
    heard(first, "filled")
    lay_out()
    assert "1 removed" in sync(path, form)
    assert set(copies.filter(status__state="published").values_list("title", flat=True)) == {"Diska"}
