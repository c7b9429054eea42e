"""Pages in their sections, events with their places, the newsletter with its readers."""

from content.models.gatherings import Comes, EventPage, Gathering, Meeting, SignUp, Sitting
from content.models.joint import ActivityPage, AgreementPage, CoursePage
from content.models.knowledge import Form, KnowledgePage
from content.models.newsletter import Delivery, IssuePage, Mailing, Sent, Subscriber
from content.models.organisations import OrganisationPage
from content.models.pages import Article, Audience, Front, GuidancePage, Held, Kind, NewsPage, ProgrammePage, Section, UnfinishedError

__all__ = [
    "ActivityPage",
    "AgreementPage",
    "Article",
    "Audience",
    "Comes",
    "CoursePage",
    "Delivery",
    "EventPage",
    "Form",
    "Front",
    "Gathering",
    "GuidancePage",
    "Held",
    "IssuePage",
    "Kind",
    "KnowledgePage",
    "Mailing",
    "Meeting",
    "NewsPage",
    "OrganisationPage",
    "ProgrammePage",
    "Section",
    "Sent",
    "SignUp",
    "Sitting",
    "Subscriber",
    "UnfinishedError",
]
