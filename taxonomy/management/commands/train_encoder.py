"""Train the Nordic encoder and write its weights and model card: `manage.py train_encoder --data DIR --out DIR --seed N`."""

import importlib.util
import json
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string

from taxonomy.encoders import FloatTable, NordicEncoder, weights
from taxonomy.encoders.corpus import Corpus, read
from taxonomy.encoders.plan import Plan
from taxonomy.linker.evaluation import Result, development, judged, worse

STARTER = Path(__file__).resolve().parent.parent.parent / "starter"
SHIPPED = STARTER.parent / "weights"
LARGEST_FILE = 20_000_000  # bytes: it ships in the repository
BAR = 40  # signs
FILE, CARD, BASELINE, LIBRARY = "nordic.bin", "MODEL_CARD.md", "baseline.json", "sentence-transformers"


@dataclass(frozen=True)
class Trained:
    """A trained model before it is let in."""

    table: FloatTable
    corpus: Corpus
    plan: Plan
    minutes: float

    @property
    def trained_on(self) -> str:
        return f"ESCO 1.0.9-1.1.1 and {len(self.corpus.starter)} concepts of the starter vocabulary"


class Command(BaseCommand):
    help = "Train the Nordic encoder on ESCO and the starter vocabulary; under fifteen minutes on two cores. Needs the train environment."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--data", type=Path, required=True, help="folder with esco/, melo-dev/ and skill-link-dev.csv.gz")
        parser.add_argument("--out", type=Path, required=True, help=f"folder for {FILE}, {CARD}, {BASELINE} and the folder {LIBRARY}")
        for name in ("seed", "steps", "batch", "rows"):
            parser.add_argument(f"--{name}", type=int, default=getattr(Plan(), name), help=f"default {getattr(Plan(), name)}")
        parser.add_argument("--baseline", type=Path, default=SHIPPED / BASELINE, help="the numbers that the new model has to reach")

    def handle(self, *, data: Path, out: Path, baseline: Path, **options: Any) -> None:
        if not (data / "esco").is_dir():
            raise CommandError(f"{data} has no folder esco.")
        if importlib.util.find_spec("sentence_transformers") is None:
            raise CommandError("sentence-transformers is not installed: `make train` makes an environment that has it.")
        least = _least(baseline)
        corpus = read(data / "esco", STARTER)
        plan = Plan(**{name: options[name] for name in ("seed", "steps", "batch", "rows")})
        if 2 * plan.batch > len(corpus.skills) + len(corpus.occupations):
            raise CommandError(f"{data} has too few concepts for batches of {plan.batch}.")
        trained = self._train(corpus, plan)
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out, prefix=".new-") as folder:
            self._judge(trained, Path(folder), data, least)
            for name in (FILE, CARD, BASELINE):  # each whole; the old ones stay until here
                (Path(folder) / name).replace(out / name)
            shutil.rmtree(out / LIBRARY, ignore_errors=True)
            (Path(folder) / LIBRARY).rename(out / LIBRARY)
        self.stdout.write(f"wrote {out / FILE} ({NordicEncoder.open(out / FILE).name})")

    def _train(self, corpus: Corpus, plan: Plan) -> Trained:
        from taxonomy.encoders.training import train  # noqa: PLC0415 (the default install has no torch)

        began = time.monotonic()
        table = train(corpus, plan, lambda done: self._bar(done, plan.steps, time.monotonic() - began))
        return Trained(table, corpus, plan, (time.monotonic() - began) / 60)

    def _bar(self, done: int, steps: int, seconds: float) -> None:
        """A bar that grows on a terminal; a line every twentieth elsewhere."""
        live = self.stdout.isatty()
        if live or done * 20 // steps > (done - 1) * 20 // steps:
            bar = ("#" * (BAR * done // steps)).ljust(BAR, ".")
            left = seconds / done * (steps - done) / 60
            line = f"[{bar}] step {done} of {steps}, {left:.1f} minutes left "
            self.stdout.write("\r" + line if live else line, ending="" if live and done < steps else "\n")
            self.stdout.flush()

    def _judge(self, trained: Trained, folder: Path, data: Path, least: dict[str, float]) -> None:
        """Write everything into `folder`; raises CommandError when the file is too large or its numbers are below the baseline."""
        path = folder / FILE
        plan = trained.plan
        table, counted = trained.table.table, trained.table.word_weights
        weights.write(path, table, counted, bits=plan.bits, seed=plan.seed, steps=plan.steps, trained_on=trained.trained_on)
        if path.stat().st_size > LARGEST_FILE:
            raise CommandError(f"The weights take {path.stat().st_size} bytes, and {LARGEST_FILE} are allowed.")
        encoder = NordicEncoder.open(path)
        before, after = development(NordicEncoder("before", trained.table), data), development(encoder, data)
        for name, result in after.items():
            self.stdout.write(f"{name}: first {result.first}, among ten {result.ten}, MRR {result.mrr}")
        numbers = judged(after)
        short = worse(numbers, least)
        if short:
            said = ", ".join(f"{name} {numbers[name]:.4f} (baseline {least[name]:.4f})" for name in short)
            raise CommandError(f"The new model is below the baseline and is not kept: {said}.")
        (folder / BASELINE).write_text(json.dumps({"model": encoder.name, "reached": numbers}, indent=2) + "\n", encoding="utf-8")
        self._describe(folder, trained, encoder, [(name, before[name], after[name]) for name in after])

    def _describe(self, folder: Path, trained: Trained, encoder: NordicEncoder, results: list[tuple[str, Result, Result]]) -> None:
        from taxonomy.encoders.training import save  # noqa: PLC0415 (the default install has no torch)

        path = folder / FILE
        opened = weights.read(path)
        context = {"encoder": encoder, "trained": trained, "header": opened.header, "size": path.stat().st_size, "results": results}
        card = render_to_string("taxonomy/model_card.md", context)
        (folder / CARD).write_text(card, encoding="utf-8")
        save(opened.table(), opened.word_weights.astype(np.float32), folder / LIBRARY, card)


def _least(baseline: Path) -> dict[str, float]:
    """What a new model has to reach; nothing where there is no baseline yet."""
    try:
        reached: dict[str, float] = json.loads(baseline.read_text(encoding="utf-8"))["reached"]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"The baseline {baseline} can't be read: {error!r}.") from error
    return reached
