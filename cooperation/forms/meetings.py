"""A meeting, who comes to it, and what is written of it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cooperation.access import Member
from cooperation.actions import Terms, refuse_names
from cooperation.models import TYPES_IN, ZONES, Meeting, NoteKind, Party, Purpose, Where
from jobseekers.models import Profile
from jobseekers.states import Refused
from matching.forms import CheckedForm
from taxonomy.forms import INPUT, Day, Email, Name, Words, one_of, picked, some_of
from taxonomy.linker import private_words

LENGTHS = (30, 45, 60, 90, 120)  # minutes
LANGUAGES = (
    ("sv", pgettext_lazy("language", "Swedish")),
    ("nb", pgettext_lazy("language", "Norwegian")),
    ("en", pgettext_lazy("language", "English")),
)


class TermsForm(CheckedForm):
    """When and where. `terms` is what the action takes."""

    checked: ClassVar[tuple[str, ...]] = ()
    where = one_of(_("How do you meet?"), Where.choices)
    place = Words(label=_("Address, link or number"), max_length=200, asks=_("Write where to go, or what to open or call"))
    day = Day(label=_("Day"))
    start = forms.TimeField(
        label=_("Begins at"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={**INPUT, "type": "time", "data-width": "auto"}, format="%H:%M"),
        error_messages=dict.fromkeys(("required", "invalid"), _("Write the time as hours and minutes, for example 13:30")),
    )
    minutes = picked(_("How long"), [(n, _("%(n)s minutes") % {"n": n}) for n in LENGTHS], coerce=int)

    def __init__(self, *args: Any, profile: Profile, names: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profile, self.names, self.zone = profile, names, ZoneInfo(ZONES[profile.country])

    def clean_place(self) -> str:
        """The place goes into calendars: no names, and nothing private, whoever has read it again."""
        place: str = self.cleaned_data["place"]
        if private_words(place):
            raise forms.ValidationError(_("The place goes into calendars. Write the street and number, and nothing about health."))
        try:
            refuse_names(place, self.profile, self.names)
        except Refused:
            raise forms.ValidationError(_("The place goes into calendars. Write the street and number, without any name.")) from None
        return place

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") and data.get("start"):
            self._times(data)
        return data

    def _times(self, data: dict[str, Any]) -> None:
        written = datetime.combine(data["day"], data["start"])
        starts = written.replace(tzinfo=self.zone).astimezone(UTC)
        if starts.astimezone(self.zone).replace(tzinfo=None) != written:
            self.add_error("start", _("That hour is not there: summer time begins that night. Choose another time."))
        elif starts <= timezone.now():
            self.add_error("start", _("That time has passed. Choose one that is to come."))
        data["starts"] = starts

    @property
    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(data["where"], data["place"], data["starts"], data["starts"] + timedelta(minutes=data["minutes"]))


def terms_of(meeting: Meeting) -> dict[str, Any]:
    """What is held, for the form that changes it."""
    starts = meeting.starts.astimezone(meeting.zone)
    length = round((meeting.ends - meeting.starts).total_seconds() / 60)
    return {"where": meeting.where, "place": meeting.place, "day": starts.date(), "start": starts.time(), "minutes": length}


class MeetingForm(TermsForm):
    """A new meeting."""

    checked = ("agenda",)
    type = picked(_("Kind of meeting"), ())
    purpose = one_of(_("What is it about?"), Purpose.choices)
    agenda = Words(label=_("What is talked about"), max_length=1000, rows=4, required=False)
    field_order = ("type", "purpose", "where", "place", "day", "start", "minutes", "agenda", "keep")

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, profile=profile, **kwargs)
        self.fields["type"].choices = [("", _("Choose")), *((one.value, one.label) for one in TYPES_IN[profile.country])]  # type: ignore[attr-defined]


class AgendaForm(CheckedForm):
    checked = ("agenda",)
    agenda = Words(label=_("What is talked about"), max_length=1000, rows=4, required=False)


class AgencyForm(forms.Form):
    """A professional who has no account."""

    name = Name(label=_("Name"), asks=_("Write the name"))
    agency = Words(label=_("Where they work"), max_length=120, asks=_("Write where they work"))
    email = Email()
    language = one_of(_("Language of the letter"), LANGUAGES)


class MemberForm(forms.Form):
    """A member of an employer whom the person has met."""

    member = one_of(_("Who from the employer?"), ())

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {one.key: one for one in members}
        self.fields["member"].choices = [(one.key, f"{one.name}, {one.employer}") for one in self.members.values()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Member:
        return self.members[self.cleaned_data["member"]]


def _choices(parties: Iterable[Party]) -> list[tuple[str, str]]:
    return [(str(one.pk), ", ".join(filter(None, (one.name, one.organisation)))) for one in parties]


class NoteForm(CheckedForm):
    """Nobody is ticked beforehand: a note is read by those for whom it was meant."""

    kind = one_of(_("What is it?"), NoteKind.choices)
    words = Words(label=_("What was said or decided"), max_length=2000, rows=4)
    readers = some_of(_("Who may read it besides you?"), ())

    def __init__(self, *args: Any, parties: Iterable[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = _choices(parties)  # type: ignore[attr-defined]


class TaskForm(CheckedForm):
    words = Words(label=_("What is to be done"), max_length=300)
    owner = picked(_("Who does it?"), ())
    due = Day(label=_("By which day"))

    def __init__(self, *args: Any, parties: Iterable[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("Choose")), *_choices(parties)]  # type: ignore[attr-defined]


class AttendanceForm(forms.Form):
    there = some_of(_("Who was there?"), ())

    def __init__(self, *args: Any, parties: Iterable[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["there"].choices = _choices(parties)  # type: ignore[attr-defined]
