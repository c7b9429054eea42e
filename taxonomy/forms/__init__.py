"""What forms of every app are made of: fields that take what people really type. It lies here because every app with forms may see it."""

from taxonomy.forms.fields import INPUT, TWO_YEARS, Code, Day, Email, Name, Number, Phone, Uncut, Words, one_of, picked, some_of, tick
from taxonomy.forms.held import Held, HeldForm
from taxonomy.forms.places import AsksPlace, PlaceField, place_words
from taxonomy.forms.posted import posted
from taxonomy.forms.text import has_personal_number, plain

__all__ = [
    "INPUT",
    "TWO_YEARS",
    "AsksPlace",
    "Code",
    "Day",
    "Email",
    "Held",
    "HeldForm",
    "Name",
    "Number",
    "Phone",
    "PlaceField",
    "Uncut",
    "Words",
    "has_personal_number",
    "one_of",
    "picked",
    "place_words",
    "plain",
    "posted",
    "some_of",
    "tick",
]
