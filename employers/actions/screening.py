"""What the text check does with ads of other job boards, whose writers nobody here can ask.

What leads past the advisor or names a person is taken out of the text. What the law protects, and what tells of health or of a group, is
read by an editor before anyone sees it. The rest is noted.
"""

from datetime import datetime
from typing import Any

from audit.actions import record
from employers.actions.review import publish_by_system, start_review, stop_review
from employers.actions.wording import closed_up
from employers.models import Posting, PostingStatus
from employers.queries import PROSE, Finding, findings

TAKEN_OUT = {"contact", "person"}
READ_FIRST = {"protected", "group", "health", *TAKEN_OUT}
CLEANED = {*PROSE, "title", "pay", "agreement"}
LONGEST_CUT = 300  # letters of a sentence that goes whole: of a text without full stops only the words go
PASSES = 3  # what is left may read differently without what was there


def take_out(posting: Posting, problems: list[str]) -> None:
    """Take the sentences out of the text that hold a person's data or a way to reach somebody; out of one line the words alone."""
    taken = 0
    for _ in range(PASSES):
        found = [one for one in findings(posting) if one.ground in TAKEN_OUT and one.field in CLEANED]
        taken += sum(_cut(posting, one) for one in sorted(found, key=lambda each: each.at, reverse=True))
    if taken:
        problems.append(f"sentences left out, with a way to reach somebody or data about a person: {taken}")


def _cut(posting: Posting, one: Finding) -> bool:
    """From the back of the field to its front, so that the places of what is still to come stay right. A title that would be empty
    stays, for an editor."""
    text = getattr(posting, one.field)
    start, end = one.at, one.at + len(one.words)
    if one.field in PROSE and one.end - one.start <= LONGEST_CUT:
        start, end = one.start, one.end
    left = closed_up(text[:start], text[end:])
    if one.words not in text[start:end] or (one.field == "title" and not any(sign.isalnum() for sign in left)):
        return False
    setattr(posting, one.field, left)
    return True


def publish_if_clean(posting: Any, status: PostingStatus, problems: list[str], *, at: datetime) -> None:
    """Make it public, or hold it for an editor while a sentence stands in it that none has read. What was public stays so meanwhile."""
    found = list(findings(posting))
    read = {key for key, one in status.found.items() if one["read"]}
    unread = sorted({one.rule for one in found if one.ground in READ_FIRST and one.key not in read})
    status.found = {one.key: {"rule": one.rule, "read": one.key in read} for one in found}
    if status.reviewed_revision_id is not None:
        stop_review(posting, status, None)
    status.save()
    if unread:
        if not posting.live:
            posting.save()  # of what has never been public the row holds the newest words
        start_review(posting, status, by=None, at=at)
        record("posting_held", "posting", posting.pk, by=None, at=at, why=" ".join(unread)[:200])
        problems.append(f"an editor reads it first: {', '.join(unread)}")
    else:
        publish_by_system(posting, status)
