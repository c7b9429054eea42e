"""What a form is bound to."""

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """A POST, also an empty one; else nothing."""
    return request.POST if request.method == "POST" else None
