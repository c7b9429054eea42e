"""The text check: what it must find, what it must leave alone, and that no text makes it slow. The sentences are data."""

import csv
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.linker.wording import WrongPattern, built_in, check, made, parse
from taxonomy.linker.wording.patterns import Finder
from taxonomy.linker.wording.reading import LONGEST_WORD, Token, fold, sentences, tokens
from taxonomy.linker.wording.rules import FOLDER, GROUNDS, LANGUAGES, frames

with (Path(__file__).parent / "wording_sentences.tsv").open(encoding="utf-8") as file:
    SENTENCES = [tuple(row.values()) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
INNOCENT = "-"


def found(text: str) -> list[str]:
    return [hit.rule.id for hit in check({"tasks": text}, built_in())]


@pytest.mark.parametrize(("rule", "language", "text"), SENTENCES)
def test_it_finds_and_leaves_what_it_should(rule: str, language: str, text: str) -> None:
    assert (rule in found(text)) if rule != INNOCENT else (found(text) == [])


def test_the_sentences_are_many_half_innocent_and_in_three_languages() -> None:
    innocent = [language for rule, language, _ in SENTENCES if rule == INNOCENT]
    guilty = [language for rule, language, _ in SENTENCES if rule != INNOCENT]
    assert len(SENTENCES) >= 120
    assert len(innocent) >= len(SENTENCES) / 2
    assert all(min(Counter(some)[language] for language in LANGUAGES) >= 20 for some in (innocent, guilty))
    found_by_words = {one.id for one in built_in() if one.words or one.looks_for not in {"pay", "agreement"}}
    assert found_by_words - {rule for rule, _, _ in SENTENCES} == set()


def test_every_rule_says_why_in_three_languages_and_a_better_sentence_passes_the_check() -> None:
    for rule in built_in():
        assert rule.ground in GROUNDS, rule.id
        assert set(rule.why) == set(LANGUAGES), rule.id
        assert set(rule.better) in (set(), set(LANGUAGES)), rule.id
        for said in rule.better.values():
            assert found(said) == [], (rule.id, said)
        for pattern in rule.words:
            assert not pattern.instead or found(f"Vi söker en {pattern.instead}.") == [], (rule.id, pattern.instead)


def test_ids_are_told_apart_and_files_hold_nothing_unknown() -> None:
    ids = [rule.id for rule in built_in()]
    assert len(ids) == len(set(ids))
    lists = {"words", "terms", "beside", "unless", "near", "anywhere", "fields"}
    known = lists | {"id", "ground", "free", "keep", "why", "better", "looks_for"}
    for file in FOLDER.glob("*.toml"):
        assert all(set(rule) <= known for rule in tomllib.loads(file.read_text(encoding="utf-8")).get("rule", ()))


@pytest.mark.parametrize(
    "written",
    [
        "Du har korkort. Du jobbar i köket.",
        "Du har KÖRKORT. Du jobbar i köket.",
        "Du har ko\u0308rkort. Du jobbar i köket.",
        "Du har kör\u00adkort. Du jobbar i köket.",
        "Du har førerkort. Du rydder.",
        "Du har forerkort. Du rydder.",
        "Du har foererkort. Du rydder.",
        "Du har B-körkortet. Du jobbar i köket.",
    ],
)
def test_letters_may_be_written_in_another_way(written: str) -> None:
    assert found(written) == ["licence"]


def test_the_place_is_that_of_the_text_as_it_was_written() -> None:
    text = "Hej!\n\nDu är ung och\u00a0stark. Vi ses."
    (hit,) = [one for one in check({"tasks": text}, built_in()) if one.rule.id == "age"]
    assert text[hit.start : hit.end] == "ung och\u00a0stark"
    assert text[hit.sentence_start : hit.sentence_end] == "Du är ung och\u00a0stark."


def test_a_rule_speaks_once_of_a_sentence_and_again_of_the_next() -> None:
    assert found("Körkort och egen bil och körkort.") == ["licence"]
    assert found("Körkort. Du diskar. Egen bil.") == ["licence", "licence"]


def test_what_makes_innocent_may_stand_in_another_field() -> None:
    assert check({"title": "Chaufför sökes", "tasks": "B-körkort krävs."}, built_in()) == []


HOSTILE = {
    "one letter": "a" * 100_000,
    "no end": "vi söker en " * 9_000,
    "digits": "1" * 100_000,
    "numbers": "1 2-3 4 " * 12_000,
    "half addresses": "a@" * 50_000,
    "names and numbers": "Anna Berg 070-174 06 05 " * 4_000,
    "no, no, no": "inte " * 20_000,
    "signs": "((((..--**??//" * 7_000,
    "guilty every time": "Du är ung och stark. " * 5_000,
    "accents": "\u0301" * 100_000,
    "other scripts": "力" * 33_000 + "٣" * 33_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_with_the_text_and_not_faster(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in comparisons of a pattern with the text: eight times the text is eight times the work."""
    counted = Counter[str]()
    plain = Finder.find

    def counting(self, words, within):  # type: ignore[no-untyped-def]
        for key, pattern, start, end in plain(self, words, within):
            counted["found"] += 1
            yield key, pattern, start, end
        counted["words"] += len(words)

    monkeypatch.setattr(Finder, "find", counting)
    text = HOSTILE[name]
    work = []
    for part in (text[: len(text) // 8], text):
        counted.clear()
        check({"tasks": part}, built_in())
        work.append(sum(counted.values()))
    assert work[1] <= 9 * max(work[0], 1) + 100


def test_a_pattern_is_followed_without_going_back() -> None:
    """What would take an ordinary pattern matcher for ever: many gaps and words that may be missing, and no end."""
    pattern = parse("aaa .. .. .. .. .. .. bbb? ccc? ddd? .. .. zzz")
    words = [Token("aaa", i, i + 1) for i in range(2_000)]
    assert all(pattern.end(words, at, len(words)) == -1 for at in range(0, 2_000, 10))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "empty"),
        ("=> städare", "empty"),
        ("(a+)+$", "signs"),
        ("a*", "wide"),
        ("en?", "edge"),
        (".. stark", "edge"),
        ("x " * 15, "long"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_refused(line: str, code: str) -> None:
    with pytest.raises(WrongPattern) as problem:
        parse(line)
    assert problem.value.code == code


@given(st.text(max_size=300))
def test_any_text_is_read_and_every_place_lies_in_it(text: str) -> None:
    words = tokens(text)
    assert all(0 <= one.start < one.end <= len(text) and len(one.text) <= LONGEST_WORD for one in words)
    parts = sentences(text, words)
    assert [i for one in parts for i in range(one.first, one.last)] == list(range(len(words)))
    for hit in check({"tasks": text}, built_in()):
        assert 0 <= hit.sentence_start <= hit.start < hit.end <= hit.sentence_end <= len(text)


@given(st.text(alphabet="abcåäöæøéABCÅÄÖÆØ*/?#.=> 0123", max_size=60))
def test_any_line_is_a_pattern_or_is_refused(line: str) -> None:
    try:
        rule = made({"id": "x", "ground": "pay", "why": {}, "words": [line]})
    except WrongPattern:
        return
    check({"tasks": line.replace("*", "")}, [rule])


def test_folding_is_the_same_twice() -> None:
    assert fold("Førærkårt") == fold(fold("Førærkårt")) == "forarkart"


def test_a_term_counts_only_beside_a_frame_that_its_rule_names_and_every_frame_is_there() -> None:
    assert found("Vi tar inte emot någon i rullstol.") != []
    assert found("Verkstaden lagar en rullstol i veckan.") == []
    assert {name for rule in built_in() for name in rule.beside} == set(frames())
    assert all(bool(rule.terms) == bool(rule.beside) for rule in built_in())


def test_a_task_that_is_denied_asks_for_no_licence() -> None:
    assert found("Körkort krävs. Du kör ut varor.") == []
    assert found("Körkort krävs, även om du inte kör.") == ["licence"]


def test_a_number_of_something_else_is_none_to_call() -> None:
    assert found("Ordernumret 20214511 står på lappen.") == []
    assert found("Ring kontoret 033-17 40 00.") != []
