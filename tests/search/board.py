"""Another job board on this machine: an HTTP server that answers what a test has laid out, and remembers what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from employers.models import Posting

LATER = "2099-05-12T23:59:59"
Sync = Callable[..., str]
Given = tuple[int, dict[str, str], bytes]
Says = Callable[[dict[str, str]], Given]


def said(body: Any, status: int = 200, **headers: str) -> Given:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return status, {name.replace("_", "-"): value for name, value in headers.items()}, raw


@dataclass
class Board:
    """`pages` maps a path without its query to an answer, to answers of which the last stays, or to a function of the headers."""

    pages: dict[str, Given | list[Given] | Says] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, target: str, headers: dict[str, str]) -> Given:
        self.asked.append(target)
        held = self.pages.get(target.partition("?")[0], said({}, 404))
        if isinstance(held, list):
            return held.pop(0) if len(held) > 1 else held[0]
        return held(headers) if callable(held) else held

    def etagged(self, path: str, body: Any, etag: str) -> None:
        """An answer that is not sent again to whoever has its tag."""
        self.pages[path] = lambda headers: said(b"", 304, ETag=etag) if headers.get("If-None-Match") == etag else said(body, ETag=etag)


@contextmanager
def opened() -> Iterator[Board]:
    board = Board()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = board.answer(self.path, dict(self.headers))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if status != 304:
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    board.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield board
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def jobtech(number: int, **changes: Any) -> dict[str, Any]:
    employer = {"organization_number": "5560004615", "name": "Lagret AB", "email": "anna@example.org"}
    ad = {"id": str(number), "headline": f"Plats {number}", "description": {"text": "Plocka varor. Ring Anna på 070-174 06 05."}}
    return {**ad, "employer": employer, "application_deadline": LATER, "number_of_vacancies": 1, **changes}


def nav_ad(uuid: str, title: str = "Rydde", status: str = "ACTIVE") -> dict[str, Any]:
    content = {
        "uuid": uuid,
        "title": title,
        "description": "<p>Sette frem varer.</p>",
        "employer": {"name": "Lageret AS"},
        "expires": LATER,
    }
    return {"uuid": uuid, "status": status, "sistEndret": "2026-11-01T10:00:00Z", "ad_content": content if status == "ACTIVE" else None}


def nav_item(uuid: str, at: str = "2026-11-01T10:00:00.000Z", status: str = "ACTIVE") -> dict[str, Any]:
    entry = {"uuid": uuid, "status": status, "title": "", "businessName": "", "municipal": "", "sistEndret": at}
    return {"id": uuid, "url": f"/api/v1/feedentry/{uuid}", "title": "", "date_modified": at, "_feed_entry": entry}


def nav_page(number: int, items: list[Any], following: bool = False) -> dict[str, Any]:
    after = f"/api/v1/feed/{number + 1}" if following else None
    return {"version": "1", "id": str(number), "feed_url": f"/api/v1/feed/{number}", "next_url": after, "next_id": after, "items": items}


def titles() -> set[str]:
    return set(Posting.objects.filter(live=True, status__state="published").values_list("title", flat=True))
