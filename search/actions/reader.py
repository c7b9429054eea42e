"""Reads addresses of one host over HTTP: with an end to every wait, several tries, and never an address of another host."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3

CONNECT, READ, WHOLE = 5, 30, 600  # seconds; the last with every try and pause: less than feeds.HELD
MOST_BYTES = 500_000_000  # a snapshot of every ad of a country is about half of it
TRIES = 4
LONGEST_PAUSE = 60  # seconds
AGAIN = {429, 500, 502, 503, 504}
PIECE = 1 << 16


class Unreachable(Exception):  # noqa: N818 (it says what the address is)
    """Nothing usable came from the address. The message is a sentence for the person who reads the run's output."""

    def __init__(self, sentence: str, status: int = 0) -> None:
        super().__init__(sentence)
        self.gone = status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class NotAllowed(Exception):  # noqa: N818 (as above)
    """An address that this program does not open."""


@dataclass(frozen=True)
class Answer:
    """What came; `body` is None when nothing has changed since."""

    body: Any
    etag: str = ""
    modified: str = ""
    date: str = ""


class Reader:
    """`pause` waits some seconds. `token` goes to this host alone."""

    def __init__(self, url: str, *, token: str = "", pause: Callable[[float], object] = time.sleep) -> None:
        self.url, self.pause = url, pause
        self.origin = _origin(urlsplit(url))
        self.headers = {"Accept": "application/json", "User-Agent": "Ingang", "Accept-Encoding": "gzip"}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"
        self.pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=CONNECT, read=READ), retries=False, maxsize=1)

    def get(self, address: str, *, etag: str = "", modified: str = "") -> Answer:
        """JSON from an address, absolute or relative to the feed's. Raises Unreachable, or NotAllowed for another host."""
        target = urljoin(self.url, address)
        if _origin(urlsplit(target)) != self.origin:
            raise NotAllowed("an address leads to another host and is not followed")
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = self.headers | {name: value for name, value in asked.items() if value}
        told, ends = "no answer", time.monotonic() + WHOLE
        for attempt in range(TRIES):
            if attempt:
                self.pause(min(LONGEST_PAUSE, 2**attempt))
            if time.monotonic() > ends:
                raise Unreachable(f"tried {attempt} times: {told}")
            try:
                answer, told, wait = self._once(target, headers, ends)
            except (urllib3.exceptions.HTTPError, OSError) as error:
                told = type(error).__name__
                continue
            if answer is not None:
                return answer
            self.pause(wait)
        raise Unreachable(f"tried {TRIES} times: {told}")

    def _once(self, target: str, headers: dict[str, str], ends: float) -> tuple[Answer | None, str, float]:
        """The answer; or None, why, and how long the host asks us to wait besides."""
        response = self.pool.request("GET", target, headers=headers, preload_content=False, redirect=False)
        try:
            if response.status in AGAIN:
                return None, f"it answers {response.status}", _seconds(response.headers.get("Retry-After", ""))
            if response.status not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
                raise Unreachable(f"it answers {response.status}", response.status)
            body = _json(_whole(response, ends)) if response.status == HTTPStatus.OK else None
            kept = {name: response.headers.get(header, "") for name, header in KEPT.items()}
            return Answer(body, **kept), "", 0
        finally:
            response.close()


KEPT = {"etag": "ETag", "modified": "Last-Modified", "date": "Date"}


def _origin(url: SplitResult) -> tuple[str, str, int | None]:
    if url.scheme not in {"http", "https"} or not url.hostname or url.username or url.password:
        raise NotAllowed("only an address of the form http(s)://host/… is read")
    try:
        return url.scheme, url.hostname, url.port
    except ValueError as error:
        raise NotAllowed("the address has no proper port") from error


def _whole(response: urllib3.BaseHTTPResponse, ends: float) -> bytes:
    pieces, size = [], 0
    for piece in response.stream(PIECE, decode_content=True):
        size += len(piece)
        if size > MOST_BYTES or time.monotonic() > ends:
            raise Unreachable("the answer is too long")
        pieces.append(piece)
    return b"".join(pieces)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreachable("what it sends is not JSON") from error


def _seconds(text: str) -> float:
    return min(LONGEST_PAUSE, int(text)) if text.isascii() and text.isdecimal() and len(text) < len("100000") else 0
