"""The mails of signing in. allauth says when; the words are templates/account/email."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """allauth with our way of writing: no site name from a table, subject as it stands."""

    def format_email_subject(self, subject: str) -> str:
        return subject
