"""Reasons: computed again from what is stored, in three languages for each reader, and nothing of the needs for an employer."""

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.access import TERMS_VERSION
from accounts.models import Terms
from jobseekers.models import NeedsRecord
from matching import access, actions, engine, queries, scoring
from matching.models import Suggestion
from matching.scoring import Job, Need, Parts, Person, reasons_from, reasons_of
from taxonomy.actions import load_needs, load_starter
from taxonomy.models import Need as CatalogueNeed
from tests.factories.accounts import browser
from tests.factories.employers import PostingFactory
from tests.factories.jobseekers import ProfileFactory
from tests.factories.matching import make_pair

EVERYTHING = {
    "for": [
        {"code": "skills", "n": 2, "of": 3, "pairs": [["pick-orders", "pick-orders"], ["drive-forklift", "stock-shelves"]]},
        {"code": "no_skill_asked"},
        {"code": "near_wish"},
        {"code": "musts", "n": 2, "of": 3, "met": 1, "can": 1},
        {"code": "near", "km": 7, "of": 30},
    ],
    "against": [
        {"code": "skill_missing", "skill": "cut-hair", "must": True},
        {"code": "far_from_wish"},
        {"code": "soft_not_met", "need": "sens.quiet"},
    ],
    "ask": [
        {"code": "ask_need", "need": "sens.quiet", "must": True, "whom": "employer"},
        {"code": "ask_near", "need": "sens.quiet", "offer": "time.extra_breaks", "must": True, "whom": "person"},
        {"code": "ask_skill", "skill": "pick-orders", "own": "stock-shelves", "whom": "advisor"},
        {"code": "ask_posting_place", "whom": "employer"},
        *({"code": f"ask_{what}", "whom": "person"} for what in ("place", "hours", "skills", "languages")),
    ],
    "if": [
        {"code": "if_need", "need": "sens.quiet", "whom": "employer"},
        *(
            {"code": f"if_{name}", "what": what, "whom": "person"}
            for name, what in (
                ("licence", "B"),
                ("language", "sv B1"),
                ("distance", "41"),
                ("hours", "30–40"),
                ("times", "day"),
                ("dates", "2026-12-01"),
                ("kind", "job"),
                ("similar", "x"),
            )
        ),
    ],
}
PERSON = Person("p", ("stock-shelves",), ("x",), (Need("a.b", must=True), Need("c.d", must=False)), (57.7, 12.9), travel_km=20)
JOB = Job("j", "job", "sv", musts=("pick-orders",), goods=("cut-hair",), occupation="y", place=(57.8, 12.9), offers={"c.d": "no"})
PARTS = Parts(
    0.4, 0.4, 0.4, 0.2, 0.5, (("pick-orders", "stock-shelves", 0.3),), (("a.b", True, "ask"), ("c.d", False, "not_met")), (), 11.0
)


@pytest.fixture
def vocabulary(db: None, now: datetime) -> None:
    load_starter(at=now)
    load_needs(at=now)


@pytest.mark.django_db
@pytest.mark.usefixtures("vocabulary")
def test_every_stored_reason_is_computed_again_from_what_is_stored(now: datetime) -> None:
    """Article 86: what is told is what was computed, and can be told again without reading the person."""
    skills = [{"key": "pick-orders", "importance": "must"}, {"key": "drive-forklift", "importance": "good"}]
    postings = [
        PostingFactory(skills=skills, offers={"sens.quiet": {"answer": "no"}, "time.extra_breaks": {"answer": "can"}}, published=True),
        PostingFactory(skills=[], kind="job", licences=["B"], language_level="B2", hours_min=30, hours_max=38, published=True),
        PostingFactory(skills=skills, workplace__place=None, occupation_id="warehouse-worker", published=True),
    ]
    for more in ({"place": None}, {"hours_now": None, "hours_goal": None}, {"kinds": ["trial"]}, {"travel_km": None}):
        for held in (["pick-orders"], ["stock-shelves", "cut-hair"], []):
            needs = {"sens.quiet": "must", "time.extra_breaks": "must", "cog.one_task": "must", "phys.no_heavy_lifting": "helps"}
            ProfileFactory(skills=held, wishes=["shop-assistant"], needs=needs, **more)
    for posting in postings:
        actions.store(engine.for_posting(posting), at=now, posting_id=posting.pk)
    stored = list(Suggestion.objects.all())
    assert len(stored) > 10
    for one in stored:
        assert json.loads(json.dumps(reasons_from(one.sealed))) == {name: one.sealed[name] for name in ("for", "against", "ask", "if")}
    codes = {reason["code"] for one in stored for name in ("for", "against", "ask", "if") for reason in one.sealed[name]}
    assert codes >= {"skills", "skill_missing", "musts", "ask_need", "ask_place", "ask_hours", "ask_posting_place", "if_need", "if_kind"}


