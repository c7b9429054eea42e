"""Employers with their workplaces, supervisors, answers to the needs of the catalogue, and postings, first as drafts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from accounts.models import Membership, RoleKind
from employers.models import Answer, Employer, Evidence, Kind, LeadTime, Posting, PostingStatus, Supervisor, Workplace, WorkplaceOffer
from employers.queries import LAST_STEP
from portal.demo.accounts import COUNTRY_LANGUAGE, NewAccount, make_accounts
from portal.demo.content import Clock, account_id, address, chance, key, read, weighted
from taxonomy.models import Place

FILES = ("employers_se", "employers_no")
Row = dict[str, Any]


def employers() -> Iterator[Row]:
    """Every employer of the files, with its country's defaults."""
    for name in FILES:
        content = read(name)
        defaults = {field: content[field] for field in ("country", "language", "pay", "agreement")}
        for one in content["employer"]:
            yield defaults | one


def workplaces() -> Iterator[tuple[Row, Row]]:
    for employer in employers():
        for workplace in employer["workplace"]:
            yield employer, workplace


def postings() -> Iterator[tuple[Row, Row, Row]]:
    for employer, workplace in workplaces():
        for posting in workplace.get("posting", ()):
            yield employer, workplace, posting


def posting_id(workplace: Row, posting: Row) -> Any:
    return key("posting", workplace["slug"], posting["slug"])


