"""What the Nu HTML checker says about every public page of a site that runs, in the three languages. Needs Java and vnu.jar.

`npm install --prefix /tmp/vnu vnu-jar@26.9.27`, then `benchmarks/markup.py --jar /tmp/vnu/node_modules/vnu-jar/build/dist/vnu.jar
http://127.0.0.1:8000`. Fails when it finds an error.
"""

import argparse
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections import Counter, deque
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

LANGUAGES = ("sv", "nb", "en")
EACH = 3  # pages of one kind: an id, or a filter, makes no other markup


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def read(address: str) -> str | None:
    """A page's text, also of one that says no; nothing of a file."""
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 (the address is the one who runs this)
            return answer.read().decode() if answer.headers.get_content_type() == "text/html" else None
    except urllib.error.HTTPError as refused:
        return refused.read().decode()


def kind(address: str) -> str:
    path = urlsplit(address)
    parts = ("id" if len(part) == 36 and part.count("-") == 4 else part for part in path.path.split("/"))
    return "/".join(parts) + ("?" if path.query else "")


def pages(site: str, language: str, folder: Path) -> int:
    """Follows the links of a language from its front page, and writes what it reads. How many pages that were."""
    home = f"{site}/{language}/"
    waiting, seen, kinds, written = deque([home, f"{home}nothing-here/"]), {home}, Counter[str](), 0
    while waiting:
        address = waiting.popleft()
        kinds[kind(address)] += 1
        if kinds[kind(address)] > EACH or (text := read(address)) is None:
            continue
        written += 1
        (folder / f"{language}-{written}.html").write_text(f"{text}<!-- {address} -->")
        for link in Links(text).found:
            there = urldefrag(urljoin(address, link)).url
            if there.startswith(home) and there not in seen:
                seen.add(there)
                waiting.append(there)
    return written


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jar", required=True)
    parser.add_argument("site")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        counts = {language: pages(given.site.rstrip("/"), language, Path(name)) for language in LANGUAGES}
        command = ["java", "-jar", given.jar, "--errors-only", "--format", "gnu", name]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stderr
        addresses = {file.name: file.read_text().rsplit("<!-- ", 1)[1].removesuffix(" -->") for file in Path(name).iterdir()}
    for line in told.splitlines():
        file, _, rest = line.rpartition(".html")
        print(addresses.get(f"{file.rsplit('/', 1)[-1]}.html", line), rest)
    print(f"{counts} pages, {len(told.splitlines())} errors")
    return bool(told)


if __name__ == "__main__":
    sys.exit(main())