@pytest.mark.django_db
@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_every_code_is_said_to_the_advisor_and_to_the_person(language: str) -> None:
    sealed = {**EVERYTHING, "parts": {"need_results": []}}
    with translation.override(language):
        labels = queries.labels_of([sealed])
        for part, reasons in EVERYTHING.items():
            for reason in reasons:
                advisor = queries.said(reason, labels, audience="advisor")
                person = queries.said(reason, labels, audience="jobseeker")
                assert advisor, f"{part} {reason}"
                assert person, f"{part} {reason}"
                assert not re.search(r"\d|%", person), f"a number for the person: {person}"
                assert "." not in re.findall(r"\w+\.\w+", advisor + person)
                assert not re.search(r"\b(sens|time)\.\w+|pick-orders|stock-shelves", advisor + person), "a code in place of its words"


@pytest.mark.parametrize(
    ("n", "of", "met", "said"),
    [
        (1, 1, 1, "1 av 1 måste: ordnat"),
        (1, 2, 1, "1 av 2 måsten: ordnat"),
        (2, 2, 2, "2 av 2 måsten: ordnade"),
        (2, 3, 1, "2 av 3 måsten: 1 ordnat, 1 kan ordnas"),
        (3, 3, 2, "3 av 3 måsten: 2 ordnade, 1 kan ordnas"),
        (1, 1, 0, "1 av 1 måste: kan ordnas"),
        (1, 2, 0, "1 av 2 måsten: kan ordnas"),
    ],
)
def test_musts_are_said_in_the_right_number(n: int, of: int, met: int, said: str) -> None:
    with translation.override("sv"):
        assert queries.said({"code": "musts", "n": n, "of": of, "met": met, "can": n - met}, {}, audience="advisor") == said


@pytest.mark.django_db
@pytest.mark.usefixtures("vocabulary")
def test_the_languages_say_different_words() -> None:
    sealed = {**EVERYTHING, "parts": {"need_results": []}}
    for audience in ("advisor", "jobseeker"):
        said = {}
        for language in ("sv", "nb", "en"):
            with translation.override(language):
                said[language] = queries.reasons_in_words(sealed, audience=audience)
        for name in ("speaks_for", "against", "ask", "ask_person", "ask_self", "would_fit_if"):
            assert len({getattr(words, name) for words in said.values()}) == 3, name


def test_what_to_ask_says_whom() -> None:
    parts = replace(PARTS, near_offers=(("a.b", "e.f", 0.6), ("a.b", "g.h", 0.8)))
    reasons = reasons_of(parts, replace(PERSON, place=None), JOB)
    assert [(one["code"], one["whom"]) for one in reasons["ask"]] == [
        ("ask_need", "employer"),
        ("ask_near", "person"),
        ("ask_skill", "advisor"),
        ("ask_place", "person"),
    ]
    assert reasons["ask"][1]["offer"] == "g.h"  # the nearest


def test_a_near_offer_is_a_question_and_never_met() -> None:
    near = replace(PARTS, near_offers=(("a.b", "e.f", 0.99),))
    with_it, without = reasons_of(near, PERSON, JOB), reasons_of(PARTS, PERSON, JOB)
    assert with_it["for"] == without["for"]
    assert with_it["if"] == without["if"]
    assert [one for one in with_it["ask"] if one not in without["ask"]] == [
        {"code": "ask_near", "need": "a.b", "offer": "e.f", "must": True, "whom": "person"}
    ]
    answered = replace(near, need_results=(("a.b", True, "not_met"),))
    assert not [one for one in reasons_of(answered, PERSON, JOB)["ask"] if one["code"] == "ask_near"]


