"""The contract of the API, asked in every way that it allows and in many that it does not (schemathesis)."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from employers.states import PostingState
from portal.wsgi import application
from search.api.contract import contract
from taxonomy.models import Concept, Need
from tests.factories.public import heard, open_posting
from tests.needed import needed

schemathesis: Any = needed("schemathesis")
pytestmark = [pytest.mark.slow, pytest.mark.django_db]
EXAMPLES = 60
ADDRESSES = sorted(contract()["paths"])


@pytest.fixture
def world(settings: Any) -> dict[str, Any]:
    """An open posting that has everything, and a closed one; the ids that an address may name."""
    settings.READS_A_MINUTE = dict.fromkeys(settings.READS_A_MINUTE, 1_000_000)
    Need.objects.create(code="sens.quiet", group="sens", position=1, label_sv="Tyst", label_nb="Stille", label_en="Quiet")
    offers = {"sens.quiet": {"answer": "can", "lead": "", "how": "Rum", "evidence": "visited", "at": "2026-11-01"}}
    skill = Concept.objects.create(key="prune", kind="skill")
    skill.labels.create(language="sv", text="beskära", preferred=True)
    occupation = Concept.objects.create(key="gardener", kind="occupation", isco="6113")
    occupation.labels.create(language="sv", text="trädgårdsarbetare", preferred=True)
    skills = [{"key": "prune", "importance": "must"}]
    opened, closed = open_posting(offers=offers, skills=skills, occupation=occupation, licences=["B"], kind="job"), open_posting()
    heard(closed, PostingState.FILLED)
    return {"open": str(opened.pk), "closed": str(closed.pk)}


def operation_at(address: str) -> Any:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    (found,) = [one.ok() for one in schema.get_all_operations() if one.ok().path == address]
    return found


@pytest.mark.parametrize("mode", ["positive", "negative"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_question_gets_an_answer_outside_the_contract(world: dict[str, Any], address: str, mode: str) -> None:
    operation = operation_at(address)
    if mode == "negative" and not contract()["paths"][address]["get"]["parameters"]:
        pytest.skip("it takes nothing that could be wrong")
    strategy = operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode))

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=strategy)
    def asked(case: Any) -> None:
        case.call_and_validate()

    asked()


@pytest.mark.parametrize("address", [one for one in ADDRESSES if "{posting_id}" in one])
@pytest.mark.parametrize("which", ["open", "closed"])
def test_what_is_there_is_answered_within_the_contract(world: dict[str, Any], address: str, which: str) -> None:
    operation_at(address).Case(path_parameters={"posting_id": world[which]}).call_and_validate()
