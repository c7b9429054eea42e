"""What a test cannot do without."""

import os
from importlib import import_module
from types import ModuleType

import pytest


def needed(library: str) -> ModuleType:
    """A library of the dev extra. Without it the module that asks is skipped, and in CI it fails."""
    if os.environ.get("CI"):
        return import_module(library)
    found: ModuleType = pytest.importorskip(library, reason="is in the dev extra: make install")
    return found
