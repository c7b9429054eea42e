"""The letters of placements: that there is something to read or to sign, and no word of what. Checked at the moment of sending."""

from dataclasses import replace
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from outbox.letters import render
from outbox.models import Letter
from outbox.signals import Content, writes
from placements.access import CHECK_IN, REPORTS, address_in, asked_to_assess, parties_of, readers_of_check_in, token_of
from placements.models import Assessment, CheckIn, CheckInState, Outcome, OutcomeConsent, Placement, Report, Version
from placements.states import SIGNING, Paper, Party, State

NOTHING = UUID(int=0)


def _neutral(letter: Letter, template: str = "letters/something_new") -> Content:
    return render(template, language=letter.reader.language)


@writes("agreement_to_sign", about="always")
@writes("not_signed_yet", about="always")
def agreement_to_sign(letter: Letter) -> Content | None:
    """To a party whose own signature is missing; nothing once it is there, or the version is no longer the one to sign."""
    version = _version(letter)
    waits = version and version.state in SIGNING and not version.signatures.filter(by_id=letter.reader_id, channel="").exists()
    return _neutral(letter) if waits else None


@writes("signatures_void", about="always")
@writes("agreement_approved", about="always")
def agreement_changed(letter: Letter) -> Content | None:
    """To a party: the words are new and no signature counts, or the version is in force now."""
    version = _version(letter)
    return _neutral(letter) if version and version.state != Paper.VOID else None


def _version(letter: Letter) -> Version | None:
    """The version that the letter is about, if its reader is still one of the parties and knows of the agreement."""
    version = Version.objects.select_related("placement__profile", "placement__posting").filter(pk=letter.about or NOTHING).first()
    theirs = version and letter.reader_id in parties_of(version.placement, employer=_shown(version.placement))
    return version if theirs else None


def _shown(placement: Placement) -> bool:
    """Whether the person has let the employer read a version: who has read one learns that there is another, to be read later."""
    return placement.versions.filter(shown_at__isnull=False).exists()


@writes("placement_moved", about="always")
def placement_moved(letter: Letter) -> Content | None:
    """To a party: the placement has begun, rests, or is over."""
    placement = _placement(letter)
    return _neutral(letter) if placement and letter.reader_id in parties_of(placement, employer=_shown(placement)) else None


@writes("draft_idle", about="always")
def draft_idle(letter: Letter) -> Content | None:
    """To the advisor: a draft that nobody touches will go."""
    placement = _placement(letter)
    waits = placement and placement.state == State.DRAFT and placement.profile.advisor_id == letter.reader_id
    return _neutral(letter, "letters/reminder") if waits else None


def _placement(letter: Letter) -> Placement | None:
    return Placement.objects.select_related("profile", "posting").filter(pk=letter.about or NOTHING).first()


@writes("check_in", about="always")
@writes("check_in_reminder", about="reminders")
def check_in(letter: Letter) -> Content | None:
    """To an account that may answer: the person gets a link that opens these questions alone, a member of the employer signs in.

    Nothing once it is answered, missed or no longer asked for.
    """
    row = _check_in(letter)
    if row is None or letter.reader_id not in readers_of_check_in(row):
        return None
    if row.party != Party.JOBSEEKER:
        return _neutral(letter, "letters/answer_waiting")
    return render("letters/check_in", language=letter.reader.language, link=token_of(CHECK_IN, row.pk))


@writes("check_in_by_link", about="always")
@writes("check_in_reminder_by_link", about="reminders")
def check_in_by_link(letter: Letter) -> Content | None:
    """To the supervisor at the address in the agreement, with a link that opens these questions and nothing else."""
    row = _check_in(letter)
    version = row.placement.versions.in_force().first() if row else None
    address = address_in(version, Party.SUPERVISOR)
    if row is None or not address or User.objects.filter(email__iexact=address, pk__in=readers_of_check_in(row)).exists():
        return None  # a supervisor with an account of the employer has had the other letter
    content = render("letters/check_in", language=row.placement.posting.language, link=token_of(CHECK_IN, row.pk))
    return replace(content, to=address)


