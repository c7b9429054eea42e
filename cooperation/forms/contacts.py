"""A contact that an advisor notes: one tap, or with the day, whom it was with and a line of one's own."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cooperation.models import ContactWith, Way
from matching.forms import CheckedForm
from taxonomy.forms import Code, Day, Words, one_of, picked

A_QUARTER = 90  # days back


class ContactForm(CheckedForm):
    """How and when, and one line. The line is read once more like everything that advisors write."""

    checked: ClassVar[tuple[str, ...]] = ("line",)
    way = one_of(_("How was it?"), Way.choices, asks=_("Choose how it was"))
    day = Day(label=_("Which day?"), first=-A_QUARTER, last=0, outside=_("Choose a day from today to 90 days back"))
    line = Words(label=_("A line for yourself"), max_length=300, required=False, signs_alone=True)

    @property
    def noted(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {"way": given["way"], "on": given["day"], "line": given["line"]}


class PersonContactForm(ContactForm):
    """Of a person: with them, for them with an employer, or with another agency. `employers` are pairs of id and name."""

    contact_with = one_of(_("With whom?"), ContactWith.choices, asks=_("Choose with whom"))
    employer = picked(_("Which employer?"), (), required=False, asks=_("Choose an employer of the list"))
    agency = Words(label=_("Who at which agency?"), max_length=80, required=False)
    field_order = ("contact_with", "employer", "agency", "way", "day", "line")

    def __init__(self, *args: Any, employers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employer"].choices = [("", _("Choose")), *employers]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen = data.get("contact_with")
        if chosen == ContactWith.EMPLOYER and not data.get("employer") and "employer" not in self.errors:
            self.add_error("employer", _("Choose an employer of the list"))
        if chosen == ContactWith.AGENCY and not data.get("agency") and "agency" not in self.errors:
            self.add_error("agency", _("Write who it was, for example the school counsellor"))
        return data

    @property
    def noted(self) -> dict[str, Any]:
        given, chosen = self.cleaned_data, self.cleaned_data["contact_with"]
        employer = given["employer"] if chosen == ContactWith.EMPLOYER else None
        agency = given["agency"] if chosen == ContactWith.AGENCY else ""
        return {**super().noted, "employer_id": employer, "agency": agency}


class EmployerContactForm(ContactForm):
    """With an employer, for no one person. `workplaces` are pairs of id and name."""

    workplace = picked(_("Which workplace?"), (), required=False, asks=_("Choose a workplace of the list"))
    back_by = Day(label=_("I have promised to be back by"), required=False)
    field_order = ("way", "workplace", "day", "line", "back_by")

    def __init__(self, *args: Any, workplaces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workplace"].choices = [("", _("None in particular")), *workplaces]  # type: ignore[attr-defined]

    @property
    def noted(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {**super().noted, "workplace_id": given["workplace"] or None, "back_by": given["back_by"]}


class CorrectForm(ContactForm):
    """What was noted today; the promise to be back only where it is an employer's."""

    back_by = Day(label=_("I have promised to be back by"), first=-A_QUARTER, required=False)

    def __init__(self, *args: Any, employer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not employer:
            del self.fields["back_by"]

    @property
    def noted(self) -> dict[str, Any]:
        return {**super().noted, "back_by": self.cleaned_data.get("back_by")}


class FindForm(forms.Form):
    """An employer by name or number: nothing about a person."""

    q = Code(label=_("Name or organisation number"), max_length=80, required=False)
