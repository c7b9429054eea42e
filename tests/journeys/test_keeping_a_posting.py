"""A posting is copied, its words are looked at, one stays with a reason, an editor publishes it, and a letter asks whether it lasts."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Membership
from audit.models import Event
from employers import actions
from employers.models import Posting, PostingStatus
from tests.factories.accounts import role_of
from tests.factories.employers import PostingFactory, WorkplaceFactory, employer_member
from tests.journeys.world import Visitor, deliver

pytestmark = pytest.mark.django_db(transaction=True)
TITLE, TASKS = "Odla och packa", "Du odlar växter. Vi är ett ungt team. Du har god fysik. Vi visar hur man gör."


@pytest.fixture
def member(vocabulary: None) -> Membership:
    workplace = WorkplaceFactory()
    PostingFactory(workplace=workplace, title=TITLE, tasks=TASKS, published=True)
    return employer_member(workplace.employer, manages=True)


def copies_and_checks(visitor: Visitor) -> None:
    visitor.go("employer/postings/")
    visitor.press(TITLE)
    visitor.press("Gör en kopia")
    visitor.press("Gör en kopia")
    visitor.sees("2 saker i texten behöver ses över först", "ungt team", "god fysik", "Vårt förslag")
    visitor.press("Skicka till redaktören")
    visitor.sees("Något i texten behöver ses över först.")


def takes_ours_and_keeps_theirs(visitor: Visitor) -> None:
    page = visitor.page
    visitor.press("Byt till förslaget")
    visitor.sees("1 sak i texten behöver ses över först", "Uppgifterna är varierade")
    page.get_by_text("Behåll vår mening").click()
    visitor.press("Behåll och spara skälet")
    visitor.is_told("Välj varför meningen behövs")
    visitor.choose("Uppgiften kan inte göras utan det")
    visitor.press("Behåll och spara skälet")
    visitor.sees("De här meningarna behåller ni", "Uppgiften kan inte göras utan det")
    visitor.press("Skicka till redaktören")
    visitor.sees("En redaktör läser")


def answers_the_letter(visitor: Visitor) -> None:
    """Not signed in: the link is enough to say yes."""
    deliver()
    found = re.search(r"http://\S+?(/sv/employers/still-valid/\S+)", str(mail.outbox[-1].body))
    assert found
    visitor.page.context.clear_cookies()
    visitor.page.goto(f"{visitor.url}{found.group(1)}")
    visitor.look()
    visitor.sees(TITLE)
    visitor.press("Ja, den är fortfarande öppen")
    visitor.sees("Tack. Vi frågar igen efter sex veckor.")


def test_story_copy_check_keep_publish_and_still_valid(visitor: Visitor, member: Membership, editor: Membership) -> None:
    visitor.sign_in(member.user)
    copies_and_checks(visitor)
    takes_ours_and_keeps_theirs(visitor)
    made = Posting.objects.get(status__state="submitted")
    kept = Event.objects.get(what="wording_kept")
    assert (kept.before, kept.why) == ("health.fit", "task")
    actions.approve(made.pk, by=role_of(editor), at=timezone.now())
    PostingStatus.objects.filter(pk=made.pk).update(confirmed_at=timezone.now() - timedelta(days=46))
    deliver()
    assert actions.ask_if_valid(at=timezone.now()) == 1
    visitor.go("employer/")
    visitor.sees("Är den fortfarande öppen?")
    answers_the_letter(visitor)
    assert PostingStatus.objects.get(pk=made.pk).reminders == 0
