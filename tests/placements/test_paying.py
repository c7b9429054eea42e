"""Who can help to pay: which schemes fit a placement and why, what an application says, and what it never says."""

import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from employers.models import Kind
from placements.access import sheet_for
from placements.actions import Loaded, load_schemes
from placements.models import Country, Scheme
from placements.queries.paying import Known, application_text, facts_of, known_of, who_can_pay
from placements.scoring import PlacementFacts, Reason, Support, Why, fits
from taxonomy.actions import load_needs
from taxonomy.models import Need
from tests.factories.placements import ADAPTED, make_case
from tests.factories.schemes import SchemeFactory

TODAY, FIRST = date(2026, 11, 24), date(2026, 12, 1)
TRIAL = PlacementFacts("NO", "trial", FIRST)
AIDS = Support("NO", frozenset({"trial"}), frozenset({"ast.adapted_tools", "sens.quiet"}), False, False, date(2020, 1, 1), date(2027, 1, 1))
PROMISES = re.compile(
    r"\b(får ni|ni får|betalas av|ersätts|garanter\w+|har rätt|dere får|får dere|dekkes|har krav)\b"
    r"|\b(you get|is paid by|will pay|entitled|\d{4,}|kr|kronor|kroner)\b"
)
KNOWN = Known(
    employer="Trädgården AB",
    workplace="Sjöbovägen 12",
    address="Sjöbovägen 12, Borås",
    role="Växthus",
    first=FIRST,
    last=date(2027, 2, 28),
    hours=12,
    days=("måndag", "onsdag"),
    supervisor="Sara Nyström",
    adaptations=(("En tyst arbetsmiljö", "Du arbetar inte i växthus 3"),),
)
codes = st.frozensets(st.sampled_from(["sens.quiet", "ast.adapted_tools", "comm.interpreter", "time.reduced_hours"]))
supports = st.builds(
    Support,
    country=st.sampled_from(["SE", "NO"]),
    kinds=st.frozensets(st.sampled_from(Kind.values)),
    codes=codes,
    supervision=st.booleans(),
    always=st.booleans(),
    valid_from=st.just(date(2020, 1, 1)),
)


def test_an_agreed_adaptation_is_the_strongest_reason() -> None:
    both = replace(AIDS, supervision=True, always=True)
    agreed = replace(TRIAL, codes=frozenset({"sens.quiet", "trn.parking"}), supervised=True)
    assert fits(both, agreed) == Reason(Why.ADAPTATION, ("sens.quiet",))
    assert fits(both, replace(agreed, codes=frozenset())) == Reason(Why.SUPERVISION)
    assert fits(both, TRIAL) == Reason(Why.KIND)
    assert fits(AIDS, TRIAL) is None


@pytest.mark.parametrize(
    "other",
    [{"country": "SE"}, {"kind": "job"}, {"first": date(2019, 12, 31)}, {"first": date(2027, 1, 2)}],
    ids=lambda one: next(iter(one)),
)
def test_a_scheme_of_another_country_kind_or_time_does_not_fit(other: dict[str, Any]) -> None:
    agreed = replace(TRIAL, codes=frozenset({"sens.quiet"}))
    assert fits(AIDS, agreed)
    assert fits(AIDS, replace(agreed, **other)) is None


@given(supports, codes, codes, st.booleans())
def test_what_was_not_agreed_never_is_a_reason_and_more_agreed_never_takes_one_away(
    support: Support, agreed: frozenset[str], more: frozenset[str], supervised: bool
) -> None:
    facts = PlacementFacts("NO", "trial", FIRST, agreed, supervised)
    reason = fits(support, facts)
    assert reason is None or set(reason.codes) <= agreed
    assert reason is None or fits(support, replace(facts, codes=agreed | more))


@pytest.mark.usefixtures("schemes")
def test_what_ships_passes_the_editors_own_form_and_promises_nothing() -> None:
    wrong = []
    for scheme in Scheme.objects.all():
        scheme.full_clean()
        for language in ("sv", "nb", "en"):
            told = " ".join(scheme.words(text)[language] for text in ("name", "pays", "applies", "note"))
            if PROMISES.search(told.lower()):
                wrong.append(told)
        wrong += [scheme.key for text in ("pays", "applies") if len(set(scheme.words(text).values())) < 3]
    assert wrong == []


