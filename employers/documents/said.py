"""Conditions that the text of an ad names: licences, languages with their level, hours a week. Pure functions of text.

Only what a sentence demands counts: not what is good to have, is not needed, or comes with the job.
"""

import re
from dataclasses import dataclass

from employers.documents.sentences import Sentence, sentences


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(words)})\b")


_DENIED = _any_of("inte", "ej", "inga", "inget", "ingen", "utan", "ikke", "uten", "not", "no", "without", "never", "aldrig", "aldri")
_GOOD = _any_of(
    *(r"merit\w*", r"fördel\w*", "gärna", "plus", "önskvärt", r"fordel\w*", "gjerne", "ønskelig", r"advantage\w*", "preferred"),
    *("preferably", "nice to have", "desirable", "bonus", "asset"),
)
_CARD = r"(?:kort|(?i:körkort\w*|førerkort\w*|förarbevis|driv(?:ing|er'?s?) licen[cs]e\w*))"
_LICENCE = r"(?i:körkort\w*|førerkort\w*|driv(?:ing|er'?s?) licen[cs]e\w*)"
LETTERS = ("CE", "C", "D", "BE", "AM")
_LICENCES = {
    **{code: re.compile(rf"\b{code}[- ]?{_CARD}|{_LICENCE}[\w ,]{{0,25}}\b{code}\b") for code in LETTERS},
    "truck": re.compile(r"(?i)\btruck(?:kör|fører|förar)?(?:kort|bevis|licens)\w*|\bfork-?lift (?:licen[cs]e|certificate)"),
    "hygiene": re.compile(r"(?i)\b(?:livsmedelshygien|hygienbevis|hygienintyg|hygienesertifikat|food (?:hygiene|safety) certificate)\w*"),
}
_ANY_LICENCE = re.compile(rf"\bB[- ]?{_CARD}|\b{_LICENCE}|(?i:\bsertifikat kl(?:asse)?\.? ?B\b)")

LANGUAGES = {
    "sv": r"svenska\w*|svensk\w*|swedish",
    "nb": r"norska\w*|norsk\w*|norwegian|skandinavisk\w*",
    "en": r"engelska\w*|engelsk\w*|english",
    "ar": r"arabiska\w*|arabisk\w*|arabic",
    "prs": r"dari",
    "de": r"tyska\w*|tysk\w*|german",
    "es": r"spanska\w*|spansk\w*|spanish",
    "fa": r"persiska|persisk|persian|farsi",
    "fi": r"finska\w*|finsk\w*|finnish",
    "fr": r"franska\w*|fransk\w*|french",
    "pl": r"polska\w*|polsk\w*|polish",
    "ru": r"ryska\w*|russisk\w*|russian",
    "sgn": r"teckenspråk\w*|tegnspråk\w*|sign language",
    "so": r"somaliska\w*|somalisk\w*|somali",
    "ti": r"tigrinja|tigrinya",
    "tr": r"turkiska\w*|tyrkisk\w*|turkish",
    "uk": r"ukrainska\w*|ukrainsk\w*|ukrainian",
}
_NAMES = {code: re.compile(rf"\b(?:{names})\b", re.IGNORECASE) for code, names in LANGUAGES.items()}
_SPOKEN = _any_of(
    *(r"tala\w*", r"prata\w*", r"kommuni\w+", r"behärska\w*", r"behersk\w*", r"kunskap\w*", r"kunnskap\w*", r"språk\w*", "tal och"),
    *(r"skrift\w*", r"muntlig\w*", "written", "spoken", r"speak\w*", r"language\w*", r"snakke\w*", r"förstå\w*", r"forstå\w*"),
    *(r"understand\w*", r"skriv\w*", "läsa", "lese", "obehindrat", "flytande", "flytende", r"fluen\w+", "nivå", "level", r"verbal\w*"),
    *(r"goda? (?:svenska|engelska|norska)", r"god\w* (?:norsk|engelsk|svensk)\w*", "good (?:swedish|norwegian|english)"),
)
_OF_A_PLACE = re.compile(
    r"(?i)\s+(?:marknad|företag|bolag|kund|kontor|team|bedrift|marked|compan|market|customer|koncern|arbetsmarknad|arbeidsmarked)"
)
_CEFR = re.compile(r"\b([ABC][12])\b")
# No word means more than B2: a level excludes, and ads say "fluent" of work that asks for less (docs/decisions/language-levels.md).
_LEVELS = {
    "B2": _any_of(
        *("flytande", "flytende", r"fluen\w+", "obehindrat", "uhindret", "excellent"),
        *("goda?", "gode?", "good", "behärskar", "behersker", "tal och skrift", "muntlig og skriftlig", "written and spoken"),
        *(r"(?:mycket|meget|svært) god\w*", "very good"),
    ),
    "A2": _any_of("grundläggande", "grunnleggende", "basic", "enkel", "enkla", "litt", "lite", "some"),
}

