"""`manage.py add_staff`: how the first people of an installation get in."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Agency, Membership, Team
from outbox.models import Letter

pytestmark = pytest.mark.django_db


def _run(*words: str) -> None:
    call_command("add_staff", *words)


def test_the_first_coordinator_comes_with_agency_and_team(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("karim@example.no", "--role", "coordinator", "--agency", "Fredrikstad kommune", "--country", "NO", "--team", "Sentrum")
    _run(*words, "--first-name", "Karim")
    made = Membership.objects.get(user__email="karim@example.no")
    assert made.team is not None
    assert (made.kind, made.team.name, made.team.agency.country, made.user.first_name) == ("coordinator", "Sentrum", "NO", "Karim")
    assert Letter.objects.get().reader_id == made.user_id
    assert "coordinator now" in capsys.readouterr().out
    _run(*words)
    assert "already" in capsys.readouterr().out
    assert (Membership.objects.count(), Team.objects.count(), Agency.objects.count()) == (1, 1, 1)


def test_an_editor_has_no_team_and_may_review(capsys: pytest.CaptureFixture[str]) -> None:
    _run("lena@example.org", "--role", "editor")
    made = Membership.objects.get()
    assert (made.kind, made.team_id) == ("editor", None)
    assert made.user.groups.filter(name="Editors").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("a@example.org", "--role", "advisor"),
        ("a@example.org", "--role", "editor", "--agency", "X", "--team", "Y"),
        ("a", "--role", "editor"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        _run(*words)
    assert not Membership.objects.exists()
    assert not Agency.objects.exists()
