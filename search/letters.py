"""The letter about saved searches: that there is something new, and nothing of what was searched for."""

from dataclasses import replace

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Membership, RoleKind
from outbox.letters import render
from outbox.models import Letter
from outbox.signals import Content, writes
from search.models import Often, SavedSearch

LEAVE = signing.Signer(salt="search.leave")


@writes("saved_postings", about="news")
def saved_postings(letter: Letter) -> Content | None:
    """Nothing is sent to who has turned the letters off meanwhile, or is no jobseeker any more. A button of the mail program ends
    them (RFC 8058)."""
    reader = letter.reader
    wanted = SavedSearch.objects.of(reader.pk).exclude(often=Often.NEVER).exists()
    if not (wanted and Membership.objects.valid(timezone.now()).filter(user=reader, kind=RoleKind.JOBSEEKER).exists()):
        return None
    with translation.override(reader.language):
        page = f"{settings.PUBLIC_URL}{reverse('saved')}"
        end = f"{settings.PUBLIC_URL}{reverse('leave_saved', args=[LEAVE.sign(str(reader.pk))])}"
    headers = {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return replace(render("search/letters/saved", language=reader.language, page=page, leave_link=end), headers=headers)
