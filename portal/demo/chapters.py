"""The ways a suggestion of the demo can go, step by step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from accounts.access import TERMS_VERSION, ActiveRole, as_role
from accounts.models import Membership, RoleKind, Terms
from audit.actions import record_read
from jobseekers.models import BehalfReason, Channel
from matching import access, actions
from matching.models import DismissReason, Introduction, Suggestion
from matching.models.introductions import DeclineReason
from portal.demo.content import Clock, chance, read

OLD_APPROVAL = 14  # days; its answer was due a week ago
LATE_DOOR = 11  # days; more than the five working days of the promise, whatever holidays lie between
ANSWER_DAYS = 7


class Scene:
    """One suggestion and the texts of its country's language."""

    def __init__(self, suggestion: Suggestion) -> None:
        self.suggestion = suggestion
        self.text: dict[str, Any] = read("story")[suggestion.posting.language]
        self.luck = chance("scene", str(suggestion.posting_id), str(suggestion.profile_id))


@dataclass
class Cast:
    """Everybody who acts, each in their one role."""

    clock: Clock

    def __post_init__(self) -> None:
        everybody = Membership.objects.valid(self.clock.now).select_related("user", "team__agency")
        self.roles = {one.user_id: as_role(one) for one in everybody}
        self.employers = {one.employer_id: one for one in self.roles.values() if one.employer_id}

    def advisor(self, scene: Scene) -> ActiveRole:
        return self.roles[scene.suggestion.profile.advisor_id or 0]

    def jobseeker(self, scene: Scene) -> ActiveRole:
        return self.roles[scene.suggestion.profile.user_id]

    def employer(self, scene: Scene) -> ActiveRole:
        return self.employers[scene.suggestion.posting.employer_id]


def approved(cast: Cast, scene: Scene, days: int = 2) -> None:
    """The advisor has read it and said yes; the person has it before them."""
    advisor, at = cast.advisor(scene), cast.clock.ago(days)
    _read_by(advisor, scene, cast.clock.ago(days + 1), ("queue", "suggestion"))
    found = access.for_advisor(scene.suggestion.pk, by=advisor)
    if found is None:
        raise LookupError(f"{scene.suggestion} is not its advisor's")
    actions.approve(
        found.pk,
        by=advisor,
        at=at,
        seen=access.version_of(found),
        words=scene.luck.choice(scene.text["approve"]),
        answer_by=at.date() + timedelta(days=ANSWER_DAYS),
    )


def introduced(cast: Cast, scene: Scene, days: int = 3) -> Introduction:
    """Both have said yes: the door is open, and the advisor has written the first message."""
    approved(cast, scene, days + 2)
    approval = scene.suggestion.approvals.get(void_at=None)
    door = actions.consent(
        scene.suggestion.pk, by=cast.jobseeker(scene), at=cast.clock.ago(days), seen=access.consented_card(approval).hash
    )
    actions.say(door.pk, scene.text["hello"], by=cast.advisor(scene), at=cast.clock.ago(days) + timedelta(minutes=20))
    return door


def is_open(cast: Cast, scene: Scene) -> None:
    introduced(cast, scene, days=1)


def late(cast: Cast, scene: Scene) -> None:
    """The employer has not kept the promise to answer."""
    introduced(cast, scene, days=LATE_DOOR)


def wants_talk(cast: Cast, scene: Scene) -> None:
    """The person wants to talk with the advisor before answering."""
    approved(cast, scene, days=3)
    actions.talk_first(scene.suggestion.pk, by=cast.jobseeker(scene), at=cast.clock.ago(1))


def for_person(cast: Cast, scene: Scene) -> None:
    """The advisor has answered for a person who asked for it by phone."""
    approved(cast, scene, days=5)
    approval = scene.suggestion.approvals.get(void_at=None)
    behalf = actions.Behalf(Channel.PHONE, BehalfReason.ASKED)
    seen = access.consented_card(approval).hash
    actions.consent(scene.suggestion.pk, by=cast.advisor(scene), at=cast.clock.ago(3), seen=seen, behalf=behalf)


def nothing_like_it(cast: Cast, scene: Scene) -> None:
    declined(cast, scene)
    actions.show_similar(scene.suggestion.pk, False, by=cast.jobseeker(scene), at=cast.clock.ago(4))


def declined(cast: Cast, scene: Scene) -> None:
    approved(cast, scene, days=6)
    actions.decline(scene.suggestion.pk, by=cast.jobseeker(scene), at=cast.clock.ago(4))