def test_a_condition_says_who_can_change_it() -> None:
    conditions = tuple((name, "x") for name in ("licence", "language", "distance", "hours", "times", "dates", "kind", "similar"))
    reasons = reasons_of(replace(PARTS, conditions=conditions), PERSON, JOB)["if"]
    assert {one["code"]: one["whom"] for one in reasons} == {
        **dict.fromkeys(("if_language", "if_hours", "if_times", "if_dates"), "employer"),
        **dict.fromkeys(("if_licence", "if_distance", "if_kind", "if_similar"), "person"),
    }


@given(key=st.text(), other=st.text())
def test_no_reason_depends_on_who_it_is(key: str, other: str) -> None:
    """A person is a key and what they told: name, sex, age, origin and language of the interface are not there to depend on."""
    assert set(Person.__dataclass_fields__) == {
        *("key", "skills", "wishes", "needs", "place", "travel_km", "hours_now", "hours_goal", "times", "available_from"),
        *("languages", "licences", "kinds", "not_again"),
    }
    assert reasons_of(PARTS, replace(PERSON, key=key), JOB) == reasons_of(PARTS, replace(PERSON, key=other), JOB)


NEEDS = st.dictionaries(
    st.sampled_from(("sens.quiet", "time.extra_breaks", "cog.one_task", "phys.no_heavy_lifting")),
    st.sampled_from(("must", "helps", "none")),
)


@pytest.fixture
def door(db: None, now: datetime) -> Any:
    """An open door, and a browser of the employer."""
    load_starter(at=now)
    load_needs(at=now)
    pair = make_pair(skills=["pick-orders", "cut-hair"])
    pair.posting.skills = [{"key": "pick-orders", "importance": "must"}, {"key": "drive-forklift", "importance": "good"}]
    pair.posting.save()
    type(pair.posting.status).objects.filter(posting=pair.posting).update(published_hash=pair.posting.content_hash())
    pair.suggestion.posting_hash = pair.posting.content_hash()
    pair.suggestion.save()
    Terms.objects.create(user_id=pair.member.user_id, version=TERMS_VERSION, at=now)
    opened = pair.introduce(now)
    return pair, browser(pair.member.user_id), f"/sv/employer/introductions/{opened.pk}/"


@pytest.mark.usefixtures("frozen")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(needs=NEEDS)
@example(needs={"sens.quiet": "must"})
def test_case_21_what_an_employer_is_told_is_the_same_whatever_the_needs(door: Any, now: datetime, needs: dict[str, str]) -> None:
    pair, client, path = door
    NeedsRecord.objects.filter(profile=pair.profile).delete()
    without = _body(client, path)
    assert "Av det ni söker berättar kortet om" in without
    sealed = {code: {"importance": importance, "parameter": "", "stated_by": "self"} for code, importance in needs.items()}
    NeedsRecord.objects.create(profile=pair.profile, sealed={"needs": sealed, "review_on": {}}, changed_at=now)
    assert _body(client, path) == without


def _body(client: Any, path: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", client.get(path).content.decode())


@pytest.mark.django_db
def test_an_employer_is_told_what_the_card_shows_and_no_more(door: Any) -> None:
    pair, client, path = door
    card = access.card_of(pair.suggestion.introduction)
    with translation.override("sv"):
        pick, forklift = (
            queries.labels_of([{**{n: [] for n in ("for", "ask", "if")}, "against": [{"skill": key}], "parts": {"need_results": []}}])[key]
            for key in ("pick-orders", "drive-forklift")
        )
    assert queries.covered_by(card, pair.posting) == (pick,)
    assert queries.covered_by(card.without(["skills"]), pair.posting) == ()
    page = client.get(path).content.decode()
    assert forklift.lower() not in page.lower()
    assert not CatalogueNeed.objects.filter(label_sv__in=queries.covered_by(card, pair.posting)).exists()
    assert scoring.WEIGHTS_VERSION