@pytest.mark.usefixtures("schemes")
@pytest.mark.parametrize("country", Country.values)
def test_whatever_the_catalogue_says_can_be_paid_for_has_a_scheme(country: str) -> None:
    """Aids, an interpreter, a person and fewer hours: each code of the catalogue that somebody else can pay for."""
    lacking = []
    for need in Need.objects.filter(pays__in=("aid", "interpreter", "person", "hours")):
        found = [who_can_pay(PlacementFacts(country, kind, FIRST, frozenset({need.code})), today=TODAY) for kind in ("trial", "job")]
        if not any(need.label in one.why for payable in found for one in payable):
            lacking.append(need.code)
    assert lacking == []


def test_loading_twice_changes_nothing_and_an_editors_words_stay(schemes: None, now: datetime, tmp_path: Path) -> None:
    count = Scheme.objects.count()
    assert load_schemes(at=now) == Loaded(unchanged=count)
    Scheme.objects.filter(pk="se-tolk").update(note_sv="Ring först.", note_nb="Ring først.", note_en="Call first.")
    shipped = Path(__file__).resolve().parents[2] / "placements" / "starter" / "schemes.toml"
    (tmp_path / "schemes.toml").write_text(shipped.read_text().replace("review_on = 2027-05-31", "review_on = 2028-05-31"))
    assert load_schemes(at=now, folder=tmp_path) == Loaded(changed=count - 1, kept=1)
    assert Scheme.objects.get(pk="se-tolk").review_on == date(2027, 5, 31)


@pytest.mark.usefixtures("schemes")
@pytest.mark.parametrize(
    ("language", "because", "supervisor"),
    [
        ("sv", "För att ni har kommit överens om: Teckenspråkstolk eller skrivtolk.", "För att en handledare avsätter tid."),
        ("nb", "Fordi dere er blitt enige om: Tegnspråktolk eller skrivetolk.", "Fordi en veileder setter av tid."),
        ("en", "Because you have agreed on: Sign language or speech-to-text interpreter.", "Because a supervisor sets time aside."),
    ],
)
def test_each_scheme_says_why_it_fits(language: str, because: str, supervisor: str) -> None:
    facts = replace(TRIAL, codes=frozenset({"comm.interpreter"}), supervised=True)
    with translation.override(language):
        found = {one.scheme.key: one.why for one in who_can_pay(facts, today=TODAY)}
    assert found == {"no-tolk": because, "no-mentor": supervisor}
    assert list(found) == ["no-tolk", "no-mentor"], "what was agreed stands first"


def test_the_count_of_queries_does_not_grow(db: None, now: datetime, django_assert_num_queries: Callable[[int], Any]) -> None:
    load_needs(at=now)
    facts = replace(TRIAL, codes=frozenset({"sens.quiet"}), supervised=True)
    for more in (1, 5):
        SchemeFactory.create_batch(more, codes=["sens.quiet"])
        with django_assert_num_queries(2):
            who_can_pay(facts, today=TODAY)


def test_a_scheme_that_nobody_has_read_again_says_so(db: None) -> None:
    SchemeFactory(review_on=date(2026, 11, 24))
    facts = replace(TRIAL, supervised=True)
    for today, overdue in ((date(2026, 11, 24), False), (date(2026, 11, 25), True)):
        assert [one.overdue for one in who_can_pay(facts, today=today)] == [overdue]


def rendered(facts: PlacementFacts, known: Known = KNOWN) -> str:
    template = Template("{% load paying %}{% who_can_pay facts %}{% application facts known %}")
    return template.render(Context({"facts": facts, "known": known}))


