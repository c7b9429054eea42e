"""The steps of an account that follow a letter with a code, in the browser: signing in without a password, and a forgotten one."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.journeys.world import Visitor, code_in_the_last_letter

pytestmark = pytest.mark.django_db(transaction=True)
NEW_PASSWORD = "en helt ny och lång mening"


@pytest.fixture
def person(transactional_db: None) -> User:
    user: User = jobseeker_role(ProfileFactory()).user
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)  # type: ignore[attr-defined] # allauth's, untyped
    return user


def test_a_code_by_mail_signs_in(visitor: Visitor, person: User) -> None:
    visitor.go("account/sign-in/code/")
    visitor.write(email=person.email)
    visitor.page.locator("main form button[type=submit]").first.click()
    visitor.look()
    visitor.write(code="AAAA-BBBB")
    visitor.press("Bekräfta")
    visitor.is_told("Koden stämmer inte")
    visitor.write(code=code_in_the_last_letter())
    visitor.press("Bekräfta")
    expect(visitor.page).to_have_url(f"{visitor.site}/me/")


def test_a_forgotten_password_is_made_anew(visitor: Visitor, person: User) -> None:
    visitor.go("account/password/reset/")
    visitor.write(email=person.email)
    visitor.page.locator("main form button[type=submit]").first.click()
    visitor.look()
    visitor.write(code=code_in_the_last_letter())
    visitor.press("Bekräfta")
    visitor.write(password1="för kort", password2="för kort")
    visitor.page.locator("main form button[type=submit]").first.click()
    visitor.look()
    visitor.is_told("15")
    visitor.write(password1=NEW_PASSWORD, password2=NEW_PASSWORD)
    visitor.page.locator("main form button[type=submit]").first.click()
    visitor.look()
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
