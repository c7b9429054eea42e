"""One process answers several visitors at once."""

import sys
from concurrent.futures import ThreadPoolExecutor

from search.documents import words


def test_two_threads_do_not_mix_their_words() -> None:
    """A server answers several visitors at once, and what comes out is kept as long as the process lives."""
    begins = ("lager", "lokal", "trädgård", "städ", "köks", "vård", "barn", "bygg", "odl", "transport")
    ends = ("arbetaren", "skötare", "hjälpen", "assistenterna", "ledningarnas", "terminalen", "uthyrningen", "mästaren", "praktikanterna")
    typed = [begin + end for begin in begins for end in ends]
    right = {word: words.forms.__wrapped__(word) for word in typed}
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as threads:
            told = list(threads.map(lambda _: {word: words.forms.__wrapped__(word) for word in typed}, range(12)))
    finally:
        sys.setswitchinterval(before)
    assert all(one == right for one in told)
