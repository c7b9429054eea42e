"""From the draft to the advisor's signature: who signs what, in which order, and what a change does to it."""

from datetime import datetime, timedelta

import pytest

from audit.models import Event
from matching.models import Introduction
from matching.states import Door
from matching.states import Refused as NotAgreed
from outbox.models import Letter
from placements import access, actions
from placements.fields import Agreed, Contact
from placements.models import Adaptation, MeasureVersion, Placement, Signature, Version, Works
from placements.states import NotThere, Paper, Party, Refused, State
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.employers import EmployerFactory, employer_member
from tests.factories.placements import ADAPTED, PHONED, Case, agreed_pair, make_case, measure, running_case, terms

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def case(now: datetime) -> Case:
    return make_case(now)


def test_a_draft_begins_with_what_is_known_and_twice_is_once(now: datetime) -> None:
    pair, door = agreed_pair(now)
    measure()
    first = actions.draft(door.pk, by=pair.advisor, at=now)
    assert actions.draft(door.pk, by=pair.advisor, at=now).pk == first.pk
    assert Introduction.objects.get(pk=door.pk).state == Door.AGREED
    [version] = first.versions.all()
    assert (version.state, version.terms.tasks, version.terms.hours) == (Paper.DRAFT, pair.posting.tasks, pair.profile.hours_now)


def test_musts_that_the_workplace_arranges_stand_in_the_draft(now: datetime) -> None:
    pair, door = agreed_pair(now, needs={"sens.quiet": "must", "cog.one": "must", "soc.few": "helps"})
    pair.posting.offers = {
        "sens.quiet": {"answer": "can", "how": "Ett eget rum"},
        "cog.one": {"answer": "no"},
        "soc.few": {"answer": "yes"},
    }
    pair.posting.save()
    measure()
    draft = actions.draft(door.pk, by=pair.advisor, at=now)
    assert [(one.code, one.how) for one in draft.versions.get().terms.adaptations] == [("sens.quiet", "Ett eget rum")]


def test_case_24_no_agreement_without_an_answer_of_the_employer(now: datetime) -> None:
    pair, door = agreed_pair(now)
    Introduction.objects.filter(pk=door.pk).update(state=Door.OPEN)
    with pytest.raises(NotAgreed):
        actions.draft(door.pk, by=pair.advisor, at=now)
    assert not Placement.objects.exists()


def test_a_job_is_no_agreement(now: datetime) -> None:
    pair, door = agreed_pair(now)
    pair.posting.kind = "job"
    pair.posting.save()
    with pytest.raises(Refused, match="job"):
        actions.draft(door.pk, by=pair.advisor, at=now)


def test_only_the_own_advisor_drafts_writes_and_approves(case: Case, now: datetime) -> None:
    other = role_of(MembershipFactory(advisor=True))
    case.until_signed(now)
    seen = case.version().hash
    for stranger in (other, case.jobseeker, case.member):
        with pytest.raises(NotThere):
            actions.write(case.id, case.written(), by=stranger, at=now, seen=seen)
        with pytest.raises(NotThere):
            actions.approve(case.id, by=stranger, at=now, seen=seen)


def test_nobody_signs_what_lacks_something(case: Case, now: datetime) -> None:
    for lacks in ({"terms": terms(goals=())}, {"starts": None, "ends": None}, {"terms": terms(supervisor=Contact())}):
        case.write(now, **lacks)
        with pytest.raises(Refused, match="incomplete"):
            case.send(now)
    case.write(now)
    assert case.send(now).state == Paper.TO_SIGN


def test_the_person_reads_before_the_employer(case: Case, now: datetime) -> None:
    case.write(now)
    assert access.sheet_for(case.now(), by=case.jobseeker) is None  # a draft is the advisor's
    case.send(now)
    assert access.sheet_for(case.now(), by=case.jobseeker) is not None
    assert access.placement_for(case.id, by=case.member, at=now) is None
    with pytest.raises(NotThere):
        case.sign(Party.EMPLOYER, now)
    actions.show(case.id, by=case.jobseeker, at=now, seen=case.version().hash)
    assert access.sheet_for(case.now(), by=case.member) is not None
    case.sign(Party.EMPLOYER, now)  # in any order once it may be read
    case.sign(Party.SUPERVISOR, now)
    assert case.version().state == Paper.PART_SIGNED
    assert case.sign(Party.JOBSEEKER, now).state == Paper.SIGNED


