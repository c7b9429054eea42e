"""Profiles against postings: a person's own occupation's posting should come first among those of all occupations."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from matching.queries.evaluation.made import LANGUAGES, Made, averaged
from matching.scoring import THRESHOLD
from taxonomy.encoders import Encoder, Vectors
from taxonomy.linker.evaluation import PLAIN, Result

System = tuple[str, Vectors]  # a name, and one score per person and posting
Lists = Sequence[Sequence[int]]


def evaluate_ranking(made: Made, encoders: Sequence[Encoder]) -> dict[str, list[Result]]:
    """Both sides named in Swedish, and people in Swedish against postings in English; every system's result.

    The first encoder also ranks by one side alone and by one averaged vector per person.
    """
    found = {}
    named = [{one: encoder.encode([names[one] for names in made.names.values()]) for one in LANGUAGES} for encoder in encoders]
    for title, held, asked in (("same language", "sv", "sv"), ("crossed languages", "sv", "en")):
        systems = _systems(made, list(zip(encoders, named, strict=True)), held, asked)
        found[title] = [Result.of(name, _ranks(scores, made.of)) for name, scores in systems]
    return found


def _systems(made: Made, encoders: Sequence[tuple[Encoder, Mapping[str, Vectors]]], held: str, asked: str) -> Iterator[System]:
    """`encoders`: each with the names of all skills by language, encoded."""
    for place, (encoder, named) in enumerate(encoders):
        employer, person = sides(made.asked(), made.held(), (named[asked], named[held]), made.weights())
        yield f"{encoder.name}, skill by skill", harmonic(employer, person)
        if not place:
            yield "the employer's side alone", employer
            people, jobs = [one.skills for one in made.people], [one.musts for one in made.jobs]
            yield "averaged vector", averaged(encoder, people, made.names, held) @ averaged(encoder, jobs, made.names, asked).T
    texts = [[" ".join(made.names[key][language] for key in own) for own in side] for language, side in _texts(made, held, asked)]
    for name, plain in PLAIN:
        yield name, plain(texts[1], texts[0])


def _texts(made: Made, held: str, asked: str) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    yield held, [one.skills for one in made.people]
    yield asked, [one.musts for one in made.jobs]


def sides(asked: Lists, held: Lists, vectors: tuple[Vectors, Vectors], weights: Vectors) -> tuple[Vectors, Vectors]:
    """The employer's and the person's side of everybody with every posting, each (people, postings).

    `asked` and `held`: places of skills, per posting and per person; `vectors`: of all skills as postings and as people name them.
    The same numbers as `matching.scoring.score` gives pair by pair.
    """
    flat = np.concatenate([np.array(one) for one in asked])
    lengths = np.array([len(one) for one in asked])
    starts = np.cumsum(lengths) - lengths
    total = np.add.reduceat(weights[flat], starts)
    used, back = np.unique(flat, return_inverse=True)
    wanted, own = vectors
    one_side, other_side = [], []
    for mine in held:
        near = np.clip((wanted[used] @ own[mine].T - THRESHOLD) / (1 - THRESHOLD), 0, 1)[back]
        one_side.append(np.add.reduceat(weights[flat] * near.max(axis=1), starts) / total)
        other_side.append(np.maximum.reduceat(near, starts, axis=0) @ weights[mine] / weights[mine].sum())
    return np.stack(one_side).astype(np.float32), np.stack(other_side).astype(np.float32)


def harmonic(one: Vectors, other: Vectors) -> Vectors:
    together = one + other
    mean: Vectors = np.divide(2 * one * other, together, out=np.zeros_like(together), where=together > 0)
    return mean


def _ranks(scores: Vectors, right: Sequence[int]) -> list[int]:
    """Ties count half, as if their order were drawn."""
    reached = scores[np.arange(len(right)), right][:, None]
    above, level = (scores > reached).sum(axis=1), (scores == reached).sum(axis=1) - 1
    ranks: list[int] = (1 + above + level // 2).tolist()
    return ranks
