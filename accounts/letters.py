"""The mails of signing in. allauth says when; the words are templates/account/email."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """allauth with our way of writing: no site name from a table, subject as it stands."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the page of the role; the shared-computer box of the sign-in page is remembered on the way."""
        if request.POST.get("shared"):
            request.session["shared"] = True
        return f"{reverse('home')}?signed_in=1"

    def format_email_subject(self, subject: str) -> str:
        return subject
