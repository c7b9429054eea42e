"""Brings concepts, labels and relations of one source into the tables, in bulk. Called inside a transaction.

Two sources meet here. The starter vocabulary is ours and wins: it keeps its keys, its preferred labels and its relations. ESCO adds what is
missing and may later change or take away only what it added itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from taxonomy.models import Concept, Label, OccupationSkill, Release

STARTER = "starter"
ESCO = "esco"


@dataclass(slots=True)
class Counts:
    """What a load did. `skipped` rows could not be used and harm nothing."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
            self.skipped + other.skipped,
        )

    @property
    def touched(self) -> bool:
        return bool(self.created or self.changed or self.removed)

    def __str__(self) -> str:
        said = f"{self.created} created, {self.changed} changed, {self.unchanged} unchanged"
        said += f", {self.removed} removed" if self.removed else ""
        return said + (f", {self.skipped} skipped" if self.skipped else "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept as a source tells it.

    `labels`: language -> names, the preferred one first. The languages named here are complete, others stay untouched.
    """

    key: str
    kind: str
    labels: Mapping[str, Sequence[str]]
    uri: str = ""
    isco: str = ""
    active: bool = True


@dataclass(slots=True)
class _LabelWork:
    """What has to be done with labels, and which concepts it touches."""

    create: list[Label] = field(default_factory=list)
    delete: list[int] = field(default_factory=list)
    demote: list[int] = field(default_factory=list)
    promote: list[int] = field(default_factory=list)
    claim: list[int] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)

    def apply(self) -> None:
        # At most one label per language is preferred, at every moment: so first the ones that step back, then the ones that step forward.
        Label.objects.filter(pk__in=self.delete).delete()
        Label.objects.filter(pk__in=self.demote).update(preferred=False)
        Label.objects.filter(pk__in=self.promote).update(preferred=True)
        Label.objects.filter(pk__in=self.claim).update(source=STARTER)
        Label.objects.bulk_create(self.create)


def note_release(counts: Counts, what: str, *, at: datetime) -> None:
    """A new version of the vocabulary, if anything of it is different now. In the same transaction as the change."""
    if counts.touched:
        Release.objects.create(at=at, what=f"{what}: {counts}"[:200])


def concepts(entries: Sequence[Entry], *, source: str) -> tuple[Counts, dict[str, str]]:
    """Upserts concepts with their labels.

    Also returns entry key -> key in the table: another one where the uri was already there under another key.
    """
    found = Concept.objects.filter(Q(key__in=[e.key for e in entries]) | Q(esco_uri__in=[e.uri for e in entries if e.uri]))
    by_key = {concept.key: concept for concept in found}
    by_uri = {concept.esco_uri: concept for concept in by_key.values() if concept.esco_uri}
    keys: dict[str, str] = {}
    new: list[Concept] = []
    changed: list[Concept] = []
    for entry in entries:
        concept = by_key.get(entry.key) or by_uri.get(entry.uri)
        if concept is None:
            concept = Concept(
                key=entry.key, kind=entry.kind, isco=entry.isco, esco_uri=entry.uri or None, source=source, active=entry.active
            )
            new.append(concept)
        elif _adopt(concept, entry, source, by_uri):
            changed.append(concept)
        keys[entry.key] = concept.key
    Concept.objects.bulk_create(new)
    Concept.objects.bulk_update(changed, ["isco", "esco_uri", "source", "active"], batch_size=100)
    created = {concept.key for concept in new}
    touched = {concept.key for concept in changed} | _labels({keys[e.key]: e.labels for e in entries}, source)
    counts = Counts(created=len(created), changed=len(touched - created))
    counts.unchanged = len(entries) - counts.created - counts.changed
    return counts, keys


def _adopt(concept: Concept, entry: Entry, source: str, by_uri: Mapping[str, Concept]) -> bool:
    """Takes the entry's facts over where its source may say so. True when something changed."""
    if source == ESCO and concept.source == STARTER and concept.active:
        return False
    before = (concept.isco, concept.esco_uri, concept.source, concept.active)
    taken = entry.uri in by_uri and by_uri[entry.uri] is not concept
    uri = concept.esco_uri if taken or not entry.uri else entry.uri
    concept.isco, concept.esco_uri, concept.source, concept.active = entry.isco, uri, source, entry.active
    return before != (concept.isco, concept.esco_uri, concept.source, concept.active)


def _labels(wanted: Mapping[str, Mapping[str, Sequence[str]]], source: str) -> set[str]:
    """Makes the labels of these concepts what the source says. Returns the keys of the concepts whose labels changed."""
    held: dict[tuple[str, str], list[Label]] = defaultdict(list)
    for label in Label.objects.filter(concept_id__in=wanted):
        held[label.concept_id, label.language].append(label)
    work = _LabelWork()
    for key, languages in wanted.items():
        for language, texts in languages.items():
            _plan(work, (key, language), texts, held.get((key, language), []), source)
    work.apply()
    return work.touched


def _plan(work: _LabelWork, whose: tuple[str, str], texts: Sequence[str], held: Sequence[Label], source: str) -> None:
    """One concept in one language: compares what is there with what the source says."""
    key, language = whose
    ours = source == ESCO and any(label.preferred and label.source == STARTER for label in held)
    first = None if ours else next(iter(texts), None)
    there = {label.text for label in held}
    missing = [text for text in dict.fromkeys(texts) if text not in there]
    work.create += [Label(concept_id=key, language=language, text=text, preferred=text == first, source=source) for text in missing]
    changes = [_change(work, label, texts, first, source) for label in held]
    if missing or any(changes):
        work.touched.add(key)


def _change(work: _LabelWork, label: Label, texts: Collection[str], first: str | None, source: str) -> bool:
    """What becomes of one label that is there. True when something does."""
    if label.text not in texts and label.source == source:
        work.delete.append(label.pk)
        return True
    todo = []
    if first is not None and label.preferred != (label.text == first):
        todo.append(work.demote if label.preferred else work.promote)
    if label.text in texts and source == STARTER and label.source != STARTER:
        todo.append(work.claim)
    for pile in todo:
        pile.append(label.pk)
    return bool(todo)


def relations(wanted: Mapping[str, Mapping[str, bool]], *, source: str) -> Counts:
    """Upserts occupation key -> skill key -> essential. Each occupation named here is complete: what this source no longer says goes."""
    counts = Counts()
    held = {(one.occupation_id, one.skill_id): one for one in OccupationSkill.objects.filter(occupation_id__in=wanted)}
    new = []
    changed = []
    for occupation, skills in wanted.items():
        for skill, essential in skills.items():
            there = held.pop((occupation, skill), None)
            if there is None:
                new.append(OccupationSkill(occupation_id=occupation, skill_id=skill, essential=essential, source=source))
            elif (there.essential, there.source) != (essential, source) and (source == STARTER or there.source == ESCO):
                there.essential, there.source = essential, source
                changed.append(there)
            else:
                counts.unchanged += 1
    gone = [one.pk for one in held.values() if one.source == source]
    OccupationSkill.objects.filter(pk__in=gone).delete()
    OccupationSkill.objects.bulk_create(new)
    OccupationSkill.objects.bulk_update(changed, ["essential", "source"], batch_size=200)
    counts.created, counts.changed, counts.removed = len(new), len(changed), len(gone)
    return counts


def retire(kinds: Iterable[str], kept: Collection[str]) -> int:
    """Starter concepts that left the files. They stay for the profiles that hold them, but nobody is offered them any more."""
    own = Concept.objects.filter(source=STARTER, active=True, kind__in=list(kinds)).values_list("key", flat=True)
    gone = [key for key in own if key not in kept]
    return Concept.objects.filter(key__in=gone).update(active=False)
