"""The agreement as a PDF, read by veraPDF: it keeps PDF/UA-1 in each language, whatever stands in it."""

import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import translation

from placements import access
from placements.exports.paper import as_pdf
from placements.fields import Contact, Goal
from placements.states import Party
from tests import needed
from tests.factories.placements import PHONED, apprenticeship, make_case, running_case, terms

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
HARD = terms(
    tasks="Rad ett\n\nRad *två* #med @tecken $x$ \\\\ <b> ’ — 你好 😀\u202e",
    goals=(Goal("try", "Åsa-Øyvind #let x = 1"), Goal("job_here", "")),
    supervisor=Contact("José O'Brien " + "x" * 60, "förman", "033-55 01 14", "sara@example.org"),
    adaptations=(),
)


def sheets(now: datetime) -> dict[str, access.Sheet]:
    """Agreements of every shape: to sign, with words that try to be markup, signed for one party, with a school, under way."""
    hard = make_case(now)
    hard.write(now, terms=HARD)
    hard.send(now)
    behalf = make_case(now).until_sent(now)
    behalf.sign(Party.JOBSEEKER, now, by=behalf.advisor, behalf=PHONED)
    cases = {
        "to_sign": make_case(now).until_sent(now),
        "hard": hard,
        "behalf": behalf,
        "running": running_case(now),
        "school": apprenticeship(now),
    }
    return {name: access.sheet_of_version(case.version()) for name, case in cases.items()}


def test_every_paper_keeps_pdf_ua(now: datetime, tmp_path: Path) -> None:
    command = needed.paper_checker()
    for name, sheet in sheets(now).items():
        for language in ("sv", "nb", "en"):
            with translation.override(language):
                (tmp_path / f"{name}-{language}.pdf").write_bytes(as_pdf(sheet))
    files = sorted(map(str, tmp_path.glob("*.pdf")))
    assert len(files) == 5 * 3
    read = subprocess.run([*command, *files], capture_output=True, text=True, check=True, timeout=300).stdout
    assert [line for line in read.splitlines() if not line.startswith("good ")] == []
    assert read.count("good ") == len(files)