def _check_in(letter: Letter) -> CheckIn | None:
    rows = CheckIn.objects.select_related("placement__profile", "placement__posting")
    row = rows.filter(pk=letter.about or NOTHING, state=CheckInState.SENT).first()
    return row if row and row.placement.is_live else None


@writes("check_in_answered", about="news")
@writes("task_made", about="always")
def to_the_advisor(letter: Letter) -> Content | None:
    """To the advisor who helps the person now: there is something to read or to do."""
    about = letter.about or NOTHING
    found = Placement.objects.filter(Q(pk=about) | Q(check_ins=about), profile__advisor_id=letter.reader_id)
    return _neutral(letter) if found.exists() else None


@writes("agreement_by_link_supervisor", about="always")
@writes("agreement_by_link_other", about="always")
def agreement_by_link(letter: Letter) -> Content | None:
    """To a supervisor or a school without an account: a link that opens this version, as long as it is to be signed."""
    party = Party(letter.kind.removeprefix("agreement_by_link_"))
    version = Version.objects.select_related("placement__posting").filter(pk=letter.about or NOTHING, state__in=SIGNING).first()
    if version is None or version.shown_at is None or version.signatures.filter(party=party).exists():
        return None
    address = address_in(version, party)
    if not address:
        return None
    language = version.placement.posting.language
    return replace(render("letters/sign_by_link", language=language, link=token_of(party, version.pk)), to=address)


@writes("assessment", about="always")
@writes("assessment_reminder", about="reminders")
def assessment(letter: Letter) -> Content | None:
    """To a side that has not said how it went; nothing when it has, or the advisor has closed it."""
    rows = Assessment.objects.select_related("placement__profile", "placement__posting")
    row = rows.filter(pk=letter.about or NOTHING, closed_at=None).first()
    asked = row and letter.reader_id in asked_to_assess(row, row.placement)
    return _neutral(letter, "letters/answer_waiting") if asked else None


@writes("outcome", about="reminders")
def outcome(letter: Letter) -> Content | None:
    """To the person who has said yes to being asked; nothing once it is known, or the yes is taken back."""
    row = Outcome.objects.filter(pk=letter.about or NOTHING, where="").select_related("placement__profile").first()
    theirs = row is not None and row.placement.profile.user_id == letter.reader_id
    waits = row and theirs and OutcomeConsent.objects.given().filter(profile_id=row.placement.profile_id).exists()
    return _neutral(letter, "letters/answer_waiting") if waits else None


def _report(letter: Letter) -> Report | None:
    return Report.objects.select_related("placement__profile", "placement__posting").filter(pk=letter.about or NOTHING).first()


def _report_to_write(letter: Letter) -> Report | None:
    rows = Report.objects.waiting().writable(timezone.now()).select_related("placement__profile", "placement__posting")
    return rows.filter(pk=letter.about or NOTHING).first()


@writes("report_due", about="always")
def report_due(letter: Letter) -> Content | None:
    """To a member of the employer; nothing once it is written."""
    row = _report_to_write(letter)
    theirs = row and letter.reader_id in parties_of(row.placement, employer=True)
    return _neutral(letter, "letters/answer_waiting") if theirs else None


@writes("report_by_link_supervisor", about="always")
@writes("report_by_link_other", about="always")
def report_by_link(letter: Letter) -> Content | None:
    """To the supervisor or the school at the address in the agreement, with a link that opens this report and nothing else."""
    party = Party(letter.kind.removeprefix("report_by_link_"))
    row = _report_to_write(letter)
    version = row.placement.versions.in_force().first() if row else None
    address = address_in(version, party)
    if row is None or not address or User.objects.filter(email__iexact=address, pk__in=parties_of(row.placement, employer=True)).exists():
        return None  # a supervisor with an account of the employer has had the other letter
    language = row.placement.posting.language
    return replace(render("letters/report", language=language, link=token_of(REPORTS[party], row.pk)), to=address)


@writes("report_written", about="news")
def report_written(letter: Letter) -> Content | None:
    """To the person and their advisor: there is something to read."""
    row = _report(letter)
    return _neutral(letter) if row and letter.reader_id in parties_of(row.placement, employer=False) else None
