"""Small ESCO files in both layouts, and the whole state that reading them leads to."""

import csv
import gzip
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from taxonomy.models import Concept, Label, OccupationSkill

BASE = "http://data.europa.eu/esco"
COOK, COOKING = f"{BASE}/occupation/90f75f67-495d-49fa-ab57-2f320e251d7e", f"{BASE}/skill/8c5c8ee0-9d4a-4a6f-9f0e-5a4b6b5c0001"
SKILL, OTHER = f"{BASE}/skill/11111111-0000-4000-8000-000000000001", f"{BASE}/skill/11111111-0000-4000-8000-000000000002"
DIVER = f"{BASE}/occupation/22222222-0000-4000-8000-000000000001"
GROUP = f"{BASE}/isco/C754"
SKILL_COLUMNS = ["conceptType", "conceptUri", "skillType", "preferredLabel", "altLabels", "status", "description"]
OCCUPATION_COLUMNS = ["conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "status", "code"]
RELATION_COLUMNS = ["occupationUri", "relationType", "skillType", "skillUri"]

Rows = Sequence[Sequence[str]]


def write(path: Path, header: Sequence[str], rows: Rows, *, separator: str = ",", encoding: str = "utf-8") -> Path:
    text = StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerows([header, *rows])
    data = text.getvalue().encode(encoding)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def skill(uri: str, preferred: str, *others: str) -> list[str]:
    return ["KnowledgeSkillCompetence", uri, "skill/competence", preferred, "\n".join(others), "released", "One, two;\nthree."]


def occupation(uri: str, isco: str, preferred: str, *others: str) -> list[str]:
    return ["Occupation", uri, isco, preferred, "\n".join(others), "released", f"{isco}.1"]


def state() -> dict[str, list[Any]]:
    """Everything but numbers that the database gives out."""
    return {
        "concepts": list(Concept.objects.order_by("key").values_list("key", "kind", "isco", "esco_uri", "source", "active")),
        "labels": sorted(Label.objects.values_list("concept_id", "language", "text", "preferred", "source")),
        "relations": sorted(OccupationSkill.objects.values_list("occupation_id", "skill_id", "essential", "source")),
    }
