"""How a refused step becomes a page: the same 404 for "not there" and "not yours", and a 409 that says what happened."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from cooperation.documents import calendar_of
from cooperation.models import Meeting
from jobseekers.states import NotThere, Refused
from matching.views.doors import answering

WRITTEN = ("words", "agenda", "place", "name", "agency", "email")  # what somebody has typed is given back on the page that says no


def sentence(code: str) -> str:
    sentences = {
        "over": gettext("This meeting has been held or called off. Nothing more can be changed."),
        "past": gettext("That time has passed. Choose one that is to come."),
        "names": gettext("The place goes into calendars. Write the street and number, without any name."),
        "no_yes": gettext("The person has not said yes to everybody. No invitation has been sent. Ask first, or take the party away."),
        "door": gettext("The contact between the person and this employer is not open any more. No invitation has been sent."),
        "nobody": gettext("There is nobody left to ask or to invite."),
        "there": gettext("This party is already part of the meeting."),
        "many": gettext("There are too many parties. A meeting with so many helps nobody."),
        "invited": gettext("This party is invited. Only the person's no or a calling off ends that."),
        "told": gettext(
            "A letter about this party has not left yet, or something is theirs to do. A no is enough: they can read nothing more."
        ),
        "gone": gettext("A party does not work at the employer any more. No invitation has been sent. Take the party away."),
        "uninvited": gettext("This can be done only when the invitations have been sent."),
        "early": gettext("The meeting has not begun yet."),
        "channel": gettext("Say how the person told you and why you answer for them."),
    }
    return sentences.get(code, gettext("Somebody has changed this. Read the new version."))


answered = answering({Refused: sentence}, gone=(NotThere,), written=lambda _given: WRITTEN)


def calendar_file(request: HttpRequest, meeting: Meeting, page: str) -> HttpResponse:
    """The entry for somebody's own calendar."""
    made = calendar_of(meeting, at=timezone.now(), page=request.build_absolute_uri(page))
    headers = {"Content-Disposition": 'attachment; filename="calendar.ics"'}
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers=headers)
