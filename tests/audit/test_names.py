"""The longest name that an employer or an agency can have fits into the log."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, Membership
from audit.models import Event, Read
from employers.models import Employer
from tests.factories.accounts import UserFactory
from tests.factories.employers import organisation_number

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LONG = "Å" * 200


def test_a_name_of_200_signs_is_logged_whole(client: Client, now: datetime) -> None:
    user = UserFactory()
    client.force_login(user)
    given = {"country": "SE", "number": organisation_number(4712), "name": LONG, "street": "", "city": "Borås"}
    client.post(reverse("employer_register"), given)
    client.post(reverse("employer_register_you"), {"first_name": "Åsa", "last_name": "Ek", "phone": "033-17 40 01", "right": "on"})
    client.post(reverse("employer_register_check"))
    assert Membership.objects.get(user=user).organisation == LONG
    client.post(reverse("accept_terms"))
    assert Event.objects.get(what="terms_accepted").agency == LONG
    client.get(reverse("employer_introduction", args=["00000000-0000-0000-0000-000000000000"]))
    assert Read.objects.get(refused=True).agency == LONG


def test_the_log_is_as_wide_as_the_names() -> None:
    wide = {model._meta.get_field("agency").max_length for model in (Event, Read)}
    assert min(wide) >= max(model._meta.get_field("name").max_length or 0 for model in (Agency, Employer))
