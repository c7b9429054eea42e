"""Whether something is still as somebody read it: one short word for what is held, which tells nothing of it."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.crypto import salted_hmac

LENGTH = 24  # hexadecimal digits: 96 bits


def version_of(what: str, *held: Any) -> str:
    """The version of `held`, for a page to carry: equal as long as the values are. Keyed, because some of them are needs.

    `held` begins with the id of what the values belong to, so that two people with the same answers have different versions.
    """
    whole = json.dumps(held, cls=DjangoJSONEncoder, sort_keys=True)
    return salted_hmac(f"version of {what}", whole, algorithm="sha256").hexdigest()[:LENGTH]


def overtaken(seen: str | None, *, before: str, after: str) -> bool:
    """Whether a save would write over something that its page never showed.

    `seen` is the version that the page carried; None is a caller that has read nothing, a program or a test. A save that changes
    nothing is in nobody's way: the second press of a button finds its own answer there.
    """
    return seen is not None and before not in {seen, after}
