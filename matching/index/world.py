"""What a run reads beside the two sides: the vocabulary as a space, the needs catalogue, and the versions of both."""

import hashlib
import json
from dataclasses import dataclass

import numpy as np
from django.db.models import Count

from matching.index.lasting import lasting
from matching.scoring import Space
from taxonomy.linker import Vocabulary, current, near_codes
from taxonomy.models import Need, OccupationSkill

LEAST_WEIGHT = 0.1  # of a skill that every occupation uses


@dataclass(frozen=True)
class World:
    """`version` names everything that numbers rest on; lists that were built for another one are built anew."""

    space: Space
    codes: tuple[str, ...]  # of the needs catalogue
    encoder: str
    vocabulary: str
    catalogue: str

    @property
    def version(self) -> tuple[str, str, str]:
        return self.encoder, self.vocabulary, self.catalogue


_held: dict[int, tuple[Vocabulary, World]] = {}  # of the vocabulary in use; it is held too, so that its id stays its own


def world() -> World:
    """The world as it is now; made anew when the vocabulary, the encoder or the catalogue has changed.

    Raises EncoderUnavailable: no match rather than a wrong match.
    """
    known, catalogue = current(), catalogue_hash()
    held = _held.get(id(known))
    if held is None or held[1].catalogue != catalogue:
        _held.clear()
        with lasting():
            held = _held[id(known)] = (known, _build(known, catalogue))
    return held[1]


def catalogue_hash() -> str:
    codes = list(Need.objects.order_by("code").values_list("code", "label_sv", "label_nb", "label_en"))
    return hashlib.sha256(json.dumps(codes).encode()).hexdigest()[:16]


def _build(known: Vocabulary, catalogue: str) -> World:
    used = dict(OccupationSkill.objects.values_list("skill_id").annotate(n=Count("pk")))
    total = OccupationSkill.objects.values("occupation_id").distinct().count()
    idf = np.array([np.log((total + 2) / (used.get(key, 0) + 1)) for key in known.keys], np.float32)
    codes = tuple(Need.objects.order_by("code").values_list("code", flat=True))
    space = Space(known.keys, known.centroids, np.maximum(idf, np.float32(LEAST_WEIGHT)), near_codes(known.encoder))
    return World(space, codes, known.encoder.name, str(known.release), catalogue)
