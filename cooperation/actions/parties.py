"""Who comes to a meeting: added by the advisor, answered by the person for each, and invited only then."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from cooperation.access import can_be_dropped, profile_of, works_there
from cooperation.actions.meetings import names_in, refuse_names
from cooperation.actions.rows import let_in, locked, move, of_advisor, party_of, still_ahead, take_out, tell_person
from cooperation.models import Meeting, Party, PartyKind, Said, digest_of
from cooperation.states import NEED_A_YES, MeetingState
from jobseekers.access import OPENED_BY_LINK
from jobseekers.actions.whose import ONE_TALK, held
from jobseekers.states import NotThere, Refused
from matching import access
from matching.models import Consent, Introduction
from outbox.actions import post

MOST = 12  # parties of one meeting


def add_agency(meeting_id: UUID, *, name: str, agency: str, email: str, language: str, by: ActiveRole, at: datetime) -> Party:
    """A professional without an account. Nothing is sent: the person has to say yes first. Refused: "over", "there", "many", "names"."""
    with transaction.atomic():
        meeting = _open(meeting_id, by=by, at=at)
        sealed = {"name": name, "agency": agency, "email": email.lower()}
        digest = digest_of(sealed)
        if meeting.parties.filter(digest=digest).exists():
            raise Refused("there")
        party = Party.objects.create(meeting=meeting, kind=PartyKind.AGENCY, sealed=sealed, digest=digest, language=language, added_at=at)
        refuse_names(meeting.place, meeting.profile, names_in(meeting))
        record("meeting_party_added", "meeting_party", party.pk, by=by, at=at, after=party.kind)
    return party


def add_employer(meeting_id: UUID, introduction_id: UUID, user_id: int, *, by: ActiveRole, at: datetime) -> Party:
    """A member of an employer who can read this person's card now. Refused: "door" when that is not so any more."""
    with transaction.atomic():
        meeting = _open(meeting_id, by=by, at=at)
        door = Introduction.objects.readable(at).filter(pk=introduction_id, suggestion__profile_id=meeting.profile_id)
        found = door.select_related("posting").first()
        if found is None or user_id not in access.readers_of_posting(found.posting.employer_id):
            raise Refused("door")
        if meeting.parties.filter(user_id=user_id).exists():
            raise Refused("there")
        party = Party.objects.create(meeting=meeting, kind=PartyKind.EMPLOYER, user_id=user_id, introduction=found, added_at=at)
        refuse_names(meeting.place, meeting.profile)
        record("meeting_party_added", "meeting_party", party.pk, by=by, at=at, after=party.kind)
    return party


def _open(meeting_id: UUID, *, by: ActiveRole, at: datetime) -> Meeting:
    meeting = of_advisor(meeting_id, by=by)
    still_ahead(meeting, at)
    if meeting.parties.count() >= MOST:
        raise Refused("many")
    return meeting


