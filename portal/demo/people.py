"""Jobseekers of the demo: who they are, what they can and want, and, sealed, what must work."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Membership, RoleKind
from audit.models import Event
from jobseekers.models import NeedsRecord, PrivateNote, Profile, ProfileSkill, ProfileWish, SkillSource, Stage
from portal.demo.accounts import COUNTRY_LANGUAGE, NewAccount, make_accounts
from portal.demo.content import Clock, account_id, address, chance, key, read, weighted
from taxonomy.models import Place

Row = dict[str, Any]
TAKEN = (35, 36)  # the last two digits of people who are named in the story
WITHOUT_ADVISOR = {"SE": 7, "NO": 1}  # they wait for one
LEFT = {"SE": 4, "NO": 1}
HOURS = ((8, 20), (10, 20), (12, 25), (15, 25), (20, 30), (25, 38), (20, 20))
LEVELS = (("A1", 1.0), ("A2", 3.0), ("B1", 4.0), ("B2", 2.0), ("C1", 1.0))
PHONES = {"SE": "070-174 06", "NO": "+47 69 00 41"}  # numbers that are kept free for invented people
LEARNING = frozenset({"A1", "A2", "B1"})
STAGES = ((Stage.START, 2.0), (Stage.PROFILE, 4.0), (Stage.SEARCHING, 7.0), (Stage.WORKPLACE, 1.0))


@dataclass
class Person:
    """One invented person, before any row is made."""

    slug: str
    country: str
    name: tuple[str, str]
    team: str
    advisor: str = ""
    phone: str = ""
    left: bool = False
    stage: str = Stage.SEARCHING
    place: str = ""
    travel_km: int | None = None
    hours: tuple[int | None, int | None] = (None, None)
    times: list[str] = field(default_factory=list)
    languages: list[list[str]] = field(default_factory=list)
    licences: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)
    words: str = ""
    needs: list[list[str]] = field(default_factory=list)

    @property
    def language(self) -> str:
        return COUNTRY_LANGUAGE[self.country]


def people() -> list[Person]:
    """Everybody, in one fixed order: those of each advisor, those who wait for one, those who have left."""
    taken: set[tuple[str, str]] = {(one["name"][0], one["name"][1]) for one in read("people")["person"]}
    return [person for slot in _slots() for person in [_named(slot) or _invented(slot, taken)]]


def _slots() -> Iterator[Row]:
    """One row per person to be: the country, the team and, if any, the advisor."""
    region, named = read("region"), read("people")["person"]
    country = {team["slug"]: one["country"] for one in region["agency"] for team in one["team"]}
    for one in region["staff"]:
        own = [person for person in named if person["advisor"] == one["slug"]]
        for n in range(one.get("people", 0)):
            slug = own[n]["slug"] if n < len(own) else f"{one['slug']}-{n}"
            yield {"slug": slug, "country": country[one["team"]], "team": one["team"], "advisor": one["slug"]}
    teams = {"SE": "centrum", "NO": "glomma-team"}
    for land, team in teams.items():
        yield from ({"slug": f"waits-{land}-{n}", "country": land, "team": team} for n in range(WITHOUT_ADVISOR[land]))
        yield from ({"slug": f"left-{land}-{n}", "country": land, "team": team, "left": True} for n in range(LEFT[land]))


def _named(slot: Row) -> Person | None:
    found = next((one for one in read("people")["person"] if one["slug"] == slot["slug"]), None)
    return Person(**slot | found | {"name": tuple(found["name"])}) if found else None


def _invented(slot: Row, taken: set[tuple[str, str]]) -> Person:
    luck = chance("person", slot["slug"])
    person = Person(name=("", ""), **slot)
    _who(person, luck, taken)
    _tells(person, luck)
    if person.stage == Stage.START:
        person.skills, person.needs, person.words = person.skills[:2], [], ""
    return person


def _who(person: Person, luck: random.Random, taken: set[tuple[str, str]]) -> None:
    group = weighted(luck, [(one, one["share"]) for one in read("people")["names"][person.country].values()])
    while person.name in taken or not person.name[0]:
        person.name = (luck.choice(group["first"]), luck.choice(group["last"]))
    taken.add(person.name)
    person.languages = [[code, weighted(luck, LEVELS) if level == "*" else level] for code, level in group["languages"]]
    person.stage = weighted(luck, STAGES)
    person.place = weighted(luck, [(place, weight) for place, weight in read("people")["places"][person.country]])
    person.travel_km = luck.choice([8, 10, 12, 15, 20, 30])
    person.hours = luck.choice(HOURS)
    person.times = weighted(luck, [(["day"], 6), (["day", "evening"], 2), (["day", "weekend"], 1), (list[str](), 1)])
    person.kinds = weighted(luck, [(list[str](), 3), (["trial"], 3), (["trial", "job"], 3), (["job", "apprenticeship"], 1)])


def _tells(person: Person, luck: random.Random) -> None:
    content, language = read("people"), person.language
    bent, general = luck.choice(content["bent"]), content["general"]
    person.skills = luck.sample(bent["skills"], k=luck.randint(3, 6)) + luck.sample(general["skills"], k=luck.randint(0, 2))
    person.wishes = luck.sample(bent["wishes"], k=luck.randint(1, 2))
    person.licences = ["B"] if luck.random() < 1 / 3 else []
    if "licence" in bent and luck.random() < 1 / 2:
        person.licences.append(bent["licence"])
        person.skills += bent.get("also", [])
    if luck.random() < 4 / 5:
        person.words = f"{luck.choice(bent[language])} {luck.choice(general[language])}"
    for _ in range(luck.choice([1, 1, 2])):
        kept = {code for code, *_ in person.needs}
        person.needs += [
            one for one in weighted(luck, [(group["has"], group["weight"]) for group in content["needs"]]) if one[0] not in kept
        ]


def make_people(clock: Clock, emails: set[str]) -> list[Person]:
    """All rows of all jobseekers."""
    found = people()
    _make_accounts(clock, found, emails)
    places = {(place.country, place.name): place.pk for place in Place.objects.filter(country__in=COUNTRY_LANGUAGE)}
    Profile.objects.bulk_create(_profile(clock, person, places.get((person.country, person.place))) for person in found)
    ProfileSkill.objects.bulk_create(row for person in found for row in _skills(clock, person))
    ProfileWish.objects.bulk_create(
        ProfileWish(profile_id=_id(person), concept_id=wish, added_at=_since(clock, person)) for person in found for wish in person.wishes
    )
    NeedsRecord.objects.bulk_create(_needs(clock, person) for person in found if person.needs)
    PrivateNote.objects.bulk_create(_note(clock, person) for n, person in enumerate(found) if person.advisor and n % 5 == 0)
    Event.objects.bulk_create(
        Event(at=_since(clock, person), role="system", what="enrolled", subject="profile", subject_id=str(_id(person))) for person in found
    )
    return found


def _make_accounts(clock: Clock, found: list[Person], emails: set[str]) -> None:
    free = {"SE": iter(f"070-174 06 {n:02d}" for n in (*range(5, 100), *range(5, 35)) if n not in TAKEN),
            "NO": iter(f"+47 69 00 41 {n:02d}" for n in range(100) if n not in TAKEN)}  # fmt: skip
    make_accounts(
        [
            NewAccount(
                person.slug,
                person.name,
                address(person.name, "example.org", emails),
                person.phone or next(free[person.country]),
                person.language,
            )
            for person in found
        ]
    )
    Membership.objects.bulk_create(
        Membership(user_id=account_id(person.slug), kind=RoleKind.JOBSEEKER, since=_since(clock, person))
        for person in found
        if not person.left
    )


def _phones(country: str, given: set[str]) -> Iterator[str]:
    return (phone for n in range(5, 100) if (phone := f"{PHONES[country]} {n:02d}") not in given)


def _id(person: Person) -> Any:
    return key("profile", person.slug)


def _since(clock: Clock, person: Person) -> Any:
    return clock.ago(chance("enrolled", person.slug).randint(20, 160))


def _profile(clock: Clock, person: Person, place: int | None) -> Profile:
    luck, since = chance("profile", person.slug), _since(clock, person)
    staged = clock.ago(luck.randint(2, min(80, (clock.now - since).days)))
    return Profile(
        pk=_id(person),
        index_id=key("index", person.slug),
        user_id=account_id(person.slug),
        advisor_id=account_id(person.advisor) if person.advisor and not person.left else None,
        team_id=key("team", person.team),
        country=person.country,
        stage=person.stage,
        stage_since=staged,
        enrolled_at=since,
        changed_at=staged,
        left_at=clock.ago(6) if person.left else None,
        waits_since=None if person.advisor else clock.ago(chance("waits", person.slug).randint(2, 19)),
        paused=person.stage == Stage.WORKPLACE,
        place_id=place,
        travel_km=person.travel_km,
        hours_now=person.hours[0],
        hours_goal=person.hours[1],
        times=person.times,
        available_from=clock.day(luck.randint(3, 30)) if luck.random() < 1 / 5 else None,
        languages=[{"code": code, "level": level} for code, level in person.languages],
        licences=person.licences,
        kinds=person.kinds,
        words=person.words,
    )


def _skills(clock: Clock, person: Person) -> Iterator[ProfileSkill]:
    luck = chance("skills", person.slug)
    for skill in person.skills:
        source = weighted(luck, [(SkillSource.SELF, 6), (SkillSource.ADVISOR, 3), (SkillSource.COURSE, 1)])
        yield ProfileSkill(profile_id=_id(person), concept_id=skill, source=source, added_at=_since(clock, person))


def _needs(clock: Clock, person: Person) -> NeedsRecord:
    luck = chance("needs", person.slug)
    needs = {
        code: {"importance": importance, "parameter": parameter, "stated_by": luck.choice(["self", "self", "advisor"])}
        for code, importance, parameter in person.needs
    }
    review = {code.split(".")[0]: clock.day(90).isoformat() if luck.random() < 1 / 2 else "" for code in needs}
    return NeedsRecord(profile_id=_id(person), sealed={"needs": needs, "review_on": review}, changed_at=_since(clock, person))


def _note(clock: Clock, person: Person) -> PrivateNote:
    words = chance("note", person.slug).choice(read("people")["notes"][person.language])
    return PrivateNote(profile_id=_id(person), sealed={"words": words}, changed_at=_since(clock, person))
