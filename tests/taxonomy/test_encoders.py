"""The contract of every encoder, and the faults of the weights file: a damaged file is refused, never read wrongly."""

import hashlib
import json
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taxonomy.encoders import Encoder, EncoderUnavailable, FloatTable, NordicEncoder, SentenceTransformerEncoder, fold, weights
from taxonomy.encoders.ngrams import own_rows, rows_of, said_of, words, words_of
from taxonomy.encoders.rarity import word_weights
from taxonomy.encoders.transformer import MINILM
from taxonomy.linker.vocabulary import WEIGHTS

TEXTS = ["plocka varor", "plukke varer", "order picking", "vaske gulv", "C++", "Städning av kök, trappor och wc"]
EMPTY = ["", "   ", "💥 !!", "\u00ad\u200b"]
NORDIC = NordicEncoder.open(WEIGHTS)


@pytest.fixture(params=["nordic", *(pytest.param(name, marks=pytest.mark.train) for name in ("minilm", "library"))], scope="module")
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    if request.param == "nordic":
        return NORDIC
    if request.param == "minilm":
        return SentenceTransformerEncoder(MINILM)
    from taxonomy.encoders import training  # noqa: PLC0415 (only the train environment has torch)

    folder = tmp_path_factory.mktemp("library")
    opened = weights.read(WEIGHTS)
    training.save(opened.table(), opened.word_weights.astype(np.float32), folder, "the shipped weights")
    return SentenceTransformerEncoder(str(folder))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.bin"
    table = np.random.default_rng(0).normal(size=(64, 8)).astype(np.float32)
    weights.write(path, table, np.ones(len(table), np.float32), bits=4, seed=1, steps=2, trained_on="chance")
    return path


def test_rows_have_the_promised_shape_and_length(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_without_words_gives_zeros(encoder: Encoder) -> None:
    vectors = encoder.encode([*EMPTY, "kock"])
    assert not vectors[:-1].any()
    assert vectors[-1].any()
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_a_text_does_not_depend_on_its_batch(encoder: Encoder) -> None:
    whole = encoder.encode(TEXTS)
    assert np.allclose(whole[::-1], encoder.encode(TEXTS[::-1]), atol=1e-5)
    assert np.allclose(whole, np.concatenate([encoder.encode([text]) for text in TEXTS]), atol=1e-5)
    assert np.array_equal(whole, encoder.encode(TEXTS))


@settings(deadline=None)
@given(st.lists(st.text(st.characters(codec=None), max_size=40), max_size=6))
def test_any_text_gives_a_unit_row_or_zeros(texts: list[str]) -> None:
    lengths = np.linalg.norm(NORDIC.encode(texts), axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-4) | (lengths == 0))


@settings(deadline=None)
@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("STÄDNING", "städning"), ("sta\u0308dning", "städning"), ("städ\u00adning", "städning"), (" städning\n", "städning")],
)
def test_spelling_that_means_nothing_changes_nothing(one: str, other: str) -> None:
    assert np.array_equal(NORDIC.encode([one]), NORDIC.encode([other]))


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("abåäöøæé+#_-. 9ß\u0301\n"), max_size=20), max_size=6))
def test_words_of_a_batch_are_the_words_of_each_text(texts: list[str]) -> None:
    assert words_of(texts) == [words(text) for text in texts]


def test_an_n_gram_has_one_row_wherever_it_stands() -> None:
    rows, counts = rows_of(["lager", "slagerdjur", "x"], 1 << 31)
    inside, other, short = np.split(rows, np.cumsum(counts)[:-1])
    assert counts.tolist() == [1 + 5 + 4 + 3 + 2, 1 + 10 + 9 + 8 + 7, 2]  # the word; its 3-, 4-, 5- and 6-grams with both ends
    assert len(set(rows)) == len(rows) - len(set(inside) & set(other))
    assert len(set(inside) & set(other)) == 3 + 2 + 1  # lag, age, ger; lage, ager; lager
    assert np.array_equal(rows_of(["x"], 1 << 31)[0], short)


def test_a_word_of_many_concepts_counts_less() -> None:
    concepts = [{"en": ["use lathes"]}, {"en": ["use ovens", "using ovens"]}, {"en": ["weld"], "sv": ["svetsa"]}]
    counted = word_weights(concepts, 1 << 16)
    often, once, never = (float(counted[own_rows([word], *rows_of([word], 1 << 16))[0]]) for word in ("use", "ovens", "sailing"))
    assert often < once < never
    table = np.random.default_rng(0).normal(size=(1 << 16, 16)).astype(np.float32)
    before = NordicEncoder("all alike", FloatTable(table, np.ones(1 << 16, np.float32))).encode(["use ovens", "use", "ovens"])
    text, of_many, of_one = NordicEncoder("weighed", FloatTable(table, counted)).encode(["use ovens", "use", "ovens"])
    assert text @ of_many < before[0] @ before[1]
    assert text @ of_one > before[0] @ before[2]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Ingenieur/Ingenieurin für Kunststoff", [2, 2, 1, 1]),
        ("Geprüfter Koch/Geprüfte Köchin", [2, 1, 2, 1]),
        ("Städare, städaren, städaren", [3, 3, 3]),
        ("kock, kock", [1, 1]),  # no forms: what is said twice counts twice
        ("lager lagerarbete", [1, 1]),
        (" ".join(["städare städaren"] * 17), [1] * 34),  # too long for a name
    ],
)
def test_forms_of_a_word_count_together_as_one(text: str, times: list[int]) -> None:
    assert [often for _, often in said_of([text])[0]] == times


