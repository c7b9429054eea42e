"""A suggestion with everyone around it, for tests of the two yeses."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from accounts.access import ActiveRole
from accounts.models import Membership
from employers.models import Employer, Posting
from jobseekers.models import Profile
from matching import access, actions, engine, scoring
from matching.models import Approval, Introduction, Run, Suggestion
from matching.states import NotThere
from taxonomy.models import Need
from tests.factories.accounts import LONG_AGO, MembershipFactory, role_of
from tests.factories.employers import EmployerFactory, PostingFactory, WorkplaceFactory, employer_member
from tests.factories.jobseekers import ProfileFactory, jobseeker_role


@dataclass(frozen=True)
class Pair:
    """One person, one posting, and the three who act."""

    suggestion: Suggestion
    posting: Posting
    profile: Profile
    employer: Employer
    advisor: ActiveRole
    jobseeker: ActiveRole
    member: ActiveRole

    def approve(self, at: datetime) -> Approval:
        found = access.for_advisor(self.suggestion.pk, by=self.advisor)
        if found is None:
            raise NotThere
        return actions.approve(found.pk, by=self.advisor, at=at, seen=access.version_of(found), words="Läs gärna.")

    def consent(self, at: datetime) -> Introduction:
        approval = Approval.objects.get(suggestion=self.suggestion, void_at=None)
        return actions.consent(self.suggestion.pk, by=self.jobseeker, at=at, seen=access.consented_card(approval).hash)

    def introduce(self, at: datetime) -> Introduction:
        self.approve(at)
        return self.consent(at)


def suggestion_of(posting: Posting, profile: Profile, **fields: Any) -> Suggestion:
    """A suggestion as the engine stores it, without asking the encoder."""
    person, job = engine.person_of(profile), engine.job_of(posting)
    results = tuple(scoring.parts.need_result(need, job.offers) for need in person.needs)
    parts = scoring.Parts(0.8, 0.8, 0.8, 0.5, 1.0, (), results, (), 3.0)
    sealed = {"parts": parts.__dict__ | {"need_results": [list(one) for one in results]}, **scoring.reasons_of(parts, person, job)}
    run = Run.objects.create(
        at=LONG_AGO,
        posting=posting,
        encoder="test",
        vocabulary="1",
        catalogue="1",
        weights="1",
        inputs_hash="0" * 64,
        scored=1,
        suggested=1,
    )
    given = {"eligible": True, "order": parts.order, "tie": uuid4(), "created_at": LONG_AGO, "moved_at": LONG_AGO} | fields
    hashes = {"posting_hash": posting.content_hash(), "profile_hash": engine.profile_hash(person)}
    return Suggestion.objects.create(run=run, posting=posting, profile=profile, sealed=sealed, **hashes, **given)


def make_pair(*, advised_by: Membership | None = None, needs: dict[str, str] | None = None, **person: Any) -> Pair:
    advised_by = advised_by or MembershipFactory(advisor=True)
    employer = EmployerFactory()
    posting = PostingFactory(workplace=WorkplaceFactory(employer=employer), published=True)
    for code in needs or {}:
        Need.objects.get_or_create(
            code=code,
            defaults={"group": code.split(".")[0], "position": 1, "label_sv": code, "label_nb": code, "label_en": code, "default": "must"},
        )
    profile = ProfileFactory(advised_by=advised_by, needs=needs, **person)
    return Pair(
        suggestion=suggestion_of(posting, profile),
        posting=posting,
        profile=profile,
        employer=employer,
        advisor=role_of(advised_by),
        jobseeker=role_of(jobseeker_role(profile)),
        member=role_of(employer_member(employer)),
    )


def another(pair: Pair, title: str = "En plats till") -> Pair:
    """The same person with another posting of the same employer."""
    posting = PostingFactory(workplace=pair.posting.workplace, title=title, published=True)
    return replace(pair, suggestion=suggestion_of(posting, pair.profile), posting=posting)
