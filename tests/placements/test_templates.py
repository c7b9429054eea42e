"""Templates of agreements: kept by a team, without anything of the person they were made for."""

import json
from datetime import datetime

import pytest
from django.urls import reverse

from placements import actions
from placements.models import AgreementTemplate
from placements.states import NotThere, Refused
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.placements import Case, agreed_pair, make_case, terms
from tests.placements.test_pages import address, as_

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
TOLD = {"name": "Växthus, första veckorna", "tasks": "Sår frön efter en lista.", "safety_words": ""}


@pytest.fixture
def case(now: datetime) -> Case:
    case = make_case(now)
    case.write(now, terms=terms(other=terms().emergency, safety_words="Skor med stålhätta."))
    return case


def test_a_template_holds_nothing_of_the_person(case: Case, now: datetime) -> None:
    advisor, path = as_(case.advisor), address("agreement_template", case.id)
    assert path in advisor.get(address("placement", case.id)).content.decode()
    page = advisor.get(path).content.decode()
    assert "Skor med stålhätta." in page
    assert "Ali Hassan" not in page
    assert advisor.post(path, TOLD).status_code == 302
    kept = AgreementTemplate.objects.get()
    assert (kept.name, kept.terms.tasks, kept.terms.days) == (TOLD["name"], TOLD["tasks"], terms().days)
    assert [(one.category, one.words) for one in kept.terms.goals] == [("try", "")]
    held = json.dumps(kept.held, ensure_ascii=False)
    for secret in ("Ali", "Sara", "033-", "sara@", "orkar", "sens.quiet", "växthus 3"):
        assert secret not in held
    assert kept.terms.hours == 0


def test_an_agreement_begins_with_a_template_and_with_what_is_the_persons_own(case: Case, now: datetime) -> None:
    made = actions.save_template(case.id, by=case.advisor, at=now, **TOLD)
    pair, door = agreed_pair(now, needs={}, advised_by=case.pair.profile.advisor.memberships.get())
    client, path = as_(pair.advisor), reverse("begin_agreement", args=[door.pk])
    assert made.name in client.get(path).content.decode()
    assert client.post(path, {"pick": str(made.pk)}).status_code == 302
    begun = door.placements.get().versions.get().terms
    assert (begun.tasks, begun.days, begun.adaptations) == (TOLD["tasks"], terms().days, ())
    assert begun.hours != 0


def test_a_template_that_is_not_there_begins_with_the_posting(case: Case, now: datetime) -> None:
    for pick in ("x", str(case.id)):
        pair, door = agreed_pair(now, needs={})
        assert as_(pair.advisor).post(reverse("begin_agreement", args=[door.pk]), {"pick": pick}).status_code == 302
        assert door.placements.get().versions.get().terms.tasks == pair.posting.tasks


@pytest.mark.parametrize("field", ["name", "tasks", "safety_words"])
def test_the_persons_name_is_not_kept(case: Case, now: datetime, field: str) -> None:
    first = case.pair.profile.first_name
    for words in (f"Som {first} gör.", f"{first}s växthus", first.upper()):
        answer = as_(case.advisor).post(address("agreement_template", case.id), TOLD | {field: words})
        assert answer.context["form"].errors["tasks"]
        assert words in answer.content.decode()
    assert not AgreementTemplate.objects.exists()


def test_words_about_health_and_names_that_are_taken_are_pointed_out(case: Case, now: datetime) -> None:
    client, path = as_(case.advisor), address("agreement_template", case.id)
    assert "tasks" in client.post(path, TOLD | {"tasks": "Vila vid depression."}).context["form"].errors
    assert "name" in client.post(path, TOLD | {"name": ""}).context["form"].errors
    client.post(path, TOLD)
    assert "name" in client.post(path, TOLD).context["form"].errors
    assert AgreementTemplate.objects.count() == 1


def test_a_template_is_the_teams_own(case: Case, now: datetime) -> None:
    made = actions.save_template(case.id, by=case.advisor, at=now, **TOLD)
    other, colleague = make_case(now), role_of(MembershipFactory(advisor=True, team=case.pair.profile.team))
    page = as_(other.advisor).get(address("agreement_template", other.id)).content.decode()
    assert made.name not in page
    assert as_(other.advisor).post(address("agreement_template", other.id), {"drop": str(made.pk)}).status_code == 404
    for who in (other.advisor, case.member, case.jobseeker):
        with pytest.raises(NotThere):
            actions.drop_template(made.pk, by=who, at=now)
    for who in (other.advisor, colleague, case.member, case.jobseeker):
        with pytest.raises(NotThere):
            actions.save_template(case.id, by=who, at=now, **TOLD)
    assert as_(case.advisor).post(address("agreement_template", case.id), {"drop": "x"}).status_code == 200
    as_(case.advisor).post(address("agreement_template", case.id), {"drop": str(made.pk)})
    assert not AgreementTemplate.objects.exists()


def test_two_saves_of_one_name_are_one_template(case: Case, now: datetime) -> None:
    actions.save_template(case.id, by=case.advisor, at=now, **TOLD)
    with pytest.raises(Refused, match="taken"):
        actions.save_template(case.id, by=case.advisor, at=now, **TOLD)
    assert AgreementTemplate.objects.count() == 1
