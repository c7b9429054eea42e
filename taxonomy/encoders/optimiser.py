"""Adam for tables of which a batch touches a few rows: only those rows move, a cacheful of them at a time.

The same steps as torch's SparseAdam, which makes a dozen copies of all touched rows and takes half of the training's time.
"""

from typing import Any

import torch
from torch import Tensor

FIRST, SECOND, TINY = 0.9, 0.999, 1e-8
ROWS_AT_ONCE = 2048


class RowAdam(torch.optim.Optimizer):  # type: ignore[misc]  # torch is not installed where types are checked
    """For parameters whose gradients are sparse in their first dimension."""

    def __init__(self, parameters: list[Tensor], lr: float) -> None:
        super().__init__(parameters, {"lr": lr})

    def step(self, closure: Any = None) -> None:
        with torch.no_grad():
            for group in self.param_groups:
                for parameter in group["params"]:
                    if parameter.grad is not None:
                        self._moved(parameter, parameter.grad.coalesce(), group["lr"])

    def _moved(self, parameter: Tensor, gradient: Tensor, rate: float) -> None:
        state = self.state[parameter]
        if not state:
            state.update(steps=0, mean=torch.zeros_like(parameter), square=torch.zeros_like(parameter))
        state["steps"] += 1
        tilt, wide = 1 - FIRST ** state["steps"], 1 - SECOND ** state["steps"]
        touched, found = gradient.indices()[0], gradient.values()
        for rows, change in zip(touched.split(ROWS_AT_ONCE), found.split(ROWS_AT_ONCE), strict=True):
            mean = state["mean"][rows].mul_(FIRST).add_(change, alpha=1 - FIRST)
            square = state["square"][rows].mul_(SECOND).addcmul_(change, change, value=1 - SECOND)
            state["mean"][rows], state["square"][rows] = mean, square
            parameter[rows] += mean.div(tilt).div_(square.div(wide).sqrt_().add_(TINY)).mul_(-rate)
