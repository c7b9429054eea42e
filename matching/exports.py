"""Everything that is kept about one person, as plain data: for the person alone.

What the advisor has not approved is not in it, nor the reason that an employer did not want to be told: docs/decisions/erasure.md.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from jobseekers import exports as people
from jobseekers.models import BehalfReason, Channel, Profile
from matching.models import Approval, Consent, Interest, Introduction, Suggestion
from matching.queries import came_of, interest_rows, labels_of, said
from outbox.models import Letter
from search.models import Favourite, SavedSearch

EVERY_REASON = {"why_it_may_suit": "for", "what_may_not": "against", "what_the_advisor_asks": "ask", "what_would_have_to_change": "if"}


def whole(profile: Profile, at: datetime) -> dict[str, Any]:
    """What jobseekers keep, and what matching does: words in the reader's language beside the codes."""
    suggestions = list(Suggestion.objects.approved().filter(profile=profile).prefetch_related("approvals").order_by("created_at", "pk"))
    labels = labels_of([one.sealed for one in suggestions])
    doors = Introduction.objects.filter(suggestion__profile=profile).select_related("posting__employer").prefetch_related("messages__by")
    yeses = Consent.objects.filter(suggestion__profile=profile).select_related("suggestion__posting__employer")
    interests = Interest.objects.filter(profile=profile).select_related("posting__employer", "posting__status")
    return people.whole(profile, at) | {
        "suggestions": [_suggestion(one, labels) for one in suggestions],
        "yeses": [_yes(one) for one in yeses.order_by("at", "pk")],
        "introductions": [_introduction(one) for one in doors.order_by("opened_at", "pk")],
        "interests": [
            _of(row.interest.posting) | {"at": _time(row.interest.at), "words": row.interest.sealed["words"], "came_of_it": row.came.label}
            for row in interest_rows(interests.order_by("at", "pk"))
        ],
        "saved_postings": [_of(one.posting) | {"at": _time(one.at)} for one in Favourite.objects.of(profile.user_id)],
        "saved_searches": [_search(one) for one in SavedSearch.objects.of(profile.user_id)],
        "nothing_like_this": [_of(one.posting) for one in suggestions if one.no_similar],
        "letters": [
            {"kind": letter.kind, "sent": _time(letter.done_at)}
            for letter in Letter.objects.filter(reader_id=profile.user_id, outcome="sent").order_by("done_at", "pk")
        ],
        "not_in_this_file": _not_here(),
    }


def _not_here() -> list[str]:
    return [
        gettext("The notes of your advisor. Ask the agency for them: it reads them through first, because they may speak of others."),
        gettext("What the computer has suggested and your advisor has not sent on to you. It is unfinished work. Ask your advisor."),
        gettext("The records of what the computer has computed: each holds others as well. Ask us, and we take out what is about you."),
        gettext("Why an employer said no, where the employer did not want to tell."),
        gettext("What you were writing when you were signed out. It is kept for 7 days, and the page where you wrote it shows it to you."),
        gettext("What your agency keeps in its own records. Ask the agency."),
    ]


def _of(posting: Any) -> dict[str, str]:
    return {"posting": posting.title, "employer": posting.employer.name}


def _search(one: SavedSearch) -> dict[str, Any]:
    """With the secret of its feed: the file is the person's."""
    return {**one.sealed, "letters": one.often, "saved": _time(one.created_at), "told_until": _time(one.told_until)}


def _suggestion(one: Suggestion, labels: Mapping[str, str]) -> dict[str, Any]:
    reasons = {
        name: [words for reason in one.sealed[part] if (words := said(reason, labels, audience="jobseeker"))]
        for name, part in EVERY_REASON.items()
    }
    came = came_of(one)
    return _of(one.posting) | {
        "state": came.value,
        "state_in_words": came.label,
        "since": _time(one.moved_at),
        **reasons,
        "approved": [_approval(approval) for approval in sorted(one.approvals.all(), key=lambda approval: approval.at)],
    }


def _approval(one: Approval) -> dict[str, Any]:
    """The advisor's yes: what they wrote to the person, and the card as they proposed it."""
    return {
        "at": _time(one.at),
        "answer_by": _day(one.answer_by),
        "words": one.sealed["words"],
        "card": dict(one.sealed["card"]),
        "taken_off": one.removed,
        "you_wanted_to_talk_first": _time(one.talk_at),
    }


def _yes(one: Consent) -> dict[str, Any]:
    return _of(one.suggestion.posting) | {
        "at": _time(one.at),
        "until": _day(one.until),
        "taken_back": _time(one.withdrawn_at),
        "text": one.text_version,
        "card": dict(one.sealed["card"]),
        "answered_for_you": _in_words(Channel.choices, one.channel),
        "why_for_you": _in_words(BehalfReason.choices, one.why),
    }


def _introduction(one: Introduction) -> dict[str, Any]:
    return _of(one.posting) | {
        "state": one.state,
        "opened": _time(one.opened_at),
        "answer_promised_by": _day(one.answer_by),
        "answered": _time(one.answered_at),
        "answer": one.answer,
        "reason": str(one.get_reason_display()) if one.share_reason else "",
        "times_proposed": one.proposal,
        "closed": _time(one.closed_at),
        "messages": [
            {"at": _time(message.at), "by": message.by.get_full_name(), "role": message.role, "words": message.sealed["words"]}
            for message in one.messages.all()
        ],
    }


def _in_words(choices: Any, code: str) -> str:
    return str(dict(choices).get(code, code))


def _time(value: datetime | None) -> str:
    return value.isoformat() if value else ""


def _day(value: date) -> str:
    return value.isoformat()
