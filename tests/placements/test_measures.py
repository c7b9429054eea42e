"""The kinds of placement of each country: what comes with the product, what holds on which day, and what an editor makes of it."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import translation

from audit.models import Event
from employers.models import Kind
from placements.actions import BadRulesError, Loaded, load_measures
from placements.models import Country, MeasureType, MeasureVersion, Party, Version
from placements.queries.measures import broken, choices_for, version_on
from placements.queries.said import in_words
from placements.scoring import Breach, Broken, Plan
from taxonomy.actions import load_needs
from tests.factories.measures import MeasureTypeFactory, MeasureVersionFactory
from tests.factories.placements import make_case

pytestmark = pytest.mark.django_db
A_DAY = date(2026, 12, 1)
DAY = timedelta(days=1)
OLD_AND_NEW = """
[[measure]]
key = "probe"
country = "SE"
kinds = ["trial"]
[[measure.version]]
valid_from = 2020-01-01
basis = "En regel"
sure = true
checked_on = 2026-11-23
longest = %d
signs = ["jobseeker", "employer"]
name = { sv = "Prov", nb = "Prøve", en = "Probe" }
"""


def file(folder: Path, longest: int, more: str = "") -> Path:
    (folder / "measures.toml").write_text(OLD_AND_NEW % longest + more)
    return folder


@pytest.mark.usefixtures("measures")
@pytest.mark.parametrize("country", Country.values)
@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_of_posting_can_become_a_placement_in_both_countries(country: str, kind: str) -> None:
    found = choices_for(country, kind, A_DAY)
    assert found
    assert all(one.measure_type.country == country and kind in one.measure_type.kinds for one in found)


@pytest.mark.usefixtures("measures")
def test_what_ships_is_said_in_three_languages_and_passes_the_editors_own_form() -> None:
    wrong = []
    for version in MeasureVersion.objects.select_related("measure_type"):
        version.full_clean()
        version.measure_type.full_clean()
        for text in ("decides", "insurance", "note", "longer_if"):
            words = version.words(text)
            if any(words.values()) and len(set(words.values())) < (3 if text != "longer_if" else 2):
                wrong.append(f"{version.measure_type_id}.{text}")
        if not version.decides or not version.checked_on:
            wrong.append(version.measure_type_id)
    assert wrong == []


@pytest.mark.usefixtures("measures")
def test_the_limits_are_those_of_the_sources() -> None:
    def longest(key: str) -> tuple[int | None, int | None, str]:
        version = version_on(key, A_DAY)
        assert version is not None
        return version.longest, version.longer, version.unit

    assert longest("no-arbeidstrening") == (12, 18, "months")
    assert longest("no-mentor") == (6, 36, "months")
    assert longest("no-inkluderingstilskudd") == (12, None, "months")
    assert longest("no-midlertidig-lonnstilskudd") == (12, 24, "months")
    assert longest("no-firearig-lonnstilskudd-unge") == (24, 48, "months")
    assert longest("no-sommerjobb") == (4, None, "weeks")
    assert longest("se-arbetspraktik") == (6, None, "months")
    assert longest("se-yrkeskompetensbedomning") == longest("se-arbetsprovning") == (3, None, "weeks")
    assert longest("se-forstarkt-arbetstraning") == (6, 12, "months")
    assert longest("no-vtao")[:2] == longest("se-lonebidrag")[:2] == (None, None)


@pytest.mark.usefixtures("measures")
def test_what_nobody_has_looked_up_is_marked() -> None:
    unsure = set(MeasureVersion.objects.filter(sure=False).values_list("measure_type_id", flat=True))
    assert {"se-arbetspraktik", "se-arbetsprovning", "no-firearig-lonnstilskudd-unge", "se-nystartsjobb"} <= unsure
    assert "no-arbeidstrening" not in unsure


@pytest.mark.usefixtures("measures")
def test_who_signs_stands_in_order_and_the_advisor_is_not_among_them() -> None:
    mentor = MeasureVersion.objects.get(measure_type="no-mentor")
    assert (mentor.signs, mentor.in_order) == ((Party.SUPERVISOR, Party.JOBSEEKER, Party.EMPLOYER), True)
    training = MeasureVersion.objects.get(measure_type="se-arbetstraning")
    assert (set(training.signs), training.in_order) == ({Party.JOBSEEKER, Party.EMPLOYER, Party.SUPERVISOR}, False)


def test_loading_twice_changes_nothing(now: datetime) -> None:
    first = load_measures(at=now)
    rows = list(MeasureVersion.objects.order_by("pk").values())
    assert first.created == MeasureType.objects.count()
    assert load_measures(at=now) == Loaded(unchanged=first.created)
    assert list(MeasureVersion.objects.order_by("pk").values()) == rows
    assert Event.objects.filter(what="measures_loaded").count() == 1


def test_news_of_the_product_reach_what_nobody_has_touched(now: datetime, tmp_path: Path) -> None:
    load_measures(at=now, folder=file(tmp_path, 3))
    row = MeasureVersion.objects.get()
    newer = OLD_AND_NEW.partition("[[measure.version]]")[2] % 9
    assert load_measures(at=now, folder=file(tmp_path, 5, "[[measure.version]]" + newer.replace("2020", "2027"))) == Loaded(changed=1)
    assert MeasureVersion.objects.values_list("pk", "longest").earliest("valid_from") == (row.pk, 5)
    assert MeasureVersion.objects.count() == 2
    assert load_measures(at=now, folder=file(tmp_path, 5)) == Loaded(changed=1)
    assert list(MeasureVersion.objects.values_list("pk", "longest")) == [(row.pk, 5)]


def test_a_version_that_an_agreement_names_outlives_the_file(now: datetime, tmp_path: Path) -> None:
    load_measures(at=now, folder=file(tmp_path, 3))
    case = make_case(now)
    Version.objects.filter(pk=case.version().pk).update(measure=MeasureVersion.objects.get(measure_type="probe"))
    later = (tmp_path / "measures.toml").read_text().replace("2020", "2027")
    (tmp_path / "measures.toml").write_text(later)
    assert load_measures(at=now, folder=tmp_path) == Loaded(changed=1)
    assert MeasureVersion.objects.filter(measure_type="probe").count() == 2


@pytest.mark.parametrize("change", ["word", "version", "kinds"])
def test_what_an_editor_has_changed_is_never_written_over(change: str, now: datetime, tmp_path: Path) -> None:
    load_measures(at=now, folder=file(tmp_path, 3))
    if change == "word":
        MeasureVersion.objects.update(note_sv="Fråga först.")
    elif change == "version":
        MeasureVersion.objects.update(valid_to=date(2026, 12, 31))
        MeasureVersionFactory(measure_type_id="probe", valid_from=date(2027, 1, 1))
    else:
        MeasureType.objects.update(kinds=["trial", "job"])
    before = list(MeasureVersion.objects.order_by("pk").values())
    assert load_measures(at=now, folder=file(tmp_path, 5)) == Loaded(kept=1)
    assert list(MeasureVersion.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(("there", "instead"), [('"jobseeker"', '"advisor"'), ('"trial"', '"dance"'), ('nb = "Prøve"', 'nb = ""')])
def test_a_file_that_says_something_else_is_refused_as_a_whole(there: str, instead: str, now: datetime, tmp_path: Path) -> None:
    folder = file(tmp_path, 3)
    path = folder / "measures.toml"
    path.write_text(path.read_text() + path.read_text().replace("probe", "second").replace(there, instead))
    with pytest.raises(BadRulesError, match="second"):
        load_measures(at=now, folder=folder)
    assert not MeasureType.objects.exists()


def test_the_command_loads_and_says_how_many(now: datetime, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    load_needs(at=now)
    call_command("load_measures")
    assert re.findall(r"(\d+) created", capsys.readouterr().out) == ["25", "24"]

    def refused(**_given: object) -> None:
        raise BadRulesError("probe: no")

    monkeypatch.setattr("placements.management.commands.load_measures.load_measures", refused)
    with pytest.raises(CommandError, match="probe"):
        call_command("load_measures")


def test_a_version_holds_from_its_first_day_to_its_last() -> None:
    old = MeasureTypeFactory(key="probe", version__valid_to=date(2026, 12, 31)).versions.get()
    new = MeasureVersionFactory(measure_type_id="probe", valid_from=date(2027, 1, 1))
    assert version_on("probe", date(2019, 12, 31)) is None
    assert [version_on("probe", day) for day in (date(2020, 1, 1), date(2026, 12, 31), date(2027, 1, 1), date(2080, 1, 1))] == [
        *(old, old),
        *(new, new),
    ]
    assert version_on("nothing", A_DAY) is None
    assert choices_for("NO", "trial", date(2019, 12, 31)) == choices_for("SE", "trial", A_DAY) == choices_for("NO", "job", A_DAY) == []


def test_case_54_the_start_date_says_which_version_holds_whenever_it_is_asked() -> None:
    """Written and approved on different sides of the change, the agreement is held against one and the same rule."""
    MeasureTypeFactory(key="probe", version__valid_to=date(2026, 12, 31), version__longest=12)
    MeasureVersionFactory(measure_type_id="probe", valid_from=date(2027, 1, 1), longest=3)
    before, after = (Plan(first, first + 200 * DAY) for first in (date(2026, 12, 31), date(2027, 1, 1)))
    for today in (date(2026, 12, 20), date(2027, 1, 10)):
        assert broken("probe", before, today=today) == ()
        assert broken("probe", after, today=today) == (Breach(Broken.LONG, (date(2027, 3, 31),)),)


def test_case_54_a_kind_that_ends_before_the_start_is_not_there() -> None:
    MeasureTypeFactory(key="probe", version__valid_to=date(2026, 12, 31))
    plan = Plan(date(2027, 1, 1), date(2027, 2, 1))
    assert broken("probe", plan, today=date(2026, 12, 20)) == (Breach(Broken.CLOSED),)
    assert broken("probe", Plan(date.min, date.max), today=A_DAY) == (Breach(Broken.FAR, (2000, 2089)),)


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_every_breach_is_said_in_the_readers_language(language: str) -> None:
    version = MeasureTypeFactory(version__longest=12, version__longer=18, version__longer_if_sv="Så är det.").versions.get()
    version.longer_if_nb, version.longer_if_en = "Slik er det.", "That is so."
    bounds = {Broken.SEASON_START: (A_DAY, A_DAY + DAY), Broken.FAR: (2000, 2089), Broken.YOUNG: (18,), Broken.OLD: (72,)}
    with translation.override(language):
        said = {code: in_words(Breach(code, bounds.get(code, (A_DAY,))), version) for code in Broken}
        version.age_on = "end"
        on_the_last = in_words(Breach(Broken.OLD, (72,)), version)
    assert len(set(said.values())) == len(Broken)
    assert on_the_last != said[Broken.OLD]
    assert "72" in on_the_last
    assert version.words("longer_if")[language] in said[Broken.LONG]
    assert {"sv": "1 december 2026", "nb": "1. desember 2026", "en": "1 December 2026"}[language] in said[Broken.BACK]
    if language != "en":
        with translation.override("en"):
            assert not set(said.values()) & {in_words(Breach(code, bounds.get(code, (A_DAY,))), version) for code in Broken}


def test_a_breach_without_a_version_is_said_too() -> None:
    assert in_words(Breach(Broken.CLOSED), None)
    assert "December" not in in_words(Breach(Broken.LONG, (A_DAY,)), None)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name_nb": ""}, "name_nb"),
        ({"longest": 12, "longer": 12, "longer_if_sv": "a", "longer_if_nb": "a", "longer_if_en": "a"}, "longer"),
        ({"longer": 12}, "longer"),
        ({"longest": 6, "longer": 12}, "longer_if_sv"),
        ({"starts_after": "06-01"}, "starts_after"),
        ({"starts_after": "06-01", "starts_before": "05-01", "over_by": "09-27"}, "starts_after"),
        ({"over_by": "02-29"}, "over_by"),
        ({"over_by": "1 maj"}, "over_by"),
        ({"min_age": 30, "max_age": 18}, "max_age"),
        ({"signs_second": ""}, "signs_first"),
        ({"signs_second": "jobseeker"}, "signs_first"),
        ({"signs_second": "", "signs_third": "employer"}, "signs_first"),
        ({"signs_first": "advisor"}, "signs_first"),
        ({"valid_to": date(2019, 12, 31)}, "__all__"),
    ],
)
def test_a_version_that_says_nonsense_is_refused(fields: dict[str, object], wrong: str) -> None:
    version = MeasureTypeFactory().versions.get()
    for name, value in fields.items():
        setattr(version, name, value)
    with pytest.raises(ValidationError) as refused:
        version.full_clean()
    assert wrong in refused.value.message_dict
