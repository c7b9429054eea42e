"""What rules of a country have in common: the country, and texts in three languages."""

from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("sv", "nb", "en")
OWN_NAMES = ("svenska", "norsk bokmål", "English")  # a language is called what those who read it call it
Errors = dict[str, str | Promise]


class Country(models.TextChoices):
    SE = "SE", _("Sweden")
    NO = "NO", _("Norway")


def text(words: Any, longest: int) -> list[models.CharField]:  # type: ignore[type-arg]
    """A column for each language, in the order of LANGUAGES."""
    labels = [format_lazy("{words} ({language})", words=words, language=language) for language in OWN_NAMES]
    return [models.CharField(label, max_length=longest, blank=True) for label in labels]


class Worded:
    """A row with columns like name_sv, name_nb and name_en."""

    def words(self, text: str) -> dict[str, str]:
        """By language."""
        return {language: getattr(self, f"{text}_{language}") for language in LANGUAGES}

    def told(self, text: str) -> str:
        """In the reader's language, or in Swedish."""
        words = self.words(text)
        return words.get((get_language() or "sv")[:2]) or words["sv"]

    def unsaid(self, *texts: str) -> Errors:
        """Texts that a language lacks, for `clean`."""
        lacking = [f"{text}_{language}" for text in texts for language, words in self.words(text).items() if not words]
        return {name: _("Write it in each language.") for name in lacking}
