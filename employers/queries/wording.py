"""What the text check says of a posting: sentences to rewrite, and those that the employer keeps with a reason."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from employers.models import Kind, Posting, WordingKept, WordingRule
from employers.queries.steps import LABELS, STEP_OF
from taxonomy.linker.wording import Hit, Rule, built_in, check, made
from taxonomy.models import Need

PROSE = ("tasks", "day")  # where a sentence of ours can stand in the place of another
OFFER = "offers."  # and the code of a need: what the posting says of how it adapts
PAID = {Kind.JOB, Kind.APPRENTICESHIP}
LONGEST_SHOWN = 400  # letters of a sentence


@dataclass(frozen=True)
class Finding:
    """One sentence that a rule has found: `before` + `words` + `after`. `better` is the sentence to put in its place, "" to take it
    away, None where nobody but the employer can know. `reason` is the code with which it is kept, or nothing."""

    key: str
    rule: str
    ground: str
    field: str
    label: str
    step: int
    why: str
    before: str
    words: str
    after: str
    start: int  # of the sentence in its field
    end: int
    at: int = 0  # where the words themselves begin
    better: str | None = None
    can_keep: bool = True
    reason: str = ""
    group: str = ""  # of the catalogue, for what is said of an adaptation

    @property
    def place(self) -> tuple[str, int, int]:
        """Findings about one sentence share it; what is asked about a whole field stands alone."""
        return self.field, self.start, self.end


@dataclass(frozen=True)
class Checked:
    open: tuple[Finding, ...]
    kept: tuple[Finding, ...]


def checked(posting: Posting) -> Checked:
    """The newest words of a posting, `posting` being the copy that is worked on."""
    found = list(findings(posting))
    reasons = dict(WordingKept.objects.filter(posting_id=posting.pk, key__in=[one.key for one in found]).values_list("key", "reason"))
    kept = tuple(replace(one, reason=reasons[one.key]) for one in found if one.can_keep and one.key in reasons)
    return Checked(tuple(one for one in found if not one.can_keep or one.key not in reasons), kept)


def by_sentence(found: Sequence[Finding]) -> list[tuple[Finding, list[Finding]]]:
    """Each sentence once: one finding about it, first what can never stay, and the others."""
    groups: dict[tuple[str, int, int], list[Finding]] = {}
    for one in found:
        groups.setdefault(one.place, []).append(one)
    return [(first, others) for first, *others in (sorted(one, key=lambda each: each.can_keep) for one in groups.values())]


def texts_of(posting: Posting) -> dict[str, str]:
    """Every text of the employer's own that the public page shows, by the field it stands in."""
    texts = {name: str(getattr(posting, name)) for name in ("title", *PROSE, "pay", "agreement")}
    texts |= {OFFER + code: offer["how"] for code, offer in posting.offers.items() if offer.get("how")}
    return texts | ({"directions": posting.workplace.directions} if posting.workplace else {})


def findings(posting: Posting) -> Iterator[Finding]:
    """All of them, kept or not, in the order of the page; `why` is in the reader's language, `better` in the posting's."""
    texts = texts_of(posting)
    rules = wording_rules()
    hits = check(texts, rules)
    codes = {hit.field.removeprefix(OFFER) for hit in hits if hit.field.startswith(OFFER)}
    needs = {OFFER + need.code: need for need in Need.objects.filter(code__in=codes)} if codes else {}
    for hit in hits:
        yield _finding(posting, hit, texts[hit.field], needs.get(hit.field))
    for rule in rules:
        if rule.looks_for == "pay" and posting.kind in PAID and posting.pay and not any(sign.isdigit() for sign in posting.pay):
            yield _of_field(posting, rule, "pay")
        if rule.looks_for == "agreement" and posting.kind == Kind.JOB and posting.employer.country == "SE" and not posting.agreement:
            yield _of_field(posting, rule, "agreement")


def wording_rules() -> tuple[Rule, ...]:
    """Those that come with the product, and the region's own."""
    own = [_made(json.dumps(one.as_data(), sort_keys=True)) for one in WordingRule.objects.filter(active=True).order_by("pk")]
    return (*built_in(), *own)


@lru_cache(maxsize=256)
def _made(data: str) -> Rule:
    """The same rule for the same words, so that what was prepared for it can be used again."""
    return made(json.loads(data))


def _finding(posting: Posting, hit: Hit, text: str, need: Need | None) -> Finding:
    sentence = text[hit.sentence_start : hit.sentence_end]
    return Finding(
        key=_key(posting, hit.rule, hit.field, sentence),
        start=hit.sentence_start,
        end=hit.sentence_end,
        at=hit.start,
        words=text[hit.start : hit.end][:LONGEST_SHOWN],
        before=text[max(hit.sentence_start, hit.start - LONGEST_SHOWN) : hit.start],
        after=text[hit.end : min(hit.sentence_end, hit.end + LONGEST_SHOWN)],
        better=_better(posting, hit, text),
        **_of_rule(hit.rule, hit.field, need),
    )


def _of_field(posting: Posting, rule: Rule, field: str) -> Finding:
    held = str(getattr(posting, field))
    return Finding(key=_key(posting, rule, field, held), start=0, end=len(held), before="", words=held, after="", **_of_rule(rule, field))


def _of_rule(rule: Rule, field: str, need: Need | None = None) -> dict[str, Any]:
    told = {"rule": rule.id, "ground": rule.ground, "can_keep": rule.keep, "why": rule.why_in(get_language() or "sv"), "field": field}
    if need:
        return {**told, "label": f"{LABELS['offers']}: {need.label}", "step": STEP_OF["offers"], "group": need.group}
    return {**told, "label": LABELS[field], "step": STEP_OF.get(field, STEP_OF["workplace"])}


def _better(posting: Posting, hit: Hit, text: str) -> str | None:
    if hit.field not in (*PROSE, "title"):
        return None
    if hit.instead is not None:
        capital = text[hit.start : hit.end][:1].isupper()
        instead = hit.instead[:1].upper() + hit.instead[1:] if capital else hit.instead
        return text[hit.sentence_start : hit.start] + instead + text[hit.end : hit.sentence_end]
    return None if hit.field == "title" else hit.rule.better.get(posting.language)


def _key(posting: Posting, rule: Rule, field: str, sentence: str) -> str:
    """Stands for these words in this place. Spaces do not count."""
    told = json.dumps([str(posting.pk), field, rule.id, " ".join(sentence.split())])
    return hashlib.sha256(told.encode()).hexdigest()[:32]
