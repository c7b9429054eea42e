"""What is kept about one person's placements, as plain data: for the person alone.

Of what the employer has said only what was sent to both is in it: words for the advisor are asked for at the agency, like its notes.
"""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from jobseekers.models import BehalfReason, Channel, Profile
from placements import queries
from placements.access import Line, Sheet, sheet_of_version
from placements.models import (
    Adaptation,
    Assessment,
    CheckIn,
    EndWhy,
    Hire,
    Incident,
    Outcome,
    OutcomeConsent,
    Placement,
    Reached,
    Report,
    Signature,
    TaskKind,
    Version,
)
from placements.states import Party
from taxonomy.models import Need


def whole(profile: Profile, at: datetime) -> dict[str, Any]:
    """Placements with everything around them, the yes to later questions, and jobs. `at` is what every app's copy is asked with."""
    placements = Placement.objects.whole().filter(profile=profile).order_by("created_at", "pk")
    yeses = OutcomeConsent.objects.filter(profile=profile).order_by("at", "pk")
    hires = Hire.objects.filter(profile=profile).select_related("introduction__posting__employer").order_by("recorded_at", "pk")
    return {
        "placements": [_placement(one) for one in placements],
        "yeses_to_be_asked_later": [_yes(one) for one in yeses],
        "jobs": [_hire(one) for one in hires],
    }


def not_here() -> list[str]:
    """What is kept beside this and is not in the copy, for its last part."""
    return [
        gettext("What the employer has told your advisor alone about a placement. Ask the agency for it: it reads it through first."),
        gettext("What your advisor has written about what happened in a placement and how it went. Ask the agency, as for the notes."),
        gettext("Agreements that your advisor is writing and has not sent to you. It is unfinished work. Ask your advisor."),
    ]


def _placement(one: Placement) -> dict[str, Any]:
    sent = one.versions.filter(sent_at__isnull=False).select_related("measure__measure_type").order_by("number")
    mine = one.incidents.filter(party=Party.JOBSEEKER) | one.incidents.filter(private=False)
    assessment = Assessment.objects.filter(placement=one).first()
    return {
        "posting": one.posting.title,
        "employer": one.posting.employer.name,
        "workplace": one.workplace.name if one.workplace else "",
        "kind": str(one.get_kind_display()),
        "state": one.state,
        "first_day": _day(one.starts),
        "last_day": _day(one.last_day),
        "day_of_birth": one.born or "",
        "begun": _time(one.created_at),
        "over": _time(one.closed_at),
        "ended_by": one.ended_by,
        "ended_because": str(EndWhy(one.ended_why).label) if one.ended_why else "",
        "hours_done": one.hours_done,
        "agreements": [_version(version) for version in sent],
        "adaptations": _adaptations(one),
        "check_ins": [_check_in(row) for row in one.check_ins.order_by("due", "party") if _is_theirs(row)],
        "what_happened": [_incident(row) for row in mine.order_by("at")],
        "your_advisor_has_to": [
            {"what": str(TaskKind(task.kind).label), "by": _day(task.due), "done": _time(task.done_at)}
            for task in one.tasks.order_by("due", "pk")
        ],
        "reports": [_report(row) for row in one.reports.written().order_by("first")],
        "how_it_went": _assessment(assessment) if assessment else {},
        "where_you_are": [_outcome(row) for row in one.outcomes.order_by("months")],
    }


def _report(row: Report) -> dict[str, Any]:
    return {
        "from": _day(row.first),
        "to": _day(row.last),
        "by": row.written_by,
        "written": _time(row.at),
        "practised": row.said["practised"],
        "goals": [{"goal": words, "reached": str(Reached(code).label)} for words, code in row.said["goals"]],
        "next": row.said["next"],
    }


def _version(version: Version) -> dict[str, Any]:
    sheet = sheet_of_version(version)
    return {
        "number": version.number,
        "change": version.change,
        "state": version.state,
        "what": version.measure.name if version.measure else "",
        "starts": _day(version.starts),
        "ends": _day(version.ends),
        "rests_from": _day(version.pause_from),
        "rests_until": _day(version.pause_until),
        "sent": _time(version.sent_at),
        "you_let_the_employer_read_it": _time(version.shown_at),
        "approved": _time(version.approved_at),
        "no_longer_valid": _time(version.void_at),
        "proof": version.hash,
        **_terms(sheet),
        "signatures": [_signature(one) for one in version.signatures.order_by("at", "pk")],
    }


