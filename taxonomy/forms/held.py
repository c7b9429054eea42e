"""A form about something that is held: its page carries a version, so that nobody writes over what they never read."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms

CHANGED = 409


@dataclass(frozen=True)
class Held:
    """One answer that is held now, in words, where another was sent. Empty words: nothing is held."""

    label: str
    words: str = ""
    link: str = ""  # the id of the field it belongs to
    day: date | None = None


class HeldForm(forms.Form):
    """`now` is the version of what is held (audit.queries); empty for something new.

    `overtaken` says that the action has refused what was sent, because somebody had saved since its page was made. Then the page
    comes again with what was typed, what is held now (`held_now`) and the new version: sending it again is meant.
    """

    not_held: ClassVar[tuple[str, ...]] = ()  # fields that are about the sending

    def __init__(self, *args: Any, now: str = "", overtaken: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.overtaken = now, overtaken

    @property
    def seen(self) -> str | None:
        """The version that the sent page carried; None when it carried none."""
        return self.data.get("version")

    @property
    def version(self) -> str:
        """What the page carries (components/version.html). A page that comes back with errors still shows what was read at first."""
        return self.now if self.overtaken or self.seen is None else self.seen

    @property
    def status(self) -> int:
        """Of the answer that shows the form."""
        return CHANGED if self.overtaken else 200

    def held_now(self) -> list[Held]:
        """What is held in each field where something else was sent. The form's `initial` has to be what is held."""
        return [_in_words(self[name]) for name in self.changed_data if name not in self.not_held]


def _in_words(field: forms.BoundField) -> Held:
    held, label, link = field.initial, str(field.label), field.id_for_label or field.auto_id
    if isinstance(held, date):
        return Held(label, link=link, day=held)
    if isinstance(field.field, forms.ChoiceField):
        choices: Any = field.field.choices  # pairs: we group none
        labels = {str(value): str(words) for value, words in choices}
        codes = held if isinstance(held, list) else [held or ""]
        return Held(label, ", ".join(labels.get(str(code), str(code)) for code in codes), link)
    return Held(label, "" if held is None else str(held), link)
