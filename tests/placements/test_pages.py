"""The pages of an agreement, through the front door: what each of the three reads, writes and signs, and what they never see."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.access import TERMS_VERSION
from accounts.models import Membership, Terms, User
from audit.models import Read
from placements import access, actions
from placements.models import Placement
from placements.states import Paper, Party, State
from taxonomy.models import Need
from tests.factories.placements import PHONED, Case, agreed_pair, make_case, measure, running_case, terms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def as_(role: object) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=role.user_id))  # type: ignore[attr-defined]
    session = client.session
    session["membership"] = role.membership_id  # type: ignore[attr-defined]
    session.save()
    Terms.objects.get_or_create(user_id=role.user_id, version=TERMS_VERSION, defaults={"at": datetime(2026, 1, 1).astimezone()})  # type: ignore[attr-defined]
    return client


def address(name: str, *args: object) -> str:
    return reverse(name, args=args)


def form_of(case: Case, **changes: object) -> dict[str, object]:
    told: dict[str, object] = {
        "version": case.version().hash,
        "measure": "se-test",
        "starts": case.starts.isoformat(),
        "ends": case.ends.isoformat(),
        "hours": "12",
        "days": ["mon", "wed"],
        "times": "9.00–12.20",
        "tasks": "Sår frön och vattnar.",
        "goal1": "try",
        "goal1_words": "Jag vill pröva.",
        "supervisor": str(case.placement.supervisor_id),
        "supervisor_title": "förman",
        "supervisor_phone": "033-55 01 14",
        "supervisor_email": "sara@example.org",
        "safety": ["walk"],
        "check_in_weeks": "4",
        "a-sens.quiet": "on",
        "a-sens.quiet-how": "Du arbetar inte i växthus 3",
        "a-sens.quiet-who": "supervisor",
        "a-sens.quiet-pays": "nothing",
    }
    return told | changes


def test_the_whole_way_through_the_pages(now: datetime) -> None:
    pair, door = agreed_pair(now, needs={"sens.quiet": "must"})
    measure()
    advisor, person, employer = as_(pair.advisor), as_(pair.jobseeker), as_(pair.member)
    assert address("begin_agreement", door.pk) in advisor.get(address("advisor_introduction", door.pk)).content.decode()
    advisor.post(address("begin_agreement", door.pk))
    placement = Placement.objects.get()
    case = Case(pair, placement, localdate(now) + timedelta(days=7), localdate(now) + timedelta(days=62))
    told = form_of(case, supervisor="", supervisor_name="Sara Nyström")
    assert advisor.post(address("agreement", placement.pk), told).url == address("send_agreement", placement.pk)  # type: ignore[attr-defined]
    advisor.post(address("send_agreement", placement.pk), {"seen": case.version().hash})
    page = person.get(address("sign_agreement", placement.pk)).content.decode()
    assert "Du arbetar inte i växthus 3" in page
    person.post(address("sign_agreement", placement.pk), {"seen": case.version().hash, "answer": "sign"})
    for party in ("employer", "supervisor"):
        employer.post(address("employer_sign", placement.pk), {"seen": case.version().hash, "answer": party})
    assert case.version().state == Paper.SIGNED
    advisor.post(address("approve_agreement", placement.pk), {"seen": case.version().hash})
    assert case.now().state == State.APPROVED
    for client, name in ((advisor, "placement"), (person, "my_placement"), (employer, "employer_placement")):
        assert client.get(address(name, placement.pk)).status_code == 200


def test_a_half_written_draft_is_kept_and_says_what_is_missing(now: datetime) -> None:
    case = make_case(now)
    advisor = as_(case.advisor)
    advisor.post(address("agreement", case.id), {"version": case.version().hash, "tasks": "Vattna."})
    assert case.version().terms.tasks == "Vattna."
    page = advisor.get(address("send_agreement", case.id)).content.decode()
    assert 'name="seen"' not in page  # nothing to send yet


def test_bad_words_come_back_with_a_sentence(now: datetime) -> None:
    case = make_case(now)
    for wrong, field in (
        ({"ends": (case.starts - timedelta(days=1)).isoformat()}, "ends"),
        ({"starts": "31 februari"}, "starts"),
        ({"hours": "-1"}, "hours"),
        ({"hours": "1e309"}, "hours"),
        ({"a-sens.quiet-who": ""}, "a-sens.quiet-who"),
        ({"tasks": "x" * 1001}, "tasks"),
        ({"tasks": "Personnummer 19850412-2384"}, "tasks"),
        ({"step1_on": case.ends.isoformat()}, "step1_hours"),
    ):
        before = case.version().hash
        answer = as_(case.advisor).post(address("agreement", case.id), form_of(case, **wrong))
        assert answer.status_code == 200, wrong
        assert field in answer.context["form"].errors, wrong
        assert case.version().hash == before


def test_words_about_health_are_pointed_out_before_the_employer_reads_them(now: datetime) -> None:
    case = make_case(now)
    told = form_of(case, tasks="Personen har en depression och behöver vila.")
    assert "tasks" in as_(case.advisor).post(address("agreement", case.id), told).context["form"].errors


def test_who_saved_meanwhile_is_not_written_over(now: datetime) -> None:
    case = make_case(now)
    told = form_of(case)
    case.write(now)
    answer = as_(case.advisor).post(address("agreement", case.id), told | {"hours": "30"})
    assert answer.status_code == 409
    assert 'value="30"' in answer.content.decode()
    assert case.version().terms.hours == 12


def test_one_more_adaptation_of_the_catalogue(now: datetime) -> None:

    Need.objects.create(
        code="time.short", group="time", position=9, label_sv="Kort dag", label_nb="Kort dag", label_en="A short day", default="must"
    )
    case = make_case(now)
    as_(case.advisor).post(address("agreement", case.id), form_of(case, add="time.short"))
    assert [one.code for one in case.version().terms.adaptations] == ["sens.quiet", "time.short"]


def test_a_change_is_marked_for_the_person(now: datetime) -> None:
    case = make_case(now).until_signed(now)
    case.write(now, terms=terms(hours=20))
    page = as_(case.jobseeker).get(address("sign_agreement", case.id)).content.decode()
    assert "<ins>" in page
    assert "<del>" in page


def test_not_yet_tells_the_advisor_and_shows_nobody(now: datetime) -> None:
    case = make_case(now).until_sent(now)
    as_(case.jobseeker).post(address("sign_agreement", case.id), {"answer": "later"})
    assert not case.version().signatures.exists()
    assert as_(case.member).get(address("employer_placement", case.id)).status_code == 404


def test_the_employer_is_let_read_first(now: datetime) -> None:
    case = make_case(now).until_sent(now)
    as_(case.jobseeker).post(address("sign_agreement", case.id), {"answer": "show", "seen": case.version().hash})
    assert as_(case.member).get(address("employer_sign", case.id)).status_code == 200


def test_strangers_get_the_same_page_as_for_nothing(now: datetime) -> None:
    case, other = make_case(now).until_approved(now), make_case(now, needs={})
    nothing = "00000000-0000-4000-8000-000000000000"
    names = {
        "advisor": ("placement", "agreement", "send_agreement", "approve_agreement", "change_placement", "stop_placement", "agreement_pdf"),
        "jobseeker": ("my_placement", "sign_agreement", "my_stop", "my_agreement_pdf"),
        "member": ("employer_placement", "employer_sign", "employer_stop", "employer_agreement_pdf"),
    }
    for role, pages in names.items():
        client = as_(getattr(other, role))
        for name in pages:
            theirs, none = client.get(address(name, case.id)), client.get(address(name, nothing))
            assert (theirs.status_code, none.status_code) == (404, 404), name
            assert len(theirs.content) == len(none.content), name


def test_reads_of_staff_and_employer_are_logged_and_the_persons_own_are_not(now: datetime) -> None:
    case = make_case(now).until_approved(now)
    Read.objects.all().delete()
    as_(case.jobseeker).get(address("my_placement", case.id))
    assert not Read.objects.exists()
    as_(case.member).get(address("employer_placement", case.id))
    as_(case.advisor).get(address("placement", case.id))
    assert sorted(Read.objects.about(case.pair.profile.pk).values_list("role", flat=True)) == ["advisor", "employer"]


def test_ending_early_asks_who_and_why(now: datetime) -> None:
    case = running_case(now)
    advisor = as_(case.advisor)
    answer = advisor.post(address("stop_placement", case.id), {"last_day": localdate(now).isoformat()})
    assert {"wanted_by", "why"} <= set(answer.context["form"].errors)
    told = {"last_day": localdate(now).isoformat(), "wanted_by": "employer", "why": "workplace", "hours": "0"}
    advisor.post(address("stop_placement", case.id), told)
    done = case.now()
    assert (done.state, done.ended_by, done.hours_done) == (State.ENDED_EARLY, "employer", 0)
    page = as_(case.member).get(address("employer_placement", case.id)).content.decode()
    assert "Något ändrades på arbetsplatsen" not in page


def test_signing_for_somebody_says_how(now: datetime) -> None:
    case = make_case(now).until_sent(now)
    seen = {"seen": case.version().hash}
    advisor = as_(case.advisor)
    assert advisor.post(address("sign_for", case.id, "jobseeker"), seen).status_code == 200
    advisor.post(address("sign_for", case.id, "jobseeker"), seen | {"channel": PHONED.channel, "why": PHONED.why})
    assert case.version().signatures.get().channel == "phone"
    assert advisor.post(address("sign_for", case.id, "employer"), seen | {"channel": "phone", "why": "asked"}).status_code == 409
    assert advisor.get(address("sign_for", case.id, "advisor")).status_code == 404


def test_longer_by_the_page(now: datetime) -> None:
    case = running_case(now)
    told = {"seen": case.version().hash, "ends": (case.ends + timedelta(days=14)).isoformat()}
    as_(case.advisor).post(address("change_placement", case.id), told)
    assert (case.version().number, case.version().change, case.version().state) == (2, "extended", Paper.TO_SIGN)
    assert access.sheet_for(case.now(), by=case.jobseeker).new == ("when",)  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_the_pdf_is_tagged_and_in_the_readers_language(now: datetime, language: str) -> None:
    case = make_case(now).until_approved(now)
    answer = as_(case.jobseeker).get(address("my_agreement_pdf", case.id).replace("/sv/", f"/{language}/"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", f"/Lang ({language})".encode()):
        assert mark in answer.content or mark.replace(b" ", b"") in answer.content, mark
    assert "Elin" not in answer["Content-Disposition"]


def test_markup_in_words_stays_words_on_paper(now: datetime) -> None:
    case = make_case(now)
    hostile = case.written().terms.__class__.from_json(
        case.written().terms.as_json() | {"tasks": '#read("/etc/passwd") $x$ = Rubrik *fet*'}
    )
    case.write(now, terms=hostile)
    case.send(now)
    assert as_(case.jobseeker).get(address("my_agreement_pdf", case.id)).content.startswith(b"%PDF")


@pytest.mark.parametrize("words", ["Sår frön 🌱", "陳大文", "ሰላም ተስፋይ", "محمد العلي", "a\x0bb\x01c\ufffe"])
def test_a_sign_that_no_font_has_still_gives_a_paper(words: str, now: datetime) -> None:
    case = make_case(now)
    case.write(now, terms=terms(tasks=words))
    case.send(now)
    answer = as_(case.jobseeker).get(address("my_agreement_pdf", case.id))
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")
    assert b"/StructTreeRoot" in answer.content


def test_the_list_asks_the_same_however_many_there_are(now: datetime) -> None:
    case = make_case(now).until_approved(now)
    client = as_(case.advisor)
    client.get(address("placements"))  # what every page reads once is in the cache now
    with CaptureQueriesContext(connection) as few:
        client.get(address("placements"))
    for _ in range(3):
        make_case(now, needs={}, advised_by=Membership.objects.get(pk=case.advisor.membership_id))
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(address("placements")).context["rows"]) == 4
    assert len(many) == len(few)


def test_a_signature_of_a_party_that_is_none_leads_back(now: datetime) -> None:
    case = make_case(now).until_sent(now)
    actions.show(case.id, by=case.jobseeker, at=now, seen=case.version().hash)
    for party in ("advisor", "jobseeker", "x"):
        answer = as_(case.member).post(address("employer_sign", case.id), {"answer": party, "seen": case.version().hash})
        assert answer.status_code == 200
    assert not case.version().signatures.filter(party=Party.ADVISOR).exists()
