"""The kinds of placement and what they allow."""

from placements.models.measures import Country, MeasureType, MeasureVersion, Party

__all__ = ["Country", "MeasureType", "MeasureVersion", "Party"]
