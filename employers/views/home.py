"""The public page for employers who are not here yet. The start page of those who are is a page of matching, which sees the cards."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import anyone


@anyone
def for_employers(request: HttpRequest) -> HttpResponse:
    return render(request, "employers/for_employers.html")
