"""The encoder scored by WorkRB: `python3 scripts/train.py benchmarks/workrb_tasks.py [--data DIR] [--queries N]`.

WorkRB's tasks over ESCO lie on a hub; here they are rebuilt from ESCO's files as tasks of that library, which ranks and counts. ESCO
has no Norwegian or Danish names of skills, so titles in those languages are set against Swedish skills. Its other names of skills are
not in the files, so skills are normalised from the names of the Swedish JobTech taxonomy.
"""

import argparse
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import ground  # noqa: F401 (first: it makes the settings)
import numpy as np
import torch
from workrb.models.base import ModelInterface
from workrb.models.lexical_baselines import BM25Model, TfIdfModel
from workrb.tasks.abstract.base import LabelType, Language
from workrb.tasks.abstract.ranking_base import RankingDataset, RankingTask, RankingTaskGroup
from workrb.types import ModelInputType

from taxonomy.encoders import Encoder, NordicEncoder, Vectors
from taxonomy.encoders.corpus import Concept, labels, rows
from taxonomy.linker import evaluation

NAMES = {Language.SV: "sv", Language.NO: "nb", Language.DA: "da", Language.EN: "en"}
SKILLS_IN = {Language.SV: "sv", Language.NO: "sv", Language.DA: "sv", Language.EN: "en"}
METRICS = ["map", "rp@10", "mrr"]


class EncoderModel(ModelInterface):  # type: ignore[misc]  # workrb is not installed where types are checked
    """Any encoder of ours as a model of WorkRB: cosines."""

    classification_label_space = None

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def description(self) -> str:
        return "cosines of one vector per text"

    def _compute_rankings(self, queries: list[str], targets: list[str], **_types: ModelInputType) -> torch.Tensor:
        return torch.from_numpy(self._encoded(queries) @ self._encoded(targets).T)

    def _compute_classification(self, texts: list[str], targets: list[str], **types: Any) -> torch.Tensor:
        return self._compute_rankings(texts, targets)

    def _encoded(self, texts: list[str]) -> Vectors:
        """Each text once: the tasks ask for the same skills again and again."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        self._kept.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._kept[text] for text in texts])


class _Esco(RankingTask):  # type: ignore[misc]
    """What the three tasks share. `pairs` gives, by language, texts and the texts that are right for each."""

    label_type = LabelType.MULTI_LABEL
    supported_query_languages = list(NAMES)
    supported_target_languages = list(NAMES)

    def __init__(self, data: Path, most: int) -> None:
        self._data, self._most = data, most
        super().__init__(languages=[one.value for one in self.supported_query_languages], split="test")

    def load_dataset(self, dataset_id: str, split: Any) -> RankingDataset:
        right, targets = self.pairs(Language(dataset_id))
        place = {text: i for i, text in enumerate(targets)}
        queries = random.Random(0).sample(sorted(right), min(self._most, len(right)))  # noqa: S311 (which queries, not a secret)
        return RankingDataset(queries, [sorted(place[text] for text in right[query]) for query in queries], targets, dataset_id)

    def pairs(self, language: Language) -> tuple[dict[str, set[str]], list[str]]:
        raise NotImplementedError

    def _related(self, language: Language) -> list[tuple[str, str]]:
        """(title, skill) of every relation that has both names."""
        jobs = _preferred(labels(self._data / "esco/occupation_labels.csv.gz"), NAMES[language])
        skills = _preferred(labels(self._data / "esco/skill_labels.csv.gz"), SKILLS_IN[language])
        found = ((row["occupation_uri"], row["skill_uri"]) for row in rows(self._data / "esco/occupation_skills.csv.gz"))
        return [(jobs[job], skills[skill]) for job, skill in found if job in jobs and skill in skills]


class JobToSkill(_Esco):
    name = "job to skill"
    description = "which skills a title asks for"
    task_group = RankingTaskGroup.JOB2SKILL
    query_input_type, target_input_type = ModelInputType.JOB_TITLE, ModelInputType.SKILL_NAME

    def pairs(self, language: Language) -> tuple[dict[str, set[str]], list[str]]:
        return _grouped(self._related(language))


class SkillToJob(_Esco):
    name = "skill to job"
    description = "which titles ask for a skill"
    task_group = RankingTaskGroup.SKILL2JOB
    query_input_type, target_input_type = ModelInputType.SKILL_NAME, ModelInputType.JOB_TITLE

    def pairs(self, language: Language) -> tuple[dict[str, set[str]], list[str]]:
        return _grouped([(skill, job) for job, skill in self._related(language)])


class SkillNormalisation(_Esco):
    """Queries are Swedish; the language is that of ESCO's names."""

    name = "skill normalisation"
    description = "Swedish JobTech names of skills to ESCO's names"
    task_group = RankingTaskGroup.SKILL_NORMALIZATION
    query_input_type = target_input_type = ModelInputType.SKILL_NAME
    supported_query_languages = [Language.SV, Language.EN]

    def pairs(self, language: Language) -> tuple[dict[str, set[str]], list[str]]:
        skills = _preferred(labels(self._data / "esco/skill_labels.csv.gz"), NAMES[language])
        asked = [(row["query_sv"], row["esco_skill_uri"]) for row in rows(self._data / "skill-link-dev.csv.gz")]
        right, _ = _grouped([(text, skills[uri]) for text, uri in asked if uri in skills])
        return right, sorted(set(skills.values()))


def _preferred(concepts: dict[str, Concept], language: str) -> dict[str, str]:
    return {uri: concept[language][0].strip() for uri, concept in concepts.items() if concept.get(language)}


def _grouped(pairs: list[tuple[str, str]]) -> tuple[dict[str, set[str]], list[str]]:
    right: dict[str, set[str]] = defaultdict(set)
    for query, target in pairs:
        right[query.strip()].add(target)
    return dict(right), sorted({target for _, target in pairs})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--queries", type=int, default=1000)
    options = parser.parse_args()
    encoders = [NordicEncoder.open(evaluation.WEIGHTS), *evaluation.minilm()]
    models: list[ModelInterface] = [*map(EncoderModel, encoders), TfIdfModel(), BM25Model()]
    lines = []
    for task in (kind(options.data, options.queries) for kind in (JobToSkill, SkillToJob, SkillNormalisation)):
        for dataset in task.datasets:
            for model in models:
                found = task.evaluate(model, METRICS, dataset)
                lines.append((f"{task.name}, {dataset}", model.name, *(f"{found[metric]:.3f}" for metric in METRICS)))
                print(*lines[-1], sep="  ", file=sys.stderr, flush=True)  # some take a minute
    print(evaluation.table(("task", "model", *METRICS), lines))


if __name__ == "__main__":
    main()
