"""A jobseeker saves a posting and a search, hears of what is new, and ends the letters by one click; a visitor reports a posting."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from search.models import Favourite, Feed, PostingReport, SavedSearch
from tests.factories.accounts import MembershipFactory
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.factories.public import heard, open_posting
from tests.factories.saved import tell
from tests.journeys.world import Visitor, deliver

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("console")]


def test_somebody_saves_gets_a_letter_and_leaves(visitor: Visitor) -> None:
    posting = open_posting(title="Växthuset i Sjöbo")
    visitor.sign_in(jobseeker_role(ProfileFactory()).user)
    visitor.go(f"postings/{posting.pk}/")
    visitor.press("Spara platsen")
    visitor.sees("Sparad. Ta bort från min lista")
    assert Favourite.objects.count() == 1
    visitor.go("postings/?kind=trial")
    visitor.press("Spara sökningen")
    visitor.press("Spara sökningen")
    visitor.is_told("Välj hur ofta ett brev får komma")
    visitor.choose("Högst en gång om dagen")
    visitor.press("Spara sökningen")
    visitor.sees("Det jag har sparat", "Växthuset i Sjöbo", "Praktikplats", "Högst en gång om dagen")
    visitor.look()
    new = open_posting(title="Bageriet")
    new.status.published_at = timezone.now() + timedelta(hours=1)
    new.status.save()
    heard(new)
    assert tell(timezone.now() + timedelta(days=1, hours=2)) == 1
    mail.outbox.clear()
    deliver()
    (letter,) = mail.outbox
    link = re.search(r"/sv/(saved/leave/\S+)", letter.body)
    assert link
    visitor.go(link.group(1))
    visitor.press("Stoppa breven")
    visitor.sees("Du får inga fler brev")
    assert SavedSearch.objects.get().often == "never"


def test_somebody_reads_easy_words_and_reports_a_posting(visitor: Visitor) -> None:
    posting = open_posting(title="Misstänkt plats")
    visitor.go(f"postings/{posting.pk}/")
    visitor.press("Lättläst")
    visitor.sees("Du provar ett jobb.")
    visitor.look()
    visitor.press("Läs den vanliga texten")
    visitor.press("Anmäl den här platsen")
    visitor.press("Skicka")
    visitor.is_told("Välj vad som är fel")
    visitor.choose("De vill ha pengar, eller det verkar vara bedrägeri")
    visitor.press("Skicka")
    visitor.sees("Tack för att du säger till")
    assert PostingReport.objects.get().wrong == "fraud"
    visitor.sign_in(MembershipFactory(editor=True).user)
    visitor.go("editor/posting-reports/")
    visitor.sees("Misstänkt plats")
    visitor.page.get_by_role("button", name="Jag har tagit hand om det").click()
    visitor.sees("Inget att göra här just nu.")
    feed = {"url": "https://jobb.example/en-mycket-lang-adress/" + "stream" * 20, "form": "jobtech", "next_at": timezone.now()}
    Feed.objects.create(**feed, failures=2, problem="tried 4 times: it answers 503", told="1 created")
    visitor.go("editor/feeds/")
    visitor.sees("De senaste 2 försöken misslyckades")
    visitor.look()
    visitor.page.get_by_role("button", name="Stäng av").click()
    visitor.sees("Avstängt")
