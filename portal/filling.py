"""Kept words go back into the forms of a page as it was rendered: into what a person types or chooses, never into a button,
a hidden field, a password or a file. Every page is filled in this one way, and its view knows nothing of it."""

from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from itertools import accumulate

TYPED = {"text", "email", "tel", "url", "number", "date", "time"}
Attributes = dict[str, str | None]
Words = dict[str, list[str]]


@dataclass(frozen=True)
class Control:
    """One place for an answer. `start` and `end` enclose what is written anew: a tag, or the content of a text area."""

    form: int
    kind: str  # "typed", "area", "checkbox", "radio" or "option"
    name: str
    value: str
    start: int
    end: int
    given: Attributes


def fill(html: str, words: Words) -> str:
    """The page with the words in its forms; the very same page when its forms have no place for them, or hold them already."""
    controls = _Forms(html).controls
    theirs = {one.form for one in controls if one.name in words}
    offered = {(one.form, one.name) for one in controls if one.kind == "option" and one.value in words.get(one.name, ())}
    for control in sorted(controls, key=lambda one: one.start, reverse=True):
        # A box that is not ticked is not sent: in a form that the words came from, no word means no tick.
        named = control.name in words or (control.kind == "checkbox" and control.form in theirs)
        possible = control.kind != "option" or (control.form, control.name) in offered
        if named and possible:
            html = html[: control.start] + _anew(control, words.get(control.name, []), html) + html[control.end :]
    return html


def _anew(control: Control, values: list[str], html: str) -> str:
    """What stands in the page from `start` to `end` once the values are in it."""
    as_it_was = html[control.start : control.end]
    if control.kind in {"typed", "area"}:
        if not values or _one_way(values[0]) == _one_way(control.value):
            return as_it_was
        return f"\n{escape(values[0])}" if control.kind == "area" else _tag("input", {**control.given, "value": values[0]})
    tag, mark = ("option", "selected") if control.kind == "option" else ("input", "checked")
    if (mark in control.given) == (control.value in values):
        return as_it_was
    others = {name: value for name, value in control.given.items() if name != mark}
    return _tag(tag, others if mark in control.given else {**others, mark: None})


def _tag(name: str, attributes: Attributes) -> str:
    written = "".join(f" {key}" if value is None else f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>"


def _one_way(text: str) -> str:
    """Browsers send the ends of lines as two signs."""
    return text.replace("\r\n", "\n")


class _Forms(HTMLParser):
    """Reads the controls of those forms in `main` that are sent by POST."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.html, self.controls = html, list[Control]()
        self.line_starts = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self.form, self.inside, self.posting = 0, False, False
        self.select, self.area = "", -1
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "main":
            self.inside = True
        elif tag == "form":
            self.form += 1
            self.posting = self.inside and (given.get("method") or "").lower() == "post"
        elif tag in {"select", "textarea"}:
            self.select, self.area = given.get("name") or "", self._here() + len(self.get_starttag_text() or "")
        elif self.posting and tag in {"input", "option"}:
            self._read(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.inside = False
        elif tag == "form":
            self.posting = False
        elif tag == "textarea" and self.posting:
            held = unescape(self.html[self.area : self._here()]).removeprefix("\n")
            self.controls.append(Control(self.form, "area", self.select, held, self.area, self._here(), {}))

    def _read(self, tag: str, given: Attributes) -> None:
        kind = "option" if tag == "option" else (given.get("type") or "text").lower()
        kind = "typed" if kind in TYPED else kind
        if kind not in {"typed", "checkbox", "radio", "option"}:
            return
        name, start = self.select if kind == "option" else given.get("name") or "", self._here()
        value = given["value"] or "" if "value" in given else "on" if kind == "checkbox" else ""
        end = start + len(self.get_starttag_text() or "")
        self.controls.append(Control(self.form, kind, name, value, start, end, given))

    def _here(self) -> int:
        """Where the parser is, counted from the beginning."""
        line, column = self.getpos()
        return self.line_starts[line - 1] + column
