"""What tests ask of a page that they have fetched."""

import re
from html import unescape

from django.http import HttpResponse

VERSION = re.compile(r'<input type="hidden" name="version" value="([0-9a-f]+)">')


def version_on(page: HttpResponse) -> str:
    """The version that the page carries of what it shows."""
    (found,) = VERSION.findall(page.content.decode())
    return str(found)


def told(page: HttpResponse) -> dict[str, str]:
    """What the page says is held now, by question; empty when nobody has saved meanwhile."""
    alert = page.content.decode().partition('<div class="ds-alert stack" data-color="warning"')[2].partition("</dl>")[0]
    rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", alert, re.DOTALL)
    return {unescape(re.sub(r"<[^>]+>", "", label)): unescape(re.sub(r"<[^>]+>", "", words)) for label, words in rows}
