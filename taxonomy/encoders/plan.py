"""The settings of one training of the Nordic encoder; docs/decisions/encoder.md says what they are worth."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    seed: int = 0
    steps: int = 800
    batch: int = 1024  # pairs in a step, and so wrong answers beside each right one
    look: int = 200  # steps between two looks for near misses
    rows: int = 1 << 17
    dimensions: int = 512
    bits: int = 2  # a number, in the file
    rate: float = 4e-3
    temperature: float = 0.05
