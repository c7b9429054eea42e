"""Pages in their sections, events with their places, the newsletter with its readers."""

from content.models.knowledge import Form, KnowledgePage
from content.models.pages import Article, Audience, Front, GuidancePage, Kind, NewsPage, ProgrammePage, Section, UnfinishedError

__all__ = [
    "Article",
    "Audience",
    "Form",
    "Front",
    "GuidancePage",
    "Kind",
    "KnowledgePage",
    "NewsPage",
    "ProgrammePage",
    "Section",
    "UnfinishedError",
]
