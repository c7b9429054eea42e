"""What visitors write: a name and an address, and nothing about health."""

from django import forms
from django.utils.translation import gettext_lazy as _

from content.models import Audience, Comes
from taxonomy.forms import Email, Name, one_of, picked


class SignUpForm(forms.Form):
    name = Name(label=_("Your name"), asks=_("Write your name"))
    email = Email(own=True)


class CourseForm(SignUpForm):
    """A course gathers people from several agencies: they may say from which. Health is not asked about."""

    comes_from = picked(
        _("Where do you come from?"),
        [("", _("I would rather not say")), *Comes.choices],
        required=False,
        help_text=_("You need not answer. We only count, and show no number under ten."),
    )


class NewsletterForm(forms.Form):
    """An address, and for whom the letter shall be written. It is never asked who somebody is."""

    email = Email(own=True)
    audience = one_of(
        _("Which letter do you want?"),
        [
            (Audience.ANYONE.value, _("The letter for everyone")),
            (Audience.EMPLOYER.value, _("The letter for everyone, and the one for employers")),
            (Audience.PROFESSIONAL.value, _("The letter for everyone, and the one for people who help others to work")),
        ],
        asks=_("Choose one of the letters"),
    )
