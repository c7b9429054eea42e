"""Before another model or catalogue goes live: what it would change, told in numbers, with nothing of it left behind."""

import json
import shutil
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from audit.models import Event
from matching import engine
from matching.models import Comparison, Run, Suggestion
from matching.queries import comparison
from taxonomy.actions import load_needs, load_starter
from taxonomy.actions.starter import FOLDER
from taxonomy.encoders import EncoderUnavailable
from taxonomy.linker import vocabulary as linker
from taxonomy.linker.vocabulary import WEIGHTS
from taxonomy.models import Concept, Need, Release
from tests.factories.accounts import MembershipFactory, browser
from tests.factories.employers import PostingFactory
from tests.factories.jobseekers import ProfileFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class Shuffled:
    """An encoder that knows every word and means something else by it."""

    name, dimensions = "shuffled-1", 4  # so few that many words come near each other

    def encode(self, texts: Any) -> Any:
        rows = [np.random.default_rng(crc32(text[:4].encode())).normal(size=self.dimensions) for text in texts]
        found = np.array(rows, np.float32).reshape(-1, self.dimensions)
        return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.fixture(autouse=True)
def world(now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)
    of_all_sorts = Concept.objects.skills().exclude(key="pick-orders").order_by("key").values_list("key", flat=True)[:14]
    for n, key in enumerate(of_all_sorts):
        held = [key] if n % 4 else [key, "pick-orders"]
        ProfileFactory(skills=held, wishes=["warehouse-worker"], needs={"sens.quiet": "must"} if n % 2 else None)
    skills = [{"key": "pick-orders", "importance": "must"}, {"key": "drive-forklift", "importance": "good"}]
    for n in range(3):
        PostingFactory(skills=skills[: 1 + n % 2], offers={"time.extra_breaks": {"answer": "yes"}}, published=True, title=f"Lagret {n}")


@pytest.fixture
def another_model(monkeypatch: pytest.MonkeyPatch) -> str:
    """A name under which the settings find the shuffled encoder."""
    opened = linker._opened
    monkeypatch.setattr(linker, "_opened", lambda name: Shuffled() if name == "shuffled" else opened(name))
    return "shuffled"


def compared(*given: str) -> dict[str, Any]:
    out = StringIO()
    call_command("compare_models", *given, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_same_model_changes_nothing() -> None:
    report = compared("--encoder", "nordic")
    assert (report["orders_changed"], report["newly"], report["no_longer"], report["questions_changed"]) == (0, 0, 0, 0)
    assert (report["overlap"], report["tau"]) == (1.0, 1.0)
    assert report["before"] == report["after"]
    assert report["examples"] == []


def test_both_sides_are_computed_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ELASTICSEARCH_URL", "http://127.0.0.1:1")  # nobody answers there
    assert compared("--encoder", "nordic")["orders_changed"] == 0


def test_a_file_of_weights_is_a_model(tmp_path: Path) -> None:
    copy = tmp_path / "candidate.bin"
    shutil.copy(WEIGHTS, copy)
    assert compared("--encoder", str(copy))["orders_changed"] == 0


def test_case_84_what_another_model_would_change_is_told_before(another_model: str, now: datetime) -> None:
    report = compared("--encoder", another_model, "--by", "Karim")
    assert report["after"].startswith("shuffled-1")
    assert report["orders_changed"] > 0
    assert report["overlap"] < 1
    assert {"postings": 3, "people": 14}.items() <= report.items()
    assert [one for one in report["examples"] if one["in"] or one["out"]]
    assert report["twins"]["checked"] > 0
    assert report["twins"]["unequal"] == 0
    assert report["rates"]["after"].keys() == {"country SE", "language sv"}
    kept = Comparison.objects.get()
    assert kept.who == "Karim"
    assert "examples" not in kept.figures
    assert Event.objects.filter(what="models_compared").count() == 1
    assert settings.ENCODER == "nordic"
    assert engine.world().encoder.startswith("nordic")
    assert not Run.objects.exists()
    assert not Suggestion.objects.exists()
    page = browser(MembershipFactory(coordinator=True).user_id).get("/sv/team/engine/").content.decode()
    assert "Karim" in page
    assert "shuffled-1" in page


def test_names_stay_out_of_the_report(another_model: str) -> None:
    out = StringIO()
    call_command("compare_models", "--encoder", another_model, stdout=out)
    assert "Lagret" in out.getvalue()
    assert "Förnamn" not in out.getvalue()
    assert "sens.quiet" not in out.getvalue()


def test_another_catalogue_is_compared_and_leaves_nothing(tmp_path: Path) -> None:
    lines = (FOLDER / "needs.csv").read_text().splitlines(keepends=True)
    lines[1] = lines[1].replace(lines[1].split(",")[3], "Helt andra ord", 1)
    (tmp_path / "needs.csv").write_text("".join(lines))
    before = Need.objects.count(), Release.objects.count(), engine.catalogue_hash()
    report = compared("--catalogue", str(tmp_path))
    assert report["needs_reworded"] == [lines[1].split(",")[0]]
    assert report["before"] != report["after"]
    assert report["orders_changed"] == 0  # needs meet answers by code
    assert (Need.objects.count(), Release.objects.count(), engine.catalogue_hash()) == before


def test_case_47_a_model_that_cannot_be_read_is_not_compared(tmp_path: Path) -> None:
    (tmp_path / "half.bin").write_bytes(WEIGHTS.read_bytes()[:1000])
    for given in (str(tmp_path / "half.bin"), str(tmp_path / "none.bin")):
        with pytest.raises(CommandError, match="No comparison"):
            call_command("compare_models", "--encoder", given)
    with pytest.raises(CommandError, match="catalogue cannot be read"):
        call_command("compare_models", "--catalogue", str(tmp_path))
    with pytest.raises(CommandError, match="Name what to compare with"):
        call_command("compare_models")
    assert not Comparison.objects.exists()
    assert settings.ENCODER == "nordic"


def test_an_error_on_the_way_leaves_the_setting_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "world", lambda: (_ for _ in ()).throw(EncoderUnavailable("gone")))
    with pytest.raises(EncoderUnavailable):
        comparison.with_other([], encoder="shuffled")
    assert settings.ENCODER == "nordic"


@pytest.mark.parametrize(
    ("one", "other", "share"), [("abc", "abc", 1.0), ("abc", "abd", 2 / 3), ("ab", "abcd", 0.5), ("", "", 1.0), ("a", "", 0.0)]
)
def test_what_two_lists_have_in_common(one: str, other: str, share: float) -> None:
    assert comparison._overlap(list(one), list(other)) == pytest.approx(share)
