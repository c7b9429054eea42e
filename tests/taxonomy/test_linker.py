"""From words to concepts: exact words first, across languages, misspelled, unsure; the vector cache; a vocabulary that changes."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from taxonomy.encoders import NordicEncoder
from taxonomy.linker import Vocabulary, cache, current, link, link_text
from taxonomy.linker.ranking import Space, centroids
from taxonomy.linker.spelling import Speller, distance
from taxonomy.linker.vocabulary import WEIGHTS, Row, build
from taxonomy.models import Concept, Kind, Label, Release

NORDIC = NordicEncoder.open(WEIGHTS)


def _row(key: str, kind: str, text: str, *, isco: str = "", language: str = "sv", active: bool = True) -> Row:
    return Row(key, kind, isco, active, language, text, True)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("plocka varor", "pick-orders"),
        ("Plukke varer", "pick-orders"),
        ("order picking", "pick-orders"),
        ("att plocka varor", "pick-orders"),
        ("vaske gulv", "mop-floors"),
        ("vaska gulv", "mop-floors"),
        ("passa barn", "watch-children"),
        ("städning", "clean-rooms"),
        ("stedning", "clean-rooms"),
        ("stadning", "clean-rooms"),
        ("plokka varor", "pick-orders"),
        ("svesa", "weld"),
        ("kjøre truck", "drive-forklift"),
        ("drive forklift", "drive-forklift"),
        ("laga mat", "cook-food"),
        ("lage mat", "cook-food"),
    ],
)
def test_everyday_words_find_their_skill(shipped: Vocabulary, text: str, concept: str) -> None:
    assert link(text, kind="skill", vocabulary=shipped)[0].concept == concept


@pytest.mark.parametrize("text", ["städa", "ta hand om barn"])
def test_words_that_mean_several_things_show_the_right_ones(shipped: Vocabulary, text: str) -> None:
    wanted = {"städa": "clean-rooms", "ta hand om barn": "watch-children"}[text]
    assert wanted in [one.concept for one in link(text, kind="skill", limit=3, vocabulary=shipped)]


@pytest.mark.parametrize(
    ("text", "concept"),
    [("lagerarbetre", "warehouse-worker"), ("renholder", "cleaner"), ("kokk", "cook"), ("undersköterska", "assistant-nurse")],
)
def test_everyday_words_find_their_occupation(shipped: Vocabulary, text: str, concept: str) -> None:
    assert link(text, kind="occupation", vocabulary=shipped)[0].concept == concept


def test_exact_words_come_first_and_only_the_first_is_sure(shipped: Vocabulary) -> None:
    links = link("plocka varor", kind="skill", vocabulary=shipped)
    assert (links[0].exact, links[0].sure, links[0].score, links[0].label) == (True, True, 1.0, "plocka varor")
    assert not any(one.exact or one.sure for one in links[1:])
    assert [one.score for one in links] == sorted((one.score for one in links), reverse=True)
    assert len(link("plocka varor", kind="skill", limit=2, vocabulary=shipped)) == 2


def test_a_guess_at_the_spelling_is_never_sure(shipped: Vocabulary) -> None:
    best = link("stedning", kind="skill", vocabulary=shipped)[0]
    assert not best.exact
    assert not best.sure


@pytest.mark.parametrize("text", ["", "  ", "💥", "xqzv qq", "-"])
def test_what_means_nothing_finds_nothing(shipped: Vocabulary, text: str) -> None:
    assert link(text, kind="skill", vocabulary=shipped) == []
    assert link_text(text, kind="skill", vocabulary=shipped) == []


def test_a_label_of_two_concepts_is_exact_but_not_sure() -> None:
    twins = build([_row("a", "skill", "vård"), _row("b", "skill", "vård"), _row("c", "skill", "bygga hus")], NORDIC, release=1)
    links = link("Vård", kind="skill", vocabulary=twins)
    assert [(one.exact, one.sure) for one in links[:2]] == [(True, False), (True, False)]


def test_part_of_a_label_and_both_sides_of_a_slash_are_exact() -> None:
    known = build([_row("cook", "occupation", "kock/kokerska"), _row("java", "skill", "Java (programspråk)")], NORDIC, release=1)
    assert link("kokerska", kind="occupation", vocabulary=known)[0].exact
    assert link("java", kind="skill", vocabulary=known)[0].exact


def test_an_inactive_concept_keeps_its_vector_but_is_never_offered() -> None:
    known = build([_row("new", "skill", "laga bilar"), _row("old", "skill", "laga mat", active=False)], NORDIC, release=1)
    assert "old" not in [one.concept for one in link("laga mat", kind="skill", vocabulary=known)]
    vectors = known.vectors_of(["old", "nobody", "new"])
    assert np.linalg.norm(vectors, axis=1).round(4).tolist() == [1, 0, 1]


def test_an_empty_vocabulary_answers() -> None:
    empty = build([], NORDIC, release=0)
    assert link("kock", kind="occupation", vocabulary=empty) == []
    assert link_text("Vi söker en kock.", kind="occupation", vocabulary=empty) == []
    assert empty.vectors_of(["kock"]).shape == (1, NORDIC.dimensions)


def test_the_preferred_label_names_a_concept_more_than_another_does() -> None:
    vectors, starts = NORDIC.encode(["städare", "målare", "målare", "städare", "kock"]), np.array([0, 2, 4])
    marks = np.array([True, False, True, False, False])
    space = Space.of((vectors, marks), starts, centroids(vectors, starts), ([""] * 3, [False] * 3))
    cleaner, painter, cook = space.scores(NORDIC.encode(["städare", "kock"])).T
    assert cleaner[0] > painter[0]
    assert cook[1] == pytest.approx(1, abs=1e-5)  # without a mark, all labels name it alike


def test_a_group_never_ranks_above_its_best_child() -> None:
    texts = ["lokalvård", "städare", "hotellstädare", "kock"]
    vectors = NORDIC.encode(texts)
    starts = np.arange(4)
    space = Space.of(
        (vectors, np.ones(4, np.bool_)), starts, centroids(vectors, starts), (["911", "9112", "9112", "5120"], [True, False, False, False])
    )
    for score in space.scores(NORDIC.encode(["lokalvård", "städning", "kock"])):
        assert score[0] < max(score[1], score[2])


def test_concepts_are_found_in_running_text_in_their_order(shipped: Vocabulary) -> None:
    text = "Du ska plocka varor, städa efter dig och köra truck.\nVi driver ett lager och får saker gjorda.\n- Laga mat"
    assert [one.concept for one in link_text(text, kind="skill", vocabulary=shipped)] == ["pick-orders", "drive-forklift", "cook-food"]
    assert [one.concept for one in link_text(text, kind="skill", limit=1, vocabulary=shipped)] == ["pick-orders"]


def test_one_word_of_another_language_is_not_taken_for_a_name() -> None:
    known = build([_row("driver", "occupation", "driver", language="en"), _row("java", "skill", "Java", language="en")], NORDIC, release=1)
    swedish = "Vi driver en butik och du är bra på java och till att sälja."
    assert link_text(swedish, kind="occupation", vocabulary=known) == []
    assert [one.concept for one in link_text(swedish, kind="skill", vocabulary=known)] == ["java"]
    assert [one.concept for one in link_text("We need a driver for the truck", kind="occupation", vocabulary=known)] == ["driver"]


@settings(deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_gets_an_honest_answer(shipped: Vocabulary, text: str) -> None:
    for links in (link(text, kind="skill", vocabulary=shipped), link_text(text, kind="occupation", vocabulary=shipped)):
        assert all(np.isfinite(one.score) and one.concept in shipped.place for one in links)
        assert len({one.concept for one in links}) == len(links)


@given(st.text("aäbcek", max_size=8), st.text("aäbcek", max_size=8))
def test_distance_is_a_distance(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


@given(st.text("aäbcek", max_size=8), st.text("aäbcek", max_size=8), st.sampled_from([0.5, 1.0, 1.5, 2.0]))
def test_a_bound_only_leaves_out_what_is_further(one: str, other: str, most: float) -> None:
    whole = distance(one, other)
    assert distance(one, other, most=most) == (whole if whole <= most else np.inf)


def test_repair_leaves_known_and_short_and_strange_words_alone() -> None:
    speller = Speller.of([["städning"], ["truck"], ["kök"]])
    assert speller.repaired(["stedning", "truck", "kok", "trukc", "flygplan", "c3po"]) == [
        "städning",
        "truck",
        "kok",
        "truck",
        "flygplan",
        "c3po",
    ]
    assert Speller.of([]).repaired(["städning"]) == ["städning"]


class TestCache:
    texts = ("kock", "städare", "plocka varor")

    def _file(self, folder: Path) -> Path:
        return next(folder.glob("*.npy"))

    def test_vectors_are_read_back(self, tmp_path: Path) -> None:
        made = cache.label_vectors(NORDIC, self.texts, tmp_path)
        read = cache.label_vectors(NORDIC, self.texts, tmp_path)
        assert isinstance(read, np.memmap)
        assert np.array_equal(made, read)
        assert not list(tmp_path.glob("*.part"))

    @pytest.mark.parametrize("harm", ["flip", "truncate", "empty", "no checksum", "other array"])
    def test_a_corrupt_file_is_made_again(self, tmp_path: Path, harm: str) -> None:
        made = cache.label_vectors(NORDIC, self.texts, tmp_path)
        path = self._file(tmp_path)
        content = path.read_bytes()
        if harm == "no checksum":
            path.with_suffix(".sha256").unlink()
        elif harm == "other array":
            np.save(path, np.zeros((1, 1)))
            path.with_suffix(".sha256").write_text(cache._hash(path))
        else:
            path.write_bytes({"flip": content[:-1] + bytes([content[-1] ^ 1]), "truncate": content[:200], "empty": b""}[harm])
        assert np.array_equal(cache.label_vectors(NORDIC, self.texts, tmp_path), made)
        assert isinstance(cache.label_vectors(NORDIC, self.texts, tmp_path), np.memmap)

    def test_a_folder_that_cannot_be_written_costs_only_time(self, tmp_path: Path) -> None:
        (tmp_path / "vectors").write_text("a file where the folder should be")
        assert cache.label_vectors(NORDIC, self.texts, tmp_path / "vectors").shape == (3, NORDIC.dimensions)

    def test_few_old_files_are_kept(self, tmp_path: Path) -> None:
        for number in range(cache.KEPT + 3):
            cache.label_vectors(NORDIC, [f"nummer {number}"], tmp_path)
        assert len(list(tmp_path.glob("*.npy"))) == len(list(tmp_path.glob("*.sha256"))) == cache.KEPT


def test_the_shared_vocabulary_follows_the_database(db: None, now: datetime, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    assert link("häckklippning", kind="skill") == []
    concept = Concept.objects.create(key="hedge", kind=Kind.SKILL)
    Label.objects.create(concept=concept, language="sv", text="häckklippning", preferred=True)
    assert link("häckklippning", kind="skill")[0].concept == "hedge"
    concept.active = False
    concept.save()
    release = Release.objects.create(at=now, what="hedge is gone")
    assert link("häckklippning", kind="skill") == []
    assert current().release == release.pk
    held = current()
    with django_assert_num_queries(2):
        assert current() is held


def test_the_loaded_starter_answers_in_three_languages(db: None) -> None:
    call_command("load_starter", verbosity=0)
    assert {link(text, kind="skill")[0].concept for text in ("plocka varor", "plukke varer", "order picking")} == {"pick-orders"}
