"""How good the engine is, beside its baselines: `manage.py evaluate linking|skills|ranking|fairness`, as a table or as JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.queries import evaluation as people
from taxonomy.encoders import Encoder, EncoderUnavailable, NordicEncoder
from taxonomy.linker import evaluation as links

HEADS = ("", "queries", "found first", "among ten", "MRR")
SETS = ("corpus", "queries", "relevant")
BESIDE_MINILM = ("linking", "skills", "ranking")


class Command(BaseCommand):
    help = "Measure linking, skill linking, ranking or fairness on public or made data. Intervals: 95 %, 1,000 resamples, fixed seed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        linking = self._one(what, "linking", "occupation titles to concepts, on a set in the format of the MELO benchmark")
        for name in SETS:
            linking.add_argument(f"--{name}", type=Path, required=True, help="a CSV file, packed or not")
        linking.add_argument("--lang", required=True, help="of the corpus, two letters")
        linking.add_argument("--esco", type=Path, help="folder of label files; without it the labels of this installation are used")
        skills = self._one(what, "skills", "Swedish skill names to ESCO's skills")
        skills.add_argument("--queries", type=Path, required=True, help="columns query_sv and esco_skill_uri")
        for parser_ in (skills, ranking := self._one(what, "ranking", "profiles against postings, made of ESCO's relations")):
            parser_.add_argument("--esco", type=Path, required=True, help="folder of ESCO's label and relation files")
        fairness = self._one(what, "fairness", "twins and selection rates, on people made of ESCO's relations")
        fairness.add_argument("--esco", type=Path, required=True, help="folder of ESCO's label and relation files")
        for parser_ in (ranking, fairness):
            parser_.add_argument("--people", type=int, default=400)
            parser_.add_argument("--seed", type=int, default=0)

    def _one(self, what: Any, name: str, words: str) -> CommandParser:
        found: CommandParser = what.add_parser(name, help=words)
        found.add_argument("--json", action="store_true", help="for a program to read")
        found.add_argument("--weights", type=Path, default=links.WEIGHTS, help="another weights file than the shipped one")
        return found

    def handle(self, *, what: str, weights: Path, **options: Any) -> None:
        measure: dict[str, Callable[[list[Encoder], dict[str, Any]], Any]] = {
            "linking": _linking,
            "skills": _skills,
            "ranking": _ranking,
            "fairness": _fairness,
        }
        try:
            compared: list[Encoder] = [NordicEncoder.open(weights), *(links.minilm() if what in BESIDE_MINILM else ())]
            found = measure[what](compared, options)
        except (EncoderUnavailable, links.BadSetError, people.MissingRelationsError, OSError) as error:
            raise CommandError(str(error)) from error
        self._write(found, as_json=options["json"])
        if len(compared) == 1 and what in BESIDE_MINILM:
            where = self.stderr if options["json"] else self.stdout
            where.write(f"MiniLM was left out. After `make train` it is there: python3 scripts/train.py manage.py evaluate {what} …")

    def _write(self, found: Any, *, as_json: bool) -> None:
        if isinstance(found, people.Fairness):
            self.stdout.write(json.dumps(found.as_dict(), indent=2) if as_json else _fair(found))
        elif as_json:
            self.stdout.write(json.dumps({title: [one.as_dict() for one in results] for title, results in found.items()}, indent=2))
        else:
            self.stdout.write("\n\n".join(_table(title, results) for title, results in found.items()))


def _linking(compared: list[Encoder], options: dict[str, Any]) -> Mapping[str, list[links.Result]]:
    given = links.LinkingSet.read(*(options[name] for name in SETS), language=options["lang"])
    known = links.labels_of_the_files(options["esco"]) if options["esco"] else links.labels_of_the_database
    return links.evaluate_linking(given, known, compared)


def _skills(compared: list[Encoder], options: dict[str, Any]) -> Mapping[str, list[links.Result]]:
    found = links.evaluate_skills(options["queries"], options["esco"], compared)
    return {f"labels in {language}": results for language, results in found.items()}


def _ranking(compared: list[Encoder], options: dict[str, Any]) -> Mapping[str, list[links.Result]]:
    return people.evaluate_ranking(people.made_from(options["esco"], people=options["people"], seed=options["seed"]), compared)


def _fairness(compared: list[Encoder], options: dict[str, Any]) -> people.Fairness:
    made = people.made_from(options["esco"], people=options["people"], seed=options["seed"])
    return people.evaluate_fairness(made, compared[0], seed=options["seed"])


def _table(title: str, results: Sequence[links.Result]) -> str:
    return links.table((title, *HEADS[1:]), [(one.name, one.queries, one.first, one.ten, one.mrr) for one in results])


def _fair(found: people.Fairness) -> str:
    lines = [
        f"The engine reads of a person: {', '.join(found.read_of_a_person)}",
        f"Of what it must never read, it reads: {', '.join(found.forbidden) or 'nothing'}",
        f"Twins, one of whom has a need that is met: {found.twins}, of which unequal: {found.unequal_twins}",
    ]
    rates = [(f"how people write: {name}", ratio) for name, ratio in found.by_language.items()]
    rates += [(f"country: {name}", ratio) for name, ratio in found.by_country.items()]
    return "\n".join([*lines, "", links.table(("among the first ten, against the highest group", "ratio"), rates)])
