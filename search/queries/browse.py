"""What was found for some filters: one window of it, the counts beside the form, and what to do when it is nothing."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import overload
from uuid import UUID

from employers.models import Posting
from search import index
from search.documents import Filters
from search.documents.words import LONGEST_QUESTION, asked
from search.index import Answer, IndexUnavailable
from search.queries.postings import newest
from taxonomy.encoders import EncoderUnavailable
from taxonomy.linker import current

FAR = 500  # km
FEW = 3
LONGEST_PAGE = 6  # digits
log = logging.getLogger(__name__)


class Hits(Sequence[UUID]):
    """Ids of open postings in order, asked for window by window; `first` is the window that will be wanted, as (start, size).

    `resting`: Elasticsearch does not answer, and the database did instead. `instead_of`: the words as they were typed, where nothing was
    found for them and they were taken for the nearest known ones.
    """

    def __init__(self, filters: Filters, first: tuple[int, int] = (0, 12), *, guess: bool = True) -> None:
        self.filters, self._first, self._guess = filters, first, guess
        self.resting = False
        self.instead_of = ""
        self._without: set[UUID] = set()

    @cached_property
    def answer(self) -> Answer:
        """Of the first window. Where nothing is found and a word is unknown, of the nearest known words."""
        answer = self._ask(*self._first)
        if self._guess and not answer.total and (guess := _repaired(self.filters.q)):
            guessed = Hits(replace(self.filters, q=guess), self._first, guess=False)
            guessed.resting = self.resting
            if guessed.answer.total:
                self.instead_of, self.filters = self.filters.q, guessed.filters
                return guessed.answer
        return answer

    def _ask(self, start: int, size: int) -> Answer:
        if not self.resting:
            try:
                return index.chosen().find(self.filters, start=start, size=size, without=self._without)
            except IndexUnavailable as error:
                log.warning("the search is resting: %s", error)
                self.resting = True
        return index.database().find(self.filters, start=start, size=size, without=self._without)

    def __len__(self) -> int:
        return self.answer.total

    @overload
    def __getitem__(self, where: int) -> UUID: ...
    @overload
    def __getitem__(self, where: slice) -> tuple[UUID, ...]: ...
    def __getitem__(self, where: int | slice) -> UUID | tuple[UUID, ...]:
        if isinstance(where, int):
            return self._window(range(len(self))[where], 1)[0]
        start, stop, step = where.indices(len(self))
        return self._window(start, max(stop - start, 0))[::step]

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._window(0, len(self)))

    def _window(self, start: int, size: int) -> tuple[UUID, ...]:
        answer, (first, most) = self.answer, self._first
        if first <= start and start + size <= min(first + most, answer.total):
            return answer.ids[start - first : start - first + size]
        return self._ask(start, size).ids if size else ()

    def leave_out(self, closed: set[UUID]) -> None:
        """What the index still holds and is no longer open: asked again without it."""
        self._without |= closed
        self.__dict__.pop("answer", None)


def _repaired(q: str) -> str:
    """The words with each that no posting holds replaced by the nearest that stands in a name of the vocabulary; nothing where none
    is near enough."""
    words = [word for word in q.casefold().split() if asked(word)][:LONGEST_QUESTION]
    try:
        guesses = current().speller.repaired(words)
    except EncoderUnavailable:
        return ""
    better = [guess if guess != word and not _known(word) else word for word, guess in zip(words, guesses, strict=True)]
    return " ".join(better) if better != words else ""


def _known(word: str) -> bool:
    return index.database().find(Filters(q=word), start=0, size=0).total > 0


def window(number: str, size: int) -> tuple[int, int]:
    """(start, size) of the page that an address names; of the first where it names none."""
    page = int(number) if number.isascii() and number.isdecimal() and len(number) <= LONGEST_PAGE else 1
    return (max(page - 1, 0) * size, size)


def ordered(filters: Filters, first: tuple[int, int] = (0, 12)) -> Hits:
    """Ids of open postings in order; `first` is the window that will be wanted, as (start, size)."""
    return Hits(filters, first)


def fetch(ids: Sequence[UUID]) -> list[Posting]:
    """The postings of one page in the given order; what is no longer open is left out."""
    found = {one.pk: one for one in Posting.objects.open().whole().filter(pk__in=ids)}
    return [found[pk] for pk in ids if pk in found]


def instead(filters: Filters) -> list[Posting]:
    """For an empty result three postings after all, the nearest where a place is known."""
    near = Filters(place=filters.place, km=FAR, sort="nearest")
    return fetch(index.database().find(near, start=0, size=FEW).ids) if filters.place else newest(FEW)