@pytest.mark.usefixtures("frozen")
def test_the_pieces_of_a_page(db: None) -> None:
    facts = replace(TRIAL, supervised=True)
    nothing = rendered(facts)
    assert "Vi känner inte till något" in nothing
    assert "<textarea" not in nothing
    SchemeFactory(name_sv="Ny & säker", review_on=date(2026, 11, 30), source="https://example.org/")
    SchemeFactory(name_sv="Gammal", checked_on=date(2025, 1, 1), review_on=date(2026, 11, 1), note_sv="Ring först.")
    SchemeFactory(name_sv="Osäker", sure=False)
    page = rendered(facts)
    assert page.count("<h3>") == 3
    assert "Ny &amp; säker" in page
    assert page.count("Fråga innan ni räknar med det.") == 2
    assert "1 november 2026" in page
    assert "Ring först." in page
    assert "Att något passar är inget löfte." in page
    assert "Trädgården AB" in page.partition("<textarea")[2]


@pytest.mark.usefixtures("schemes")
@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_one_text_applies_for_everything(language: str) -> None:
    facts = PlacementFacts("SE", "trial", FIRST, frozenset({"ast.adapted_tools"}), supervised=True)
    with translation.override(language):
        payable = who_can_pay(facts, today=TODAY)
        text = application_text(KNOWN, payable)
        names = [one.scheme.name for one in payable]
    for words in (KNOWN.employer, KNOWN.address, KNOWN.role, KNOWN.supervisor, "12 (måndag, onsdag)", "- En tyst arbetsmiljö. Du arbetar"):
        assert words in text, words
    assert {"sv": "1 december 2026", "nb": "1. desember 2026", "en": "1 December 2026"}[language] in text
    assert len(names) == 2
    assert all(name in text for name in names)
    assert "\n\n\n" not in text


def test_what_is_not_known_leaves_no_empty_line(db: None) -> None:
    bare = replace(KNOWN, workplace="", address="", last=None, hours=0, days=(), supervisor="", adaptations=())
    lines = application_text(bare, []).splitlines()
    assert [one for one in lines if one.endswith(":")] == ["Vi söker:"]
    assert len(lines) == 7


def test_nothing_here_has_room_for_who_the_person_is() -> None:
    assert {one.name for one in fields(PlacementFacts)} == {"country", "kind", "first", "codes", "supervised"}
    assert {one.name for one in fields(Known)} & {"person", "name", "first_name", "born", "need", "needs", "goals", "emergency"} == set()


def test_of_an_agreement_only_what_was_agreed_is_known(db: None, now: datetime) -> None:
    """The person needs more than was agreed on: none of it, no goal and no name is in what an employer copies."""
    load_needs(at=now)
    load_schemes(at=now)
    case = make_case(now, needs={ADAPTED: "must", "comm.interpreter": "must", "sup.practical_assistance": "must"}).until_sent(now)
    version, sheet = case.version(), sheet_for(case.now(), by=case.advisor)
    assert sheet is not None
    facts, known = facts_of(case.now(), sheet), known_of(sheet)
    assert facts is not None
    assert known is not None
    assert (facts.country, facts.kind, facts.first, facts.codes, facts.supervised) == ("SE", "trial", case.starts, {ADAPTED}, True)
    payable = who_can_pay(facts, today=TODAY)
    assert {one.scheme.key for one in payable} == {"se-anordnarersattning"}
    text = application_text(known, payable)
    assert case.pair.employer.name in text
    assert "Du arbetar inte i växthus 3" in text
    profile, terms = case.pair.profile, version.terms
    unsaid = (
        profile.first_name,
        profile.name,
        terms.goals[0].words,
        terms.emergency.name,
        terms.supervisor.phone,
        "tolk",
        "Praktisk hjälp",
    )
    assert [one for one in unsaid if one.lower() in text.lower()] == []


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"supervision": False}, "codes"),
        ({"pays_nb": ""}, "pays_nb"),
        ({"note_sv": "Bara här."}, "note_en"),
        ({"kinds": []}, "kinds"),
        ({"codes": ["health.bad"]}, "codes"),
        ({"review_on": date(2026, 11, 23)}, "__all__"),
        ({"valid_to": date(2019, 1, 1)}, "__all__"),
    ],
)
def test_a_scheme_that_says_nonsense_is_refused(changed: dict[str, Any], wrong: str, db: None) -> None:
    scheme = SchemeFactory()
    for name, value in changed.items():
        setattr(scheme, name, value)
    with pytest.raises(ValidationError) as refused:
        scheme.full_clean()
    assert wrong in refused.value.message_dict
