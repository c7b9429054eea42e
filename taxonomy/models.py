"""The shared vocabulary: skills and occupations as concepts with labels, the needs catalogue, places."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import get_language, pgettext_lazy


class Kind(models.TextChoices):
    SKILL = "skill"
    OCCUPATION = "occupation"
    GROUP = "group"  # an ISCO group; `isco` holds its 1 to 4 digits


class ConceptQuerySet(models.QuerySet["Concept"]):
    def skills(self) -> Self:
        return self.filter(kind=Kind.SKILL, active=True)

    def occupations(self) -> Self:
        return self.filter(kind=Kind.OCCUPATION, active=True)

    def with_labels(self) -> Self:
        """Concepts with their labels fetched in one more query, so that `label_in` asks nothing."""
        return self.prefetch_related("labels")


class Concept(models.Model):
    """One skill, occupation or ISCO group. `key` is stable and ours: a starter slug, or `esco:<id>`."""

    key = models.CharField(max_length=120, primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    isco = models.CharField(max_length=4, blank=True)
    esco_uri = models.CharField(max_length=200, null=True, blank=True, unique=True)
    source = models.CharField(max_length=20, default="starter")
    active = models.BooleanField(default=True)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "isco"])]

    def __str__(self) -> str:
        return self.key

    def label_in(self, language: str | None = None) -> str:
        """The preferred label in `language` (default: the reader's), else English, Swedish, Norwegian, any."""
        wanted = (language or get_language() or "sv")[:2]
        preferred = {label.language: label.text for label in self.labels.all() if label.preferred}
        for one in (wanted, "en", "sv", "nb"):
            if one in preferred:
                return preferred[one]
        return next(iter(preferred.values()), self.key)


class Label(models.Model):
    """A name of a concept in one language; exactly one per language is preferred."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(max_length=2)
    text = models.CharField(max_length=400)
    preferred = models.BooleanField(default=False)
    source = models.CharField(max_length=20, default="starter")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["concept", "language", "text"], name="label_once"),
            models.UniqueConstraint(fields=["concept", "language"], condition=models.Q(preferred=True), name="one_preferred_label"),
        ]

    def __str__(self) -> str:
        return self.text


class OccupationSkill(models.Model):
    """An occupation uses a skill, essentially or optionally."""

    occupation = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="skill_relations")
    skill = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="occupation_relations")
    essential = models.BooleanField()
    source = models.CharField(max_length=20, default="starter")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["occupation", "skill"], name="occupation_skill_once")]

    def __str__(self) -> str:
        return f"{self.occupation_id} {self.skill_id}"


class NeedGroup(models.TextChoices):
    TIME = "time", pgettext_lazy("need group", "Working time")
    PHYS = "phys", pgettext_lazy("need group", "Body and tasks")
    ACC = "acc", pgettext_lazy("need group", "Getting in and around")
    SENS = "sens", pgettext_lazy("need group", "Sound, light and calm")
    COG = "cog", pgettext_lazy("need group", "How the work is set up")
    LANG = "lang", pgettext_lazy("need group", "Language")
    COMM = "comm", pgettext_lazy("need group", "Interpreting and information")
    SOC = "soc", pgettext_lazy("need group", "People and pace")
    DIG = "dig", pgettext_lazy("need group", "Digital tools")
    TRN = "trn", pgettext_lazy("need group", "Travel to work")
    AST = "ast", pgettext_lazy("need group", "Assistive aids")
    SUP = "sup", pgettext_lazy("need group", "Support from a person")


class Pays(models.TextChoices):
    """Who usually pays for a need. The words for an employer, by country, are in templates/employers/_who_pays.html."""

    LAYOUT = "layout"  # costs nothing: it is how the work is laid out
    OWN = "own"  # a small cost, the employer's own
    AID = "aid"  # work aids and premises: a grant can be applied for
    INTERPRETER = "interpreter"
    PERSON = "person"  # a job coach or a personal assistant
    HOURS = "hours"  # hours and pay: wage support


class Need(models.Model):
    """One code of the needs catalogue: what a workplace can offer, and a person may need. Codes are never reused."""

    code = models.CharField(max_length=40, primary_key=True)
    group = models.CharField(max_length=4, choices=NeedGroup.choices)
    position = models.PositiveSmallIntegerField()
    label_sv = models.CharField(max_length=80)
    label_nb = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80)
    icf = models.CharField(max_length=10, blank=True)
    default = models.CharField(max_length=12)  # must, soft, must_safety: only the order of the questions
    parameter = models.CharField(max_length=40, blank=True)
    nav_tag = models.CharField(max_length=40, blank=True)
    pays = models.CharField(max_length=12, choices=Pays.choices, blank=True)
    common = models.PositiveSmallIntegerField(default=0)  # 1-10: the ten that the employer is asked first

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """The catalogue's own label in the reader's language."""
        return self.label_in(get_language() or "sv")

    def label_in(self, language: str) -> str:
        return str({"nb": self.label_nb, "en": self.label_en}.get(language[:2], self.label_sv))


class Place(models.Model):
    """A town or part of one, with its coordinates: our own table, no outside geocoder."""

    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=80, db_index=True)  # lower case without diacritics, for finding
    country = models.CharField(max_length=2)
    municipality_code = models.CharField(max_length=4)
    municipality = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    source = models.CharField(max_length=20, default="starter")

    class Meta:
        ordering: ClassVar = ["name", "municipality"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["country", "municipality_code", "name"], name="place_once")]

    def __str__(self) -> str:
        return self.name


class TheirCodeQuerySet(models.QuerySet["TheirCode"]):
    def learn(self, pairs: Iterable[tuple[str, str, str]]) -> None:
        """(kind, their code, ours), as an ad of theirs says it. What is known already stays."""
        self.bulk_create([TheirCode(kind=kind, theirs=theirs, ours=ours) for kind, theirs, ours in pairs], ignore_conflicts=True)

    def meanings(self, theirs: Iterable[str]) -> dict[tuple[str, str], set[str]]:
        """What each code means, by its kind."""
        found: dict[tuple[str, str], set[str]] = {}
        for kind, code, ours in self.filter(theirs__in=set(theirs)).values_list("kind", "theirs", "ours"):
            found.setdefault((kind, code), set()).add(ours)
        return found


class TheirCode(models.Model):
    """What JobTech's vocabulary calls something of ours, as their ads have told: a place by the code that both use, an occupation by the
    concept that its name was linked to."""

    kind = models.CharField(max_length=20)  # JobTech's name for what it is: municipality, occupation-name, ...
    theirs = models.CharField(max_length=40, db_index=True)
    ours = models.CharField(max_length=120)  # a municipality's code, digits of ISCO-08, or a concept's key

    objects = TheirCodeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "theirs", "ours"], name="their_code_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.theirs}: {self.ours}"


class Release(models.Model):
    """One change of the vocabulary: the newest row's id is the vocabulary's version, stored beside every match."""

    at = models.DateTimeField()
    what = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.pk}: {self.what}"
