"""Which entries hold some words: FTS5 in SQLite, a GIN index in PostgreSQL, both over tokens of ours and both asked for keys alone.

Wagtail's own search backend asks for rows whose key, as text, is among the found ones: at 20,000 postings that took 16 seconds
(docs/decisions/search.md).
"""

from collections.abc import Iterable

from django.db import connection

from search.documents import Word

FIND = {
    "sqlite": "SELECT rowid FROM search_words WHERE search_words MATCH %s",
    "postgresql": "SELECT id FROM search_postingentry WHERE array_to_tsvector(string_to_array(stems, ' ')) @@ %s::tsquery",
}
SIGNS = {"sqlite": (" AND ", " OR "), "postgresql": (" & ", " | ")}


def holding(words: tuple[Word, ...], tier: str) -> list[int]:
    """Keys of the entries that hold every word in a tier, each in any of its forms or as both its halves; in no order."""
    with connection.cursor() as cursor:
        cursor.execute(FIND[connection.vendor], [question(words, tier, *SIGNS[connection.vendor])])
        return [pk for (pk,) in cursor.fetchall()]


def question(words: tuple[Word, ...], tier: str, both: str, either: str) -> str:
    """The words in the server's language. Tokens are letters and digits, and stand in quotes all the same."""

    def any_of(tokens: tuple[str, ...]) -> str:
        return f"({either.join(_quoted(tier + token, both) for token in tokens)})"

    asked = []
    for word in words:
        halves = f"{either}({both.join(any_of(half) for half in word.halves)})" if word.halves else ""
        asked.append(f"({any_of(word.any_of)}{halves})")
    return both.join(asked)


def _quoted(token: str, both: str) -> str:
    return f"'{token}'" if both == " & " else f'"{token}"'


def keep(texts: Iterable[tuple[int, str]]) -> None:
    """Keep the words of some entries, by their keys; none: forget them. PostgreSQL reads them from the entries themselves."""
    if connection.vendor != "sqlite":
        return
    rows = list(texts)
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_words WHERE rowid = %s", [(pk,) for pk, _ in rows])
        cursor.executemany("INSERT INTO search_words (rowid, words) VALUES (%s, %s)", [row for row in rows if row[1]])
