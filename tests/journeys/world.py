"""What every journey stands on: a signed-in browser, and looking at a page as a person and as axe does."""

from collections.abc import Callable

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User

WIDTHS = (375, 1280)


def sign_in(page: Page, url: str, user: User) -> None:
    """Put a session of this account into the browser."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


def look(page: Page, axe: Callable[[Page], None]) -> None:
    """One heading of the first order, nothing sticks out sideways, and axe is content, on a phone and on a desk."""
    page.wait_for_load_state("load")  # a click waits for the new page to begin, not for its style sheet
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator("h1").count() == 1, page.url
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} scrolls sideways at {width} px: {wide}"
        axe(page)
