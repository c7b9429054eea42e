"""How letters become a-z and 0-9, for texts, questions and the parts of compounds alike."""

import unicodedata


def fold(text: str) -> str:
    """Lower case without diacritics: "städare" and "stadare" are the same word; æ and ø are kept as ae and o."""
    plain = text.casefold().replace("æ", "ae").replace("ø", "o")
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
