"""How long "not yours" and "not there" take: both asked in turn, many times, in the demo region; prints their medians and the ratio.

A ratio near 1 means that nobody learns from the time of an answer whether a person, a suggestion or a posting exists.
"""

import argparse
import io
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import cycle
from uuid import UUID, uuid4

import ground
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone

from accounts.actions import accept_terms
from accounts.models import User
from employers.models import Posting
from jobseekers.models import Profile
from matching.models import Introduction, Suggestion
from portal.demo.accounts import role_of
from portal.demo.content import account_id, key

PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"  # nothing has been collected here
WARM_UP = 20
ONE_MILLISECOND = 1e6  # in nanoseconds


@dataclass(frozen=True)
class Question:
    """An address that somebody asks for, with the ids of things that are there and not theirs."""

    who: str
    path: str
    theirs: tuple[UUID, ...]


def questions() -> Iterator[Question]:
    """For each role the pages with an id, and for anyone a posting that is not public."""
    maria, elin = account_id("maria"), account_id("elin")
    lindangen = key("employer", "lindangen")
    team = key("team", "centrum")
    others = Suggestion.objects.exclude(profile__team_id=team)  # what the team has, a colleague may read
    doors = Introduction.objects.all()
    asked = (
        ("maria", "advisor/people/{}/", Profile.objects.exclude(advisor_id=maria)),
        ("maria", "advisor/suggestions/{}/", others),
        ("maria", "advisor/introductions/{}/", doors.exclude(suggestion__profile__advisor_id=maria)),
        ("karim", "team/transfers/{}/", Profile.objects.exclude(team_id=team)),
        ("lindangen", "employer/postings/{}/", Posting.objects.exclude(employer_id=lindangen)),
        ("lindangen", "employer/introductions/{}/", doors.exclude(posting__employer_id=lindangen)),
        ("elin", "me/suggestions/{}/", Suggestion.objects.filter(approved_once=True).exclude(profile__user_id=elin)),
        ("elin", "me/introductions/{}/", doors.exclude(suggestion__profile__user_id=elin)),
        ("", "postings/{}/", Posting.objects.filter(live=False, status__state="draft")),
    )
    for who, path, rows in asked:
        yield Question(who, f"/sv/{path}", tuple(rows.order_by("pk").values_list("pk", flat=True)))


def client_of(who: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    if who:
        client.force_login(User.objects.get(pk=account_id(who)), backend="django.contrib.auth.backends.ModelBackend")
    return client


def measured(client: Client, path: str) -> int:
    began = time.perf_counter_ns()
    answer = client.get(path)
    took = time.perf_counter_ns() - began
    if answer.status_code != HTTPStatus.NOT_FOUND:
        raise SystemExit(f"{path} answers {answer.status_code}, not 404")
    return took


def compare(question: Question, times: int) -> list[float]:
    """The medians in milliseconds: what is theirs, what is nowhere. Which of the two comes first changes by chance."""
    client, theirs = client_of(question.who), cycle(question.theirs)
    took: dict[str, list[int]] = {"theirs": [], "nowhere": []}
    ids: dict[str, Callable[[], UUID]] = {"theirs": lambda: next(theirs), "nowhere": uuid4}
    for _ in range(times + WARM_UP):
        for kind in random.sample(sorted(ids), 2):
            took[kind].append(measured(client, question.path.format(ids[kind]())))
    return [statistics.median(took[kind][WARM_UP:]) / ONE_MILLISECOND for kind in ("theirs", "nowhere")]


def run() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=400, help="how often each address is asked for")
    times = parser.parse_args().times
    print("Making the demo region in a database of its own …", flush=True)
    for command in (("migrate", "--verbosity=0"), ("load_starter",), ("demo",)):
        call_command(*command, stdout=io.StringIO())
    (ground.FOLDER / "collected").mkdir(exist_ok=True)
    accept_terms(by=role_of("lindangen"), at=timezone.now())
    print(f"{'who':10} {'address':34} {'not yours':>12} {'not there':>12} {'ratio':>7}    medians of {times}, in milliseconds")
    for question in questions():
        theirs, nowhere = compare(question, times)
        print(f"{question.who or 'anyone':10} {question.path:34} {theirs:12.3f} {nowhere:12.3f} {theirs / nowhere:7.3f}", flush=True)


if __name__ == "__main__":
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN}}):
        run()
