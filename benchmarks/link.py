"""How well and how fast words are linked, on the starter vocabulary with the whole of ESCO in a database that is gone afterwards.

`.venv/bin/python benchmarks/link.py ../shared/data` prints: the time of `link` and `link_text` beside one read of what they must read;
what a sure link and a link within a given group are worth on the development sets; how many names are found again inside sentences;
what the real ads give beside what was labelled by hand; how often a left-out phrasing of a need finds its need. Two minutes.
"""

import argparse
import csv
import gzip
import io
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
FOLDER = Path(tempfile.mkdtemp(prefix="ingang-benchmark-"))
sys.path.insert(0, str(BASE))
os.environ.update(
    {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "INGANG_VAR_DIR": str(FOLDER),
        "DATABASE_URL": f"sqlite:///{FOLDER / 'benchmark.sqlite3'}",
        "CELERY_BROKER_URL": "memory://",
        "INGANG_DEMO": "1",
        "DEBUG": "0",
        "SECRET_KEY": "of a database that is gone in a minute",
        "OPENBLAS_NUM_THREADS": "1",
        "SUPPORT_PHONE": "033-17 40 00",
        "NEEDS_KEYS": "YmVuY2htYXJrcy1vbmx5LW5lZWRzLWtleS1hLXNlY3I=",
    }
)

import django  # noqa: E402 (the environment above has to be there first)

django.setup()

import numpy as np  # noqa: E402 (as above)
from django.core.management import call_command  # noqa: E402 (as above)

from employers import documents  # noqa: E402 (as above)
from employers.linker import linked  # noqa: E402 (as above)
from taxonomy import linker  # noqa: E402 (as above)
from taxonomy.linker import Link, Vocabulary  # noqa: E402 (as above)
from taxonomy.linker.needs import WORTH_ASKING, catalogue  # noqa: E402 (as above)
from taxonomy.models import Concept  # noqa: E402 (as above)

ADS = (("arbetsformedlingen-2019", "af2019"), ("jobtech", "jobtech"), ("nav", "nav"))
LABELLED = BASE / "tests" / "employers" / "ads_expected.tsv"
CARRIERS = (
    "Vi söker dig som har erfarenhet av {} och som trivs i ett team.",
    "Arbetet innebär bland annat {}, men också kontakt med kollegor.",
    "Du behöver kunna {} på egen hand.",
)
TIMES, LETTERS = 30, 3_000
QUERIES = 600


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds esco/, melo-dev/ and ads/")
    data = parser.parse_args().data
    for command in (["migrate"], ["load_starter"], ["import_esco", str(data / "esco")]):
        call_command(*command, verbosity=0, stdout=io.StringIO())
    known = linker.current()
    print(f"{len(known.keys)} concepts, {len(known.label_texts)} labels, encoder {known.encoder.name}")
    speed(known, data)
    within(known, data)
    sentences(known, data)
    ads(data)
    needs()


def rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def median(work: Callable[[], object]) -> float:
    """Milliseconds of computing, on one core: what else runs on the machine is not counted."""
    spent = []
    for _ in range(TIMES):
        start = time.process_time()
        work()
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent)


def speed(known: Vocabulary, data: Path) -> None:
    """Beside one product of the skills' centroids with a vector: no look-up can do without reading them."""
    centroids = known.spaces["skill"][1].centroids
    vector = centroids[0].copy()
    read = median(lambda: centroids @ vector)
    text = next(ad.text for ad in _ads(data) if len(ad.text) > LETTERS)[:LETTERS]
    measured: dict[str, Callable[[], object]] = {
        "link, a skill": lambda: linker.link("laga mat åt många", kind="skill"),
        "link, an occupation": lambda: linker.link("kock i skola", kind="occupation"),
        "link, a misspelled word": lambda: linker.link("stedningg", kind="skill"),
        f"link_text, {LETTERS} letters, skills": lambda: linker.link_text(text, kind="skill"),
        "hints of the same text": lambda: linker.hints(text),
        "link_need, two sentences": lambda: linker.link_need("Jag blir trött av ljud. Jag kan inte gå i trappor."),
    }
    print(f"\none read of the skills' centroids: {read:.2f} ms")
    for name, work in measured.items():
        work()
        spent = median(work)
        print(f"  {name}: {spent:.1f} ms, {spent / read:.1f} reads")


def within(known: Vocabulary, data: Path) -> None:
    """What a name that is not sure is worth when somebody says to which group it belongs."""
    of_uri = {concept.esco_uri: concept for concept in Concept.objects.exclude(esco_uri=None)}
    print("\nname -> occupation: share answered, and share of the answers that are right")
    for name in ("dnk_q_da_c_da", "usa_q_en_c_en"):
        asked = list(_asked(data / "melo-dev", name, of_uri))
        some = np.random.default_rng(1).permutation(len(asked))[:QUERIES]
        found = [(linker.link(asked[i][0], kind="occupation", limit=linker.MOST), asked[i][1]) for i in some]
        first = [(links[0], links[0].concept in {one.key for one in right}) for links, right in found if links]
        for words, exact in (("same words, sure", True), ("near words, sure", False)):
            _print_share(f"{name} {words}", [hit for link, hit in first if link.sure and link.exact == exact], len(found))
        for digits, least in ((4, 0.65), (2, 0.75)):
            best = [_best_within(known, links, right, digits, least) for links, right in found if links and not links[0].exact]
            _print_share(f"{name} not exact, within {digits} digits, {least}", [hit for hit in best if hit is not None], len(best))


