"""“I am interested”: what somebody who is not signed in reads, and the way back to the posting."""

from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from matching.models import Interest
from tests.factories.accounts import PASSWORD
from tests.factories.employers import PostingFactory
from tests.factories.jobseekers import ProfileFactory, jobseeker_role

pytestmark = pytest.mark.django_db


def test_signed_out_it_is_explained_and_nothing_is_lost(client: Client) -> None:
    page = reverse("interest", args=[PostingFactory(published=True).pk])
    told = client.get(page).content.decode()
    assert "aldrig till arbetsgivaren" in told
    assert reverse("help_advisor") in told
    sign_in = f"{reverse('account_login')}?next={page}"
    assert f'href="{sign_in}"' in told
    seeking = jobseeker_role(ProfileFactory())
    EmailAddress.objects.create(user=seeking.user, email=seeking.user.email, primary=True, verified=True)
    answer = client.post(sign_in, {"login": seeking.user.email, "password": PASSWORD})
    assert answer.url == page  # type: ignore[attr-defined] # a redirect
    assert 'name="words"' in client.get(page).content.decode()
    assert not Interest.objects.exists()


def test_a_posting_that_is_not_open_is_explained_to_nobody(client: Client) -> None:
    for pk in (uuid4(), PostingFactory().pk):
        assert client.get(reverse("interest", args=[pk])).status_code == 404


def test_what_was_written_too_late_still_waits_at_the_sign_in(client: Client) -> None:
    page = reverse("interest", args=[PostingFactory(published=True).pk])
    assert reverse("account_login") in client.post(page, {"words": "Jag kan odla"}).url  # type: ignore[attr-defined] # a redirect
