"""What the database holds of joint meetings: triggers that refuse an invitation without the person's yes, on SQLite and PostgreSQL.

Installed after every migrate, as those of the two yeses are (matching/signals.py); a test counts them. That a party which is invited
has its yes at every moment is a constraint of the table itself (cooperation/models/meetings.py).
"""

from audit.signals import Guard, Rule

MEETING_MOVED = "meeting_moved"  # meeting_id, state
INVITED_NOW = "NEW.invited_at IS NOT NULL AND (OLD.invited_at IS NULL OR NEW.invited_at <> OLD.invited_at)"
# The meeting and the employer's yes: a taking back or a calling off that is on its way is waited for and seen.
_HELD = """IF NEW.invited_at IS NOT NULL THEN PERFORM 1 FROM cooperation_meeting WHERE id = NEW.meeting_id FOR SHARE;
  PERFORM 1 FROM matching_consent c JOIN matching_introduction i ON i.consent_id = c.id WHERE i.id = NEW.introduction_id
  FOR SHARE OF c; END IF;"""
RULES = (
    Rule("meeting_party_starts_uninvited", "cooperation_party", "INSERT", "NEW.invited_at IS NOT NULL OR NEW.said <> ''"),
    Rule(
        "meeting_party_stands",
        "cooperation_party",
        "UPDATE",
        """NEW.meeting_id <> OLD.meeting_id OR NEW.kind <> OLD.kind OR NEW.user_id <> OLD.user_id
           OR NEW.introduction_id <> OLD.introduction_id OR NEW.digest <> OLD.digest""",
    ),
    Rule(
        "meeting_invites_with_yes",
        "cooperation_party",
        "UPDATE",
        f"""{INVITED_NOW} AND ((NEW.kind IN ('agency', 'employer') AND NEW.said <> 'yes') OR NOT EXISTS (
           SELECT 1 FROM cooperation_meeting m JOIN jobseekers_profile p ON p.id = m.profile_id
           WHERE m.id = NEW.meeting_id AND m.state IN ('planned', 'invited') AND p.left_at IS NULL))""",  # noqa: S608 (our own words)
        _HELD,
    ),
    Rule(
        "meeting_invites_through_the_door",
        "cooperation_party",
        "UPDATE",
        f"""{INVITED_NOW} AND NEW.kind = 'employer' AND NOT EXISTS (SELECT 1 FROM matching_introduction i
           JOIN matching_consent c ON c.id = i.consent_id
           JOIN matching_suggestion s ON s.id = i.suggestion_id
           JOIN cooperation_meeting m ON m.profile_id = s.profile_id
           WHERE i.id = NEW.introduction_id AND m.id = NEW.meeting_id AND c.withdrawn_at IS NULL
           AND c.until >= {{day NEW.invited_at}} AND i.state IN ('open', 'answered', 'meeting', 'agreed'))""",  # noqa: S608 (our own words)
        _HELD,
    ),
    Rule("meeting_starts_planned", "cooperation_meeting", "INSERT", "NEW.state <> 'planned'"),
    Rule(
        "meeting_moves_by_the_table",
        "cooperation_meeting",
        "UPDATE",
        """NEW.profile_id <> OLD.profile_id OR NEW.sequence < OLD.sequence
           OR (OLD.state IN ('held', 'cancelled') AND NEW.state <> OLD.state)
           OR (NEW.state = 'planned' AND OLD.state <> 'planned') OR (NEW.state = 'held' AND OLD.state NOT IN ('invited', 'held'))
           OR (NEW.state = 'invited' AND OLD.state = 'planned' AND NOT EXISTS (SELECT 1 FROM cooperation_party y
             WHERE y.meeting_id = NEW.id AND y.kind = 'person' AND (y.invited_at IS NOT NULL OR y.comes = 'no')))""",
    ),
)
GUARD = Guard(RULES, tables={"cooperation_party", "matching_introduction"})
