"""Reads a table from a text file, plain or gzipped, and says by line and column what is wrong with it."""

import csv
import gzip
import math
import unicodedata
import zlib
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
TICK = 10_000  # rows between two signs of life
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

Tick = Callable[[int], None]


class BadFileError(Exception):
    """A file that cannot be loaded. As text: one sentence that names the file and, where known, line and column."""

    def __init__(self, path: Path, problem: str, *, line: int = 0, column: str = "") -> None:
        self.path, self.problem, self.line, self.column = path, problem, line, column
        place = ", ".join([path.name, *([f"line {line}"] if line else []), *([f"column {column}"] if column else [])])
        super().__init__(f"{place}: {problem}.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column name. Its methods raise BadFileError with this row's line."""

    path: Path
    line: int
    cells: dict[str, str]

    def bad(self, column: str, problem: str) -> BadFileError:
        return BadFileError(self.path, problem, line=self.line, column=column)

    def text(self, column: str, *, longest: int) -> str:
        """The cell with single spaces and composed letters; never empty, at most `longest` characters."""
        found = self.optional(column, longest=longest)
        if not found:
            raise self.bad(column, "is empty")
        return found

    def optional(self, column: str, *, longest: int = 400) -> str:
        found = tidy(self.cells.get(column, ""))
        if len(found) > longest:
            raise self.bad(column, f"has {len(found)} characters, at most {longest} are possible")
        if not found.isprintable():
            raise self.bad(column, "holds control characters")
        return found

    def number(self, column: str) -> float:
        try:
            found = float(self.text(column, longest=30))
        except ValueError:
            raise self.bad(column, "is not a number written with a point") from None
        if not math.isfinite(found):
            raise self.bad(column, "is not a number")
        return found

    def choice(self, column: str, choices: Collection[str]) -> str:
        found = self.text(column, longest=80)
        if found not in choices:
            raise self.bad(column, f"is none of {', '.join(sorted(choices))}")
        return found


def tidy(text: str) -> str:
    """Single spaces, composed letters, no invisible signs such as soft hyphens: the same name typed in two ways is one name."""
    if not text.isprintable():
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", " ".join(text.split()))


def read(path: Path, columns: Collection[str], *, tick: Tick | None = None) -> Iterator[Row]:
    """The rows of a table with at least these columns, separated by commas, semicolons or tabs; empty lines are left out.

    UTF-8 with or without a byte order mark; anything else is refused. `tick(rows)` is called after every 10,000 rows.
    """
    count = 0
    with closing(_records(path)) as records:
        header_line, header = next(records, (0, []))
        if not header:
            raise BadFileError(path, "is empty")
        _check_header(path, header_line, header, columns)
        for line, cells in records:
            if len(cells) != len(header):
                problem = f"has {len(cells)} columns where the first line has {len(header)}: mixed separators or a missing quotation mark"
                raise BadFileError(path, problem, line=line)
            yield Row(path, line, dict(zip(header, cells, strict=True)))
            count += 1
            if tick and count % TICK == 0:
                tick(count)


def _check_header(path: Path, line: int, header: list[str], columns: Collection[str]) -> None:
    missing = [column for column in columns if column not in header]
    if missing:
        raise BadFileError(path, f"this column is missing; the first line has {', '.join(header)[:200]}", line=line, column=missing[0])
    twice = [column for column in columns if header.count(column) > 1]
    if twice:
        raise BadFileError(path, "this column is there twice", line=line, column=twice[0])


def _records(path: Path) -> Generator[tuple[int, list[str]]]:
    """(line where the record starts, cells) of every record that holds anything."""
    lines = _lines(path)
    first = next(lines, "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(_again(first, lines), delimiter=separator, strict=True)
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadFileError(path, f"cannot be read as a table separated by {SEPARATORS[separator]} ({error})", line=start) from error
        if any(cells):
            yield start, cells
        start = reader.line_num + 1


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _lines(path: Path) -> Iterator[str]:
    """Decoded line by line, so that a wrong byte can be told by its line."""
    number = 0
    try:
        with _opened(path) as file:
            for number, raw in enumerate(file, 1):
                if number == 1 and raw.startswith(UTF16_MARKS):
                    raise BadFileError(path, "is saved as UTF-16; save it as UTF-8", line=1)
                yield raw.removeprefix(UTF8_MARK if number == 1 else b"").decode("utf-8")
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 (byte {error.start + 1} of the line); save the file as UTF-8"
        raise BadFileError(path, problem, line=number) from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BadFileError(path, f"the packed file is damaged ({error})", line=number) from error
    except OSError as error:
        raise BadFileError(path, f"cannot be opened ({error.strerror or error})") from error


def _opened(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")