def test_the_advisor_is_last_and_then_it_stands(case: Case, now: datetime) -> None:
    case.until_sent(now)
    with pytest.raises(Refused, match="order"):
        case.approve(now)
    case.sign(Party.JOBSEEKER, now)
    with pytest.raises(Refused, match="order"):
        case.approve(now)
    case.sign(Party.EMPLOYER, now)
    case.sign(Party.SUPERVISOR, now)
    assert case.approve(now).state == State.APPROVED
    assert [one.party for one in case.version().signatures.all()] == ["jobseeker", "employer", "supervisor", "advisor"]
    [row] = Adaptation.objects.filter(placement=case.placement)
    assert (row.agreed.code, row.state) == (ADAPTED, Works.AGREED)


def test_an_order_that_the_measure_has_is_kept(now: datetime) -> None:
    measure(in_order=True)
    case = make_case(now).until_sent(now)
    actions.show(case.id, by=case.jobseeker, at=now, seen=case.version().hash)
    with pytest.raises(Refused, match="order"):
        case.sign(Party.EMPLOYER, now)
    case.sign(Party.JOBSEEKER, now)
    case.sign(Party.EMPLOYER, now)


def test_case_25_a_signature_sent_again_changes_nothing(case: Case, now: datetime) -> None:
    case.until_sent(now)
    case.sign(Party.JOBSEEKER, now)
    case.sign(Party.JOBSEEKER, now + timedelta(hours=1))
    assert Signature.objects.count() == 1
    assert Event.objects.filter(what="agreement_signed").count() == 1


def test_case_31_a_material_change_voids_every_signature_and_all_are_told(case: Case, now: datetime) -> None:
    case.until_signed(now)
    Letter.objects.all().delete()
    changed = case.write(now, terms=terms(hours=20))
    assert (changed.number, changed.state, changed.signatures.count()) == (2, Paper.TO_SIGN, 0)
    old = Version.objects.get(placement=case.placement, number=1)
    assert (old.state, old.signatures.count()) == (Paper.VOID, 3)
    told = Letter.objects.filter(kind="signatures_void", about=changed.pk)
    assert {one.reader_id for one in told} == {case.jobseeker.user_id, case.member.user_id}
    with pytest.raises(Refused, match="order"):
        case.approve(now)
    assert access.sheet_for(case.now(), by=case.jobseeker).new == ("hours",)  # type: ignore[union-attr]


def test_case_31_what_was_read_before_the_change_is_not_signed(case: Case, now: datetime) -> None:
    seen = case.until_sent(now).version().hash
    case.write(now, terms=terms(adaptations=()))
    with pytest.raises(Refused, match="changed"):
        actions.sign(case.id, Party.JOBSEEKER, by=case.jobseeker, at=now, seen=seen)


def test_case_31_a_new_list_of_adaptations_is_shown_to_the_person_first(case: Case, now: datetime) -> None:
    case.until_signed(now)
    case.write(now, terms=terms(adaptations=(*terms().adaptations, Agreed("soc.few", "", "employer"))))
    assert access.sheet_for(case.now(), by=case.member) is None
    assert access.sheet_for(case.now(), by=case.jobseeker) is not None


def test_a_telephone_number_changes_nothing_that_was_signed(case: Case, now: datetime) -> None:
    case.until_signed(now)
    changed = case.write(now, terms=terms(supervisor=Contact("Sara Nyström", "förman", "070-000 00 01", "s@example.org")))
    assert (changed.number, changed.state) == (1, Paper.SIGNED)
    assert changed.terms.supervisor.phone == "070-000 00 01"
    assert case.approve(now).state == State.APPROVED


