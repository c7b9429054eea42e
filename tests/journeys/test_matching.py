"""Story 4: what an editor publishes starts the engine, and the advisor reads what it found, with reasons for and against."""

from dataclasses import dataclass, fields

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from accounts.models import Membership
from employers import actions
from employers.models import Posting
from employers.signals import POSTING_PUBLISHED
from jobseekers.models import Profile
from matching import engine, scoring
from matching.models import Suggestion
from outbox import actions as outbox
from outbox.models import Fact
from taxonomy.models import Need
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.employers import PostingFactory, WorkplaceFactory, employer_member
from tests.factories.jobseekers import ProfileFactory
from tests.journeys.world import Visitor, carry_facts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabulary")]
MET, CAN, NOT_POSSIBLE, UNKNOWN = "phys.no_heavy_lifting", "time.extra_breaks", "sens.quiet", "soc.small_team"


def offer(answer: str, **more: str) -> dict[str, str]:
    return {"answer": answer, "lead": "", "how": "", "evidence": "declared", "at": "2026-11-01", **more}


@dataclass(frozen=True)
class Scene:
    """A posting that an editor has just approved, an advisor, and three of the people they help."""

    posting: Posting
    advisor: Membership
    fits: Profile
    cannot: Profile
    barber: Profile


@pytest.fixture
def scene(editor: Membership) -> Scene:
    advisor = MembershipFactory(advisor=True)
    fits = ProfileFactory(
        advised_by=advisor,
        skills=["pick-orders", "stock-shelves"],
        needs={MET: "must", CAN: "must", UNKNOWN: "helps"},
        words="Jag är noga.",
    )
    cannot = ProfileFactory(advised_by=advisor, skills=["pick-orders"], needs={NOT_POSSIBLE: "must"})
    barber = ProfileFactory(advised_by=advisor, skills=["cut-hair"])
    workplace = WorkplaceFactory()
    member = role_of(employer_member(workplace.employer))
    skills = [{"key": "pick-orders", "importance": "must"}, {"key": "drive-forklift", "importance": "good"}]
    offers = {
        MET: offer("yes", evidence="visited", how="Högst 5 kg"),
        CAN: offer("can", lead="two_weeks"),
        NOT_POSSIBLE: offer("no"),
    }
    posting = PostingFactory(workplace=workplace, title="Plocka varor på lagret", skills=skills, offers=offers)
    actions.submit_posting(posting.pk, by=member, at=timezone.now())
    actions.approve(posting.pk, by=role_of(editor), at=timezone.now())
    posting.refresh_from_db()
    return Scene(posting, advisor, fits, cannot, barber)


def is_stored_whole(one: Suggestion, posting: Posting) -> None:
    """Parts, reasons, model, catalogue and hashes of what was read: enough to say later why it was suggested."""
    assert set(one.sealed) == {"parts", "beside", "for", "against", "ask", "if"}
    assert set(one.sealed["parts"]) == {field.name for field in fields(scoring.Parts)}
    assert one.order == scoring.Parts(**one.sealed["parts"]).order
    assert one.posting_hash == posting.content_hash()
    assert one.profile_hash == engine.profile_hash(engine.person_of(one.profile))
    run = one.run
    assert run.posting_id == posting.pk
    assert run.encoder.startswith("nordic-")
    assert run.catalogue == engine.catalogue_hash()
    assert run.weights == scoring.WEIGHTS_VERSION
    assert (run.scored, run.suggested) == (3, 2)
    assert len(run.inputs_hash) == 64
    assert run.vocabulary


def test_story_4_publishing_starts_the_matching_once(scene: Scene) -> None:
    fact = Fact.objects.get(name=POSTING_PUBLISHED, receiver="matching.receivers.posting_published")
    assert fact.ids == {"posting_id": str(scene.posting.pk)}
    assert not Suggestion.objects.exists()
    assert outbox.carry(str(fact.pk), at=timezone.now())
    found = {one.profile_id: one for one in Suggestion.objects.select_related("run", "profile")}
    assert set(found) == {scene.fits.pk, scene.cannot.pk}, "nobody is suggested as a picker for cutting hair"
    for one in found.values():
        is_stored_whole(one, scene.posting)
    fits, cannot = found[scene.fits.pk], found[scene.cannot.pk]
    assert (fits.eligible, cannot.eligible) == (True, False)
    assert {one["code"] for one in fits.sealed["for"]} == {"skills", "musts", "near"}
    assert fits.sealed["ask"] == [{"code": "ask_need", "need": UNKNOWN, "must": False, "whom": "employer"}]
    assert cannot.sealed["if"] == [{"code": "if_need", "need": NOT_POSSIBLE, "whom": "employer"}]
    assert not outbox.carry(str(fact.pk), at=timezone.now()), "a second bell finds nothing to do"
    assert Suggestion.objects.count() == 2


def row_of(visitor: Visitor, code: str) -> Locator:
    """The row of one need in the table of needs against answers."""
    return visitor.page.locator("table.queue tbody tr").filter(has_text=Need.objects.get(code=code).label_sv)


def test_story_4_the_advisor_reads_why(visitor: Visitor, scene: Scene) -> None:
    carry_facts()
    page = visitor.page
    visitor.sign_in(scene.advisor.user)
    visitor.go("advisor/")
    visitor.sees(scene.fits.short_name, scene.posting.title, "1 av 2 kunskaper", "2 av 2 måsten")
    assert scene.cannot.short_name not in page.locator("main").inner_text()
    page.locator("table.queue button").click()
    visitor.look()
    assert page.locator("input:checked").count() == 0, "nothing may be chosen beforehand"
    assert page.locator("h1").inner_text() == f"Passar platsen för {scene.fits.first_name}?"
    visitor.sees("1 av 2 kunskaper finns i profilen: plocka order på lager")
    visitor.sees(
        "Jag är noga.", scene.posting.employer.name, "Köra truck: är bra att kunna och finns inte i profilen", "En dator föreslår."
    )
    expect(row_of(visitor, MET)).to_contain_text("Ordnat")
    expect(row_of(visitor, MET)).to_contain_text("Handläggare har besökt")
    expect(row_of(visitor, MET)).to_contain_text("Högst 5 kg")
    expect(row_of(visitor, CAN)).to_contain_text("Kan ordnas")
    expect(row_of(visitor, CAN)).to_contain_text("två veckor")
    expect(row_of(visitor, UNKNOWN)).to_contain_text("Inte besvarat än")
    page.locator("main summary").last.click()
    visitor.sees("nordic-", "Namn, kön, ålder, ursprung och språk påverkar aldrig ordningen")
    visitor.look()


def test_story_4_a_must_that_is_not_possible_stands_under_would_fit_if(visitor: Visitor, scene: Scene) -> None:
    carry_facts()
    visitor.sign_in(scene.advisor.user)
    visitor.go("advisor/?tab=would_fit")
    label = Need.objects.get(code=NOT_POSSIBLE).label_sv
    visitor.sees(scene.cannot.short_name, label)
    assert scene.fits.short_name not in visitor.page.locator("main").inner_text()
    visitor.page.locator("table.queue a.ds-button").click()
    visitor.look()
    visitor.sees(f"Skulle passa om arbetsplatsen kan ordna ”{label}”.")
    expect(row_of(visitor, NOT_POSSIBLE)).to_contain_text("Går inte")
    expect(row_of(visitor, NOT_POSSIBLE)).to_contain_text("Måste")
