"""What every journey stands on: a signed-in browser, looking at a page as a person and as axe does, and the worker's part."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from outbox import actions as outbox
from outbox.models import Fact, Letter

PHONE = {"width": 375, "height": 667}
WIDTHS = (375, 1280)
Looking = Callable[[Page], None]


def sign_in(page: Page, url: str, user: User) -> None:
    """Put a session of this account into the browser."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    lend_session(page, url, client)


def lend_session(page: Page, url: str, client: Client) -> None:
    """The browser goes on where the client has signed in."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


def one_at_a_time(page: Page, editor: User) -> None:
    """The editors' admin asks for its icons, twice, and tells that it is open, all while its page comes. The database in memory
    has one connection for all of them, so that here the browser gets these answers without asking."""
    client = Client()
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    icons = client.get("/cms/sprite/").content
    page.route("**/cms/sprite/*", lambda route: route.fulfill(body=icons, content_type="text/html; charset=utf-8"))
    told = {"ping_url": "/cms/editing-sessions/", "release_url": "/cms/editing-sessions/", "other_sessions": [], "html": ""}
    page.route("**/cms/editing-sessions/**", lambda route: route.fulfill(json=told))


def look(page: Page, axe: Looking) -> None:
    """One heading of the first order, nothing sticks out sideways, and axe is content, on a phone and on a desk."""
    page.wait_for_load_state("load")  # a click waits for the new page to begin, not for its style sheet
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator("h1").count() == 1, page.url
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} scrolls sideways at {width} px: {wide}"
        axe(page)


class Visitor:
    """Somebody at a browser, in one language: goes, looks, presses and fills in by the words that stand on the page."""

    def __init__(self, page: Page, url: str, axe: Looking, language: str = "sv") -> None:
        self.page, self.url, self.site, self.axe = page, url, f"{url}/{language}", axe
        # The editors' admin has no language in its address: there the browser's wish counts.
        page.set_extra_http_headers({"Accept-Language": language})

    def sign_in(self, user: User) -> None:
        sign_in(self.page, self.url, user)

    def go(self, path: str) -> None:
        """Opens an address below the language, and looks at it."""
        self.page.goto(f"{self.site}/{path}")
        self.look()

    def look(self) -> None:
        look(self.page, self.axe)

    def press(self, words: str) -> None:
        """The button or link of exactly these words; then a look at where it leads."""
        page = self.page
        page.get_by_role("button", name=words, exact=True).or_(page.get_by_role("link", name=words, exact=True)).first.click()
        self.look()

    def write(self, **words: str) -> None:
        """Fields by the end of their id: `write(title="Odla")` fills `#id_title`."""
        for name, text in words.items():
            self.page.locator(f"#id_{name}").fill(text)

    def choose(self, *labels: str) -> None:
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def is_told(self, sentence: str) -> None:
        """An error takes the focus to its summary, which says what to do and leads to the field."""
        summary = self.page.locator(".ds-error-summary")
        expect(summary).to_be_focused()
        expect(summary).to_contain_text(sentence)
        for link in summary.locator("a[href^='#']").all():
            assert self.page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']").count() == 1
        expect(self.page).to_have_title(re.compile("^(Fel|Feil|Error): "))

    def sees(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)


class OnThePhone(Visitor):
    """The same on a phone: every page is looked at on the usual screens, and goes back to the small one."""

    def visit(self, user: User | None, path: str) -> None:
        """Somebody opens a page on the phone; nobody has signed in where there is no user."""
        if user is None:
            self.page.context.clear_cookies()
        else:
            self.sign_in(user)
        self.go(path)
        self.page.set_viewport_size(PHONE)

    def tap(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.look()
        self.page.set_viewport_size(PHONE)


def carry_facts() -> int:
    """Bring every waiting fact to its receiver as a worker would, until none is left; returns how many were carried."""
    carried = 0
    while ids := outbox.waiting(Fact, at=timezone.now()):
        carried += sum(outbox.carry(fact_id, at=timezone.now()) for fact_id in ids)
    return carried


def deliver() -> None:
    """Send every waiting letter, also those that are meant for later."""
    for letter in Letter.objects.filter(done_at=None):
        outbox.send(str(letter.pk), at=letter.not_before)


def code_in_the_last_letter() -> str:
    found = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found.group()
