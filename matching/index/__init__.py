"""Who is near whom: the engine's lists of everyone, in memory by default, in Elasticsearch where one machine is outgrown."""

from matching.index.memory import Lists, Near, members_of
from matching.index.world import World, catalogue_hash, world

lists = Lists()  # of this process

__all__ = ["Lists", "Near", "World", "catalogue_hash", "lists", "members_of", "world"]
