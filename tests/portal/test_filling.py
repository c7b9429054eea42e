"""Words go back into exactly the places they came from, whatever the words are."""

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.filling import fill

PAGE = """<html>\r\n<form method="post"><input name="a" value="header"></form><main id="main">
<form method="get"><input name="a" value="search"></form>
<form class="x" method="post"><input type="hidden" name="seen" value="new"><input name="a" value="Ett &amp; tv&aring;"
 aria-label="1 &lt; 2"><input type="password" name="p"><input type="file" name="f">
<textarea name="t" rows="3">\n\rgammalt\r\n&lt;b&gt;</textarea>
<select name="s"><option value="">-</option><option value="sv" selected>Svenska</option><option value="nb">Norsk</option></select>
<input type="radio" name="r" value="must"><input type="radio" name="r" value="none" checked="">
<input type="checkbox" name="c" value="1" checked><input type="checkbox" name="c" value="2"><input type="checkbox" name="one">
<button name="answer" value="yes">Ja</button></form>
<form method="post"><input type="checkbox" name="else" checked><textarea name="u"></textarea></form></main><p>å\u2028ä</p></html>"""
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


def soup(html: str) -> Tag:
    return BeautifulSoup(html, "html.parser").select("main form")[1]


def typed(form: Tag, name: str) -> str:
    found = form.find(attrs={"name": name})
    assert isinstance(found, Tag)
    return found.get_text().removeprefix("\n") if found.name == "textarea" else str(found.get("value"))


def chosen(form: Tag, name: str) -> list[str]:
    on = form.select(f"[name={name}][checked]") + form.select(f"select[name={name}] option[selected]")
    return [str(one.get("value", "on")) for one in on]


@settings(deadline=None)  # two parsers of pages on a busy machine
@given(TEXT, TEXT)
def test_any_words_come_back_as_they_were(line: str, area: str) -> None:
    form = soup(fill(PAGE, {"a": [line], "t": [area]}))
    assert (typed(form, "a"), typed(form, "t")) == (line, area)


def test_what_is_chosen_comes_back() -> None:
    form = soup(fill(PAGE, {"s": ["nb"], "r": ["must"], "c": ["2"], "one": ["on"]}))
    assert {name: chosen(form, name) for name in ("s", "r", "c", "one")} == {"s": ["nb"], "r": ["must"], "c": ["2"], "one": ["on"]}


def test_a_box_without_a_word_is_not_ticked_in_the_form_of_the_words_alone() -> None:
    filled = fill(PAGE, {"a": ["x"]})
    assert chosen(soup(filled), "c") == []
    assert 'name="else" checked' in filled
    assert chosen(soup(filled), "r") == ["none"], "nothing takes a radio button back"


@pytest.mark.parametrize("name", ["seen", "p", "f", "answer", "unknown"])
def test_nothing_else_is_filled(name: str) -> None:
    assert fill(PAGE, {name: ["words"]}) == PAGE


def test_forms_outside_main_and_searches_are_left_alone() -> None:
    filled = fill(PAGE, {"a": ["words"]})
    assert 'value="header"' in filled
    assert 'value="search"' in filled


@pytest.mark.parametrize(
    "words", [{}, {"a": ["Ett & två"]}, {"t": ["\rgammalt\n<b>"]}, {"s": ["sv"]}, {"s": ["no such choice"]}, {"r": ["none"]}]
)
def test_a_page_that_says_it_already_is_the_very_same_page(words: dict[str, list[str]]) -> None:
    boxes = {"c": ["1"]} if words else {}
    assert fill(PAGE, {**words, **boxes}) == PAGE


def test_words_never_become_markup() -> None:
    filled = fill(PAGE, {"a": ['"><script>alert(1)</script>'], "t": ["</textarea><script>alert(1)</script>"]})
    assert "<script" not in filled
