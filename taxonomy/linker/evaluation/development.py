"""One encoder on all development sets: what a training is judged by."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from taxonomy.encoders import Encoder
from taxonomy.linker.evaluation.linking import evaluate_linking
from taxonomy.linker.evaluation.measures import Result
from taxonomy.linker.evaluation.sets import LinkingSet, labels_of_the_files
from taxonomy.linker.evaluation.skills import evaluate_skills

OCCUPATION_SETS = {"dnk_q_da_c_da": "da", "deu_q_de_c_de": "de", "usa_q_en_c_en": "en", "nld_q_nl_c_nl": "nl"}
REPEATS = 0.005  # what the same seed may differ by on another machine


def development(encoder: Encoder, data: Path) -> dict[str, Result]:
    """By set: occupations as a list of concepts, and skill names against Swedish and English labels. About half a minute."""
    known = labels_of_the_files(data / "esco")
    found = {}
    for name, language in OCCUPATION_SETS.items():
        parts = [data / "melo-dev" / f"{name}.{part}.csv.gz" for part in ("corpus", "queries", "relevant")]
        listings = evaluate_linking(LinkingSet.read(*parts, language=language), known, [encoder], baselines=False)
        found[name] = listings["list of concepts"][0]
    skills = evaluate_skills(data / "skill-link-dev.csv.gz", data / "esco", [encoder], baselines=False)
    return found | {f"skills_sv_{language}": results[0] for language, results in skills.items()}


def judged(found: Mapping[str, Result]) -> dict[str, float]:
    """The two numbers that a new model is measured by: mean MRR of the occupation sets, mean success at ten of the skill sets."""
    occupations = [result.mrr.value for name, result in found.items() if name in OCCUPATION_SETS]
    skills = [result.ten.value for name, result in found.items() if name not in OCCUPATION_SETS]
    return {"occupations": _mean(occupations), "skills": _mean(skills)}


def worse(found: Mapping[str, float], baseline: Mapping[str, float]) -> list[str]:
    """The numbers that fall short of the baseline by more than the same seed may differ by."""
    return [name for name, least in baseline.items() if found.get(name, 0.0) < least - REPEATS]


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
