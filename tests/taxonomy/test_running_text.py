"""From running text to concepts: where each was read, sure or to be asked about, and what no text may do."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taxonomy.linker import Link, Vocabulary, link, link_text
from taxonomy.linker.nearest import best_two, candidates
from taxonomy.linker.reading import language_of, phrases, same_start, words_at

HOSTILE = {
    "empty": "",
    "spaces": " \n\t ",
    "signs": "?!… — ***" * 50,
    "emoji": "🧹👩‍🍳🪴" * 200,
    "right to left": "أبحث عن عمل هادئ في المطبخ. עבודה שקטה.",
    "bidi signs": "\u202estäda\u202c \u2066kök\u2069",
    "zero width": "plo\u200bcka va\u00adror",
    "mixed": "Du ska plocka varor and clean rooms og kjøre truck, пожалуйста.",
    "one long word": "a" * 100_000,
    "loose accents": "a\u0300\u0301\u0302" * 500,
    "a megabyte": "Du ska plocka varor och städa. " * 33_000,
    "a megabyte without a full stop": "plocka varor städa " * 55_000,
}


def read(text: str, found: Link) -> str:
    return text[found.start : found.end]


def test_several_concepts_of_one_sentence_with_the_words_they_were_read_from(shipped: Vocabulary) -> None:
    text = "Du ska plocka varor, ge god service till kunder och köra truck."
    found = link_text(text, kind="skill", vocabulary=shipped)
    assert [(one.concept, read(text, one), one.sure) for one in found] == [
        ("pick-orders", "plocka varor", True),
        ("serve-customers", "service till kunder", True),
        ("drive-forklift", "köra truck", True),
    ]
    assert [one.exact for one in found] == [True, False, True]


@pytest.mark.parametrize("text", ["Vi tränar på att samarbeta.", "Du möter familjer i deras hem.", "Vi har dokument och digitala system."])
def test_what_is_only_near_is_never_sure(shipped: Vocabulary, text: str) -> None:
    assert [one for one in link_text(text, kind="skill", vocabulary=shipped) if one.sure] == []


def test_no_word_is_used_twice_and_no_concept_said_twice(shipped: Vocabulary) -> None:
    text = "Plocka varor. Du plockar varor och packar varor, sorterar tvätt och viker tvätt, plocka varor igen."
    found = link_text(text, kind="skill", vocabulary=shipped)
    assert len({one.concept for one in found}) == len(found)
    places = [place for one in found for place in range(one.start, one.end)]
    assert len(places) == len(set(places))


def test_spans_stand_in_the_text_as_it_was_written(shipped: Vocabulary) -> None:
    text = "  – PLOCKA\u00a0 va\u00adror (lager)"
    (found,) = link_text(text, kind="skill", vocabulary=shipped)[:1]
    assert (found.concept, read(text, found)) == ("pick-orders", "PLOCKA\u00a0 va\u00adror")


@pytest.mark.parametrize("name", HOSTILE)
def test_case_66_any_text_is_answered_honestly_and_soon(shipped: Vocabulary, name: str) -> None:
    """The time is bounded by what is read, not by what was sent: ten seconds would be a hundred times the usual."""
    text, start = HOSTILE[name], time.monotonic()
    found = link_text(text, kind="skill", vocabulary=shipped) + link(text, kind="occupation", vocabulary=shipped)
    assert time.monotonic() - start < 10
    assert all(0 <= one.start <= one.end <= len(text) and np.isfinite(one.score) for one in found)
    if name in {"empty", "spaces", "signs", "emoji", "right to left"}:
        assert found == []
    if name in {"zero width", "mixed", "a megabyte"}:
        assert found[0].concept == "pick-orders"


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(codec=None), max_size=200))
def test_words_keep_their_places(text: str) -> None:
    read = words_at(text)
    assert all(0 <= word.start < word.end <= len(text) for word in read)
    assert [word.start for word in read] == sorted(word.start for word in read)
    assert sum(len(phrase) for phrase in phrases(text)) >= 0


def test_the_quick_way_finds_what_the_whole_rule_finds(shipped: Vocabulary) -> None:
    """Reading the labels of few concepts must not change who comes first."""
    texts = ["plocka varor", "vaske gulv", "hjälpa äldre", "serve food", "laga trasiga saker", "snekre", "skriva på dator", "passa barn"]
    vectors = shipped.encoder.encode(texts)
    for kind in ("skill", "occupation"):
        space, allowed = shipped.spaces[kind][1], shipped.allowed[kind]
        whole = np.where(allowed, space.scores(vectors), -np.inf)
        quick = candidates(space, vectors, allowed)
        for row in range(len(texts)):
            mine = quick.rows == row
            best = np.argsort(-quick.scores[mine], kind="stable")[:8]
            assert quick.concepts[mine][best].tolist() == np.argsort(-whole[row], kind="stable")[:8].tolist()
            assert quick.scores[mine][best] == pytest.approx(np.sort(whole[row])[::-1][:8], abs=1e-5)
        two = best_two(space, vectors, allowed, floor=0.0)
        assert two.scores == pytest.approx(whole[two.rows, two.concepts], abs=1e-5)


@pytest.mark.parametrize(
    ("text", "language"),
    [("Du ska vara med och städa", "sv"), ("Du skal være med og vaske", "nb"), ("You will be with the team", "en"), ("Java SQL", "")],
)
def test_the_language_of_a_text_is_that_of_its_small_words(text: str, language: str) -> None:
    assert language_of(text) == language


def test_how_far_words_are_alike() -> None:
    assert [same_start("lugnt", "lugna"), same_start("a", "b"), same_start("", "b"), same_start("ab", "abc")] == [4, 0, 0, 2]
