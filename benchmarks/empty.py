"""Memory of a worker that has nobody to match yet, with the vocabulary that ships: `python benchmarks/empty.py`.

Starts two workers one after the other: the first makes the vectors of the vocabulary, every later one finds them.
"""

import subprocess
import sys
from pathlib import Path

import ground  # noqa: F401 (first: it makes the settings)
from django.core.management import call_command
from django.utils import timezone

from employers.models import Employer, Posting, PostingStatus
from matching.actions import list_missing
from taxonomy.actions import load_needs, load_starter
from taxonomy.models import Concept

NOW = timezone.now()


def main() -> None:
    call_command("migrate", verbosity=0)
    load_starter(at=NOW)
    load_needs(at=NOW)
    employer = Employer.objects.create(country="SE", number="5560000001", name="Employer", joined_at=NOW)
    wanted = Concept.objects.skills().values_list("key", flat=True)[:12]
    skills = [{"key": key, "importance": "must"} for key in wanted]
    posting = Posting.objects.create(employer=employer, live=True, language="sv", kind="trial", title="A posting", skills=skills)
    PostingStatus.objects.create(posting=posting, state="published", published_at=NOW, published_hash=posting.content_hash())
    list_missing()
    for _ in range(2):
        subprocess.run([sys.executable, Path(__file__).with_name("worker.py")], check=True)


if __name__ == "__main__":
    main()
