"""What the codes of the log mean to the person whom it tells of."""

from django.utils.translation import gettext, pgettext


def page_words() -> dict[str, str]:
    """What each code of the log of reads means to the person; "" for a page that has no words of its own."""
    return {
        "people": pgettext("page read", "Your row in the list of people"),
        "person": pgettext("page read", "The page about you"),
        "profile": pgettext("page read", "Your profile"),
        "needs": pgettext("page read", "Your needs"),
        "team": pgettext("page read", "Your row in the list of the team"),
        "queue": pgettext("page read", "A list of suggestions"),
        "suggestion": pgettext("page read", "A suggestion"),
        "confirm": pgettext("page read", "A suggestion"),
        "card": pgettext("page read", "Your card"),
        "skills": pgettext("page read", "What you can do"),
        "wishes": pgettext("page read", "What you want to do"),
        "introduction": pgettext("page read", "An introduction"),
        "introductions": pgettext("page read", "The list of introductions"),
        "suggestions": pgettext("page read", "Your suggestions and introductions"),
        "programmes": pgettext("page read", "The programmes you have asked for"),
        "meetings": pgettext("page read", "Your row in the list of meetings"),
        "meeting": pgettext("page read", "A meeting with you"),
        "outside": pgettext("page read", "A search for postings for you"),
        "plan": pgettext("page read", "Your plan"),
        "contacts": pgettext("page read", "Contacts about you"),
        "placements": pgettext("page read", "The list of placements"),
        "placement": pgettext("page read", "Your placement"),
        "agreement": pgettext("page read", "The agreement about your placement"),
        "check_ins": pgettext("page read", "The list of answers about placements"),
        "check_in": pgettext("page read", "Answers about your placement"),
        "outcomes": pgettext("page read", "Where you are after a placement"),
        "": pgettext("page read", "A page about you"),
    }


def event_words() -> dict[str, str]:
    return {
        "profile_saved": gettext("Changed your profile"),
        "skill_added": gettext("Added something you can do"),
        "skill_removed": gettext("Removed something you can do"),
        "wish_added": gettext("Added work you would like"),
        "wish_removed": gettext("Removed work you would like"),
        "needs_saved": gettext("Saved answers about what you need"),
        "said_yes": gettext("Said yes to showing a card"),
        "said_no": gettext("Said no to a suggestion"),
        "took_back": gettext("Took back a yes"),
        "matching_paused": gettext("Paused the matching"),
        "matching_resumed": gettext("Started the matching again"),
        "programme_asked": gettext("Asked for a programme"),
        "programme_withdrawn": gettext("Took back the wish for a programme"),
        "goal_saved": gettext("Wrote where you want to go"),
        "step_added": gettext("Added a step to your plan"),
        "step_changed": gettext("Changed a step of your plan"),
        "step_done": gettext("Marked a step of your plan as done"),
        "step_opened": gettext("Opened a step of your plan again"),
        "step_removed": gettext("Took a step of your plan away"),
        "meeting_yes": gettext("Said yes to somebody coming to a meeting"),
        "meeting_no": gettext("Said no to somebody coming to a meeting"),
        "meeting_comes": gettext("Said that you come to a meeting"),
        "meeting_stays_away": gettext("Said that you do not come to a meeting"),
        "agreement_signed": gettext("Signed an agreement for you"),
        "agreement_shown": gettext("Let the employer read an agreement"),
        "check_in_answered": gettext("Wrote down how it goes at your placement"),
        "outcome_consent": gettext("Answered whether we may ask later"),
        "": gettext("Changed something about you"),
    }
