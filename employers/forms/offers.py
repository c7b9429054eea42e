"""What a workplace can do: one block of answers per need of the catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from employers.models import Answer, LeadTime
from employers.queries import Said, tidy_offer
from taxonomy.forms import Held, HeldForm, Words, one_of, picked
from taxonomy.models import Need

ANSWERS = [
    (Answer.YES, Answer.YES.label),
    (Answer.CAN, Answer.CAN.label),
    (Answer.NO, Answer.NO.label),
    (Answer.UNKNOWN, pgettext_lazy("offer", "I don't know yet")),
]
Offers = Mapping[str, Mapping[str, str]]
PARTS = ("answer", "lead", "how")
LEAD_TIMES = [("", _("Choose")), *LeadTime.choices]


@dataclass(frozen=True)
class OfferBlock:
    """One need with its three fields and what is held today."""

    need: Need
    answer: forms.BoundField
    lead: forms.BoundField
    how: forms.BoundField
    held: Mapping[str, str]
    told: Said | None  # by a posting of this workplace

    @property
    def said(self) -> Said | None:
        """What a posting of the workplace says about it, while the workplace has no answer."""
        return self.told if self.held.get("answer", Answer.UNKNOWN) == Answer.UNKNOWN else None

    @property
    def since(self) -> date | None:
        """The day of the answer that is held."""
        return date.fromisoformat(self.held["at"]) if self.held.get("at") else None

    @property
    def hint(self) -> str:
        """What the posting's own words say about it, while it has no answer."""
        return self.held.get("hint", "") if self.held.get("answer", Answer.UNKNOWN) == Answer.UNKNOWN else ""


class OffersForm(HeldForm):
    """Answers to some needs. `held` maps a code to {"answer", "lead", "how", ...}; a need that is not in it shows nothing chosen.

    `said`: by code what the postings of a workplace say.
    """

    def __init__(self, *args: Any, needs: Iterable[Need], held: Offers, said: Mapping[str, Said] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs, self.held, self.said = list(needs), held, said or {}
        for need in self.needs:
            self._add(need, held.get(need.code, {}))

    def _add(self, need: Need, held: Mapping[str, str]) -> None:
        name = name_of(need)
        answered = None if "hint" in held and "at" not in held else held.get("answer")  # a hint alone is nobody's answer
        self.fields[f"{name}-answer"] = one_of(need.label, ANSWERS, required=False, initial=answered)
        self.fields[f"{name}-lead"] = picked(_("How long in advance?"), LEAD_TIMES, required=False, initial=held.get("lead"))
        self.fields[f"{name}-how"] = Words(label=_("How, in one line"), max_length=120, required=False, initial=held.get("how"))

    def blocks(self) -> list[OfferBlock]:
        return [self._block(need) for need in self.needs]

    def _block(self, need: Need) -> OfferBlock:
        answer, lead, how = (self[f"{name_of(need)}-{part}"] for part in PARTS)
        return OfferBlock(need, answer, lead, how, self.held.get(need.code, {}), self.said.get(need.code))

    def offers(self) -> dict[str, dict[str, str]]:
        """The answers by code; a question that was left alone is answered with "I don't know yet"."""
        data = self.cleaned_data
        return {need.code: {part: data.get(f"{name_of(need)}-{part}", "") for part in PARTS} for need in self.needs}

    def held_now(self) -> list[Held]:
        """One line per need: its answer with what stands beside it."""
        given = self.offers() if self.is_valid() else {}
        return [
            Held(str(need.label), self._words(need), self[f"{name_of(need)}-answer"].auto_id)
            for need in self.needs
            if tidy_offer(given.get(need.code, {})) != tidy_offer(self.held.get(need.code, {}))
        ]

    def _words(self, need: Need) -> str:
        if need.code not in self.held:
            return ""
        answer, lead, how = tidy_offer(self.held[need.code])
        words = str(dict(ANSWERS)[Answer(answer)]), str(dict(LEAD_TIMES).get(lead, "")) if lead else "", how
        return ", ".join(filter(None, words))


def name_of(need: Need) -> str:
    return need.code.replace(".", "-")
