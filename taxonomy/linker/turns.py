"""Words that turn a sentence around, and with it what a text offers: a "no", something missing, a demand on the person, a plan.

The words are data (taxonomy/starter/turning_words.tsv), in three languages together: people mix them. Kinds: "not" denies its whole
sentence, "no" what follows it, "lack" says that something is missing or broken, "demand" that it is asked of the person, "demand_before"
the same when it stands before, "person" that the person is spoken of, "perhaps" that it is not so today, "contrast" begins another thought.
"given" are the verbs after "you" with which something is given or let; every other verb there is a task.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from taxonomy.encoders.ngrams import words

YOU = {"du", "ni", "dere", "you"}
JOINING = {"att", "at", "och", "og", "and", "that", "som", "när", "da", "when", "who"}  # words before a "you" that begins a clause
HELPING = {"kommer", "vil", "will", "att", "a", "to", "also", "också", "ogsa", "i", "hos", "här", "her"}
TABLE = Path(__file__).resolve().parent.parent / "starter" / "turning_words.tsv"


@dataclass(frozen=True, slots=True)
class Turns:
    """How a sentence turns what a stretch of it says: how often it is denied, and whether it lacks, is demanded, or is only perhaps."""

    denied: int
    lacks: bool
    demanded: bool
    perhaps: bool


def turns(scope: list[str], start: int, end: int) -> Turns:
    """Of the stretch scope[start:end] of folded words."""
    kinds, before, inside, last = _kinds(), scope[:start], scope[start:end], scope[end:][-1:]
    denied = sum(word in kinds["not"] for word in scope) + sum(word in kinds["no"] for word in [*before, *inside, *last])
    demanded = not kinds["demand"].isdisjoint(scope) or not kinds["demand_before"].isdisjoint(before) or _of_person(before, inside)
    return Turns(denied, not kinds["lack"].isdisjoint(scope), demanded, not kinds["perhaps"].isdisjoint(scope))


def is_turning(word: str) -> bool:
    """Whether a folded word turns a sentence by itself, so that it tells nothing of what the sentence is about."""
    return any(word in _kinds()[kind] for kind in ("not", "no", "lack", "demand", "perhaps"))


def is_contrast(word: str) -> bool:
    return word in _kinds()["contrast"]


def _of_person(before: list[str], inside: list[str]) -> bool:
    """Whether the person is described ("you are flexible") or does it to others ("you mentor new colleagues")."""
    kinds, near = _kinds(), [*before, *inside[:1]]
    if not kinds["person"].isdisjoint(f"{one} {other}" for one, other in pairwise(near)):
        return True
    whole = [*before, *inside]
    starts = (i for i, word in enumerate(whole) if word in YOU and (i == 0 or whole[i - 1] in JOINING))
    return any(_verb(whole[i + 1 :], kinds["given"]) for i in starts)


def _verb(after: list[str], given: frozenset[str]) -> bool:
    """Whether the words after "you" begin with a task: "you will mentor", not "you will get", and not the end of the words."""
    verbs = [word for word in after[:4] if word not in HELPING]
    return bool(verbs) and verbs[0] not in given


@lru_cache(maxsize=1)
def _kinds() -> dict[str, frozenset[str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {row["kind"]: frozenset(" ".join(words(one)) for one in row["words"].split("|")) for row in read}
