"""Translation files: collects the texts of templates and Python code, fills, checks and compiles them. Needs no gettext programs."""

import fcntl
import os
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

COLUMNS = ["en", "sv", "nb"]
SOURCE_LANGUAGE = "en"  # the msgids themselves
TEMPLATE_KINDS = {".html", ".txt", ".xml"}
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HEADER = """\
# Ingång, {name}. Written by `manage.py messages`: change the sentences, not the order.
msgid ""
msgstr ""
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Key = tuple[str, str | None]


def _first(text: Any) -> str:
    return text if isinstance(text, str) else str(text[0])


def _key(message: Message) -> Key:
    return _first(message.id), message.context


def _source_files() -> Iterator[tuple[str, Path]]:
    """Every file that may hold a text for people: ("template" or "python", path), in a stable order."""
    for path in sorted((settings.BASE_DIR / "templates").rglob("*")):
        if path.suffix in TEMPLATE_KINDS:
            yield "template", path
    for package in sorted(settings.BASE_DIR.glob("*/__init__.py")):
        if package.parent.name != "tests":
            yield from (("python", path) for path in sorted(package.parent.rglob("*.py")) if "migrations" not in path.parts)


def _readable(kind: str, path: Path) -> bytes:
    text = path.read_text(encoding="utf-8")
    if kind == "template":
        # The tokeniser behind `extract` reads Python, where the indentation of HTML would be an error.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    return text.encode()


def collect() -> Catalog:
    """All texts in the source, each with the files that use it."""
    catalog = Catalog(charset="utf-8")
    for kind, path in _source_files():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for line, ids, comments, context in extract(
            "python", BytesIO(_readable(kind, path)), keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            catalog.add(ids, locations=[(name, line)], auto_comments=comments, context=context)
    return catalog


def _file(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.po"


def _read(language: str) -> Catalog:
    path = _file(language)
    if not path.is_file():
        return Catalog(locale=to_locale(language), charset="utf-8")
    with path.open("rb") as handle:
        return read_po(handle, locale=to_locale(language))


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)


def _write(language: str, catalog: Catalog) -> None:
    body = BytesIO()
    write_po(body, catalog, width=120, omit_header=True, sort_output=True, include_lineno=False, ignore_obsolete=True)
    header = HEADER.format(name=Locale.parse(to_locale(language)).english_name, locale=to_locale(language))
    _replace(_file(language), header.encode() + body.getvalue().strip(b"\n") + b"\n")


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != SOURCE_LANGUAGE]


def _updated(language: str, source: Catalog) -> Catalog:
    catalog = _read(language)
    catalog.update(source, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def _unescape(cell: str) -> str:
    """What a person writes in a table, as it stands in the source: `\\n` is a line break, `{{ name }}` a value."""
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", cell.strip().replace("\\n", "\n"))


def _table(path: Path) -> Iterator[tuple[str, str | None, dict[str, str]]]:
    """Rows of a tab-separated table: msgid (first form), context or None, and the words per language."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        cells = [_unescape(cell) for cell in line.split("\t")]
        if not line.strip() or cells == COLUMNS:
            continue
        if len(cells) != len(COLUMNS):
            raise CommandError(f"{path}:{number}: three columns are needed (en, sv, nb), there are {len(cells)}.")
        context, caret, words = cells[0].rpartition("^")
        # A caret is a context only when a word stands before it; `^` alone is text.
        has_context = bool(caret) and bool(re.fullmatch(r"[\w .-]+", context))
        yield (words if has_context else cells[0]).split("||")[0], context if has_context else None, {"sv": cells[1], "nb": cells[2]}


def _find(catalog: Catalog, text: str, context: str | None) -> Message | None:
    # A template doubles its percent signs, Python code does not.
    return catalog.get(text, context) or catalog.get(re.sub(r"%(?!\()", "%%", text), context)


