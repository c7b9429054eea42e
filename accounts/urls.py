"""Signing in, second factor, roles. The views are allauth's; the addresses and the words are ours."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path

from accounts import views
from accounts.access import anyone, signed_in

urlpatterns: list[URLPattern] = [
    path("role/", views.choose_role, name="choose_role"),
    path("terms/", views.terms, name="accept_terms"),
    path("letters/", views.letters, name="letters"),
    path("help/", views.cannot_sign_in, name="account_help"),
    path("signed-out/", views.signed_out, name="signed_out"),
    path("sign-in/", anyone(views.remembers_shared(account.login)), name="account_login"),
    path("sign-in/code/", anyone(views.remembers_shared(account.request_login_code)), name="account_request_login_code"),
    path("code/", anyone(account.confirm_login_code), name="account_confirm_login_code"),
    path("sign-up/", anyone(account.signup), name="account_signup"),
    path("confirm-address/", anyone(account.email_verification_sent), name="account_email_verification_sent"),
    path("inactive/", anyone(account.account_inactive), name="account_inactive"),
    path("sign-out/", anyone(account.logout), name="account_logout"),
    path("again/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("address/", signed_in(account.email), name="account_email"),
    path("password/", signed_in(account.password_change), name="account_change_password"),
    path("password/set/", signed_in(account.password_set), name="account_set_password"),
    path("password/reset/", anyone(account.password_reset), name="account_reset_password"),
    path("password/reset/code/", anyone(account.confirm_password_reset_code), name="account_confirm_password_reset_code"),
    path("password/reset/new/", anyone(account.complete_password_reset), name="account_complete_password_reset"),
    path("password/reset/done/", anyone(account.password_reset_from_key_done), name="account_password_reset_completed"),
    path("factors/", signed_in(mfa.index), name="mfa_index"),
    path("factors/show/", anyone(mfa.authenticate), name="mfa_authenticate"),
    path("factors/again/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("factors/app/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("factors/app/remove/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("factors/spare/", signed_in(spare.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("factors/spare/new/", signed_in(spare.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("factors/spare/file/", signed_in(spare.download_recovery_codes), name="mfa_download_recovery_codes"),
]
