"""The text check: rules of the region beside those that come with the product, and what an employer has kept with a reason."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from employers.models.postings import Posting
from taxonomy.linker.wording import Rule, WrongPattern, check, made


class KeptReason(models.TextChoices):
    LAW = "law", pgettext_lazy("why words stay", "A law or a permit asks for it")
    TASK = "task", pgettext_lazy("why words stay", "The task cannot be done without it")
    MEANS = "means", pgettext_lazy("why words stay", "The words mean something else here")
    NAME = "name", pgettext_lazy("why words stay", "It is a name, or somebody is quoted")


class Ground(models.TextChoices):
    PROTECTED = "protected", pgettext_lazy("ground", "Protected by law")
    GROUP = "group", pgettext_lazy("ground", "Tells which group somebody is from")
    HEALTH = "health", pgettext_lazy("ground", "Health and body")
    LANGUAGE = "language", pgettext_lazy("ground", "Language")
    LICENCE = "licence", pgettext_lazy("ground", "Licence")
    PERSON = "person", pgettext_lazy("ground", "Data about a person")
    CONTACT = "contact", pgettext_lazy("ground", "Ways around the advisor")
    PAY = "pay", pgettext_lazy("ground", "Pay")


class WordingKept(models.Model):
    """An employer keeps a sentence that a rule has found. `key` stands for posting, field, rule and sentence: other words, another key."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="kept_wordings")
    key = models.CharField(max_length=32)
    rule = models.CharField(max_length=60)
    reason = models.CharField(max_length=8, choices=KeptReason.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["posting", "key"], name="wording_kept_once"),
            models.CheckConstraint(
                condition=Q(reason__in=KeptReason.values),
                name="wording_kept_with_a_reason",
                violation_error_message=_("Words that a rule has found are kept only with one of the reasons."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} kept: {self.reason}"


class WordingRule(models.Model):
    """A rule that the region's editors have added. It has to prove itself: what it must find, and what it must leave alone."""

    name = models.CharField(_("name"), max_length=80)
    ground = models.CharField(_("what it is about"), max_length=12, choices=Ground.choices)
    words = models.TextField(
        _("words to look for"),
        max_length=4000,
        help_text=_(
            "One phrase a line. a/b: one or the other. *: any ending. #: a number. ..: up to three words. =>: what to write instead."
        ),
    )
    unless = models.TextField(_("phrases that are fine"), max_length=4000, blank=True, help_text=_("One a line, written in the same way."))
    free = models.BooleanField(_("a “no” makes it fine"), default=True, help_text=_("“No driving licence needed” is then not found."))
    why_sv = models.TextField(_("why, in Swedish"), max_length=400)
    why_nb = models.TextField(_("why, in Norwegian"), max_length=400)
    why_en = models.TextField(_("why, in English"), max_length=400)
    better_sv = models.CharField(_("a better sentence in Swedish"), max_length=200, blank=True)
    better_nb = models.CharField(_("a better sentence in Norwegian"), max_length=200, blank=True)
    better_en = models.CharField(_("a better sentence in English"), max_length=200, blank=True)
    finds = models.TextField(_("sentences it must find"), max_length=4000, help_text=_("At least two, one a line."))
    leaves = models.TextField(_("sentences it must leave alone"), max_length=4000, help_text=_("At least two, one a line."))
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("rule of the text check")
        verbose_name_plural = _("rules of the text check")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The phrases can be read, and the rule finds and leaves what its editor says."""
        problems: dict[str, list[ValidationError]] = {}
        for name in ("words", "unless"):
            problems[name] = [ValidationError(WRONG[code], params={"line": line}) for line, code in _unreadable(getattr(self, name))]
        if not any(problems.values()):
            problems |= self._examples()
        if any(problems.values()):
            raise ValidationError({name: found for name, found in problems.items() if found})

    def _examples(self) -> dict[str, list[ValidationError]]:
        rule, problems = self.as_rule(), {}
        for name, wanted in (("finds", True), ("leaves", False)):
            sentences = _lines(getattr(self, name))
            wrong = [one for one in sentences if bool(check({"tasks": one}, [rule])) is not wanted]
            problems[name] = [ValidationError(WRONG[name], params={"line": one}) for one in wrong]
            if len(sentences) < FEWEST_EXAMPLES:
                problems[name].append(ValidationError(WRONG["few"]))
        return problems

    def as_rule(self) -> Rule:
        """Raises WrongPattern while the phrases cannot be read."""
        return made(self.as_data())

    def as_data(self) -> dict[str, Any]:
        """The same form as the rules that come with the product."""
        better = {"sv": self.better_sv, "nb": self.better_nb, "en": self.better_en}
        return {
            "id": f"region.{self.pk}",
            "ground": self.ground,
            "words": _lines(self.words),
            "unless": _lines(self.unless),
            "free": self.free,
            "why": {"sv": self.why_sv, "nb": self.why_nb, "en": self.why_en},
            "better": {language: said for language, said in better.items() if said},
        }


FEWEST_EXAMPLES = 2
WRONG = {
    "empty": _("“%(line)s” has no words before the arrow."),
    "long": _("“%(line)s” is too long."),
    "signs": _("“%(line)s” has a sign that means nothing here."),
    "wide": _("“%(line)s” would find almost everything: write at least three letters beside a star."),
    "edge": _("“%(line)s” begins or ends with something that may be missing."),
    "finds": _("The rule does not find “%(line)s”."),
    "leaves": _("The rule finds “%(line)s”, which it should leave alone."),
    "few": _("Write at least two sentences."),
}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _unreadable(text: str) -> list[tuple[str, str]]:
    found = []
    for line in _lines(text):
        try:
            made({"id": "", "ground": "", "why": {}, "words": [line]})
        except WrongPattern as problem:
            found.append((line, problem.code))
    return found
