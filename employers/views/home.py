"""The public page for employers who are not here yet. The start page of those who are is a page of matching, which sees the cards."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy

from accounts.access import anyone
from employers.queries import WHO_PAYS_REVIEWED
from taxonomy.models import Need, Pays

COUNTRIES = (("SE", gettext_lazy("In Sweden")), ("NO", gettext_lazy("In Norway")))


@anyone
def for_employers(request: HttpRequest) -> HttpResponse:
    """The country of the reader's language stands first."""
    countries = COUNTRIES[::-1] if get_language() == "nb" else COUNTRIES
    context = {"countries": countries, "pays": [Need(pays=one) for one in Pays.values], "reviewed": WHO_PAYS_REVIEWED}
    return render(request, "employers/for_employers.html", context)
