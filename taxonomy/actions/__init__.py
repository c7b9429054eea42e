"""Every change of the vocabulary: what ships with the product, and what is imported on top of it."""

from taxonomy.actions.esco import import_esco
from taxonomy.actions.places import import_places
from taxonomy.actions.starter import load_needs, load_places, load_starter
from taxonomy.actions.tables import BadFileError
from taxonomy.actions.upserts import Counts

__all__ = ["BadFileError", "Counts", "import_esco", "import_places", "load_needs", "load_places", "load_starter"]
