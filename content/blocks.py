"""What a page can be made of. Each block is accessible by construction: no block can be left without the words it needs."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar

import snowballstemmer
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

FEWEST_PEOPLE = 10  # counts of people under this never leave the house
FEATURES = ["h2", "bold", "italic", "ol", "ul", "link"]
LINE_ENDS = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")
STEMMERS = {"sv": "swedish", "nb": "norwegian", "en": "english"}


class Quote(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"), rows=3)
    who = blocks.CharBlock(label=_("Who says it"), max_length=120, help_text=_("A role and a place. A name only with a written consent."))

    class Meta:
        icon, label, template = "openquote", _("Quote"), "content/blocks/quote.html"


class Step(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What to do"), max_length=80)
    text = blocks.TextBlock(label=_("How"), rows=3, required=False)


class Steps(blocks.StructBlock):
    steps = blocks.ListBlock(Step(), min_num=2, max_num=8, label=_("Steps"))

    class Meta:
        icon, label, template = "list-ol", _("Steps"), "content/blocks/steps.html"


class Contact(blocks.StructBlock):
    """An office, never a person's own address."""

    who = blocks.CharBlock(label=_("Whom to ask"), max_length=120, help_text=_("An office or a role."))
    phone = blocks.RegexBlock(
        label=_("Telephone"), regex=r"^\+?[\d][\d -]{4,20}$", required=False, error_messages={"invalid": _("Write digits and spaces only")}
    )
    place = blocks.CharBlock(label=_("Where"), max_length=160, required=False)
    hours = blocks.CharBlock(label=_("When"), max_length=80, required=False)

    class Meta:
        icon, label, template = "group", _("Contact"), "content/blocks/contact.html"


class Row(blocks.StructBlock):
    what = blocks.CharBlock(label=_("What is counted"), max_length=80)
    number = blocks.IntegerBlock(label=_("Number"), min_value=0, max_value=10_000_000)


class Figure(blocks.StructBlock):
    """Bars drawn from the rows of a table, which always stands under them."""

    finding = blocks.CharBlock(label=_("What the figure shows, as a sentence"), max_length=140)
    unit = blocks.CharBlock(label=_("Unit"), max_length=40)
    people = blocks.BooleanBlock(label=_("These are numbers of people"), required=False)
    rows = blocks.ListBlock(Row(), min_num=2, max_num=8, label=_("Rows"))
    source = blocks.CharBlock(label=_("Source and date"), max_length=200)

    class Meta:
        icon, label, template = "table", _("Figure with table"), "content/blocks/figure.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["people"] and any(row["number"] < FEWEST_PEOPLE for row in cleaned["rows"]):
            told = ValidationError(_("Fewer than 10 people: leave the row out, or join it with another."))
            raise StructBlockValidationError(block_errors={"rows": told})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        most = max((row["number"] for row in value["rows"]), default=0) or 1
        context["bars"] = [(row["what"], row["number"], max(1, round(100 * row["number"] / most))) for row in value["rows"]]
        return context


class Film(blocks.StructBlock):
    """A film lies elsewhere, so that nobody is followed from here; what is said in it stands in the page."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    link = blocks.URLBlock(label=_("Where the film is"))
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=240)
    text = blocks.RichTextBlock(label=_("Everything that is said and shown"), features=["bold", "italic", "ul", "ol"])

    class Meta:
        icon, label, template = "media", _("Film with text"), "content/blocks/film.html"


class Action(blocks.StructBlock):
    words = blocks.CharBlock(label=_("Words on the button, beginning with a verb"), max_length=50)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("Or an address"), required=False, max_length=300, help_text=_("An https:// address, or a path of this site: /postings/")
    )

    class Meta:
        icon, label, template = "link", _("Call to action"), "content/blocks/action.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        address = cleaned["address"] or ""
        if bool(cleaned["page"]) == bool(address):
            raise StructBlockValidationError(
                block_errors={"page": ValidationError(_("Choose a page or write an address, one of the two."))}
            )
        if address and not re.match(r"https://\S+$|/(?!/)\S*$", address):
            raise StructBlockValidationError(block_errors={"address": ValidationError(_("Begin with https:// or with /"))})
        return cleaned


class Picture(blocks.StructBlock):
    picture = ImageBlock(label=_("Picture"))  # asks for an alternative text, or for the tick that it is decoration
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon, label, template = "image", _("Picture"), "content/blocks/picture.html"


class Body(blocks.StreamBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES, icon="pilcrow", template="content/blocks/text.html")
    quote = Quote()
    steps = Steps()
    contact = Contact()
    figure = Figure()
    film = Film()
    action = Action()
    picture = Picture()

    class Meta:
        block_counts: ClassVar = {"film": {"max_num": 2}}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, RichText):
        yield strip_tags(LINE_ENDS.sub("\n", value.source))
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | blocks.list_block.ListValue):
        for one in value:
            yield from _strings(one)


def words_of(body: Any) -> str:
    """Everything a reader reads in a body, one line for each paragraph, heading and cell."""
    lines = [line.strip() for block in body for text in _strings(block.value) for line in text.splitlines()]
    return "\n".join(line for line in lines if line)


def stems_of(text: str, language: str) -> str:
    """Words as both databases shall know them: small letters, stems of the language, no accents lost but those of the stemmer."""
    words = re.findall(r"\w+", text.lower())
    return " ".join(snowballstemmer.stemmer(STEMMERS.get(language[:2], "english")).stemWords(words))
