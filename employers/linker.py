"""What an ad is about, as concepts and a place of our own tables. Reads only; slow where words are linked, so never in a transaction."""

from dataclasses import dataclass, field

from employers.documents import Ad
from taxonomy import linker
from taxonomy.encoders import EncoderUnavailable
from taxonomy.models import Concept, Kind, Place
from taxonomy.queries import folded

MOST_SKILLS = 12


@dataclass(frozen=True)
class Linked:
    """Concepts and place of an ad; what was not found is a line in `problems`."""

    occupation: Concept | None
    skills: tuple[dict[str, str], ...]
    place: Place | None
    problems: tuple[str, ...] = field(default=())


def linked(ad: Ad, *, words: bool = True) -> Linked:
    """`words=False` leaves out what needs the encoder. Raises EncoderUnavailable when it is not there."""
    problems: list[str] = []
    place = _place(ad)
    if place is None:
        where = ", ".join(part for part in (ad.town, ad.municipality, ad.municipality_code) if part)
        problems.append(f"the place ({where}) is not in our table" if where else "the ad names no place")
    occupation = _occupation(ad, words=words)
    if occupation is None and ad.occupation:
        problems.append(f"the occupation ({ad.occupation}) is not in the vocabulary")
    skills = _skills(ad, problems) if words else ()
    return Linked(occupation, skills, place, tuple(problems))


def _place(ad: Ad) -> Place | None:
    """The town in its municipality, else the only town of that name, else a town of the municipality."""
    there = Place.objects.filter(country=ad.country)
    names = [folded(name) for name in (ad.town, ad.municipality) if name]
    inside = list(there.filter(municipality_code=ad.municipality_code)) if ad.municipality_code else []
    for name in names:
        found = [place for place in inside if place.folded == name] or list(there.filter(folded=name)[:2])
        if len(found) == 1:
            return found[0]
    return next((place for place in inside if place.name == place.municipality), inside[0] if inside else None)


def _occupation(ad: Ad, *, words: bool) -> Concept | None:
    """By its ESCO address, by its name when that is sure, else the ISCO group that the source gives."""
    found = Concept.objects.occupations().filter(esco_uri=ad.esco_uri).first() if ad.esco_uri else None
    for name in _names(ad.occupation) if words and found is None else ():
        links = linker.link(name, kind="occupation", limit=1)
        if links and links[0].sure:
            found = Concept.objects.get(key=links[0].concept)
            break
    return found or (Concept.objects.filter(kind=Kind.GROUP, isco=ad.isco, active=True).first() if ad.isco else None)


def _names(occupation: str) -> list[str]:
    """The whole name, then each of two names around a stroke, then without what stands in brackets."""
    bare = occupation.partition(" (")[0]
    return list(dict.fromkeys(name.strip() for name in (occupation, *occupation.split("/"), bare) if name.strip()))


def _skills(ad: Ad, problems: list[str]) -> tuple[dict[str, str], ...]:
    """Skills that the source lists, then those that its text names."""
    chosen: dict[str, str] = {}
    for label, importance in ad.skills:
        links = linker.link(label, kind="skill", limit=1)
        if links and links[0].sure:
            chosen.setdefault(links[0].concept, importance)
        else:
            problems.append(f"the skill ({label}) is not in the vocabulary")
    for link in linker.link_text(ad.text, kind="skill", limit=MOST_SKILLS):
        chosen.setdefault(link.concept, "good")
    return tuple({"key": key, "importance": importance} for key, importance in list(chosen.items())[:MOST_SKILLS])


__all__ = ["EncoderUnavailable", "Linked", "linked"]
