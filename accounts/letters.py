"""The mails and messages of signing in: allauth says when, the words are templates/account. And the letter about a staff role."""

import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from outbox.letters import phone_of, render
from outbox.models import Letter
from outbox.signals import Content, writes

FRESH_SECONDS = 5 * 60


class AccountAdapter(DefaultAccountAdapter):
    """allauth with our way of writing: no site name from a table, subject as it stands, errors that say what to do."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Talk to us."),
        "email_password_mismatch": _("The address and the password do not go together. Try again or ask for a code."),
        "enter_current_password": _("Write the password you have now."),
        "incorrect_code": _("The code is not right. Write the newest code, without spaces."),
        "incorrect_password": _("The password is not right. Try again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes and try again."),
        "rate_limited": _("Too many tries. Wait a few minutes and try again."),
        "same_as_current": _("That is the address you already have."),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the page of the role."""
        return f"{reverse('home')}?signed_in=1"

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """A new account has no role: it is asked which one it wants."""
        return reverse("choose_role")

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Who signed in within the last five minutes is not asked for the password again."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = bool(records) and time.time() - records[-1]["at"] < FRESH_SECONDS
        return not fresh and bool(super().is_reauthentication_required(app=app, **more))

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new account gets its letters in the language it signed up in."""
        user.language = (get_language() or settings.LANGUAGE_CODE)[:2]
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def format_email_subject(self, subject: str) -> str:
        return subject

    def render_mail(self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None) -> EmailMessage:
        """With what the frame of all letters needs."""
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        words = {"site": settings.PUBLIC_URL, "language": get_language(), "phone": phone_of(get_language()), "subject": subject}
        message: EmailMessage = super().render_mail(template_prefix, email, {**context, **words}, headers)
        return message


class FactorAdapter(DefaultMFAAdapter):
    """The second factor, with our sentences."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Confirm your e-mail address first."),
    }


@writes("staff_added", about="always")
def staff_added(letter: Letter) -> Content | None:
    """How to sign in the first time; the page after it says which role it is."""
    return render("letters/enrolled", language=letter.reader.language)
