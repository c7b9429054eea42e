"""Training of the Nordic encoder with the trainer of sentence-transformers. Imported by `manage.py train_encoder` alone: it needs torch.

A batch holds pairs of labels of one concept; each must find its partner among all partners of the batch, both ways (multiple
negatives ranking, temperature 0.05). Near misses come into the
batch as whole ISCO unit groups, and as clusters of what the encoder in training takes for each other.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset, disable_progress_bars
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from transformers import PrinterCallback, ProgressCallback, TrainerCallback

from taxonomy.encoders.base import Vectors
from taxonomy.encoders.corpus import Corpus
from taxonomy.encoders.module import NgramTable
from taxonomy.encoders.nordic import FloatTable, NordicEncoder
from taxonomy.encoders.optimiser import RowAdam
from taxonomy.encoders.pairs import Pairs
from taxonomy.encoders.plan import Plan
from taxonomy.encoders.rarity import word_weights

LEAST_RATE = 0.02  # of the first


class _InOrder:
    """The batches as they were drawn: no label and no concept stands twice in one, so they may not be shuffled."""

    def __init__(self, dataset: Dataset, batch_size: int, **_options: Any) -> None:
        self._rows, self._size = len(dataset), batch_size

    def __len__(self) -> int:
        return self._rows // self._size

    def __iter__(self) -> Iterator[list[int]]:
        return (list(range(start, start + self._size)) for start in range(0, len(self) * self._size, self._size))


class _Report(TrainerCallback):  # type: ignore[misc]  # torch is not installed where types are checked
    def __init__(self, report: Callable[[int], None], done: int) -> None:
        self._report, self._done = report, done

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        self._report(self._done + state.global_step)


class _Trainer(SentenceTransformerTrainer):  # type: ignore[misc]
    def _get_grad_norm(self, model: Any, grad_norm: Any = None) -> float:
        """Only the log would read it, and torch has no norm of sparse gradients."""
        return 0.0


def train(corpus: Corpus, plan: Plan, report: Callable[[int], None]) -> FloatTable:
    """The trained table. The same corpus, plan and torch give the same numbers; one thread, for that.

    Words count alike until it is finished: what they count helps less when the table has learned with it. `report` hears how many
    steps are done.
    """
    disable_progress_bars()
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    module, pairs = NgramTable(plan.rows, plan.dimensions), Pairs(corpus, plan.seed)
    model = SentenceTransformer(modules=[module], device="cpu")
    loss = MultipleNegativesRankingLoss(
        model, scale=1 / plan.temperature, directions=("query_to_doc", "doc_to_query"), partition_mode="per_direction"
    )
    optimiser = RowAdam(list(module.parameters()), lr=plan.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(LEAST_RATE, 1 - step / plan.steps))
    for done in range(0, plan.steps, plan.look):
        if done:  # the near misses of the encoder as it is by now
            table = FloatTable(module.exported(), np.ones(plan.rows, np.float32))
            pairs.look(NordicEncoder("in training", table, learning=True))
        steps = min(plan.look, plan.steps - done)
        _run(model, loss, (optimiser, schedule), _drawn(pairs, plan.batch, steps), plan, _Report(report, done))
    return FloatTable(module.exported(), word_weights([*corpus.skills, *corpus.occupations, *corpus.starter], plan.rows))


def _run(model: SentenceTransformer, loss: Any, optimisers: tuple[Any, Any], dataset: Dataset, plan: Plan, report: _Report) -> None:
    """One pass over the dataset. The optimiser and its schedule go on where the pass before left them."""
    with tempfile.TemporaryDirectory() as folder:
        trainer = _Trainer(
            model=model,
            args=_arguments(plan, folder),
            train_dataset=dataset,
            loss=loss,
            optimizers=optimisers,
            callbacks=[report],
        )
        for printing in (ProgressCallback, PrinterCallback):  # the command has a bar of its own
            trainer.remove_callback(printing)
        trainer.train()


def _drawn(pairs: Pairs, size: int, steps: int) -> Dataset:
    """Every batch is cut to `size`: a whole ISCO group at its end may have made it longer."""
    batches = [pairs.batch(size) for _ in range(steps)]
    left, right = ([text for batch in batches for text in batch[side][:size]] for side in (0, 1))
    return Dataset.from_dict({"anchor": left, "positive": right})


def _arguments(plan: Plan, folder: str) -> SentenceTransformerTrainingArguments:
    return SentenceTransformerTrainingArguments(
        output_dir=folder,
        num_train_epochs=1,
        per_device_train_batch_size=plan.batch,
        batch_sampler=_InOrder,
        max_grad_norm=0,  # the gradients are sparse
        seed=plan.seed,
        use_cpu=True,
        save_strategy="no",
        logging_strategy="no",
        report_to="none",
        dataloader_pin_memory=False,
    )


def save(table: Vectors, counted: Vectors, folder: Path, card: str) -> None:
    """A finished table, and what the words of its rows count, as a folder of sentence-transformers with its card.

    The library imports our module when it opens the folder.
    """
    model = SentenceTransformer(modules=[NgramTable.of(table, counted)], device="cpu")
    model.save(str(folder), create_model_card=False)
    (folder / "README.md").write_text(card, encoding="utf-8")
