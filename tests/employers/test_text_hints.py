"""What the words of a posting say about needs: a question to the employer, words for the editor and in public, never an answer."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.access import ActiveRole
from accounts.models import Membership
from employers import actions
from employers.linker import hinted
from employers.models import Posting
from employers.queries import Said, offers_version, said_of, summary
from search import index
from search.models import PostingEntry
from taxonomy.actions import load_needs
from tests.factories.employers import PostingFactory, publish

pytestmark = pytest.mark.django_db
SignIn = Callable[[Membership], Client]
WORDS = {"title": "Plocka varor", "tasks": "Här är det ett lugnt lager med <b>egen mentor</b>.", "day": "Inga tunga lyft. Hiss finns inte."}


@pytest.fixture(autouse=True)
def catalogue(now: datetime) -> None:
    load_needs(at=now)


@pytest.fixture
def written(draft: Posting, by: ActiveRole, now: datetime) -> Posting:
    actions.save_step(draft.pk, 3, WORDS, by=by, at=now)
    return Posting.objects.get(pk=draft.pk)


def test_hints_come_with_the_words_and_go_with_them(written: Posting, by: ActiveRole, now: datetime) -> None:
    assert {code: (one["answer"], one["hint"], one["hint_in"]) for code, one in written.offers.items()} == {
        "sens.quiet": ("unknown", "lugnt lager", "tasks"),
        "sup.buddy": ("unknown", "egen mentor", "tasks"),
        "phys.no_heavy_lifting": ("unknown", "Inga tunga lyft", "day"),
    }
    actions.save_step(written.pk, 3, {**WORDS, "tasks": "Ett lager.", "day": ""}, by=by, at=now)
    assert Posting.objects.get(pk=written.pk).offers == {}


def test_an_answer_takes_the_place_of_a_hint_and_unknown_keeps_it(written: Posting, by: ActiveRole, now: datetime) -> None:
    answers = {"sens.quiet": {"answer": "no"}, "sup.buddy": {"answer": "unknown"}}
    actions.save_step(written.pk, 6, {"offers": answers}, by=by, at=now)
    offers = Posting.objects.get(pk=written.pk).offers
    assert (offers["sens.quiet"]["answer"], "hint" in offers["sens.quiet"]) == ("no", False)
    assert (offers["sup.buddy"]["answer"], offers["sup.buddy"]["hint"], "at" in offers["sup.buddy"]) == ("unknown", "egen mentor", True)
    assert hinted(Posting(tasks=WORDS["tasks"], offers=offers))["sens.quiet"]["answer"] == "no"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("sv", "Din text säger ”lugnt lager”. Är det så?"),
        ("nb", "Teksten din sier «lugnt lager». Er det slik?"),
        ("en", "Your text says “lugnt lager”. Is it so?"),
    ],
)
def test_the_employer_is_asked_and_nothing_is_chosen(
    written: Posting, member: Membership, signed_in: SignIn, language: str, sentence: str
) -> None:
    client = signed_in(member)
    page = client.get(f"/{language}/employer/postings/{written.pk}/edit/6/sens/").content.decode()
    assert sentence in page
    assert " checked" not in page
    check = client.get(f"/{language}/employer/postings/{written.pk}/check/").content.decode()
    assert "lugnt lager" in check


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("sv", "Texten om platsen ”Plocka varor” säger ”lugnt lager”. Gäller det hela arbetsplatsen?"),
        ("nb", "Teksten om plassen «Plocka varor» sier «lugnt lager». Gjelder det hele arbeidsstedet?"),
        ("en", "The text of the posting “Plocka varor” says “lugnt lager”. Does it hold for the whole workplace?"),
    ],
)
def test_the_workplace_is_asked_about_what_its_postings_say(
    written: Posting, member: Membership, signed_in: SignIn, language: str, sentence: str
) -> None:
    page = signed_in(member).get(f"/{language}/employer/workplaces/{written.workplace_id}/offers/sens/").content.decode()
    assert sentence in page
    assert " checked" not in page


def test_an_answer_of_the_workplace_or_the_end_of_the_posting_takes_the_question_away(
    written: Posting, member: Membership, by: ActiveRole, signed_in: SignIn, now: datetime
) -> None:
    client, workplace = signed_in(member), written.workplace
    assert workplace is not None
    address = f"/en/employer/workplaces/{workplace.pk}/offers/sens/"
    seen = offers_version(workplace.pk, {}, ["sens.quiet"])
    actions.save_offers(workplace.pk, {"sens.quiet": {"answer": "can"}}, by=by, at=now, seen=seen)  # not overtaken by a hint
    assert "lugnt lager" not in client.get(address).content.decode()
    actions.save_offers(workplace.pk, {"sens.quiet": {"answer": "unknown"}}, by=by, at=now)
    assert "lugnt lager" in client.get(address).content.decode()
    actions.save_step(written.pk, 6, {"offers": {"sens.quiet": {"answer": "no"}}}, by=by, at=now)
    assert "lugnt lager" not in client.get(address).content.decode(), "the posting has been answered for itself"


def test_the_newest_posting_of_this_workplace_speaks_and_one_withdrawn_does_not(written: Posting) -> None:
    said = {"sens.quiet": {"answer": "unknown", "hint": "tyst kontor", "hint_in": "day"}}
    newer = PostingFactory(workplace=written.workplace, employer=written.employer, title="Nyare", offers=said)
    PostingFactory(
        employer=written.employer, workplace__employer=written.employer, offers={"sens.light": {"answer": "unknown", "hint": "x"}}
    )
    assert written.workplace is not None
    assert said_of(written.workplace)["sens.quiet"] == Said("tyst kontor", "Nyare")
    newer.status.state = "withdrawn"
    newer.status.save()
    found = said_of(written.workplace)
    assert found["sens.quiet"] == Said("lugnt lager", "Plocka varor")
    assert "sens.light" not in found


def test_a_page_that_was_open_is_not_overtaken_by_a_hint(written: Posting, draft: Posting, by: ActiveRole, now: datetime) -> None:

    seen = offers_version(draft.pk, {}, ["sens.quiet"])
    actions.save_step(written.pk, 6, {"offers": {"sens.quiet": {"answer": "yes"}}}, by=by, at=now, seen=seen)
    assert Posting.objects.get(pk=written.pk).offers["sens.quiet"]["answer"] == "yes"


def test_in_public_it_is_words_and_not_an_answer(written: Posting, client: Client) -> None:
    publish(written, written.status)
    page = client.get(f"/sv/postings/{written.pk}/").content.decode()
    section = page.split("Vad texten säger", 1)[1].split("</section>", 1)[0]
    assert "”lugnt lager”" in section
    assert "mark ask" in section
    assert "mark yes" not in section
    index.put(written.pk)
    assert PostingEntry.objects.get(posting=written).offers == ""


def test_the_editor_reads_them_beside_the_answers(written: Posting, by: ActiveRole, now: datetime) -> None:

    rows = {row.label: row.value for section in summary(written) for row in section.rows}
    said = str(rows["Vad texten säger"])
    assert [quote in said for quote in ("”lugnt lager”", "”egen mentor”", "”Inga tunga lyft”")] == [True] * 3


def test_sent_to_an_editor_an_older_draft_is_read_too(draft: Posting, by: ActiveRole, now: datetime) -> None:
    Posting.objects.filter(pk=draft.pk).update(tasks="Flextid och fri parkering.")
    actions.submit_posting(draft.pk, by=by, at=now)
    newest = Posting.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert {code: one["hint"] for code, one in newest.offers.items()} == {"time.flexible_hours": "Flextid", "trn.parking": "fri parkering"}


def test_a_hint_changes_nothing_that_a_yes_rests_on(written: Posting) -> None:
    before = written.content_hash()
    written.offers = {code: {**offer, "hint": "andra ord"} for code, offer in written.offers.items()}
    assert written.content_hash() == before
    written.offers = {}
    assert written.content_hash() == before
    written.offers = {"sens.quiet": {"answer": "yes", "lead": "", "how": "", "at": "2026-11-01", "evidence": "declared"}}
    assert written.content_hash() != before