def _asked(folder: Path, name: str, of_uri: dict[str | None, Concept]) -> Iterator[tuple[str, list[Concept]]]:
    uris = {row["element_id"]: row["concept_uri"] for row in rows(folder / f"{name}.corpus.csv.gz")}
    right: dict[str, list[Concept]] = {}
    for row in rows(folder / f"{name}.relevant.csv.gz"):
        concept = of_uri.get(uris[row["element_id"]])
        if concept is not None and concept.kind == "occupation":
            right.setdefault(row["query_id"], []).append(concept)
    for row in rows(folder / f"{name}.queries.csv.gz"):
        if row["query_id"] in right:
            yield row["text"], right[row["query_id"]]


def _best_within(known: Vocabulary, links: list[Link], right: list[Concept], digits: int, least: float) -> bool | None:
    inside = [link for link in links if known.isco[known.place[link.concept]].startswith(right[0].isco[:digits])]
    best = max(inside, key=lambda link: link.score, default=None)
    return best.concept in {one.key for one in right} if best and best.score >= least else None


def _print_share(name: str, hits: list[bool], of: int) -> None:
    print(f"  {name}: {len(hits) / of:.2f} answered, {np.mean(hits) if hits else 0:.2f} right")


def sentences(known: Vocabulary, data: Path) -> None:
    """Swedish names of skills inside sentences: found at their place, and as the reference's concept."""
    of_uri = dict(Concept.objects.exclude(esco_uri=None).values_list("esco_uri", "key"))
    counted = {"sure": [0, 0], "asked": [0, 0]}
    false = total = 0
    for i, row in enumerate(rows(data / "skill-link-dev.csv.gz")):
        carrier = CARRIERS[i % len(CARRIERS)]
        text, start = carrier.format(row["query_sv"]), carrier.index("{")
        span = range(start, start + len(row["query_sv"]))
        for link in linker.link_text(text, kind="skill"):
            inside = link.start in span
            kind = "sure" if link.sure else "asked"
            false += link.sure and not inside
            counted[kind][0] += inside
            counted[kind][1] += inside and link.concept == of_uri.get(row["esco_skill_uri"])
        total += 1
    print(f"\n{total} names of skills inside sentences")
    for kind, (n, right) in counted.items():
        print(f"  {kind}: {n} links in the name, {right / max(n, 1):.2f} of them the reference's own concept")
    print(f"  sure links in the words around the names: {false}")


def _ads(data: Path) -> list[documents.Ad]:
    read = ((raw, form) for name, form in ADS for raw in json.loads((data / "ads" / f"{name}.json").read_text(encoding="utf-8")))
    return [documents.read(raw, form) for raw, form in read]


def ads(data: Path) -> None:
    """Skills of the real ads beside those labelled by hand."""
    with LABELLED.open(encoding="utf-8") as file:
        labelled = {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}
    found = right = asked = occupations = plain = plain_right = 0
    for ad in _ads(data):
        row, known = labelled[ad.source_id], linked(ad)
        wanted = set(row["asked"].split())
        keys = {one["key"] for one in known.skills}
        found, right, asked = found + len(keys), right + len(keys & wanted), asked + len(wanted)
        occupations += (known.occupation.key if known.occupation else "-") in row["occupation"].split()
        everything = {link.concept for link in linker.link_text(ad.text, kind="skill", limit=99) if link.sure}
        plain, plain_right = plain + len(everything), plain_right + len(everything & wanted)
    print(f"\n{len(labelled)} real ads: {occupations} occupations right")
    print(f"  skills asked for: {found} found, {right / found:.2f} right; {right / asked:.2f} of the {asked} labelled")
    print(f"  without a look at what a sentence does: {plain} found, {plain_right / plain:.2f} right")


def needs() -> None:
    """Each phrasing of the catalogue against all others: the nearest of another wording should be of the same need."""
    known = catalogue(linker.encoder())
    near = known.vectors @ known.vectors.T
    np.fill_diagonal(near, -1)
    codes = np.array([one.code for one in known.phrasings])
    print(f"\n{len(codes)} phrasings of needs, each left out once")
    for voice in ("label", "place", "person"):
        own = np.array([one.voice == voice for one in known.phrasings])
        ranks = np.array([_rank(near[i], codes, codes[i]) for i in np.flatnonzero(own)])
        score = near[own].max(axis=1)
        shown = score >= WORTH_ASKING
        print(
            f"  {voice}: first {np.mean(ranks == 1):.2f}, among three {np.mean(ranks <= 3):.2f}, among five {np.mean(ranks <= 5):.2f}; "
            f"worth asking {np.mean(shown):.2f}, of these first {np.mean(ranks[shown] == 1):.2f}"
        )


def _rank(near: np.typing.NDArray[np.float32], codes: np.typing.NDArray[np.str_], code: str) -> int:
    """The place of a code when each code stands by its nearest phrasing."""
    ordered = list(dict.fromkeys(codes[np.argsort(-near, kind="stable")].tolist()))
    return ordered.index(code) + 1


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