def _terms(sheet: Sheet) -> dict[str, Any]:
    terms = sheet.terms
    return {
        "hours": terms.hours,
        "days": list(sheet.days),
        "times": terms.times,
        "hours_later": [{"from": _day(day), "hours": hours} for day, hours in sheet.steps],
        "tasks": terms.tasks,
        "goals": [{"goal": label, "words": words} for label, words in sheet.goals],
        "supervisor": asdict(terms.supervisor),
        "safety": [*sheet.safety, *filter(None, [terms.safety_words])],
        "if_something_happens": asdict(terms.emergency),
        "school_or_county": asdict(terms.other),
        "pay": terms.pay,
        "support_at_work": [_line(one) for one in sheet.adaptations],
        "weeks_between_check_ins": terms.check_in_weeks,
    }


def _line(one: Line) -> dict[str, str]:
    return {"what": one.label, "how": one.how, "who": one.who, "pays": one.pays, "by": _day(one.by)}


def _signature(one: Signature) -> dict[str, str]:
    return {
        "party": one.party,
        "at": _time(one.at),
        "proof": one.hash,
        "signed_for_them": _in_words(Channel.choices, one.channel),
        "why_for_them": _in_words(BehalfReason.choices, one.why),
    }


def _adaptations(placement: Placement) -> list[dict[str, str]]:
    """With those that are agreed no more."""
    rows = list(placement.adaptations.order_by("position", "pk"))
    labels = {need.code: need.label for need in Need.objects.filter(code__in=[one.agreed.code for one in rows])}
    return [_adaptation(one, labels) for one in rows]


def _adaptation(row: Adaptation, labels: dict[str, str]) -> dict[str, str]:
    agreed = row.agreed
    told = {"what": labels.get(agreed.code, agreed.code), "how": agreed.how, "state": str(row.get_state_display())}
    return told | {"by": _day(row.due), "since": _time(row.moved_at), "proposed_by": row.proposed_by}


def _is_theirs(row: CheckIn) -> bool:
    """The person's own, and of the employer's what was sent to both."""
    return row.party == Party.JOBSEEKER or (row.answered_at is not None and not row.private)


def _check_in(row: CheckIn) -> dict[str, Any]:
    return {
        "asked": row.party,
        "day": _day(row.due),
        "state": str(row.get_state_display()),
        "answered": _time(row.answered_at),
        "how_it_goes": row.how,
        "does_it_work": row.works,
        "should_something_change": row.change,
        "words": row.words,
        "for_your_advisor_alone": row.private,
        "written_down_for_you": str(row.get_told_display()) if row.told else "",
        "read_by_your_advisor": _time(row.reviewed_at),
        "what_came_of_it": str(row.get_decision_display()) if row.decision else "",
    }


def _incident(row: Incident) -> dict[str, Any]:
    return {
        "told_by": row.party,
        "at": _time(row.at),
        "words": row.words,
        "for_your_advisor_alone": row.private,
        "followed_up": _time(row.followed_at),
        "your_advisor_has_a_line_about_it": bool(row.then),
    }


def _assessment(row: Assessment) -> dict[str, Any]:
    """What each side said; the employer's as soon as the page shows them: when the person has written too, or nobody is asked any more."""
    mine = queries.words_of(row, "person")
    theirs = queries.words_of(row, "employer") if row.person_at or row.closed_at else None
    return {
        "asked": _time(row.opened_at),
        "your_words": asdict(mine) if mine else {},
        "the_employers_words": asdict(theirs) if theirs else {},
        "you_said_it": _time(row.person_at),
        "the_employer_said_it": _time(row.employer_at),
        "your_advisor_has_a_line_about_it": bool(row.comment),
        "closed": _time(row.closed_at),
    }


def _outcome(row: Outcome) -> dict[str, Any]:
    return {
        "months_after": row.months,
        "day": _day(row.due),
        "asked": _time(row.asked_at),
        "where": str(row.get_where_display()) if row.where else "",
        "hours": row.hours,
        "same_workplace": row.same_workplace,
        "who_said_it": str(row.get_source_display()) if row.source else "",
        "at": _time(row.at),
    }


def _yes(one: OutcomeConsent) -> dict[str, str]:
    return {
        "at": _time(one.at),
        "text": one.text_version,
        "taken_back": _time(one.withdrawn_at),
        "answered_for_you": _in_words(Channel.choices, one.channel),
        "why_for_you": _in_words(BehalfReason.choices, one.why),
    }


def _hire(one: Hire) -> dict[str, Any]:
    posting = one.introduction.posting
    return {
        "posting": posting.title,
        "employer": posting.employer.name,
        "form": str(one.get_form_display()),
        "first_day": _day(one.starts),
        "hours": one.hours,
        "noted": _time(one.recorded_at),
        "next_contact": _day(one.next_contact),
        "contacts": one.contacts,
        "ended": _day(one.ended_on),
    }


def _in_words(choices: Any, code: str) -> str:
    return str(dict(choices).get(code, code))


def _time(value: datetime | None) -> str:
    return value.isoformat() if value else ""


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
