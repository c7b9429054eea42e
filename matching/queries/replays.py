"""A run again from what is true now: the same order and parts, or which input has changed since."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from math import isclose
from typing import Any

from employers.models import Posting
from jobseekers.models import Profile
from matching import engine
from matching.models import Run
from matching.scoring import WEIGHTS_VERSION

CLOSE = 1e-5  # parts are rounded to five decimals
Entry = Mapping[str, Any]


class NotReplayable(Exception):  # noqa: N818 (it says what is so, like NotThere)
    """The run holds no record: it is older than the records, or the person it was for has deleted everything."""


@dataclass(frozen=True)
class Replay:
    """What came of it. Ids are random ones: of people in a posting's run, of postings in a person's."""

    run: str
    at: str
    versions: Mapping[str, tuple[str, str]]  # what was another then: (then, now)
    subject_changed: bool  # the posting, or the person, that the run was for
    changed: tuple[str, ...]  # in the order then, and what is told of them is not what it was
    left: tuple[str, ...]  # in the order then, and no longer matched at all
    came: tuple[str, ...]  # in the order now, and not then
    out: tuple[str, ...]  # in the order then, not now, and unchanged themselves
    pairs: int  # in the order then
    same_order: bool
    same_parts: bool
    rest_is_same: bool  # the pairs of both orders have the same parts and stand in the same order among themselves
    same_inputs: bool  # of everybody who was scored, in the order or not

    @property
    def reproduced(self) -> bool:
        return self.same_order and self.same_parts and not self.subject_changed

    def as_dict(self) -> dict[str, Any]:
        return {"reproduced": self.reproduced, **asdict(self)}


def replay(run: Run) -> Replay:
    """Score the same side again with the run's own seed. Raises NotReplayable, and EncoderUnavailable.

    On another model, vocabulary or catalogue the parts are others: the report then names it, and the people who changed besides.
    """
    if run.sealed is None:
        raise NotReplayable
    found, inputs_hash, versions = _again(run)
    side = "profile" if run.posting_id else "posting"
    then, now = run.order_kept, [_entry(one) for one in found]
    hashes = _hashes_now(side, [one[side] for one in then])
    before, after = {one[side]: one for one in then}, {one[side]: one for one in now}
    changed = [key for key, one in before.items() if key in hashes and hashes[key] != one[f"{side}_hash"]]
    left = [key for key in before if key not in hashes]
    both = [key for key in before if key in after and key not in changed]
    return Replay(
        run=str(run.pk),
        at=run.at.isoformat(),
        versions={name: (getattr(run, name), value) for name, value in versions.items() if getattr(run, name) != value},
        subject_changed=_subject_changed(run, then),
        changed=tuple(changed),
        left=tuple(left),
        came=tuple(key for key in after if key not in before),
        out=tuple(key for key in before if key not in after and key not in {*changed, *left}),
        pairs=len(then),
        same_order=list(before) == list(after),
        same_parts=before.keys() == after.keys() and all(_same(one["parts"], after[key]["parts"]) for key, one in before.items()),
        rest_is_same=[key for key in after if key in both] == both and all(_same(before[k]["parts"], after[k]["parts"]) for k in both),
        same_inputs=run.inputs_hash == inputs_hash,
    )


def inputs_of(found: engine.Found) -> str:
    """Of one pair; the person's hash is keyed already."""
    return sha256(f"{found.posting_hash}{found.profile_hash}".encode()).hexdigest()


def _again(run: Run) -> tuple[tuple[engine.Found, ...], str, dict[str, str]]:
    """What is found now, from which inputs, and with which versions."""
    if run.seed is None:
        found = _pair_again(run)
        return found, inputs_of(found[0]) if found else "", _versions(engine.world())
    if run.posting_id:
        result = engine.for_posting(Posting.objects.whole().get(pk=run.posting_id), seed=run.seed)
    else:
        result = engine.for_profile(_person(run), seed=run.seed)
    return result.found, result.inputs_hash, _versions(result)


def _pair_again(run: Run) -> tuple[engine.Found, ...]:
    """Of a run without a seed: the one pair that an advisor chose, while the person is matched at all."""
    posting = Posting.objects.whole().get(pk=run.posting_id or "")
    profiles = engine.people().filter(pk__in=[one["profile"] for one in run.order_kept])
    return tuple(engine.one(posting, profile) for profile in profiles)


def _versions(now: engine.World | engine.Result) -> dict[str, str]:
    return {"encoder": now.encoder, "vocabulary": now.vocabulary, "catalogue": now.catalogue, "weights": WEIGHTS_VERSION}


def _person(run: Run) -> Profile:
    return Profile.objects.select_related("place", "needs_record").get(pk=run.profile_id or "")


def _entry(found: engine.Found) -> Entry:
    """As a run's record has it, through JSON and back."""
    return {"posting": str(found.posting_id), "profile": str(found.profile_id), "parts": json.loads(json.dumps(dict(vars(found.parts))))}


def _hashes_now(side: str, ids: Sequence[str]) -> dict[str, str]:
    """The inputs of those that would be scored today."""
    if side == "posting":
        return {str(one.pk): one.content_hash() for one in Posting.objects.open().filter(pk__in=ids)}
    return {str(one.pk): engine.profile_hash(engine.person_of(one)) for one in engine.people().filter(pk__in=ids)}


def _subject_changed(run: Run, then: Sequence[Entry]) -> bool:
    side = "posting" if run.posting_id else "profile"
    was = (run.sealed or {}).get("subject") or (then[0][f"{side}_hash"] if then else "")
    return bool(was and _hash_now(run) != was)


def _hash_now(run: Run) -> str:
    """Of the posting or the person that the run is for."""
    if run.posting_id:
        return Posting.objects.get(pk=run.posting_id).content_hash()
    return engine.profile_hash(engine.person_of(_person(run)))


def _same(one: Any, other: Any) -> bool:
    """Numbers within CLOSE, everything else as it is."""
    if isinstance(one, float | int) and isinstance(other, float | int) and not isinstance(one, bool):
        return isclose(one, other, abs_tol=CLOSE)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)
