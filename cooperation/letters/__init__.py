"""The letters of cooperation."""

from cooperation.letters import meetings

__all__ = ["meetings"]
