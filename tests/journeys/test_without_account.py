"""Without an account: a place at an event that is given back, and a newsletter that is confirmed, by the links of letters."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from content.models import EventPage, Gathering, SignUp, Subscriber
from tests.factories.content import write
from tests.journeys.world import Visitor, deliver

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("console")]


def link_in_the_last_letter(part: str) -> str:
    found = re.search(rf"/sv/({part}/\S+)", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found.group(1)


def test_somebody_takes_a_place_and_gives_it_back(visitor: Visitor) -> None:
    begins = timezone.now() + timedelta(hours=20)
    gathering = Gathering.objects.create(
        name="Öppet hus", starts_at=begins, ends_at=begins + timedelta(hours=1), place="Torget 1", places=1
    )
    write(EventPage, "Öppet hus i växthuset", slug="oppet-hus", gathering=gathering, illustration="window")
    visitor.go("events/")
    visitor.press("Öppet hus i växthuset")
    visitor.press("Anmäl dig")
    visitor.press("Anmäl dig")
    visitor.is_told("Skriv ditt namn")
    visitor.write(name="Elin", email="elin@example.org")
    visitor.press("Anmäl dig")
    visitor.sees("Ett brev är på väg till dig.")
    deliver()
    visitor.go(link_in_the_last_letter("events/seats"))
    visitor.sees("Du har en plats.")
    visitor.press("Lämna tillbaka platsen")
    visitor.sees("Du har ingen plats längre.")
    assert SignUp.objects.get().state == "left"


def test_somebody_gets_the_newsletter_and_stops_it(visitor: Visitor) -> None:
    visitor.go("newsletter/")
    visitor.press("Få nyhetsbrevet")
    visitor.is_told("Skriv en e-postadress")
    visitor.write(email="elin@example.org")
    visitor.choose("Brevet till alla, och det till arbetsgivare")
    visitor.press("Få nyhetsbrevet")
    visitor.sees("Om adressen kan få brevet har vi skickat en länk att bekräfta med.")
    deliver()
    visitor.go(link_in_the_last_letter("newsletter/confirm"))
    visitor.press("Ja, skicka mig brevet")
    visitor.sees("Du får nyhetsbrevet")
    assert Subscriber.objects.receiving().count() == 1