def withdrawn(cast: Cast, scene: Scene) -> None:
    door = introduced(cast, scene)
    actions.withdraw(door.consent_id, by=cast.jobseeker(scene), at=cast.clock.ago(1))


def meet(cast: Cast, scene: Scene) -> None:
    door = _opened_by_employer(cast, scene)
    actions.answer(door.pk, by=cast.employer(scene), at=cast.clock.ago(3), choice="meet", proposal=scene.text["proposal"])


def talk(cast: Cast, scene: Scene) -> None:
    door = _opened_by_employer(cast, scene)
    actions.answer(door.pk, by=cast.employer(scene), at=cast.clock.ago(2), choice="talk")
    actions.say(door.pk, scene.text["thanks"], by=cast.employer(scene), at=cast.clock.ago(2) + timedelta(minutes=5))


def declined_by_employer(cast: Cast, scene: Scene) -> None:
    door = _opened_by_employer(cast, scene)
    reason = scene.luck.choice([DeclineReason.HOURS, DeclineReason.SUPERVISOR])
    actions.answer(door.pk, by=cast.employer(scene), at=cast.clock.ago(2), choice="decline", reason=reason, share_reason=True)


def closed(cast: Cast, scene: Scene) -> None:
    door = _opened_by_employer(cast, scene)
    actions.close_introduction(door.pk, by=cast.advisor(scene), at=cast.clock.ago(1), reason="ended")


def dismissed(cast: Cast, scene: Scene) -> None:
    reason = scene.luck.choice([DismissReason.WISH, DismissReason.NOT_NOW, DismissReason.DISTANCE, DismissReason.OTHER])
    words = scene.text["other"] if reason == DismissReason.OTHER else ""
    actions.dismiss(scene.suggestion.pk, by=cast.advisor(scene), at=cast.clock.ago(scene.luck.randint(1, 9)), reason=reason, words=words)


def waits(cast: Cast, scene: Scene) -> None:
    actions.wait(scene.suggestion.pk, cast.clock.day(scene.luck.randint(5, 20)), by=cast.advisor(scene), at=cast.clock.ago(2))


def asked(cast: Cast, scene: Scene) -> None:
    """A question about the first need that the workplace has not answered; about the hours where there is none."""
    need = next((one["need"] for one in scene.suggestion.sealed["ask"] if "need" in one), "")
    actions.ask(scene.suggestion.pk, by=cast.advisor(scene), at=cast.clock.ago(1), code="arrange" if need else "hours", need=need)


def lapsed(cast: Cast, scene: Scene) -> None:
    """Approved so long ago that the time to answer has passed; the nightly round closes it."""
    approved(cast, scene, OLD_APPROVAL)


def interested(cast: Cast, scene: Scene) -> None:
    words = scene.luck.choice(scene.text["interest"])
    actions.express_interest(scene.suggestion.posting_id, by=cast.jobseeker(scene), at=cast.clock.ago(1), words=words)


def _opened_by_employer(cast: Cast, scene: Scene) -> Introduction:
    """An introduction that the employer has promised confidentiality for, and read."""
    door, employer = introduced(cast, scene, days=5), cast.employer(scene)
    Terms.objects.get_or_create(user_id=employer.user_id, version=TERMS_VERSION, defaults={"at": cast.clock.ago(30)})
    _read_by(employer, scene, cast.clock.ago(4), ("card",))
    return door


def _read_by(reader: ActiveRole, scene: Scene, at: Any, pages: tuple[str, ...]) -> None:
    if reader.kind not in {RoleKind.ADVISOR, RoleKind.EMPLOYER}:
        raise LookupError(f"a {reader.kind} reads no suggestions")
    for minutes, page in enumerate(pages):
        record_read([scene.suggestion.profile_id], page, by=reader, at=at + timedelta(minutes=minutes))


CHAPTERS: dict[str, Callable[[Cast, Scene], object]] = {
    "approved": approved,
    "asked": asked,
    "closed": closed,
    "declined": declined,
    "declined_by_employer": declined_by_employer,
    "dismissed": dismissed,
    "for_person": for_person,
    "interested": interested,
    "lapsed": lapsed,
    "late": late,
    "meet": meet,
    "nothing_like_it": nothing_like_it,
    "open": is_open,
    "talk": talk,
    "waits": waits,
    "wants_talk": wants_talk,
    "withdrawn": withdrawn,
}