_NUMBER = r"(\d{1,3}(?:[.,]\d)?)(?:\s*(?:[-–]|till|til|to)\s*(\d{1,3}(?:[.,]\d)?))?"
_PERCENT = re.compile(rf"{_NUMBER}\s*(?:%|procent|prosent|per ?cent)", re.IGNORECASE)
_OF_A_JOB = re.compile(
    r"(?i)tjänst|anställning|arbetstid|sysselsättningsgrad|deltid|heltid|stilling|position|employment|part[- ]time|full[- ]time|fte\b"
)
_WEEK = r"(?:i|per|/|om|pr\.?|a|each|every)?\s*(?:veckan?|uken?|week|v\b)"
_HOURS = re.compile(rf"(?i){_NUMBER}\s*(?:timmar|timme|tim|timer|time|t|h|hours?|hrs)\b\.?\s*{_WEEK}")
_FULL = _any_of(r"heltid\w*", "full stilling", "fulltid", "full[- ]time")
_PART = _any_of(r"deltid\w*", "part[- ]time", "hel- (?:eller|och) deltid", "hel-/deltid")
_HALF = _any_of(r"halvtid\w*", "halv stilling", "half[- ]time")
LONGEST_WEEK, NEAR = 48, 60  # hours; letters between a share and the word that says what it is a share of


@dataclass(frozen=True, slots=True)
class Language:
    """A language that an ad asks for. `level` is a CEFR level or empty; `must` is false where it is only good to have.

    `word`: what the level was read from, where the text does not name it itself.
    """

    code: str
    level: str
    must: bool
    word: str = ""


def licences(text: str) -> tuple[str, ...]:
    """Codes of the licences and certificates that the text demands, as profiles know them. A driving licence without a letter is B."""
    found: set[str] = set()
    for sentence in _demanding(text):
        named = {code for code, pattern in _LICENCES.items() if pattern.search(sentence.text)}
        found |= named | ({"B"} if named.isdisjoint(LETTERS) and _ANY_LICENCE.search(sentence.text) else set())
    return tuple(sorted(found))


def _demanding(text: str) -> list[Sentence]:
    asked = (one for one in sentences(text) if one.role == "asks" and not one.text.endswith("?"))
    return [one for one in asked if not _GOOD.search(one.text) and not _DENIED.search(one.text)]


def languages(text: str) -> tuple[Language, ...]:
    """Languages that the text asks for, each once, the first time that it is demanded."""
    found: dict[str, Language] = {}
    for sentence in sentences(text):
        if sentence.role != "asks" or not _SPOKEN.search(sentence.text) or _DENIED.search(sentence.text):
            continue
        must = not _GOOD.search(sentence.text)
        for code, pattern in _NAMES.items():
            if any(not _OF_A_PLACE.match(sentence.text, hit.end()) for hit in pattern.finditer(sentence.text)):
                held = found.get(code)
                if held is None or (must and not held.must):
                    level, word = _level(sentence.text)
                    found[code] = Language(code, level, must, word)
    return tuple(found.values())


def language_named(words: str) -> str:
    """The code of a language by its name in Swedish, Norwegian or English, or nothing."""
    return next((code for code, pattern in _NAMES.items() if pattern.fullmatch(words.strip())), "")


def _level(text: str) -> tuple[str, str]:
    """The level that the text names, else the one that its words are read as, with the first of these words."""
    if named := _CEFR.search(text):
        return named[1], ""
    read = ((level, hit[0]) for level, pattern in _LEVELS.items() if (hit := pattern.search(text)))
    return next(read, ("", ""))


def hours(text: str, full_week: int) -> tuple[int | None, int | None]:
    """The least and the most hours a week, or None where the text does not say. A share of full time is turned into hours."""
    weeks = [_numbers(hit) for hit in _HOURS.finditer(text)]
    shares = [[number * full_week / 100 for number in _numbers(hit)] for hit in _PERCENT.finditer(text) if _is_share(text, hit)]
    said = [number for numbers in [*weeks, *shares] for number in numbers if 1 <= number <= LONGEST_WEEK]
    if said:
        return round(min(said)), round(max(said))
    if _HALF.search(text):
        return round(full_week / 2), round(full_week / 2)
    if _PART.search(text):
        return None, full_week
    return (full_week, full_week) if _FULL.search(text) else (None, None)


def _numbers(hit: re.Match[str]) -> list[float]:
    return [float(number.replace(",", ".")) for number in hit.groups() if number]


def _is_share(text: str, hit: re.Match[str]) -> bool:
    """Whether the per cent are of full time, in the same line: not a rebate, not a share of customers."""
    before = text[max(0, hit.start() - NEAR) : hit.start()].rsplit("\n", 1)[-1].rsplit(". ", 1)[-1]
    after = text[hit.end() : hit.end() + NEAR].split("\n", 1)[0].split(". ", 1)[0]
    return bool(_OF_A_JOB.search(before + " " + after))
