"""How well an encoder links, on public development sets, beside its baselines and with intervals."""

from taxonomy.linker.evaluation.development import development, judged, worse
from taxonomy.linker.evaluation.lexical import PLAIN
from taxonomy.linker.evaluation.linking import evaluate_linking
from taxonomy.linker.evaluation.measures import Mean, Result, means, table
from taxonomy.linker.evaluation.sets import BadSetError, LinkingSet, labels_of_the_database, labels_of_the_files
from taxonomy.linker.evaluation.skills import evaluate_skills
from taxonomy.linker.evaluation.systems import WEIGHTS, encoders, minilm

__all__ = [
    "PLAIN",
    "WEIGHTS",
    "BadSetError",
    "LinkingSet",
    "Mean",
    "Result",
    "development",
    "encoders",
    "evaluate_linking",
    "evaluate_skills",
    "judged",
    "labels_of_the_database",
    "labels_of_the_files",
    "means",
    "minilm",
    "table",
    "worse",
]
