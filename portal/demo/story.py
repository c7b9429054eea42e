"""How suggestions of the demo make their way: every step is taken through the actions, on its own day, by whom it belongs to."""

from collections import Counter
from datetime import datetime
from itertools import cycle
from uuid import UUID

from jobseekers.models import Profile, Stage
from matching import actions
from matching.models import Introduction, Suggestion
from matching.states import Door, State
from outbox.models import Letter
from portal.demo import meetings, publishing
from portal.demo.chapters import CHAPTERS, Cast, Scene
from portal.demo.content import Clock, account_id, chance, key

# What becomes of the best old suggestion of one person after another; "" stays in the advisor's queue.
PLOT = (
    *("", "approved", "interested", "meet", "dismissed", "", "asked", "declined", "interested", "talk", "", "waits", "lapsed", ""),
    *("withdrawn", "open", "", "closed", "interested", "for_person", "declined_by_employer", "", "nothing_like_it", "late", ""),
)
# What the people who can be tried out have before them: the posting, and how far it has come.
STARS = {
    "elin": (("lindangen-sjobo", "vaxthus"), "approved"),
    "yusuf": (("lindangen-sjobo", "packrum"), "open"),
    "sindre": (("glommagront-skjeberg", "veksthus"), "approved"),
}
# What the advisors who can be tried out should do today, with the best old suggestions of two other people each.
ADVISORS, TODAY = ("maria", "ingrid"), ("late", "wants_talk")
Ways = dict[tuple[int, UUID], str]  # what becomes of the suggestion of an account for a posting
WEAK, GOOD = 0.3, 0.32  # of the engine's order: what an advisor mostly dismisses, and what is worth a story
OLD = 17  # days; a story begins so long ago, and so its posting must have been public then


def tell(clock: Clock) -> dict[str, int]:
    """Move suggestions through every state there is; returns how many took which way."""
    cast, told = Cast(clock), Counter[str]()
    for one, plot in _plots(clock):
        _date(one, clock.ago(OLD - 1 if plot else _queued_days(one)))
        if plot:
            CHAPTERS[plot](cast, Scene(one))
            told[plot] += 1
    actions.lapse(at=clock.now)
    for door in Introduction.objects.exclude(state=Door.CLOSED):
        Profile.objects.filter(suggestions=door.suggestion_id).update(stage=Stage.DIALOGUE, stage_since=door.opened_at)
    publishing.move_on(clock)
    meetings.gather(cast)
    # Nobody reads letters at these addresses: those that the story has written count as dealt with.
    Letter.objects.filter(done_at=None).update(done_at=clock.now, outcome="dropped")
    return dict(told)


def _plots(clock: Clock) -> list[tuple[Suggestion, str]]:
    """Every suggestion with what becomes of it, in an order that chance and the database have no say in."""
    ways = {(account_id(slug), key("posting", *posting)): way for slug, (posting, way) in STARS.items()}
    waiting = Suggestion.objects.filter(state=State.SUGGESTED).select_related("profile", "posting__employer", "posting__status")
    tried = {one.posting.employer_id for one in waiting if (one.profile.user_id, one.posting_id) in ways}
    ways |= _todays([one for one in waiting if _is_old_and_good(one, clock) and one.posting.employer_id not in tried], ways)
    stars, theirs = {account for account, _ in ways}, {posting for _, posting in ways}
    plot, told = cycle(PLOT), set[int]()
    found: list[tuple[Suggestion, str]] = []
    for one in sorted(waiting, key=lambda one: (not one.eligible, str(one.profile_id), -one.order, str(one.posting_id))):
        person = one.profile.user_id
        free = person not in stars | told and one.posting_id not in theirs
        if (person, one.posting_id) in ways:
            found.append((one, ways[person, one.posting_id]))
        elif free and _is_old_and_good(one, clock):
            found.append((one, next(plot)))
            told.add(person)
        else:
            found.append((one, "dismissed" if _is_poor(one) else ""))
    return found


def _todays(good: list[Suggestion], taken: Ways) -> Ways:
    ways: Ways = {}
    for advisor in ADVISORS:
        own = [one for one in good if one.profile.advisor_id == account_id(advisor)]
        for way in TODAY:
            used = {*taken, *ways}
            people, postings = {account for account, _ in used}, {posting for _, posting in used}
            left = [one for one in own if one.profile.user_id not in people and one.posting_id not in postings]
            best = min(left, key=lambda one: (-one.order, str(one.profile_id), str(one.posting_id)), default=None)
            ways |= {(best.profile.user_id, best.posting_id): way} if best else {}
    return ways


def _is_old_and_good(one: Suggestion, clock: Clock) -> bool:
    return one.eligible and one.order >= GOOD and (one.posting.status.published_at or clock.now) <= clock.ago(OLD)


def _is_poor(one: Suggestion) -> bool:
    """Three of four weak ones have been dismissed by now."""
    return one.eligible and one.order < WEAK and chance("poor", str(one.posting_id), str(one.profile_id)).random() < 3 / 4


def _queued_days(one: Suggestion) -> int:
    """The better, the longer it has waited here: the queue shows the oldest first, and should begin with something to read."""
    return 1 + round(8 * one.order)


def _date(one: Suggestion, at: datetime) -> None:
    """Suggestions of the demo are as old as their story needs; the engine has made all of them just now."""
    since = max(at, one.posting.status.published_at or at)
    Suggestion.objects.filter(pk=one.pk).update(created_at=since, moved_at=since)
