"""How long the text check takes: for a posting as employers write them, and for a hundred thousand letters made to be slow.

Prints medians, and how many times the time of reading the same text into words the whole check takes.
"""

import os
from collections.abc import Callable
from statistics import median
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from taxonomy.linker.wording import built_in, check  # noqa: E402 (as above)
from taxonomy.linker.wording.reading import sentences, tokens  # noqa: E402 (as above)

RUNS = 7
PLAIN = "Du plockar varor och packar dem i kartonger på upp till 10 kg. Vi börjar klockan åtta och fikar tillsammans. " * 6
TEXTS = {
    "a posting": PLAIN,
    "the longest posting": (PLAIN * 20)[:8_000],
    "one letter": "a" * 100_000,
    "no end": "vi söker en " * 9_000,
    "no, no, no": "inte " * 20_000,
    "names and numbers": "Anna Berg 070-174 06 05 " * 4_000,
    "guilty every time": "Du är ung och stark. " * 5_000,
}


def taken(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return median(times)


def main() -> None:
    rules = built_in()
    check({"tasks": PLAIN}, rules)
    for name, text in TEXTS.items():
        read = taken(lambda text=text: sentences(text, tokens(text)))  # type: ignore[misc]
        whole = taken(lambda text=text: check({"tasks": text}, rules))  # type: ignore[misc]
        print(f"{name:<22} {len(text):>7} letters {whole * 1000:8.1f} ms {whole / read:6.1f} x reading it into words")


if __name__ == "__main__":
    main()
