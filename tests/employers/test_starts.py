"""Ready-made postings to start from: whole, in three languages, and without anything that the text check finds."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Membership
from employers.forms.postings import STEP_FORMS
from employers.models import Kind, Posting, Workplace
from employers.queries import checked, missing
from employers.queries.starts import answers_of, starts
from taxonomy.actions import load_starter

pytestmark = pytest.mark.django_db
SignIn = Callable[[Membership], Client]
LANGUAGES = ("sv", "nb", "en")


def test_there_are_several_of_each_sort_with_an_occupation_of_the_vocabulary(now: object) -> None:
    load_starter(at=now)
    kinds = [one.kind for one in starts("sv")]
    assert len(kinds) >= 8
    assert {Kind.TRIAL, Kind.JOB} <= set(kinds)
    assert [one.slug for one in starts("sv") if one.occupation and not answers_of(one.slug, "sv")["occupation"]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_them_is_found_by_the_text_check_and_nothing_but_ones_own_is_missing(workplace: Workplace, language: str) -> None:
    own = {"workplace", "contact_name", "pay"}
    for one in starts(language):
        posting = Posting(employer=workplace.employer, workplace=workplace, language=language, **one.answers)
        assert [found.rule for found in checked(posting).open if found.ground != "pay"] == [], one.slug
        assert set(missing(posting)) <= own, one.slug
        form = STEP_FORMS[3]({**one.answers, "language": language}, posting=posting, initial={}, now="")
        assert form.is_valid(), (one.slug, form.errors)


def test_a_posting_begins_with_the_chosen_words(workplace: Workplace, member: Membership, signed_in: SignIn) -> None:
    client = signed_in(member)
    page = client.get("/nb/employer/postings/new/").content.decode()
    assert "Plukke og pakke på lager (Praksisplass)" in page
    assert "checked" not in page, "nothing is chosen beforehand"
    answer = client.post("/nb/employer/postings/new/", {"start": "warehouse"})
    made = Posting.objects.get()
    assert answer.url == f"/nb/employer/postings/{made.pk}/edit/1/"
    assert (made.title, made.language, made.kind, made.workplace) == ("Plukke og pakke på lager", "nb", "trial", workplace)
    assert (made.hours_min, made.weeks_max, made.places, made.times) == (10, 12, 1, ["day"])


@pytest.mark.parametrize("start", ["", "empty"])
def test_none_is_an_empty_posting(workplace: Workplace, member: Membership, signed_in: SignIn, start: str) -> None:
    signed_in(member).post("/sv/employer/postings/new/", {"start": start})
    assert Posting.objects.get().title == ""


def test_another_name_is_refused(workplace: Workplace, member: Membership, signed_in: SignIn) -> None:
    assert signed_in(member).post("/sv/employer/postings/new/", {"start": "pirate"}).status_code == 200
    assert not Posting.objects.exists()
