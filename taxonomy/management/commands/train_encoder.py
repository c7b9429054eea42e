"""Train the Nordic encoder and write its weights and model card: `manage.py train_encoder --data DIR --out DIR --seed N`."""

import importlib.util
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string

from taxonomy.encoders import FloatTable, NordicEncoder, Vectors, weights
from taxonomy.encoders.corpus import Corpus, read
from taxonomy.linker.evaluation import evaluate

STARTER = Path(__file__).resolve().parent.parent.parent / "starter"
LARGEST_FILE = 20_000_000  # bytes: it ships in the repository


class Command(BaseCommand):
    help = "Train the Nordic encoder on ESCO and the starter vocabulary; about eight minutes on one core. Needs the train extra."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--data", type=Path, required=True, help="folder with esco/, melo-dev/ and skill-link-dev.csv.gz")
        parser.add_argument("--out", type=Path, required=True, help="folder for nordic.bin and MODEL_CARD.md")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--steps", type=int, default=800)

    def handle(self, *, data: Path, out: Path, seed: int, steps: int, **options: Any) -> None:
        if not (data / "esco").is_dir():
            raise CommandError(f"{data} has no folder esco.")
        if importlib.util.find_spec("torch") is None:
            raise CommandError("torch is not installed: install the train extra.")
        corpus = read(data / "esco", STARTER)
        started = time.monotonic()
        table = self._train(corpus, seed, steps)
        minutes = (time.monotonic() - started) / 60
        trained_on = f"ESCO 1.0.9-1.1.1 and {len(corpus.starter)} concepts of the starter vocabulary"
        path = out / "nordic.bin"
        weights.write(path, table, seed=seed, steps=steps, trained_on=trained_on)
        if path.stat().st_size > LARGEST_FILE:
            raise CommandError(f"{path} is larger than {LARGEST_FILE} bytes.")
        self._card(out, path, table, data, {"corpus": corpus, "seed": seed, "steps": steps, "minutes": minutes, "trained_on": trained_on})

    def _train(self, corpus: Corpus, seed: int, steps: int) -> Vectors:
        from taxonomy.encoders.training import Plan, train  # noqa: PLC0415 (the default install has no torch)

        def report(step: int, loss: float) -> None:
            if step % 50 == 0:
                self.stdout.write(f"step {step} of {steps}, loss {loss:.3f}")

        return train(corpus, Plan(seed=seed, steps=steps), report)

    def _card(self, out: Path, path: Path, table: Vectors, data: Path, facts: dict[str, Any]) -> None:
        encoder = NordicEncoder.open(path)
        before, after = evaluate(NordicEncoder("before", FloatTable(table)), data), evaluate(encoder, data)
        context = facts | {"encoder": encoder, "size": path.stat().st_size, "results": list(zip(before, after, strict=True))}
        (out / "MODEL_CARD.md").write_text(render_to_string("taxonomy/model_card.md", context), encoding="utf-8")
        for result in after:
            self.stdout.write(f"{result.name}: first {result.first:.3f}, among ten {result.ten:.3f}, MRR {result.mrr:.3f}")
        self.stdout.write(f"wrote {path} ({encoder.name})")