def test_a_name_in_two_forms_does_not_drown_what_is_told_of_it() -> None:
    alone, both, told = NORDIC.encode(
        ["ingenieur für kunststofftechnik", "ingenieur/ingenieurin für kunststofftechnik", "kunststofftechnik"]
    )
    assert alone @ both > 0.95
    assert abs(both @ told - alone @ told) < 0.05


def test_the_same_words_in_three_languages_are_near() -> None:
    swedish, norwegian, english, else_ = NORDIC.encode(["lagerarbetare", "lagerarbeider", "warehouse worker", "spela fiol"])
    assert swedish @ norwegian > 0.6
    assert swedish @ english > 0.6
    assert swedish @ else_ < 0.3


def test_the_shipped_file_is_small_and_its_name_says_which_weights() -> None:
    assert WEIGHTS.stat().st_size <= 20_000_000
    assert NORDIC.name == f"nordic-{weights.FORMAT}-{weights.read(WEIGHTS).sha256[:8]}"
    assert f"# {NORDIC.name}\n" in WEIGHTS.with_name("MODEL_CARD.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("bits", "least"), [(4, 0.98), (2, 0.85)])
def test_few_bits_keep_the_directions(tmp_path: Path, bits: int, least: float) -> None:
    table = np.random.default_rng(0).normal(size=(64, 64)).astype(np.float32)
    counted = np.linspace(0.5, 2, len(table), dtype=np.float32)
    weights.write(tmp_path / "small.bin", table, counted, bits=bits, seed=1, steps=2, trained_on="chance")
    before = NordicEncoder("float", FloatTable(table, counted)).encode(TEXTS)
    after = NordicEncoder.open(tmp_path / "small.bin").encode(TEXTS)
    assert ((before * after).sum(axis=1) > least).all()


def _rewritten(path: Path, change: Callable[[dict[str, object]], None]) -> None:
    """The same file with another header and an honest hash."""
    content = path.read_bytes()
    length = struct.unpack_from("<I", content, 40)[0]
    header = json.loads(content[44 : 44 + length])
    change(header)
    text = json.dumps(header).encode()
    body = struct.pack("<I", len(text)) + text
    body += b"\0" * (-(40 + len(body)) % weights.PAGE) + content[weights.PAGE :]
    path.write_bytes(content[:8] + hashlib.sha256(body).digest() + body)


def _flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: path.unlink(), "can't be read"),
    "empty": (lambda path: path.write_bytes(b""), "can't be read"),
    "another file": (lambda path: path.write_bytes(b"%PDF-1.7 and so on"), "not a weights file"),
    "short": (lambda path: path.write_bytes(path.read_bytes()[:20]), "not a weights file"),
    "truncated": (lambda path: path.write_bytes(path.read_bytes()[:-1]), "damaged or not whole"),
    "flipped at the start": (lambda path: _flip(path, 0), "not a weights file"),
    "flipped in the hash": (lambda path: _flip(path, 9), "damaged"),
    "flipped in the header": (lambda path: _flip(path, 60), "damaged"),
    "flipped in the numbers": (lambda path: _flip(path, -1), "damaged"),
    "other version": (lambda path: _rewritten(path, lambda header: header.update(format=2)), "has format 2"),
    "other bits": (lambda path: _rewritten(path, lambda header: header.update(bits=3)), "does not hold"),
    "other shape": (lambda path: _rewritten(path, lambda header: header.update(rows=65)), "does not hold the 65 rows"),
    "strange header": (lambda path: _rewritten(path, lambda header: header.update(colour="red")), "header"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_is_refused_with_a_sentence(small: Path, fault: str) -> None:
    harm, sentence = FAULTS[fault]
    harm(small)
    with pytest.raises(EncoderUnavailable, match=sentence) as refused:
        NordicEncoder.open(small)
    assert str(refused.value).endswith(".")


def test_numbers_that_are_not_finite_are_refused(small: Path) -> None:
    content = bytearray(small.read_bytes())
    content[weights.PAGE : weights.PAGE + 2] = np.float16(np.nan).tobytes()
    small.write_bytes(content)
    _rewritten(small, lambda header: None)
    with pytest.raises(EncoderUnavailable, match="not finite"):
        NordicEncoder.open(small)


def test_a_pinned_model_with_other_weights_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(EncoderUnavailable, match="not the expected file"):
        SentenceTransformerEncoder(str(tmp_path), sha256="0" * 64)
    with pytest.raises(EncoderUnavailable, match="holds no"):
        SentenceTransformerEncoder(str(tmp_path.parent), sha256="0" * 64)