def test_the_words_of_the_measure_stand_as_they_were_sent(case: Case, now: datetime) -> None:
    case.until_sent(now)
    seen = case.version().hash
    MeasureVersion.objects.update(insurance_sv="Ingen försäkring gäller.", name_sv="Något annat")
    sheet = access.sheet_for(case.now(), by=case.jobseeker)
    assert sheet is not None
    assert sheet.measure is not None
    assert (sheet.measure.name, sheet.measure.insurance, sheet.hash) == ("Praktik", "", seen)
    case.write(now, terms=terms(supervisor=Contact("Sara Nyström", "förman", "070-000 00 01", "s@example.org")))
    assert case.version().hash == seen, "a telephone number in place keeps the words as well"
    case.all_sign(now)
    case.approve(now)
    case.write(now, terms=terms(hours=9))
    sent = case.send(now)
    later = access.sheet_for(case.now(), by=case.jobseeker)
    assert sent.measure_written["insurance_sv"] == "Ingen försäkring gäller."
    assert later is not None
    assert "measure" in later.new, "new words of the measure are pointed out in the next version"


def test_who_has_written_meanwhile_is_not_written_over(case: Case, now: datetime) -> None:
    seen = case.version().hash
    case.write(now)
    with pytest.raises(Refused, match="changed"):
        actions.write(case.id, case.written(terms=terms(hours=30)), by=case.advisor, at=now, seen=seen)
    assert case.version().terms.hours == terms().hours


def test_case_30_on_behalf_says_how_and_why_and_for_one_party_only(case: Case, now: datetime) -> None:
    case.until_sent(now)
    with pytest.raises(Refused, match="channel"):
        case.sign(Party.JOBSEEKER, now, by=case.advisor)
    case.sign(Party.JOBSEEKER, now, by=case.advisor, behalf=PHONED)
    with pytest.raises(Refused, match="twice"):
        case.sign(Party.EMPLOYER, now, by=case.advisor, behalf=PHONED)
    [mark] = Signature.objects.all()
    assert (mark.channel, mark.why) == ("phone", "asked")


def test_case_28_who_belongs_to_the_employer_does_not_approve(case: Case, now: datetime) -> None:
    case.until_signed(now)
    employer_member(case.pair.employer, user=case.now().profile.advisor)
    with pytest.raises(Refused, match="conflict"):
        case.approve(now)


def test_another_employer_and_another_person_find_nothing(case: Case, now: datetime) -> None:
    case.until_approved(now)
    stranger = role_of(employer_member(EmployerFactory()))
    other = make_case(now, needs={}).jobseeker
    for role in (stranger, other, role_of(MembershipFactory(advisor=True))):
        assert access.placement_for(case.id, by=role, at=now) is None
        with pytest.raises(NotThere):
            actions.cancel(case.id, by=role, at=now, why="other")


def test_one_active_trial_a_person_and_one_a_supervisor(case: Case, now: datetime) -> None:
    case.until_approved(now)
    pair = case.pair
    second = make_case(now, advised_by=None, needs={})
    Placement.objects.filter(pk=second.id).update(supervisor=case.placement.supervisor)
    second.until_signed(now)
    Version.objects.filter(placement=second.placement).update(supervisor=case.now().supervisor_id)
    with pytest.raises(Refused, match="supervisor"):
        second.approve(now)
    assert pair.profile.placements.active().count() == 1


def test_the_workplace_takes_as_many_as_it_says(case: Case, now: datetime) -> None:
    case.until_signed(now)
    case.placement.workplace.most_at_once = 0
    case.placement.workplace.save()
    with pytest.raises(Refused, match="full"):
        case.approve(now)


def test_case_26_a_start_that_has_passed_is_not_approved(case: Case, now: datetime) -> None:
    case.until_signed(now)
    with pytest.raises(Refused, match="limits"):
        case.approve(now + timedelta(days=8))
    assert case.now().state == State.DRAFT


def test_a_change_while_it_runs_is_signed_by_all_and_holds_then(now: datetime) -> None:
    case = running_case(now)
    longer = case.ends + timedelta(weeks=4)
    case.write(now, ends=longer)
    assert case.now().ends == case.ends  # what was approved holds until the new one is
    case.all_sign_after_sending(now)
    case.approve(now)
    assert (case.now().ends, case.now().state) == (longer, State.RUNNING)
    assert [one.state for one in case.placement.versions.all()] == [Paper.REPLACED, Paper.APPROVED]


def test_longer_than_the_measure_allows_is_refused(now: datetime) -> None:
    case = running_case(now)
    case.write(now, ends=case.starts + timedelta(days=190))
    with pytest.raises(Refused, match="limits"):
        case.send(now)
