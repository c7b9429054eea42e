"""What a first view weighs over the wire: the page, its style sheet, fonts, icons and script, as a browser that takes gzip gets them.

`benchmarks/weight.py http://127.0.0.1:8000/sv/ http://127.0.0.1:8000/sv/postings/` asks a site that runs, and fails over the limit.
"""

import sys
import urllib.request
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

MOST = 150_000
NOT_LOADED = {"canonical", "alternate"}


class Files(HTMLParser):
    """The addresses that a browser asks for before anyone has pressed anything."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("rel") not in NOT_LOADED:
            self.found.append(given.get("href") or "")
        elif tag in {"script", "img"}:
            self.found.append(given.get("src") or "")
        elif tag == "use":
            self.found.append(urldefrag(given.get("href") or "").url)


def got(address: str) -> tuple[int, str]:
    """(bytes of the body as it was sent, its text when it is a page)."""
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310 (the address is the one who runs this)
    plain = urllib.request.Request(address)  # noqa: S310
    with urllib.request.urlopen(asked) as answer, urllib.request.urlopen(plain) as readable:  # noqa: S310
        is_page = readable.headers.get_content_type() == "text/html"
        return len(answer.read()), readable.read().decode() if is_page else ""


def weigh(address: str) -> int:
    size, text = got(address)
    files = Files()
    files.feed(text)
    print(f"{address}\n{size:9}  the page")
    for one in sorted({urljoin(address, found) for found in files.found if found}):
        weight, _text = got(one)
        size += weight
        print(f"{weight:9}  {one.rsplit('/', 1)[-1]}")
    print(f"{size:9}  together, {MOST} allowed\n")
    return size


if __name__ == "__main__":
    sizes = [weigh(address) for address in sys.argv[1:]]
    sys.exit(max(sizes, default=0) > MOST)