def fill(catalog: Catalog, path: Path, language: str) -> list[str]:
    """Puts the table's words into the catalogue; returns the msgids that the source does not have."""
    unknown = []
    for text, context, words in _table(path):
        message = _find(catalog, text, context)
        if message is None:
            unknown.append(text)
        elif words[language]:
            doubled = "%%" in _first(message.id) and "%%" not in words[language]
            string = re.sub(r"%(?!\()", "%%", words[language]) if doubled else words[language]
            message.string = string if isinstance(message.id, str) else tuple(string.split("||"))
            message.flags.discard("fuzzy")
    return unknown


def _holes(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def _fits(message: Message) -> bool:
    """Whether the translation keeps the placeholders. The singular may say "one" instead of a number."""
    if isinstance(message.id, str):
        return _holes(message.id) == _holes(str(message.string))
    singular, *others = [str(one) for one in message.string or ()]
    allowed = set(_holes(message.id[0])) | set(_holes(message.id[1]))
    return set(_holes(singular)) <= allowed and all(_holes(other) == _holes(message.id[1]) for other in others)


def _translated(message: Message) -> bool:
    if isinstance(message.id, str):
        return bool(message.string)
    return isinstance(message.string, (tuple, list)) and len(message.string) == len(message.id) and all(message.string)


def problems(language: str, source: Catalog) -> list[str]:
    """One line for each text of the source that has no good translation, and for each translation without a text."""
    catalog = _read(language)
    wanted = {_key(message) for message in source if message.id}
    found = []
    for key in sorted(wanted, key=str):
        message = catalog.get(*key)
        if message is None or not _translated(message):
            found.append(f"{language}: missing: {key[0]!r}")
        elif message.fuzzy:
            found.append(f"{language}: fuzzy: {key[0]!r}")
        elif not _fits(message):
            found.append(f"{language}: placeholders differ: {key[0]!r}")
    return found + [f"{language}: no longer used: {_first(m.id)!r}" for m in catalog if m.id and _key(m) not in wanted]


def compile_all() -> None:
    """Writes the binary file that Django reads beside each .po file that is newer."""
    for language in _languages():
        source, target = _file(language), _file(language).with_suffix(".mo")
        if not source.is_file() or (target.is_file() and target.stat().st_mtime_ns > source.stat().st_mtime_ns):
            continue
        content = BytesIO()
        write_mo(content, _read(language))
        _replace(target, content.getvalue())


@contextmanager
def _alone() -> Iterator[None]:
    """Two runs at once would each write back what they read; the second waits."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / "messages.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


class Command(BaseCommand):
    help = "Update the translation files from the source, or check, fill or compile them."
    requires_system_checks: list[str] = []  # texts can be worked on while the code is not whole

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="list what is missing, fuzzy or wrong; exit 1 if anything is")
        parser.add_argument("--compile", action="store_true", help="write the .mo files that Django reads")
        parser.add_argument("--fill", type=Path, metavar="FILE.tsv", help="columns en, sv, nb; plural `one||many`; context `ctx^text`")

    def handle(self, *args: Any, **options: Any) -> None:
        with _alone():
            if options["check"]:
                self._check()
            elif options["compile"]:
                compile_all()
            else:
                self._update(options["fill"])

    def _check(self) -> None:
        source = collect()
        found = [line for language in _languages() for line in problems(language, source)]
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} problems in the translations."]))
        self.stdout.write(f"{len(source)} texts in {len(_languages()) + 1} languages.")

    def _update(self, table: Path | None) -> None:
        source = collect()
        unknown: list[str] = []
        for language in _languages():
            catalog = _updated(language, source)
            unknown = fill(catalog, table, language) if table else []
            _write(language, catalog)
            done = sum(1 for message in catalog if message.id and _translated(message))
            self.stdout.write(f"{language}: {done} of {len(source)} texts translated.")
        compile_all()
        if unknown:
            raise CommandError("\n".join(["Not in the source:", *unknown]))