def organisation_number(country: str, n: int) -> str:
    """A number with the right check digit that looks invented: Swedish 556000-1…, Norwegian 999 00… ."""
    if country == "SE":
        nine = f"5560001{n:02d}"
        doubled = (int(digit) * (2 - i % 2) for i, digit in enumerate(nine))
        return nine + str(-sum(d // 10 + d % 10 for d in doubled) % 10)
    # In Norway one eight in eleven has no check digit at all: the next one that has is taken.
    eights = (f"99900{i:03d}" for i in range(10 * n, 10 * n + 10))
    checks = ((one, -sum(int(d) * w for d, w in zip(one, (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11) for one in eights)
    return next(f"{one}{check}" for one, check in checks if check < len("0123456789"))


def make_employers(clock: Clock, taken: set[str]) -> None:
    """Employers, their first member, workplaces with supervisors and answers."""
    found = list(employers())
    make_accounts([_member(one, n, taken) for n, one in enumerate(found)])
    Employer.objects.bulk_create(
        Employer(
            pk=key("employer", one["slug"]),
            country=one["country"],
            number=organisation_number(one["country"], n),
            name=one["name"],
            city=one["city"],
            joined_at=clock.ago(90 + 7 * n),
            contact_id=account_id(_contact_at_ours(one["country"], n)),
        )
        for n, one in enumerate(found)
    )
    Membership.objects.bulk_create(
        Membership(
            user_id=account_id(_slug(one)),
            kind=RoleKind.EMPLOYER,
            employer_id=key("employer", one["slug"]),
            organisation=one["name"],
            manages=True,
            since=clock.ago(90 + 7 * n),
        )
        for n, one in enumerate(found)
    )
    _make_workplaces(clock)


def _contact_at_ours(country: str, n: int) -> str:
    """The advisor whom an employer knows by name: each of the country's in turn."""
    teams = {team["slug"] for agency in read("region")["agency"] if agency["country"] == country for team in agency["team"]}
    advisors = [one["slug"] for one in read("region")["staff"] if one["kind"] == RoleKind.ADVISOR and one["team"] in teams]
    return str(advisors[n % len(advisors)])


def _slug(employer: Row) -> str:
    return str(employer["slug"])


def _member(employer: Row, n: int, taken: set[str]) -> NewAccount:
    phone = f"033-17 41 {n:02d}" if employer["country"] == "SE" else f"+47 69 00 42 {n:02d}"
    language = COUNTRY_LANGUAGE[employer["country"]]
    return NewAccount(_slug(employer), employer["contact"], address(employer["contact"], "example.org", taken), phone, language)


def _make_workplaces(clock: Clock) -> None:
    places = {(place.country, place.name): place for place in Place.objects.filter(country__in=COUNTRY_LANGUAGE)}
    found = list(workplaces())
    Workplace.objects.bulk_create(
        Workplace(
            pk=key("workplace", one["slug"]),
            employer_id=key("employer", employer["slug"]),
            name=one["name"],
            street=one["street"],
            postal_code=one["postal"],
            place=places[employer["country"], one["place"]],
            directions=one["directions"],
            description=one["description"],
        )
        for employer, one in found
    )
    Supervisor.objects.bulk_create(
        Supervisor(workplace_id=key("workplace", one["slug"]), name=name, title=title, hours_per_week=hours)
        for _, one in found
        for name, title, hours in one["supervisors"]
    )
    WorkplaceOffer.objects.bulk_create(offer for employer, one in found for offer in _offers(clock, employer["language"], one))


def _offers(clock: Clock, language: str, workplace: Row) -> Iterator[WorkplaceOffer]:
    """The answers of its kind of workplace, with some of them not given yet and some less sure."""
    content, luck, fixed = read("offers"), chance("offers", workplace["slug"]), workplace.get("answers", {})
    usual = {code: answer for part in ("all", workplace["type"]) for answer in Answer.values for code in content[part].get(answer, ())}
    silent = luck.uniform(0.1, 0.45)
    for code, answer in usual.items():
        if code not in fixed and luck.random() < silent:
            continue
        given = Answer.CAN if answer == Answer.YES and luck.random() < 1 / 8 else Answer(answer)
        lines = content["how"][language].get(code, ())
        offer = {
            "answer": given,
            "lead": luck.choice(LeadTime.values) if given == Answer.CAN else "",
            "how": luck.choice(lines) if lines and given != Answer.NO and luck.random() < 1 / 2 else "",
            "evidence": weighted(luck, [(Evidence.DECLARED, 7), (Evidence.VISITED, 2), (Evidence.SHOWN, 1)]),
        } | fixed.get(code, {})
        if offer["answer"] != Answer.UNKNOWN:
            yield WorkplaceOffer(
                workplace_id=key("workplace", workplace["slug"]), need_id=code, at=clock.ago(luck.randint(5, 200)), **offer
            )


def make_drafts(clock: Clock) -> None:
    """Every posting, as its employer wrote it; none is public yet."""
    offers: dict[Any, dict[str, dict[str, str]]] = {}
    for offer in WorkplaceOffer.objects.order_by("need__position"):
        offers.setdefault(offer.workplace_id, {})[offer.need_id] = offer.as_dict()
    supervisor = {one.workplace_id: one for one in Supervisor.objects.order_by("-pk")}  # the first of each is the last to be set
    drafts = [_draft(clock, *row) for row in postings()]
    for draft in drafts:
        if draft.workplace_id:
            draft.offers, draft.supervisor = offers.get(draft.workplace_id, {}), supervisor.get(draft.workplace_id)
    Posting.objects.bulk_create(drafts)
    PostingStatus.objects.bulk_create(PostingStatus(posting=draft, step=LAST_STEP) for draft in drafts)


def _draft(clock: Clock, employer: Row, workplace: Row, row: Row) -> Posting:
    luck = chance("posting", workplace["slug"], row["slug"])
    kind = row.get("kind", Kind.TRIAL)
    work = kind in {Kind.JOB, Kind.APPRENTICESHIP}
    weeks = row.get("weeks", [luck.choice([2, 4]), luck.choice([8, 12])]) if kind == Kind.TRIAL else [None, None]
    last = clock.day(-luck.randint(1, 10)) if row.get("state") == "expired" else clock.day(row.get("last", luck.randint(14, 60)))
    return Posting(
        pk=posting_id(workplace, row),
        employer_id=key("employer", employer["slug"]),
        workplace_id=key("workplace", workplace["slug"]),
        live=False,
        language=employer["language"],
        kind=kind,
        leads_to_job=row.get("leads", "perhaps") if kind != Kind.JOB else "",
        title=row["title"],
        tasks=row["tasks"],
        day=row.get("day", ""),
        occupation_id=row["occupation"],
        hours_min=row["hours"][0],
        hours_max=row["hours"][1],
        times=row.get("times", ["day"]),
        starts_on=max(clock.today, last - timedelta(days=30)) if "start" not in row else clock.day(row["start"]),
        weeks_min=weeks[0],
        weeks_max=weeks[1],
        places=row.get("places", 3),
        last_day=last,
        skills=[{"key": one, "importance": level} for level in ("must", "good") for one in row.get(level, ())],
        language_level=row.get("level", ""),
        licences=row.get("licences", []),
        contact_name=" ".join(employer["contact"]),
        contact_phone="",
        contact_email="",
        pay=employer["pay"] if work else "",
        agreement=employer["agreement"] if work else "",
    )
