"""Find in the texts of one posting what the rules speak of, and leave out what a "no" or its surroundings make innocent."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from taxonomy.linker.wording.numbers import FINDERS
from taxonomy.linker.wording.patterns import Finder, Pattern
from taxonomy.linker.wording.reading import Sentence, Token, fold, sentences, tokens
from taxonomy.linker.wording.rules import Rule, frames

Role = Literal["words", "terms", "beside", "unless", "near", "anywhere"]
NOT = {
    fold(word)
    for word in (
        *("inte", "inget", "ingen", "inga", "ej", "slipper", "utan", "aldrig", "varken", "oavsett", "nödvändigtvis"),
        *("ikke", "intet", "slippe", "uten", "aldri", "verken", "uansett", "uavhengig"),
        *("not", "no", "never", "without", "don", "doesn", "isn", "aren", "needn", "neither", "nor", "regardless", "irrespective"),
    )
}
BUT = {fold(word) for word in ("men", "but", "däremot", "dock", "derimot", "however")}
ASKED = ("krav", "krev", "behov", "nodvandig", "nodvendig", "treng", "maste", "must", "need", "requir", "necessary", "obligatori")
BREAK = BUT | {
    fold(word) for word in ("även", "fast", "fastän", "trots", "eftersom", "selv", "fordi", "although", "though", "even", "because")
}
SELDOM = {fold(word) for word in ("sällan", "sjelden", "rarely", "seldom")}
BEFORE, AFTER, AT_ONCE = 6, 5, 2  # words that a "no" may stand before or after what it denies, and beside a task


@dataclass(frozen=True)
class Hit:
    """A rule and what it found: text[start:end] of one field, in the sentence text[sentence_start:sentence_end]."""

    rule: Rule
    field: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    instead: str | None  # words to put in the place of text[start:end]


@dataclass(frozen=True, slots=True)
class _Match:
    pattern: Pattern
    start: int  # numbers of words
    end: int


@dataclass(frozen=True)
class _Read:
    """One field, read once."""

    text: str
    words: list[Token]
    sentences: list[Sentence]
    found: Mapping[tuple[str, Role], list[_Match]]

    def sentence_at(self, place: int) -> Sentence:
        """The sentence around a place in the text."""
        return self.sentences[max(0, bisect_right(self.sentences, place, key=lambda one: one.start) - 1)]

    def first_words(self, key: tuple[str, Role]) -> set[int]:
        """Of the sentences that hold what was found under this key."""
        return {self.sentence_at(self.words[one.start].start).first for one in self.found.get(key, ())}


def check(texts: Mapping[str, str], rules: Sequence[Rule]) -> list[Hit]:
    """Every hit in the texts of one posting, by field and place; a rule speaks once of a sentence. Linear in the length of the texts."""
    chosen = tuple(rules)
    read = {field: _read(text, chosen) for field, text in texts.items() if text.strip()}
    hits: list[Hit] = []
    for rule in chosen:
        if any(_said(rule, one) for one in read.values()):
            continue
        for field, one in read.items():
            if not rule.fields or field in rule.fields:
                hits += _once_a_sentence(_hits(rule, field, one))
    order = list(texts)
    return sorted(hits, key=lambda hit: (order.index(hit.field), hit.start, hit.rule.id))


def _read(text: str, rules: tuple[Rule, ...]) -> _Read:
    words = tokens(text)
    parts = sentences(text, words)
    found: dict[tuple[str, Role], list[_Match]] = {}
    for key, pattern, start, end in _finder(rules).find(words, parts):
        found.setdefault(key, []).append(_Match(pattern, start, end))
    return _Read(text, words, parts, found)


@lru_cache(maxsize=8)
def _finder(rules: tuple[Rule, ...]) -> Finder[tuple[str, Role]]:
    roles: tuple[Role, ...] = ("words", "terms", "unless", "near", "anywhere")
    told: list[tuple[tuple[str, Role], Pattern]] = []
    told += [((rule.id, role), pattern) for rule in rules for role in roles for pattern in getattr(rule, role)]
    return Finder(told + [((name, "beside"), pattern) for name, patterns in frames().items() for pattern in patterns])


def _once_a_sentence(hits: Iterator[Hit]) -> list[Hit]:
    """The longest, of several the first."""
    longest: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda one: (one.start - one.end, one.start)):
        longest.setdefault(hit.sentence_start, hit)
    return list(longest.values())


def _hits(rule: Rule, field: str, read: _Read) -> Iterator[Hit]:
    if rule.looks_for in FINDERS:
        for start, end in FINDERS[rule.looks_for](read.text):
            if read.words:
                around = read.sentence_at(start)
                yield Hit(rule, field, start, end, min(around.start, start), max(around.end, end), None)
        return
    inside = {at for one in read.found.get((rule.id, "unless"), ()) for at in range(one.start, one.end)}
    near = read.first_words((rule.id, "near"))
    for match in [*read.found.get((rule.id, "words"), ()), *_beside(rule, read)]:
        around = read.sentence_at(read.words[match.start].start)
        innocent = around.first in near or not inside.isdisjoint(range(match.start, match.end))
        if not innocent and not (rule.free and _denied(read.words, match, around)):
            span = read.words[match.start].start, read.words[match.end - 1].end
            yield Hit(rule, field, *span, around.start, around.end, match.pattern.instead)


def _beside(rule: Rule, read: _Read) -> Iterator[_Match]:
    """Terms in a sentence that turns to whoever may come in one of the ways that the rule names."""
    if terms := read.found.get((rule.id, "terms")):
        turned = set[int]().union(*(read.first_words((name, "beside")) for name in rule.beside))
        yield from (one for one in terms if read.sentence_at(read.words[one.start].start).first in turned)


def _said(rule: Rule, read: _Read) -> bool:
    """Whether the field says, without a "no", what makes the rule silent in the whole posting."""
    for match in read.found.get((rule.id, "anywhere"), ()):
        around = read.sentence_at(read.words[match.start].start)
        after = {word.text for word in read.words[match.end : min(around.last, match.end + AT_ONCE)]}
        before = {word.text for word in read.words[max(around.first, match.start - AT_ONCE) : match.start]}
        if (before | after).isdisjoint(NOT | SELDOM):
            return True
    return False


def _denied(words: list[Token], match: _Match, around: Sentence) -> bool:
    """Whether a "no" stands in it or before it in the same thought, or after it with a word of demand: "is not required"."""
    before = [word.text for word in words[max(around.first, match.start - BEFORE) : match.start]]
    before = before[max((place + 1 for place, word in enumerate(before) if word in BUT), default=0) :]
    after = [word.text for word in words[match.end : min(around.last, match.end + AFTER)]]
    after = after[: next((place for place, word in enumerate(after) if word in BREAK), None)]
    inside = [word.text for word in words[match.start : match.end]]
    demanded = any(word.startswith(ASKED) for word in [*inside, *after])
    return not NOT.isdisjoint([*before, *inside]) or (demanded and not NOT.isdisjoint(after))
