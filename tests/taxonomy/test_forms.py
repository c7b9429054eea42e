"""The fields that every app's forms are made of: what is kept of what people type, and the sentence for what is not."""

from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.timezone import localdate

from taxonomy.forms import Code, Day, Email, Name, Number, Phone, Words, one_of, picked, plain, tick

CHOICES = [("a", "A"), ("b", "B")]


def _sentence(field: forms.Field, typed: Any) -> str:
    with pytest.raises(ValidationError) as wrong, translation.override("en"):
        field.clean(typed)
    with translation.override("en"):
        return str(wrong.value.messages[0])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("A\u200bnna\ufeff  B", "Anna B"),
        ("Jose\u0301", "José"),
        ("می\u200cنا", "می\u200cنا"),
        ("ett\ttu\u00a0tre\n", "ett tu tre"),
        ("\U0001fae9", "\U0001fae9"),  # a face newer than this Python
    ],
)
def test_a_line_is_kept_plain(typed: str, kept: str) -> None:
    assert plain(typed) == kept
    assert Words(signs_alone=True).clean(typed) == kept


def test_a_text_keeps_its_lines_and_a_line_has_none() -> None:
    assert Words(rows=3).clean(" ett\r\n\r\n\r\n\r\ntvå ") == "ett\n\ntvå"
    assert Words().clean("ett\r\ntvå") == "ett två"


def test_signs_alone_say_nothing_unless_they_may() -> None:
    assert _sentence(Words(), "🌻 —") == "Write it with letters"
    assert Words(signs_alone=True).clean("🌻") == "🌻"
    assert _sentence(Name(asks="Your name"), "12") == "Your name"


def test_a_personal_number_is_refused_in_words_and_left_to_the_form_in_a_code() -> None:
    assert "personal numbers" in _sentence(Words(), "Anna 19900101-1234")
    assert Code().clean("19900101-1234") == "19900101-1234"


@pytest.mark.parametrize("typed", ["1234567890", "0", "41"])
def test_a_number_outside_its_span_is_told_the_span(typed: str) -> None:
    assert _sentence(Number(least=1, most=40), typed) == "Write a number from 1 to 40"


@pytest.mark.parametrize(
    ("typed", "kept"), [("070-174 06 05", "070-174 06 05"), ("٠٧٠ ١٧٤ ٠٦ ٠٥", "070 174 06 05"), ("+47 22.33.44.55", "+47 22.33.44.55")]
)
def test_a_phone_number_keeps_its_signs_in_our_digits(typed: str, kept: str) -> None:
    assert Phone().clean(typed) == kept


@pytest.mark.parametrize("typed", ["-----", "0701", "070-abc 06 05", "0" * 31, "++4670174060"])
def test_what_is_no_phone_number_gets_a_sentence(typed: str) -> None:
    assert "070-174 06 05" in _sentence(Phone(), typed)


@pytest.mark.parametrize("typed", ["anna", f"{'a' * 250}@example.org", "anna@"])
def test_what_is_no_address_gets_a_sentence(typed: str) -> None:
    assert _sentence(Email(), typed) == "Write the whole address, for example anna@example.org"
    assert Email().clean("\u200banna@example.org ") == "anna@example.org"


def test_a_day_lies_between_its_ends() -> None:
    today, field = localdate(), Day(first=1, last=60, outside="Between")
    assert field.clean((today + timedelta(60)).isoformat()) == today + timedelta(60)
    assert _sentence(field, today.isoformat()) == "Between"
    assert _sentence(Day(), (today - timedelta(1)).isoformat()) == "Choose a day from today to two years ahead"


def test_the_browser_never_cuts_what_is_typed() -> None:
    class Every(forms.Form):
        words, text, code, name = Words(max_length=5), Words(rows=2, max_length=5), Code(max_length=5), Name(asks="")
        phone, email = Phone(), Email()

    assert "maxlength" not in str(Every())


def test_choices_have_a_sentence_and_nothing_chosen() -> None:
    assert _sentence(one_of("", CHOICES, asks="Choose"), "") == "Choose"
    assert _sentence(picked("", CHOICES), "c") == "Choose one of the answers"
    assert picked("", [("1", "One")], coerce=int).clean("1") == 1
    assert picked("", CHOICES, required=False).clean("") == ""
    assert _sentence(tick("", asks="Tick"), "") == "Tick"
    assert tick("").clean("") is False
