"""What each sentence of an ad does: it asks something of the person, offers something to the person, or tells about the employer.

An ad names much that nobody has to know: the building, the trade of the customers, the courses one may take. Only what it asks for is
read as skills, licences and languages; what it asks for is never read as an offer.
"""

import re
from dataclasses import dataclass

_SENTENCES = re.compile(r"[^\n.!?]+(?:[.!?](?=\w)[^\n.!?]+)*[.!?]?")
_HEADINGS = {
    "about": (
        r"(?:vem är vi|vilka är vi|hvem er vi|who we are)|(?:om|about) (?:oss|företaget|verksamheten|bolaget|arbetsgivaren|bedriften|"
        r"virksomheten|arbeidsgiver\w*|us|the company)"
    ),
    "offers": r"(?:vi|we) (?:erbjuder|tilbyr|kan tilby|kan erbjuda|offer)|(?:förmåner|villkor|vilkår|goder|fordeler|benefits|perks)\b",
    "asks": (
        r"(?:krav|kvalifika\w+|profil|din profil|din bakgrund|(?:dina )?arbetsuppgifter\w*|uppgifter\w*|arbeidsoppgaver\w*|oppgaver\w*|"
        r"personliga egenskaper|personlige egenskaper|meriterande\w*|om (?:uppdraget|tjänsten|jobbet|rollen|stillingen)|"
        r"utdann\w+|utbildning\w*|kompetans\w+|kompetens\w*|sökord|requirements|qualifications|duties|(?:your )?tasks|skills|"
        r"your profile|about the (?:job|role))\b"
    ),
}
_IS_HEADING = {role: re.compile(rf"\s*(?:{words})[^.]{{0,25}}:?\s*$", re.IGNORECASE) for role, words in _HEADINGS.items()}
_BEGINS = re.compile(rf"\s*(?:{_HEADINGS['asks']})[^.\n]{{0,30}}:", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:du|dig|deg|din|ditt|dina|dine|you|your|erfarenhet\w*|erfaring\w*|experience|kunskap\w*|kunnskap\w*|knowledge|krav\w*|krävs|kreves|"
    r"required?|requirements?|meriterande|arbetsuppgift\w*|arbeidsoppgave\w*|duties|tasks?|söker|søker|letar|looking for|seek\w*)\b",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"\b(?:du|ni|dere|you) (?:får|kommer att få|vil få|erbjuds|tilbys|ges|gis|get|will get|receive|are offered)\b|"
    r"\b(?:får|fås|erbjuds|tilbys) (?:du|ni|dere)\b|\b(?:vi|we|och|og|and) (?:\w+ )?(?:erbjuder|tilbyr|offer|ger dig|gir deg|give you)\b|"
    r"\berbjuder vi\b|\btilbyr vi\b|\b(?:ge|gi) (?:dig|deg)\b|\berbjuds du\b|\bmöjlighet (?:att|till)\b|\bmulighet (?:til|for|for å)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[-–*•·]|\d+[.)])\s*")
_TELLS = re.compile(r"\s*(?:vi|vår\w*|våre|we|our|hos oss|här|her|here|det|there|dette|this)\b", re.IGNORECASE)
SHORT = 8  # words of a line that can be an item of a list without a mark


@dataclass(frozen=True, slots=True)
class Sentence:
    """text[start:end], and whether it "asks", "offers" or tells "about" the employer."""

    text: str
    start: int
    end: int
    role: str


def sentences(text: str) -> list[Sentence]:
    """Every sentence or line that holds words, in order. A heading gives its role to the lines of its list, not to whole paragraphs."""
    found, heading = [], ""
    for match in _SENTENCES.finditer(text):
        line = match.group()
        named = next((role for role, pattern in _IS_HEADING.items() if pattern.match(line)), "")
        heading = named or heading
        around = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        alone = all(sign in {"", "\n"} for sign in around)
        found.append(Sentence(line, match.start(), match.end(), named or _role(line, heading, alone=alone)))
    return found


def _role(line: str, heading: str, *, alone: bool) -> str:
    if _OFFERS.search(line):
        return "offers"
    if _BEGINS.match(line):
        return "asks"
    if heading in {"about", "offers"}:
        return heading
    listed = bool(_ITEM.match(line)) or (alone and len(line.split()) <= SHORT and not _TELLS.match(line))
    return "asks" if _ASKS.search(line) or listed else "about"
