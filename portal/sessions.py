"""Sessions in the database, with a cookie that ends with the browser."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """`set_expiry`, which every request calls (accounts.access), would make Django write a cookie that outlives the browser."""

    def get_expire_at_browser_close(self) -> bool:
        return True