def drop_party(party_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """The advisor takes back a party that is not invited: as if it had never been thought of. Refused: "invited", and "told" while a
    letter about it waits (it would go with the row) or something is theirs to do."""
    with transaction.atomic():
        meeting = of_advisor(_meeting_of(party_id), by=by)
        party = party_of(meeting, party_id)
        if party.kind not in NEED_A_YES or party.invited_at is not None:
            raise Refused("invited")
        if not can_be_dropped(party):
            raise Refused("told")
        record("meeting_party_dropped", "meeting_party", party.pk, by=by, at=at, before=party.kind)
        party.delete()


def ask_person(meeting_id: UUID, *, by: ActiveRole, at: datetime) -> int:
    """Ask the person about every party that waits for an answer; returns how many. One letter, which names nobody."""
    with transaction.atomic():
        meeting = of_advisor(meeting_id, by=by)
        still_ahead(meeting, at)
        asked = meeting.parties.filter(kind__in=NEED_A_YES, said=Said.NOTHING).update(asked_at=at)
        if not asked:
            raise Refused("nobody")
        tell_person(meeting, at=at)
        record("meeting_person_asked", "meeting", meeting.pk, by=by, at=at)
    return asked


def answer_party(party_id: UUID, yes: bool, *, by: ActiveRole, at: datetime, channel: str = "", why: str = "") -> None:
    """The person says who may come to this meeting. A no after a yes closes the party's view in the same transaction.

    For the person, or for their advisor with `channel` and `why`. A no is always possible; a yes only while the meeting is ahead.
    """
    with transaction.atomic():
        meeting, party = _asked(party_id, by=by, channel=channel, why=why)
        before = party.said
        if yes:
            still_ahead(meeting, at)
        if before == (said := Said.YES if yes else Said.NO):
            return
        if not yes:
            take_out(party, meeting, at=at)
        on_behalf = by.user_id != meeting.profile.user_id
        party.said, party.said_at, party.asked_at = said, at, party.asked_at or at
        party.channel, party.why = (channel, why) if on_behalf else ("", "")
        party.save(update_fields=["said", "said_at", "asked_at", "channel", "why", "invited_at", "comes", "comes_at"])
        _note_answer(meeting, party, before, by=by, at=at)


def _asked(party_id: UUID, *, by: ActiveRole, channel: str, why: str) -> tuple[Meeting, Party]:
    """What a person has been asked about; an advisor may write down what was never asked in writing."""
    meeting_id = _meeting_of(party_id)
    profile = held(Meeting.objects.values_list("profile_id", flat=True).get(pk=meeting_id), by=by, channel=channel, why=why)
    meeting = locked(meeting_id)
    party = party_of(meeting, party_id)
    if party.kind not in NEED_A_YES or (by.user_id == profile.user_id and party.asked_at is None):
        raise NotThere
    return meeting, party


def _note_answer(meeting: Meeting, party: Party, before: str, *, by: ActiveRole, at: datetime) -> None:
    """Event and letter: to the person when somebody else has answered, to the advisor when the person has."""
    what = "meeting_yes" if party.said == Said.YES else "meeting_no"
    record("meeting_party_answered", "meeting_party", party.pk, by=by, at=at, before=before, after=party.said)
    if party.channel:
        record(what, "profile", meeting.profile_id, by=by, at=at, channel=party.channel, why=party.why)
        post("answered_for_you", reader_id=meeting.profile.user_id, at=at, about=meeting.profile_id, not_before=at + ONE_TALK)
    elif meeting.profile.advisor_id:
        post("meeting_answered", reader_id=meeting.profile.advisor_id, at=at, about=meeting.pk)


def invite(meeting_id: UUID, *, by: ActiveRole, at: datetime) -> int:
    """Send the invitations; returns how many. Refused as a whole ("no_yes") while the person has not answered for every party.

    Those with a no are left out. Everything is asked again here, under lock; and once more when each letter is written.
    """
    with transaction.atomic():
        meeting = of_advisor(meeting_id, by=by)
        still_ahead(meeting, at)
        if meeting.starts <= at:
            raise Refused("past")
        found = list(meeting.parties.select_for_update(of=("self",)).to_invite().in_order())
        if not found:
            raise Refused("nobody")
        for party in found:
            _may_be_invited(party, at)
        for party in found:
            let_in(party, by=by, at=at)
        if meeting.state == MeetingState.INVITED:
            meeting.sequence += 1  # of whoever was called off before, this is the newer entry
            meeting.save(update_fields=["sequence"])
        if meeting.state == MeetingState.PLANNED:
            move(meeting, MeetingState.INVITED, by=by, at=at)
    return len(found)


def _may_be_invited(party: Party, at: datetime) -> None:
    if party.needs_a_yes and (party.said != Said.YES or not party.is_still_who):
        raise Refused("no_yes")
    door = party.introduction
    if door:  # a taking back that is on its way is waited for, as the database itself would wait
        Consent.objects.select_for_update().get(pk=door.consent_id)
    if door and not Introduction.objects.readable(at).filter(pk=door.pk).exists():
        raise Refused("door")
    if not works_there(party):
        raise Refused("gone")


def answer_invitation(party_id: UUID, comes: bool, *, by: ActiveRole | None, at: datetime, channel: str = "", why: str = "") -> None:
    """A party says whether they come: the person, a member, the advisor; `by=None` is somebody with the link of a letter.

    The advisor may write down that the person does not want to come, with `channel` and `why`, also before anybody is invited.
    """
    with transaction.atomic():
        meeting_id = _meeting_of(party_id)
        if channel:
            held(Meeting.objects.values_list("profile_id", flat=True).get(pk=meeting_id), by=_somebody(by), channel=channel, why=why)
        meeting = locked(meeting_id)
        still_ahead(meeting, at)
        party = party_of(meeting, party_id)
        refuses = bool(channel) and party.kind == PartyKind.PERSON
        if not refuses and (party.invited_at is None or party.user_id != (by.user_id if by else None)):
            raise NotThere
        party.comes, party.comes_at = Said.YES if comes else Said.NO, at
        party.save(update_fields=["comes", "comes_at"])
        record("meeting_answered", "meeting_party", party.pk, by=by, at=at, after=party.comes)
        if channel:
            what = "meeting_comes" if comes else "meeting_stays_away"
            record(what, "profile", meeting.profile_id, by=by, at=at, channel=channel, why=why)
            post("answered_for_you", reader_id=meeting.profile.user_id, at=at, about=meeting.profile_id, not_before=at + ONE_TALK)


def note_look(party_id: UUID, *, at: datetime) -> None:
    """Somebody has opened the link of an invitation: noted of the party, and of the person, who reads it under "Who has seen"."""
    with transaction.atomic():
        record("meeting_read_by_link", "meeting_party", party_id, by=None, at=at)
        record(OPENED_BY_LINK, "profile", profile_of(_meeting_of(party_id)), by=None, at=at)


def _somebody(by: ActiveRole | None) -> ActiveRole:
    if by is None:
        raise NotThere
    return by


def _meeting_of(party_id: UUID) -> UUID:
    found = Party.objects.filter(pk=party_id).values_list("meeting_id", flat=True).first()
    if found is None:
        raise NotThere
    return found
