"""A jobseeker who keeps searches."""

from datetime import datetime

from accounts.access import ActiveRole
from search import actions
from search.forms import filters_of
from search.models import SavedSearch
from tests.factories.accounts import role_of
from tests.factories.jobseekers import ProfileFactory, jobseeker_role


def jobseeker() -> ActiveRole:
    return role_of(jobseeker_role(ProfileFactory()))


def save(by: ActiveRole, at: datetime, query: str = "kind=trial", often: str = "day") -> SavedSearch:
    return actions.save_search(query, often, words=["Praktikplats"], language="sv", by=by, at=at)


def tell(at: datetime) -> int:
    """What the background does every quarter of an hour."""
    return actions.tell(read=filters_of, at=at)
