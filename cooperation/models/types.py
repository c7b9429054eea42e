"""What a joint meeting can be, per country, and what it can be about: fixed lists in neutral words, nothing of anybody's health."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingType(models.TextChoices):
    """By the names that agencies use. Only the person and the advisor read the type; no letter, calendar or other party does."""

    SE_STATUS = "se_status", _("Status meeting (avstämningsmöte)")
    SE_SEVERAL = "se_several", _("Meeting of several parties (flerpartssamtal)")
    SE_SURVEY = "se_survey", _("Joint survey (gemensam kartläggning)")
    SE_PLAN = "se_plan", _("Coordinated individual plan (SIP)")
    SE_THREE = "se_three", _("Three-party meeting (trepartssamtal)")
    NO_DIALOGUE_1 = "no_dialogue_1", _("Dialogue meeting 1 (dialogmøte 1)")
    NO_DIALOGUE_2 = "no_dialogue_2", _("Dialogue meeting 2 (dialogmøte 2)")
    NO_DIALOGUE_3 = "no_dialogue_3", _("Dialogue meeting 3 (dialogmøte 3)")
    NO_WORKING = "no_working", _("Cooperation meeting (samarbeidsmøte)")
    NO_THREE = "no_three", _("Three-party meeting (trepartsmøte)")
    NO_PLAN = "no_plan", _("Individual plan (individuell plan)")
    FOLLOW_UP = "follow_up", _("Follow-up at the workplace")


TYPES_IN: dict[str, tuple[MeetingType, ...]] = {
    "SE": (*(one for one in MeetingType if one.value.startswith("se_")), MeetingType.FOLLOW_UP),
    "NO": (*(one for one in MeetingType if one.value.startswith("no_")), MeetingType.FOLLOW_UP),
}
ZONES = {"SE": "Europe/Stockholm", "NO": "Europe/Oslo"}


class Purpose(models.TextChoices):
    MEET = "meet", pgettext_lazy("meeting", "Getting to know each other")
    NEXT = "next", pgettext_lazy("meeting", "The next steps")
    WORKPLACE = "workplace", pgettext_lazy("meeting", "How work at the workplace is arranged")
    GOING = "going", pgettext_lazy("meeting", "How it is going")
    SHARING = "sharing", pgettext_lazy("meeting", "Who does what")
    SUMMING = "summing", pgettext_lazy("meeting", "Summing up")


class Where(models.TextChoices):
    PLACE = "place", pgettext_lazy("meeting", "At a place")
    ONLINE = "online", pgettext_lazy("meeting", "Online")
    PHONE = "phone", pgettext_lazy("meeting", "By phone")


class PartyKind(models.TextChoices):
    PERSON = "person", pgettext_lazy("party of a meeting", "The person")
    ADVISOR = "advisor", pgettext_lazy("party of a meeting", "The advisor")
    AGENCY = "agency", pgettext_lazy("party of a meeting", "From an agency")
    EMPLOYER = "employer", pgettext_lazy("party of a meeting", "From the employer")


class Said(models.TextChoices):
    """An answer: nothing yet, yes or no."""

    NOTHING = "", pgettext_lazy("answer", "Not answered")
    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")
