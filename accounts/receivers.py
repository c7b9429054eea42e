"""Signs of signing in become events: who came in, who failed, which factor was added. The name that was tried is never kept."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_confirmed,
    login_code_rejected,
    password_changed,
    password_reset,
    password_set,
    user_logged_in,
    user_signed_up,
)
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib import messages
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import Signal, receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from accounts.access import FACTOR_ADDED, Account
from accounts.models import User
from audit.actions import record

OF_AN_ACCOUNT: dict[Signal, str] = {
    user_logged_in: "signed_in",
    user_signed_up: "signed_up",
    user_logged_out: "signed_out",
    password_changed: "password_changed",
    password_set: "password_changed",
    password_reset: "password_changed",
    authenticator_added: "factor_added",
    authenticator_removed: "factor_removed",
    authenticator_reset: "factor_renewed",
}
FAILURES: dict[Signal, str] = {
    user_login_failed: "sign_in_failed",
    login_code_rejected: "sign_in_failed",
    authentication_failed: "second_factor_failed",
}


@receiver(list(OF_AN_ACCOUNT))
def something_happened(*, signal: Signal, user: User | None = None, **_: Any) -> None:
    if user is not None:
        record(OF_AN_ACCOUNT[signal], "account", user.pk, by=Account(user.pk), at=timezone.now())


@receiver(authenticator_added)
def the_app_was_shown(*, request: HttpRequest, user: User, **_: Any) -> None:
    """Connecting an app takes a code from it: that is the second factor of this session."""
    request.session[FACTOR_ADDED] = user.pk


@receiver(email_confirmed)
def the_address_is_theirs(*, request: HttpRequest, email_address: EmailAddress, **_: Any) -> None:
    """Whoever proves the address owns the account: a password that somebody chose before, without proof, opens it no longer.

    Not when the proof comes from the same sign-up or change of address that chose it. A new password ends every other session.
    """
    user = email_address.user
    here = request.resolver_match.url_name if request.resolver_match else ""
    if here == "account_email_verification_sent" or not user.has_usable_password():
        return
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record("password_removed", "account", user.pk, by=Account(user.pk), at=timezone.now())
    messages.warning(request, gettext("The password was chosen before the address was confirmed, so it no longer works. Choose a new one."))


@receiver(list(FAILURES))
def somebody_failed(*, signal: Signal, **_: Any) -> None:
    """Neither the address that was tried nor the account behind it: the log must not tell which exist."""
    record(FAILURES[signal], "account", "", by=None, at=timezone.now())
